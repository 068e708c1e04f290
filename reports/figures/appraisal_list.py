"""The appraisal board of a body on a day, as plain values: every voice on every row that it decides, and what the rules say of it."""

import datetime
from dataclasses import dataclass

from evaluations.appraisal import appraisal_of
from evaluations.enums import Subject
from evaluations.findings import speaks_against
from evaluations.known import subject_of
from evaluations.models import DecisionItem
from evaluations.permissions import ROOT_KINDS, sees_unpublished
from evaluations.rulebooks.judging import judge
from khoi_party.common.database import read_snapshot
from khoi_party.common.errors import DomainError
from khoi_party.rules import Kind
from reports.figures.clauses import Clause, clauses_of


@dataclass(frozen=True)
class Saying:
    """What one voice said of one row: a level (None: none) by its short name, and a remark."""

    level: int | None
    short: str
    text: str


@dataclass(frozen=True)
class Appraised:
    """One row: `said` in the order of the part's headings, nothing for a row that is not rated (`note` says why).

    `clauses` speak against the `standing` level; `unknown` is how many clauses lack facts, None once it was decided and is not judged again.
    """

    name: str
    place: str
    position: str
    note: str
    said: tuple[Saying, ...]
    standing: int | None
    decided: int | None
    exemplary: bool
    differs: bool
    is_silent: bool
    clauses: tuple[Clause, ...]
    unknown: int | None


@dataclass(frozen=True)
class Part:
    """The rows of one kind of subject ("organisation" or "member") under the headings of their voices; `boards`: which are advising boards."""

    subject: str
    headings: tuple[str, ...]
    boards: tuple[str, ...]
    lines: tuple[Appraised, ...]

    @property
    def rated(self):
        return tuple(line for line in self.lines if not line.note)


@dataclass(frozen=True)
class AppraisalFigures:
    """All that a body decides in `year`, organisations first; a committee above the bases decides no members."""

    as_of: datetime.date
    year: int
    parts: tuple[Part, ...]


def collect(body, cycle, user, as_of):
    """The AppraisalFigures of `body` in `cycle`, as the people of the body see it (`user` is one of them; DomainError for anybody else,
    and where the body decides nothing)."""
    if not sees_unpublished(user, body):
        raise DomainError(f"Người yêu cầu không còn được xem hồ sơ thẩm định của {body.committee_name}.")
    subjects = (Subject.ORGANISATION,) if body.kind in ROOT_KINDS else (Subject.ORGANISATION, Subject.MEMBER)
    with read_snapshot():
        parts = tuple(part for subject in subjects if (part := _part(body, cycle, user, subject)).lines)
    if not parts:
        raise DomainError(f"{body.committee_name} không quyết định mức xếp loại của đơn vị nào trong năm {cycle.year}.")
    return AppraisalFigures(as_of, cycle.year, parts)


def _part(body, cycle, user, subject):
    appraisal = appraisal_of(body, cycle, user, subject)
    rows = {row.key: (group.sheet, row) for group in appraisal.grid.groups for row in group.rows}
    frozen = dict(DecisionItem.objects.standing().filter(review__in=[line.key for line in appraisal.lines]).values_list("review_id", "findings"))
    return Part(
        subject=str(subject),
        headings=tuple(str(heading) for heading in appraisal.headings),
        boards=tuple(board.short_name for board in appraisal.boards),
        lines=tuple(_line(cycle, line, *rows[line.key], frozen) for line in appraisal.lines),
    )


def _line(cycle, line, sheet, row, frozen):
    clauses, unknown = _rules(cycle, line, sheet, row, frozen)
    return Appraised(
        name=line.name,
        place=line.sheet_name,
        position=line.position,
        note=line.note,
        said=tuple(Saying(one.level, one.short, one.text) for one in line.said),
        standing=row.standing,
        decided=line.decided.level,
        exemplary=line.exemplary,
        differs=line.differs,
        is_silent=bool(line.silent),
        clauses=clauses,
        unknown=unknown,
    )


def _rules(cycle, line, sheet, row, frozen):
    """(Clauses against the level that stands, how many lack facts); a decided row says what was said of it then."""
    if line.note:
        return (), None
    if line.decided.level:
        return clauses_of(frozen.get(int(line.key), ())), None
    subject = Subject.ORGANISATION if row.is_unit else Subject.MEMBER
    verdict = judge(cycle.year, subject_of(subject, sheet.organisation_kind), row.facts)
    return clauses_of(speaks_against(verdict, row.standing)), sum(one.kind == Kind.NOT_KNOWN for one in verdict.findings)
