"""What a decision on levels says, as plain values: as it was issued, or as it lies before the leader."""

import datetime
from collections import Counter
from dataclasses import dataclass

from evaluations.enums import DecisionState, Subject
from evaluations.models import DecisionItem
from evaluations.services.proposals import levels_to_decide
from khoi_party.common.database import read_snapshot


@dataclass(frozen=True)
class Decided:
    """One row: its level and, in a revision, the level that it replaces, the reason and the decision that gave it."""

    name: str
    is_member: bool
    unit: str
    position: str
    level: int
    exemplary: bool
    before: int | None = None
    before_document: str = ""
    reason: str = ""


class ByKind:
    """What has `rows` of organisations and of members, parted and counted."""

    @property
    def organisations(self):
        return tuple(row for row in self.rows if not row.is_member)

    @property
    def members(self):
        return tuple(row for row in self.rows if row.is_member)

    def counts(self, is_member):
        """{level: how many}; None for rows without a level."""
        return Counter(row.level for row in self.rows if row.is_member == is_member)


@dataclass(frozen=True)
class DecisionFigures(ByKind):
    """A decision: its own words, its vote, and its rows in the order of the tree, organisations before members of one unit."""

    as_of: datetime.date
    year: int
    title: str
    revision: str
    document: str
    meeting_on: datetime.date | None
    votes_for: int | None
    members_total: int | None
    rows: tuple[Decided, ...]


def is_readable(decision):
    """Whether its levels are settled enough to be printed: put before the leader, or issued."""
    return decision.state != DecisionState.DRAFT


def collect(decision, as_of):
    """The DecisionFigures of `decision` as they stand on `as_of`. ValueError for a draft."""
    if not is_readable(decision):
        raise ValueError("a draft of a decision has no levels yet")
    with read_snapshot():
        is_issued = decision.state in (DecisionState.ISSUED, DecisionState.PUBLISHED)
        rows = _issued(decision) if is_issued else _proposed(decision)
        return DecisionFigures(
            as_of=as_of,
            year=decision.cycle.year,
            title=decision.title,
            revision=decision.revision,
            document=f"số {decision.document.number}, ngày {decision.document.issued_on:%d/%m/%Y}" if decision.document else "",
            meeting_on=decision.meeting_on,
            votes_for=decision.votes_for,
            members_total=decision.members_total,
            rows=tuple(rows),
        )


def _issued(decision):
    items = decision.items.select_related("review__sheet", "replaces__decision__document")
    for item in items.order_by("review__sheet__path", "-review__subject", "review__sort_key", "pk"):
        old = item.replaces
        yield _row(item.review, item.level, item.exemplary, old, item.reason if old else "")


def _proposed(decision):
    rows = levels_to_decide(decision)
    standing = DecisionItem.objects.standing().filter(review__in=[row.pk for row in rows]).select_related("decision__document")
    before = {item.review_id: item for item in standing} if decision.revision else {}
    for row in rows:
        if row.final_level:
            yield _row(row, row.final_level, row.is_exemplary, before.get(row.pk), row.reason if decision.revision else "")


def _row(review, level, exemplary, old, reason):
    return Decided(
        name=review.name,
        is_member=review.subject == Subject.MEMBER,
        unit=review.sheet.organisation_name,
        position=review.position,
        level=level,
        exemplary=exemplary,
        before=old.level if old else None,
        before_document=old.decision.document.number if old and old.decision.document else "",
        reason=reason,
    )
