from django.db import models
from django.db.models import Case, CharField, Count, Exists, F, Max, OuterRef, Q, Subquery, Value, When

from khoi_party.common.names import search_text
from khoi_party.common.tree import subtree_q

from .enums import NumberState, Role
from .scope import paths_of, within, within_or_above


class DatedQuerySet(models.QuerySet):
    """Rows that hold from `valid_from` up to, not including, `valid_to` (open when null)."""

    def in_force(self, day):
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def overlapping(self, first, end):
        """Rows that hold on a day from `first` up to, not including, `end` (None: for ever); one that was called off before it began does not."""
        rows = self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first)).exclude(valid_to=F("valid_from"))
        return rows if end is None else rows.filter(valid_from__lt=end)

    def open(self):
        return self.filter(valid_to__isnull=True)


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("path", paths_of(user, Role.values)))

    def in_subtree(self, organisation):
        return self.filter(subtree_q("path", organisation.path))

    def below(self, organisation):
        return self.in_subtree(organisation).exclude(pk=organisation.pk)

    def member_counts(self):
        """How many belong to these organisations now: (official members, all members). Temporary memberships do not count."""
        here = Q(memberships__valid_to__isnull=True, memberships__kind="official")
        counts = self.aggregate(
            official=Count("memberships", filter=here & Q(memberships__member__official_on__isnull=False)),
            all=Count("memberships", filter=here),
        )
        return counts["official"], counts["all"]

    def matching(self, text):
        """Organisations whose name, code or agency, or a name they had before, contains `text`, diacritics aside."""
        if not (wanted := search_text(text)):
            return self
        return self.filter(Q(search_text__contains=wanted) | Exists(self._called(wanted)))

    def found_by(self, text):
        """Annotated with the former name by which `text` finds them, where the present one does not: `found_as`."""
        found_now = Q(search_text__contains=search_text(text))
        former = self._called(search_text(text)).order_by("-valid_from").values("name")[:1]
        return self.annotate(found_as=Case(When(~found_now, then=Subquery(former)), default=Value(""), output_field=CharField()))

    def _called(self, wanted):
        names = self.model._meta.get_field("names").related_model.objects
        return names.filter(organisation=OuterRef("pk"), search_text__contains=wanted)


class PlacementQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(within("organisation__path", paths_of(user, Role.values)))

    def under(self, path, day):
        """Placements in force on `day` inside the subtree that had `path` then."""
        return self.in_force(day).filter(subtree_q("path", path))


class OrganisationNameQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(within("organisation__path", paths_of(user, Role.values)))


class RoleAssignmentQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(within("organisation__path", paths_of(user, (Role.ADMINISTRATOR, Role.INSPECTOR))))


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within_or_above("organisation__path", paths_of(user)))


class DatedSettingQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(within_or_above("organisation__path", paths_of(user)))


class TermQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within_or_above("organisation__path", paths_of(user)))


class OfTermQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within_or_above("term__organisation__path", paths_of(user)))


class YearFigureQuerySet(models.QuerySet):
    def known(self):
        """Figures that were given and not taken back."""
        return self.filter(value__isnull=False)

    def visible_to(self, user):
        return self.filter(within("organisation__path", paths_of(user)))


class CalendarDayQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within_or_above("organisation__path", paths_of(user)))


class NumberSeriesQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("organisation__path", paths_of(user)))


class RegisteredNumberQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("series__organisation__path", paths_of(user)))

    def used(self):
        return self.filter(state=NumberState.USED)

    def with_day_before(self):
        """Annotated with the latest day on which a lower number of the same series and type was used: `day_before`."""
        lower = self.model.objects.used().filter(series=OuterRef("series"), code=OuterRef("code"), number__lt=OuterRef("number"))
        latest = lower.order_by().values("series").annotate(latest=Max("issued_on")).values("latest")
        return self.annotate(day_before=Subquery(latest))

    def matching(self, text):
        """Those whose title contains `text`, diacritics aside."""
        wanted = search_text(text)
        titles = self.order_by().values_list("pk", "title")
        return self.filter(pk__in=[pk for pk, title in titles if wanted in search_text(title)])
