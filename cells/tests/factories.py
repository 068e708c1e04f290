"""Rows of the tree as the services would leave them: path, placement and name agree."""

from datetime import date

import factory
from django.contrib.auth import get_user_model
from factory.django import DjangoModelFactory

from cells.enums import OrganisationKind, Role
from cells.models import Organisation, OrganisationName, Placement, RoleAssignment
from khoi_party.common.tree import child_path

FOUNDED = date(2010, 1, 1)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"nguoi{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Người {n}")


class OrganisationFactory(DjangoModelFactory):
    """A đảng bộ cấp trên trực tiếp cơ sở by default; the path is the next free one under `parent`."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    kind = OrganisationKind.UPPER_COMMITTEE
    parent = None
    name = factory.Sequence(lambda n: f"Tổ chức đảng số {n}")
    code = factory.Sequence(lambda n: f"T{n:05d}")
    established_on = FOUNDED

    @factory.lazy_attribute
    def path(self):
        return child_path(self.parent.path if self.parent else "", Organisation.objects.filter(parent=self.parent).count() + 1)

    @factory.post_generation
    def dated(self, create, extracted, **kwargs):
        if not create:
            return
        Placement.objects.create(
            organisation=self, kind=self.kind, parent=self.parent, path=self.path, sector=self.sector, valid_from=self.established_on
        )
        OrganisationName.objects.create(
            organisation=self,
            name=self.name,
            short_name=self.short_name,
            superior_name=self.parent.name if self.parent else "",
            valid_from=self.established_on,
        )


class RoleAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = Role.STAFF
    organisation = factory.SubFactory(OrganisationFactory)
    valid_from = FOUNDED
