"""The shapes that rules are written in. Pure: no database, no clock, no settings; the content stays in the apps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum


class Confidence(Enum):
    """How well the project knows a clause. Only VERIFIED may forbid anything; all others warn or inform."""

    VERIFIED = "đã đọc nguyên văn"
    VERIFIED_EN = "đã đọc bản dịch tiếng Anh"
    SECONDARY = "theo nguồn thứ cấp"
    INFERRED = "suy luận"
    UNKNOWN = "chưa rõ"


@dataclass(frozen=True)
class Citation:
    """Where a rule stands: the document with its number, its date, the article."""

    document: str
    issued_on: date
    article: str = ""

    def __str__(self):
        place = f"{self.article}, " if self.article else ""
        return f"{place}{self.document}, ngày {self.issued_on:%d/%m/%Y}"


class Effect(StrEnum):
    """What a rule does: force a level, be required for one, cap how many have one, say who is rated, in which order, by when."""

    FORCES = "forces"
    REQUIRED = "required"
    CAP = "cap"
    ELIGIBILITY = "eligibility"
    ORDER = "order"
    DEADLINE = "deadline"
    NOTE = "note"  # closes nothing: says how a special case is treated


class Kind(StrEnum):
    """What a finding means for those who decide."""

    FORBIDS = "forbids"
    WARNS = "warns"
    NOT_KNOWN = "not_known"
    INFORMS = "informs"


@dataclass(frozen=True)
class Rule:
    """One clause. `test(facts)` answers True, False or None (a fact is missing): whether what the clause asks for is there (required, cap,
    order, deadline), or whether its case has come about (forces), or which eligibility follows (a word, or False for none).

    `level` is the level that is forced or that something is required for. `applies(facts)` says whether the subject is meant at all,
    `softened(facts)` whether the authority has set the case aside.
    """

    id: str
    subjects: tuple[str, ...]
    effect: Effect
    level: int | None
    needs: tuple[str, ...]
    test: Callable
    says: str
    citation: Citation
    confidence: Confidence
    first_year: int
    last_year: int | None
    applies: Callable = lambda facts: True
    softened: Callable = lambda facts: False
    leaves_open: bool = False  # where the condition is not met, the text names no level: shown, not filled

    def covers(self, year, subject):
        return subject in self.subjects and self.first_year <= year and (self.last_year is None or year <= self.last_year)


@dataclass(frozen=True)
class Finding:
    """What one rule says of one subject: the sentence and its source are for people, `missing` names the facts that are not known."""

    rule: str
    kind: Kind
    level: int | None
    says: str
    source: str
    missing: tuple[str, ...] = ()
    effect: str = ""

    def stands_against(self, level):
        """Whether it speaks against giving `level`: a forced level against every better one, a condition or cap against its own level."""
        if self.kind not in (Kind.FORBIDS, Kind.WARNS) or self.level is None or level is None:
            return False
        return level < self.level if self.effect == Effect.FORCES else level == self.level


@dataclass(frozen=True)
class Verdict:
    """`ceiling`: the best level open, None while a missing fact could close it. `forced`: 4 where a verified clause forces it. People decide."""

    ceiling: int | None
    forced: int | None
    eligibility: str
    findings: tuple[Finding, ...]

    def against(self, level):
        """The findings that speak against giving `level` (1-4 or None), those that forbid first."""
        return tuple(sorted((one for one in self.findings if one.stands_against(level)), key=lambda one: one.kind != Kind.FORBIDS))
