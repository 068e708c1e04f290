"""The figures of a term as plain values: what a report is written from, and what is frozen with it.

Counts are whole numbers of organisations or people; shares are left to the reader of these values, so that no figure is rounded twice.
"""

import datetime
from dataclasses import dataclass, field

BASES, CELLS, MEMBERS = "bases", "cells", "members"
CLOSED, OPEN, NONE = "closed", "open", "none"
REACHED, MISSED, PENDING = "reached", "missed", "pending"
RENAMED, MERGED, SPLIT, SECTOR_CHANGED, MOVED_IN, MOVED_OUT, ENDED = "renamed", "merged", "split", "sector", "moved_in", "moved_out", "ended"
CHANGES = (MERGED, SPLIT, RENAMED, SECTOR_CHANGED, MOVED_IN, MOVED_OUT, ENDED)


@dataclass(frozen=True)
class Situation:
    """What stood in the tree on `day`: 31/12 of the year, or the day of the figures where the year is not over.

    Women and minorities as the records say on the day of the figures, `no_ethnicity` of whom it is not recorded. None: not asked for in
    the time of an older paper, here and below.
    """

    year: int
    day: datetime.date
    committees: int
    base_cells: int
    cells: int
    members: int
    probationary: int
    sub_committees: int | None = None
    women: int | None = None
    minority: int | None = None
    no_ethnicity: int = 0

    @property
    def bases(self):
        return self.committees + self.base_cells

    @property
    def official(self):
        return self.members - self.probationary


@dataclass(frozen=True)
class LevelYear:
    """How many of one subject got each level (1 best) in one year.

    `state` is closed, open (levels are still being decided) or none (the product knows no evaluation of that year); `to_rate`
    those who must be rated, `unrated` those who must not (exempt, reviewed only) or, in a closed year, were not; `exemplary` of level 1.
    `reasons` parts `unrated` by evaluations.enums.Eligibility.
    """

    year: int
    state: str
    counts: dict[int, int]
    to_rate: int = 0
    unrated: int = 0
    exemplary: int = 0
    reasons: dict[str, int] | None = None

    @property
    def decided(self):
        return sum(self.counts.values())

    @property
    def total(self):
        return self.to_rate + self.unrated

    @property
    def good_or_better(self):
        return self.counts.get(1, 0) + self.counts.get(2, 0)


@dataclass(frozen=True)
class RegisteredYear:
    """Registrations of one year: `total` units, `registered` of them, `aimed` at the best level, `reached` of those got it.

    `kept` of the registered got the level they had registered or a better one. None while the year is open.
    """

    year: int
    total: int
    registered: int
    aimed: int
    reached: int | None
    kept: int | None


@dataclass(frozen=True)
class AdmissionYear:
    """Members admitted from `first_day` to `last_day`: a calendar year, cut at the congresses; `complete` once the last day is past.

    `ages` is the sum of their ages in whole years on the day of the ceremony, over the `ages_known` whose birth is recorded.
    """

    year: int
    first_day: datetime.date
    last_day: datetime.date
    count: int
    complete: bool
    women: int | None = None
    minority: int | None = None
    no_ethnicity: int = 0
    ages: int = 0
    ages_known: int = 0

    @property
    def is_whole_year(self):
        days = (self.first_day.month, self.first_day.day, self.last_day.month, self.last_day.day)
        return self.complete and days == (1, 1, 12, 31)


@dataclass(frozen=True)
class YearShare:
    """`part` of `base` in one year, `missing` of the base being unknown; `met` None while it cannot be said."""

    year: int
    part: int
    base: int
    missing: int
    met: bool | None


@dataclass(frozen=True)
class TargetResult:
    """A target and how it stands: its value over the term (`total` of `base`) or year by year (`years`), and the outcome.

    `outcome` is reached, missed or pending (a year is open, or figures are missing); low and high as the congress set them, in text
    form of a decimal number.
    """

    target_id: int
    indicator: str
    span: str
    operator: str
    low: str
    high: str | None
    base_name: str
    wording: str
    source: str
    outcome: str
    total: int | None = None
    span_years: int = 0
    years: tuple[YearShare, ...] = ()


@dataclass(frozen=True)
class BaseYears:
    """One base organisation through the term: its level per year (absent: not part of that year; 0: not rated), and what became of it.

    `name` and `sector` are the last ones it had, `sectors` those of each year; `changes` (keys of CHANGES) are told in words in `notes`.
    `award` says how it was, or is proposed to be, commended for five years.
    """

    organisation_id: int
    name: str
    sector: str
    levels: dict[int, int]
    exemplary_years: tuple[int, ...]
    notes: tuple[str, ...] = ()
    sectors: dict[int, str] = field(default_factory=dict)
    changes: tuple[str, ...] = ()
    award: str = ""


@dataclass(frozen=True)
class SectorYears:
    """The base organisations that were in one sector in each year: {year: {level: how many}}; a year in which none was is absent."""

    sector: str
    years: dict[int, dict[int, int]]


@dataclass(frozen=True)
class TypedYear:
    """Figures that base organisations typed for one year: `sums` by key, `missing` of the `units` have not given that key.

    A key nobody has given is in neither: not known. `sources` as typed, with the version where it was corrected.
    """

    year: int
    units: int
    sums: dict[str, int]
    missing: dict[str, int]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class DisciplineYear:
    """Disciplinary decisions of one year that are recorded and not withdrawn: {"member-khien_trach": how many}."""

    year: int
    counts: dict[str, int]


@dataclass(frozen=True)
class CommendedYear:
    """What was given for one year, {"certificate-member": how many}, and badges {years in the Party: how many} given in it.

    None where nothing at all is recorded of that year: not known whether there was any.
    """

    year: int
    awards: dict[str, int] | None
    badges: dict[int, int] | None


@dataclass(frozen=True)
class Difference:
    """Where the year's report says another number than the term's figures: of `subject` at `level` (0: all that were rated)."""

    year: int
    subject: str
    level: int
    in_term: int
    in_year: int
    report: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class TermFigures:
    """All figures of a term, read in one snapshot on `as_of`."""

    organisation_id: int
    term_id: int
    label: str
    first_year: int
    last_year: int
    congress_on: datetime.date
    next_congress_on: datetime.date | None
    as_of: datetime.date
    situations: tuple[Situation, ...]
    registered_bases: tuple[RegisteredYear, ...]
    registered_cells: tuple[RegisteredYear, ...]
    levels: dict[str, tuple[LevelYear, ...]]
    admissions: tuple[AdmissionYear, ...]
    targets: tuple[TargetResult, ...]
    bases: tuple[BaseYears, ...]
    sectors: tuple[SectorYears, ...] = ()
    tasks: tuple[YearShare, ...] = ()
    typed: tuple[TypedYear, ...] = ()
    disciplined: tuple[DisciplineYear, ...] = ()
    commended: tuple[CommendedYear, ...] = ()
    differences: tuple[Difference, ...] = ()

    @property
    def years(self):
        """The years of evaluation that have begun on the day of the figures."""
        return tuple(year for year in range(self.first_year, self.last_year + 1) if year <= self.as_of.year)

    @property
    def is_over(self):
        """Whether the term has ended: its last year is closed or its next congress has been held."""
        return self.next_congress_on is not None and self.next_congress_on <= self.as_of
