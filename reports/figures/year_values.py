"""The figures of one year's evaluation as plain values. Fields with a default came later than papers that were frozen without them."""

import datetime
from dataclasses import dataclass
from typing import NamedTuple

BASE_COMMITTEES, BASE_CELLS, SUB_COMMITTEES, CELLS = "base_committees", "base_cells", "sub_committees", "cells"


@dataclass(frozen=True)
class Rated:
    """How one group was rated. `counts` by level 1 (best) to 4; `waiting` must be rated and are not yet; `exempt` must not be rated.

    `not_yet`: it is not known whether they must be, or the year passed over them. total = those rated + waiting + not yet + exempt.
    `exemplary` of level 1.
    """

    counts: dict[int, int]
    waiting: int = 0
    exempt: int = 0
    exemplary: int = 0
    not_yet: int = 0

    @property
    def rated(self):
        return sum(self.counts.values())

    @property
    def unrated(self):
        """Those who have no level though nothing says that they need none."""
        return self.waiting + self.not_yet

    @property
    def total(self):
        return self.rated + self.unrated + self.exempt

    @property
    def good_or_better(self):
        return self.counts.get(1, 0) + self.counts.get(2, 0)


def joined(parts):
    """The sum of several Rated."""
    return _combined(list(parts), sum)


def rest_of(whole, parts):
    """What of the Rated `whole` is in none of `parts`."""
    return _combined([whole, joined(parts)], lambda numbers: next(numbers) - next(numbers))


def _combined(parts, way):
    counts = {level: way(one.counts.get(level, 0) for one in parts) for level in (1, 2, 3, 4)}
    others = {name: way(getattr(one, name) for one in parts) for name in ("waiting", "exempt", "exemplary", "not_yet")}
    return Rated({level: count for level, count in counts.items() if count}, **others)


@dataclass(frozen=True)
class UnitYear:
    """One unit directly answerable to the organisation: its own level this year and the year before (None: not rated), and its members."""

    organisation_id: int
    name: str
    kind: str
    cells: int
    level: int | None
    exemplary: bool
    level_before: int | None
    before_known: bool
    members: Rated
    note: str = ""


@dataclass(frozen=True)
class Share:
    """One group under the cap of the best level, as the office counts it: `excellent` of `base_count`, against `rate` percent of it.

    `base` and `rounding` as the pool has them, in words; `document` confirms them ("" while nothing does).
    """

    name: str
    excellent: int
    good_or_better: int
    limit: int
    rate: int
    citation: str
    pool_id: int = 0
    base: str = ""
    base_count: int | None = None
    rounding: str = ""
    document: str = ""


@dataclass(frozen=True)
class StageSpan:
    name: str
    starts_on: datetime.date
    due_on: datetime.date


@dataclass(frozen=True)
class Work:
    """How the reviews were prepared, held and objected to: counts of units (those with a sheet), of complaints at the bodies below."""

    stages: tuple[StageSpan, ...]
    planned: int
    attended: int
    suggested: int
    answered: int
    held: int
    reports: int
    complaints: int
    complaints_open: int
    complaints_kept: int
    complaints_revised: int


@dataclass(frozen=True)
class Judged:
    """A collective or a leading cadre: what was said of it at each step, None where the product does not know.

    `source` names the document of a `level` that others decided; "" for one of our own decisions. `from_report`: the own level
    stands with the review report that the committee sent.
    """

    name: str
    position: str
    own: int | None
    proposed: int | None
    level: int | None
    source: str = ""
    from_report: bool = False


class Entry(NamedTuple):
    """One line of the register of members: `born` the year, levels 1 to 4 or None, `note` in words."""

    name: str
    born: int | None
    cell: str
    position: str
    before: int | None
    own: int | None
    voted: int | None
    level: int | None
    note: str


@dataclass(frozen=True)
class UnitRegister:
    """The members of one unit, in the order of its cells, then by name."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class YearFigures:
    """All figures of the year `year` for one organisation, read in one snapshot on `as_of`.

    `members` counts those whose level is given here; `elsewhere` are rows whose level another cell gives. `review_only` of the members'
    exempt. `work`, `collectives`, `cadres` are None in papers that were frozen before they were read; `register` unless it was asked for.
    """

    organisation_id: int
    cycle_id: int
    year: int
    as_of: datetime.date
    is_closed: bool
    guidance: str
    sheets: int
    sheets_sent: int
    groups: dict[str, Rated]
    members: Rated
    units: tuple[UnitYear, ...]
    shares: tuple[Share, ...]
    review_only: int | None = None
    elsewhere: int = 0
    work: Work | None = None
    collectives: tuple[Judged, ...] | None = None
    cadres: tuple[Judged, ...] | None = None
    register: tuple[UnitRegister, ...] | None = None

    @property
    def beside_units(self):
        """The members' Rated that stands under none of the units."""
        return rest_of(self.members, [unit.members for unit in self.units])
