from django.db import models
from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from cells.enums import CELL_KINDS
from cells.querysets import DatedQuerySet
from cells.scope import paths_of, within, within_or_above
from khoi_party.common.dates import today
from khoi_party.common.names import search_text
from khoi_party.common.tree import subtree_q

from .enums import BallotState, CommendationState, DecisionState, Eligibility, OutsideKind, RegistrationState, Subject, Voice


class CycleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within_or_above("root__path", paths_of(user)))

    def open(self):
        return self.filter(closed_on__isnull=True)


UNSENT = Q(state__in=(RegistrationState.DRAFT, RegistrationState.RETURNED))


class RegistrationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("organisation__path", paths_of(user)))

    def with_lateness(self, due_on):
        """Annotate `is_late`: sent after `due_on` (the deadline's whole day counts), or not sent although it is past."""
        if due_on is None:
            return self.annotate(is_late=Value(False, output_field=BooleanField()))
        late = Q(submitted_at__date__gt=due_on)
        if today() > due_on:
            late |= UNSENT
        return self.annotate(is_late=Case(When(late, then=Value(True)), default=Value(False), output_field=BooleanField()))

    def showing(self, show):
        """The rows of one heading of the overview: missing, late, sent, returned; all for anything else."""
        wanted = {
            "missing": UNSENT,
            "late": Q(is_late=True),
            "sent": Q(state__in=(RegistrationState.SUBMITTED, RegistrationState.NOTED)),
            "returned": Q(state=RegistrationState.RETURNED),
        }
        return self.filter(wanted[show]) if show in wanted else self

    def counted(self):
        """How many rows each heading of the overview has, in its order: (key, count)."""
        return [(key, self.showing(key).count()) for key in ("", "sent", "missing", "late", "returned")]

    def by_level(self):
        """(level, how many registered it), best first."""
        sent = self.exclude(UNSENT).filter(level__isnull=False)
        return list(sent.order_by("level").values_list("level").annotate(Count("pk")))

    def sums_below(self, registration):
        """What the cells below have registered, summed, whatever stands between (a đảng bộ bộ phận adds nothing of its own): `units` how many."""
        below = self.filter(subtree_q("organisation__path", registration.organisation.path), cycle=registration.cycle)
        cells = below.filter(organisation__kind__in=CELL_KINDS).exclude(organisation=registration.organisation)
        planned = {f"planned_{level}": Sum(f"planned_{level}", default=0) for level in (1, 2, 3, 4)}
        return cells.exclude(UNSENT).aggregate(
            units=Count("pk"),
            admissions=Sum("admissions_planned", default=0),
            meetings=Sum("thematic_meetings_planned", default=0),
            **planned,
        )


class SheetQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("organisation__path", paths_of(user)))

    def waiting_for(self, body, cycle):
        """Sheets of `cycle` with undecided rows for `body`, in the order of the tree."""
        waiting = {"reviews__decided_by": body, "reviews__decided_level": None, "reviews__eligibility": Eligibility.REQUIRED}
        return self.filter(cycle=cycle, **waiting).distinct().order_by("path")


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("sheet__organisation__path", paths_of(user)))

    def present(self):
        return self.filter(removed_at__isnull=True)

    def unpublished(self):
        """Rows whose level is issued but not published yet."""
        return self.filter(items__decision__state=DecisionState.ISSUED)

    def without_level(self):
        """Rows that must be rated and have no level from the unit itself: the cell's vote, for an organisation also its own rating."""
        opinions = self.model._meta.get_field("opinions").related_model.objects
        given = opinions.filter(review=OuterRef("pk"), level__isnull=False)
        rated = Exists(given.filter(voice=Voice.CELL_VOTE)) | (~Q(subject=Subject.MEMBER) & Exists(given.filter(voice=Voice.SELF)))
        return self.present().filter(~rated, eligibility=Eligibility.REQUIRED)

    def without_reason(self):
        """Rows whose vote departs from the voice before (the cell committee's, else the own rating) and does not say why."""
        opinions = self.model._meta.get_field("opinions").related_model.objects
        before = opinions.filter(review=OuterRef("review"), level__isnull=False)
        other = before.exclude(level=OuterRef("level"))
        committee = Exists(other.filter(voice=Voice.COMMITTEE))
        own = Exists(other.filter(voice=Voice.SELF)) & ~Exists(before.filter(voice=Voice.COMMITTEE))
        silent = opinions.filter(committee | own, review=OuterRef("pk"), voice=Voice.CELL_VOTE, level__isnull=False, reason="")
        return self.present().filter(Exists(silent), eligibility=Eligibility.REQUIRED)


class OpinionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("review__sheet__organisation__path", paths_of(user)))


class EnteredFactsQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("review__sheet__organisation__path", paths_of(user)))


class OfBodyQuerySet(models.QuerySet):
    """Quota pools and decisions: seen by whoever sees the deciding body; a unit below reads its levels in its own sheet."""

    def visible_to(self, user):
        return self.filter(within("body__path", paths_of(user)))


class DecisionQuerySet(OfBodyQuerySet):
    def revisions(self):
        """Issued revisions of results that were announced before."""
        return self.exclude(revision="").filter(issued_at__isnull=False)


class BoardOpinionQuerySet(models.QuerySet):
    """A board's opinion is a paper of the committee that it advises."""

    def visible_to(self, user):
        return self.filter(within("review__decided_by__path", paths_of(user)))


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("sheet__organisation__path", paths_of(user)))

    def unseen(self):
        return self.filter(seen_at__isnull=True)


