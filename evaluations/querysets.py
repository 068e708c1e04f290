from django.db import models
from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Q, Sum, Value, When

from cells.scope import paths_of, within, within_or_above
from khoi_party.common.dates import today

from .enums import DecisionState, Eligibility, RegistrationState, Subject, Voice


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
        """What the units directly below have registered, summed: `units` how many, then the planned figures."""
        below = self.filter(cycle=registration.cycle, organisation__parent=registration.organisation)
        planned = {f"planned_{level}": Sum(f"planned_{level}", default=0) for level in (1, 2, 3, 4)}
        return below.exclude(state=RegistrationState.DRAFT).aggregate(
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
        """Rows whose vote departs from the own rating and does not say why."""
        opinions = self.model._meta.get_field("opinions").related_model.objects
        own = opinions.filter(review=OuterRef("review"), voice=Voice.SELF, level__isnull=False).exclude(level=OuterRef("level"))
        silent = opinions.filter(Exists(own), review=OuterRef("pk"), voice=Voice.CELL_VOTE, level__isnull=False, reason="")
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


class DecisionItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("review__sheet__organisation__path", paths_of(user)))


class TallyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("path", paths_of(user)))
