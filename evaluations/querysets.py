from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Sum

from cells.scope import paths_of, within, within_or_above

from .enums import DecisionState, Eligibility, RegistrationState, Subject, Voice


class CycleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within_or_above("root__path", paths_of(user)))

    def open(self):
        return self.filter(closed_on__isnull=True)


class RegistrationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("organisation__path", paths_of(user)))

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


class OpinionQuerySet(models.QuerySet):
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