class ComplaintQuerySet(models.QuerySet):
    """Complaints lie with the body that decided: its own people and those above it see them, the unit below does not."""

    def visible_to(self, user):
        return self.filter(within("review__decided_by__path", paths_of(user)))

    def open(self):
        return self.filter(outcome="")


class DecisionItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("review__sheet__organisation__path", paths_of(user)))

    def standing(self):
        """Those that no later decision replaces."""
        return self.filter(replaced_by=None)


class TallyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("path", paths_of(user)))


class OutsideRatingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A member's results are seen where the member belongs now, an organisation's in its subtree."""
        paths = paths_of(user)
        return self.filter(within("organisation__path", paths) | within("member__cell__path", paths))

    def of_year(self, year):
        """The results of the whole year, quarters left out: what the rules of `year` ask about."""
        return self.filter(year=year, quarter__isnull=True)

    def of_cycle(self, cycle):
        """All results of the cycle's year below its root, the quarters' too."""
        path = cycle.root.path
        return self.filter(subtree_q("organisation__path", path) | subtree_q("member__cell__path", path), year=cycle.year)

    def under(self, organisation):
        """The results of the members and bodies of `organisation` and of all below it."""
        return self.filter(subtree_q("organisation__path", organisation.path) | subtree_q("member__cell__path", organisation.path))

    def with_opinion(self, cycle, user):
        """Annotate `opinion_level`, what `user` sees in the civil-servant column of the member's row in `cycle`, and whether it `differs`."""
        opinions = self.model._meta.apps.get_model("evaluations", "Opinion").objects.visible_to(user)
        mine = opinions.filter(
            review__member=OuterRef("member"), review__sheet__cycle=cycle, review__removed_at__isnull=True, voice=Voice.AGENCY, level__isnull=False
        ).order_by("-pk")
        compared = Q(kind=OutsideKind.CIVIL_SERVANT, quarter__isnull=True, opinion_level__isnull=False) & ~Q(opinion_level=F("level"))
        return self.annotate(opinion_level=Subquery(mine.values("level")[:1])).annotate(
            differs=Case(When(compared, then=Value(True)), default=Value(False), output_field=BooleanField())
        )

    def matching(self, text):
        """Rows whose person, organisation or mass body has `text` in its name, diacritics aside."""
        wanted = search_text(text)
        if not wanted:
            return self
        return self.filter(
            Q(member__search_text__contains=wanted) | Q(organisation__search_text__contains=wanted) | Q(body_search_text__contains=wanted)
        )

    def for_list(self):
        """In the order of the tree, people by name inside their cell."""
        path = Coalesce("organisation__path", "member__cell__path")
        rows = self.select_related("member__cell", "organisation", "document")
        return rows.order_by(path, "kind", "member__sort_key", "body_name", F("quarter").asc(nulls_first=True), "pk")


class BallotRoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever sees the unit that voted: what a body votes on its units is not for the units."""
        return self.filter(within("organisation__path", paths_of(user)))

    def of_sheet(self, sheet):
        return self.filter(sheet=sheet)

    def of_body(self, body, cycle):
        return self.filter(organisation=body, cycle=cycle, sheet=None)

    def standing(self):
        """All but those that a later count replaced."""
        return self.exclude(state=BallotState.REPLACED)

    def for_list(self):
        return self.select_related("cycle__root", "organisation", "sheet", "document", "replaces", "follows").order_by("-pk")


OVER = (CommendationState.ISSUED, CommendationState.DECLINED)


class CommendationRoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rounds are papers of their body: a unit below reads its awards in the register, once they are decided."""
        return self.filter(within("body__path", paths_of(user)))

    def for_list(self):
        """The newest year first, in it what is still under way, then in the order of the tree."""
        rows = self.select_related("body", "awarding_body", "document")
        rows = rows.annotate(size=Count("items"), budget=Sum("items__amount", filter=~Q(items__granted=False)))
        is_over = Case(When(state__in=OVER, then=Value(1)), default=Value(0))
        return rows.annotate(is_over=is_over).order_by("-year", "is_over", "body__path", "-pk")


class CommendationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Decided awards where the subject belonged then or belongs now; what is only proposed for the people of the proposing body."""
        paths = paths_of(user)
        decided = within("place__path", paths) | within("member__cell__path", paths) | within("organisation__path", paths)
        return self.filter(within("round__body__path", paths) | decided & Q(granted=True))

    def given(self):
        """Decided and granted, revoked ones too: they stay in the register."""
        return self.filter(granted=True)

    def standing(self):
        return self.filter(granted=True, revoked_on__isnull=True)

    def pending(self):
        """In a list that is still on its way."""
        return self.filter(round__state__in=(CommendationState.DRAFT, CommendationState.PROPOSED, CommendationState.FORWARDED))

    def matching(self, text):
        wanted = search_text(text)
        return self.filter(search_text__contains=wanted) if wanted else self

    def for_list(self):
        rows = self.select_related("round__body", "round__awarding_body", "round__document", "revocation", "place")
        return rows.order_by("-last_year", "-round__document__issued_on", "round", "place__path", "sort_key", "pk")


class AwardSettingQuerySet(DatedQuerySet):
    def visible_to(self, user):
        return self.filter(within_or_above("root__path", paths_of(user)))
