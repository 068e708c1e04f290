"""What the product knows of the papers in a unit's review file of one year, and of the points behind its ratings.

Only what the unit itself may read: complaints lie with the body that decided, decisions count from their publication.
"""

import datetime
from dataclasses import dataclass

from evaluations.enums import BallotState, DossierKind, Eligibility, Subject, Voice
from evaluations.known import subject_of
from evaluations.models import BallotRound, Complaint, DecisionItem, EnteredFacts, Opinion, ReviewPlan, ReviewReport
from evaluations.report_outline import outline_of
from evaluations.rulebooks.scores import ScoreError, frame
from evaluations.services.scoring import score_sheets
from khoi_party.common.database import read_snapshot


@dataclass(frozen=True)
class Entry:
    """One paper of the file: `key` a DossierKind or ballot, decision, complaint; number and day as far as they are on record, "" and None else.

    `received_on`: when the superior received it. `note` says what else is known.
    """

    key: str
    number: str = ""
    day: datetime.date | None = None
    received_on: datetime.date | None = None
    note: str = ""


@dataclass(frozen=True)
class Scored:
    """The points of one object: its sum in each group of the year's frame and in all, None while an item of it has none; the level it gave itself."""

    name: str
    is_member: bool
    groups: tuple[float | None, ...]
    total: float | None
    own: int | None


@dataclass(frozen=True)
class DossierFigures:
    """The file of one unit in `year`: `frame` names the groups of points with their maxima, empty in years that count none.

    `keeps_complaints`: whether the unit decides itself, so that complaints lie in its own file; `form` the report's form, "" where unknown.
    """

    as_of: datetime.date
    year: int
    unit: str
    form: str
    entries: tuple[Entry, ...]
    keeps_complaints: bool
    frame: tuple[tuple[str, int], ...]
    scores: tuple[Scored, ...]

    def of(self, key):
        """The entries of one kind."""
        return tuple(one for one in self.entries if one.key == key)


def collect(sheet, as_of):
    """The DossierFigures of `sheet` as they stand on `as_of`."""
    with read_snapshot():
        year = sheet.cycle.year
        rows = list(sheet.reviews.present().filter(eligibility=Eligibility.REQUIRED).order_by("-subject", "sort_key", "pk"))
        return DossierFigures(
            as_of=as_of,
            year=year,
            unit=sheet.organisation_name,
            form=outline_of(year)[1],
            entries=tuple(_entries(sheet)),
            keeps_complaints=any(row.decided_by_id == sheet.organisation_id for row in rows),
            frame=tuple((group.name, group.maximum) for group in frame(year)),
            scores=tuple(_scores(sheet, rows)),
        )


def _entries(sheet):
    """What is on record, each kind of Mẫu 04 once; then the ballots' minutes, the published decision, the complaints of the own file."""
    received = {paper.kind: paper for paper in sheet.dossier.all()}
    plan = ReviewPlan.objects.filter(sheet=sheet).select_related("document").first()
    known = {
        DossierKind.REPORT: {"note": "Soạn trên phần mềm" if ReviewReport.objects.filter(sheet=sheet).exists() else ""},
        DossierKind.MINUTES: {"day": plan.held_on if plan else None},
        DossierKind.SUGGESTION: _suggested(plan),
        DossierKind.RATING: {},
    }
    for kind, told in known.items():
        paper = received.get(kind)
        note = "; ".join(text for text in (told.get("note", ""), paper.note if paper else "") if text)
        yield Entry(**{"key": kind.value, "received_on": paper.received_on if paper else None} | told | {"note": note})
    rounds = BallotRound.objects.filter(sheet=sheet, state=BallotState.CONFIRMED).select_related("document").order_by("held_on", "number", "pk")
    for one in rounds:
        number, day = (one.document.number, one.document.issued_on) if one.document else ("", one.held_on)
        yield Entry("ballot", number, day, note=f"Lần {one.number}, {one.get_subject_display().lower()}")
    yield from _decided(sheet)
    mine = Complaint.objects.filter(review__sheet=sheet, review__decided_by=sheet.organisation).order_by("received_on", "pk")
    for one in mine:
        answered = f"Trả lời ngày {one.answered_on:%d/%m/%Y}" if one.answered_on else "Chưa trả lời"
        yield Entry("complaint", one.paper, one.received_on, note=answered)


def _suggested(plan):
    if plan is None or not plan.suggestion:
        return {"note": "Chưa ghi nhận có gợi ý"}
    if plan.document:
        return {"number": plan.document.number, "day": plan.document.issued_on}
    return {"note": "Có gợi ý, chưa ghi văn bản"}


def _decided(sheet):
    """The published decisions that the levels of the sheet stand by, once each."""
    items = DecisionItem.objects.standing().filter(review__sheet=sheet, decision__published_at__isnull=False)
    documents = {item.decision.document for item in items.select_related("decision__document") if item.decision.document}
    for one in sorted(documents, key=lambda document: (document.issued_on, document.pk)):
        yield Entry("decision", one.number, one.issued_on, note=one.issuer)


def _scores(sheet, rows):
    """The Scored of each rated row, the unit itself first."""
    sheets = score_sheets(sheet.cycle)
    entered = {one.review_id: one for one in EnteredFacts.objects.filter(review__in=rows)}
    own = dict(Opinion.objects.filter(review__in=rows, voice=Voice.SELF).values_list("review_id", "level"))
    for row in rows:
        facts = entered.get(row.pk)
        points = facts.points if facts else {}
        scoring = sheets.of(subject_of(row.subject, sheet.organisation_kind), facts.values.get("leads") if facts else None)
        groups = tuple(_sum(points, items) for _, items in scoring.by_group())
        yield Scored(row.name, row.subject == Subject.MEMBER, groups, _total(scoring, points), own.get(row.pk))


def _sum(points, items):
    given = [points.get(item.key) for item in items]
    return None if None in given else round(sum(given), 2)


def _total(scoring, points):
    try:
        return scoring.score(points)
    except ScoreError:  # the sheet was changed since: the old points do not fit it
        return None
