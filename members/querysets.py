from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When

from cells.enums import Role
from cells.querysets import DatedQuerySet
from cells.scope import paths_of, within, within_or_above
from khoi_party.common.names import one_line, search_text
from khoi_party.common.tree import subtree_q

from .enums import ACTIVE_STATES, OPEN_STAGES, EventKind, MembershipKind
from .record_rules import whole_number

LEAVING = (EventKind.TRANSFERRED_OUT, EventKind.LEFT, EventKind.STRUCK_OFF, EventKind.EXPELLED, EventKind.DIED)


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Members of the cells in the scope of `user`, and those who last belonged there."""
        return self.filter(within("cell__path", paths_of(user)))

    def active(self):
        return self.filter(state__in=ACTIVE_STATES)

    def in_subtree(self, organisation):
        return self.filter(subtree_q("cell__path", organisation.path))

    def belonging_on(self, day):
        """Members with an official membership in force on `day`; annotated with that day's cell as `cell_then`."""
        memberships = self.model._meta.get_field("memberships").related_model.objects.official().in_force(day)
        mine = memberships.filter(member=OuterRef("pk")).order_by("-valid_from", "-pk").values("cell")[:1]
        return self.annotate(cell_then=Subquery(mine)).filter(cell_then__isnull=False)

    def matching(self, text):
        """Members with every word of `text` in their name, diacritics aside; or those with exactly that card, lý lịch or identity number.

        Never by a part of a number: asked digit by digit, the list would give away what the page masks.
        """
        if number := whole_number(text):
            return self.filter(Q(card_number=number) | Q(record_number__in=(number, f"{number[:6]} {number[6:]}")) | Q(identity_number=number))
        return self.filter(*(Q(search_text__contains=word) for word in search_text(text).split()))

    def spelled_first(self, text):
        """Those whose name holds `text` with the very marks it was typed with before the others: Lân before Lan for "lân"."""
        typed = one_line(text).title()
        return self.annotate(spelled=Case(When(full_name__contains=typed, then=0), default=1)).order_by("spelled", "sort_key", "pk")

    def for_list(self):
        return self.select_related("cell").order_by("sort_key", "pk")


class MembershipQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(within("cell__path", paths_of(user)))

    def official(self):
        return self.filter(kind=MembershipKind.OFFICIAL)

    def in_subtree(self, organisation):
        return self.filter(subtree_q("cell__path", organisation.path))


class MembershipEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        paths = paths_of(user)
        return self.filter(within("from_cell__path", paths) | within("to_cell__path", paths))

    def standing(self):
        """Events that no later event takes back, and that take nothing back themselves."""
        return self.filter(reversed_by__isnull=True, reverses__isnull=True)

    def admitted_into(self, organisation, first_day, last_day):
        """The admissions from `first_day` to `last_day` into cells that stood inside `organisation` on the day of the ceremony."""
        ended = Q(to_cell__placements__valid_to__isnull=True) | Q(to_cell__placements__valid_to__gt=F("effective_on"))
        there = Q(to_cell__placements__valid_from__lte=F("effective_on")) & ended
        events = self.standing().filter(kind=EventKind.ADMITTED, effective_on__range=(first_day, last_day))
        return events.filter(there, subtree_q("to_cell__placements__path", organisation.path))

    def exempt_on(self, day):
        """The latest exemption event per member up to `day`, kept where it says exempt."""
        return self._turned(day, EventKind.EXEMPTED, EventKind.RESUMED)

    def suspended_on(self, day):
        """The latest suspension event per member up to `day`, kept where it says suspended."""
        return self._turned(day, EventKind.SUSPENDED, EventKind.REINSTATED)

    def _turned(self, day, on, off):
        turns = self.standing().filter(kind__in=(on, off, *LEAVING), effective_on__lte=day)  # who leaves takes nothing along
        latest = turns.filter(member=OuterRef("member")).order_by("-effective_on", "-sequence", "-pk").values("pk")[:1]
        return turns.filter(Q(pk=Subquery(latest)), kind=on)


class OfCellQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("cell__path", paths_of(user)))

    def in_subtree(self, organisation):
        return self.filter(subtree_q("cell__path", organisation.path))


class StudyClassQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The classes of one's own scope, and those of the committees above: their lists are shown as far as one sees the people."""
        return self.filter(within_or_above("organisation__path", paths_of(user)))


class OfMemberQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("member__cell__path", paths_of(user)))

    def in_subtree(self, organisation):
        return self.filter(subtree_q("member__cell__path", organisation.path))


class SeatQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(within("organisation__path", paths_of(user)))


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Lists loaded for the scope of somebody who may load them: what is in them is not in the record yet."""
        return self.filter(within("organisation__path", paths_of(user, (Role.STAFF,))))

    def for_list(self):
        return self.select_related("organisation", "created_by").order_by("-pk")


class ImportRowQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("batch__organisation__path", paths_of(user, (Role.STAFF,))))

    def of_kind(self, kind):
        return self.filter(kind=kind)


class DisciplineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Decided ones for whoever sees the place; a case that is still open for the inspection board alone."""
        board = paths_of(user, (Role.INSPECTOR,))
        return self.filter(within("place__path", paths_of(user)) & Q(decided_on__isnull=False) | within("place__path", board))

    def standing(self):
        """Decided and not withdrawn."""
        return self.filter(decided_on__isnull=False, withdrawn_on__isnull=True)


class AdmissionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("cell__path", paths_of(user)))

    def open(self):
        return self.filter(state__in=OPEN_STAGES)

    def in_subtree(self, organisation):
        return self.filter(subtree_q("cell__path", organisation.path))


class AdmissionStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("admission__cell__path", paths_of(user)))

    def standing(self):
        """Steps that no later step takes back, and that take nothing back themselves."""
        return self.filter(reversed_by__isnull=True, reverses__isnull=True)
