"""Members as the services would leave them: the event, the span and the current copy agree."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from cells.enums import OrganisationKind
from cells.tests.factories import OrganisationFactory
from members.enums import EventKind, Gender, MemberState
from members.models import Member, Membership, MembershipEvent


class MemberFactory(DjangoModelFactory):
    """An official member, admitted on 03/02/2015; `state=MemberState.PROBATIONARY, official_on=None` for a probationary one."""

    class Meta:
        model = Member
        skip_postgeneration_save = True

    full_name = factory.Sequence(lambda n: f"Trần Thị Số {n}")
    gender = Gender.FEMALE
    cell = factory.SubFactory(OrganisationFactory, kind=OrganisationKind.BASE_CELL)
    admitted_on = date(2015, 2, 3)
    official_on = date(2016, 2, 3)
    state = MemberState.OFFICIAL

    @factory.post_generation
    def history(self, create, extracted, **kwargs):
        if not create:
            return
        Membership.objects.create(member=self, cell=self.cell, valid_from=self.admitted_on)
        MembershipEvent.objects.create(member=self, kind=EventKind.ADMITTED, effective_on=self.admitted_on, to_cell=self.cell)
        if self.official_on:
            MembershipEvent.objects.create(member=self, kind=EventKind.RECOGNISED, effective_on=self.official_on, to_cell=self.cell)
