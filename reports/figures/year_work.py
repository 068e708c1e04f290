"""How a year's reviews were prepared and held, and what was objected to: counts over the units of one organisation."""

from cells.models import Organisation
from evaluations.enums import ComplaintOutcome, SheetState
from evaluations.models import Complaint, ReviewPlan, ReviewReport
from khoi_party.common.tree import subtree_q
from reports.figures.year_values import StageSpan, Work

SENT = (SheetState.SUBMITTED, SheetState.ACCEPTED)


def work(organisation, cycle, path):
    """The Work of the units of `cycle` inside the subtree `path`. Four queries."""
    plans = list(plans_of(cycle, path).values_list("meets_on", "held_on", "attending", "suggestion", "answer"))
    outcomes = list(complaints_of(organisation, cycle, path).values_list("outcome", flat=True))
    return Work(
        stages=tuple(StageSpan(one.get_kind_display(), one.starts_on, one.due_on) for one in cycle.stages.order_by("starts_on", "due_on")),
        planned=sum(bool(meets or held) for meets, held, *_ in plans),
        attended=sum(bool(attending) for _, _, attending, _, _ in plans),
        suggested=sum(bool(suggestion) for *_, suggestion, _ in plans),
        answered=sum(bool(suggestion and answer) for *_, suggestion, answer in plans),
        held=sum(bool(held) for _, held, *_ in plans),
        reports=reports_of(cycle, path).count(),
        complaints=len(outcomes),
        complaints_open=outcomes.count(""),
        complaints_kept=outcomes.count(ComplaintOutcome.KEPT),
        complaints_revised=outcomes.count(ComplaintOutcome.REVISED),
    )


def plans_of(cycle, path):
    return ReviewPlan.objects.filter(subtree_q("sheet__path", path), sheet__cycle=cycle)


def reports_of(cycle, path):
    """The review reports that were sent with their sheets; one that nobody has written in is none."""
    return ReviewReport.objects.filter(subtree_q("sheet__path", path), sheet__cycle=cycle, sheet__state__in=SENT, version__gt=0)


def complaints_of(organisation, cycle, path):
    """Complaints about results that `organisation` or a body below it decided: what was decided above it lies with that body."""
    bodies = Organisation.objects.filter(subtree_q("path", organisation.path))
    rows = Complaint.objects.filter(subtree_q("review__sheet__path", path), review__sheet__cycle=cycle)
    return rows.filter(review__decided_by__in=bodies.values("pk"))
