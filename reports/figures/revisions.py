"""What was rated again after a report had been made: the figures of that day stay in it, the page says that they differ now."""

from evaluations.models import DecisionItem
from khoi_party.common.tree import subtree_q


def revisions_after(paper):
    """The DecisionItems of the years and the subtree of the `paper`'s term that replaced older ones after its figures were read, newest first."""
    term = paper.term
    items = DecisionItem.objects.standing().filter(replaces__isnull=False, decision__issued_at__gt=paper.figures_read_at or paper.finished_at)
    items = items.filter(subtree_q("review__sheet__path", paper.organisation.path))
    items = items.filter(review__sheet__cycle__year__range=(term.first_year, term.last_year))
    return items.select_related("decision__document", "review__sheet__cycle").order_by("-pk")
