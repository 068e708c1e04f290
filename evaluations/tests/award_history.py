"""Closed years for the tests of commendations: what published decisions gave whom."""

from datetime import UTC, date, datetime

from cells.models import Document
from evaluations.models import Cycle, Decision, DecisionItem, Review, ReviewSheet
from evaluations.rulebooks import rulebook_for
from members.models import Member


def cycle_of(root, year):
    made = {"rulebook": rulebook_for(year).key, "cutoff_on": date(year, 12, 31)}
    return Cycle.objects.get_or_create(root=root, year=year, defaults=made)[0]


def decision_of(cycle, body, number=None, state="published"):
    number = number or f"{cycle.year}-QĐ/ĐU"
    found = Decision.objects.filter(cycle=cycle, body=body, document__number=number).first()
    if found:
        return found
    paper = Document.objects.create(organisation=body, kind="decision", number=number, issued_on=date(cycle.year, 12, 28), issuer=body.committee_name)
    moment = datetime(cycle.year, 12, 28, tzinfo=UTC)
    return Decision.objects.create(cycle=cycle, body=body, title="Công nhận", document=paper, state=state, issued_at=moment)


def give(root, subject, year, level, *, exemplary=False, state="published", facts=None, body=None):
    """One year's published result of `subject` (Member or Organisation); its DecisionItem, or its Review where `level` is None."""
    is_member = isinstance(subject, Member)
    unit = subject.cell if is_member else subject
    body = body or root
    cycle = cycle_of(root, year)
    sheet = ReviewSheet.objects.get_or_create(
        cycle=cycle, organisation=unit, defaults={"organisation_name": unit.name, "organisation_kind": unit.kind, "path": unit.path}
    )[0]
    whose = {"member": subject} if is_member else {"organisation": subject}
    eligibility = "required" if level else "exempt"
    why = {} if level else {"eligibility_reason": "Được miễn sinh hoạt"}
    review = Review.objects.create(
        sheet=sheet,
        subject="member" if is_member else "organisation",
        name=str(subject),
        sort_key=subject.sort_key,
        decided_by=body,
        decided_level=level,
        exemplary=exemplary,
        eligibility=eligibility,
        **why,
        **whose,
    )
    if not level:
        return review
    decision = decision_of(cycle, body, number=None if state == "published" else f"{year}-QĐ/ĐU-{state}", state=state)
    return DecisionItem.objects.create(decision=decision, review=review, level=level, exemplary=exemplary, facts=facts or {})


def revise(item, level, *, state="published", number="99-QĐ/ĐU"):
    """A later decision gives `item`'s row another level: the old item stays and is replaced."""
    decision = decision_of(item.decision.cycle, item.decision.body, number=number, state=state)
    new = DecisionItem.objects.create(decision=decision, review=item.review, level=level, replaces=item)
    Review.objects.filter(pk=item.review_id).update(decided_level=level, exemplary=False)
    return new
