"""Counts and lists of members of an organisation on a day, the organisations they stand in, and those admitted in its year up to that day."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from cells.enums import BASE_KINDS
from cells.models import Organisation
from cells.standing import placements_below
from khoi_party.common.database import read_snapshot
from khoi_party.common.tree import ancestor_paths
from members.models import Membership
from members.register import register_of, standing_counts
from members.statistics import LINES, SHORT, age_on, is_minority, statistics_of
from reports.figures.admissions import admitted
from reports.figures.bases import NO_SECTOR

ELSEWHERE = "Nơi khác"


@dataclass(frozen=True)
class Counted:
    """One unit's counts, in the order of the short indicators."""

    name: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Admitted:
    """Who was admitted from 1/1 to the day: `mean_age` in whole years over those whose birth is known, None where nobody's is."""

    count: int
    women: int
    minority: int
    no_ethnicity: int
    mean_age: int | None


@dataclass(frozen=True)
class SectorCounts:
    """The base organisations of one sector (khối thi đua), what stands below them, and their members."""

    name: str
    committees: int
    base_cells: int
    sub_committees: int
    cells: int
    members: int

    @property
    def bases(self):
        return self.committees + self.base_cells


@dataclass(frozen=True)
class MonthsOfUnit:
    """How many were admitted into one unit in each month, January first."""

    name: str
    months: tuple[int, ...]


@dataclass(frozen=True)
class Statistics:
    """Members of an organisation on `as_of`: `lines` of (block, indicator, count), `units` below it by `short` indicators.

    `sectors` is empty for an organisation without bases below it; `admissions` has the units that admitted somebody this year. Both came
    later than papers that were frozen without them.
    """

    as_of: datetime.date
    name: str
    lines: tuple[tuple[str, str, int], ...]
    short: tuple[str, ...]
    units: tuple[Counted, ...]
    admitted: Admitted
    sectors: tuple[SectorCounts, ...] = ()
    admissions: tuple[MonthsOfUnit, ...] = ()

    @property
    def total(self):
        return self.lines[0][2]


@dataclass(frozen=True)
class Roster:
    """Mẫu 7-HSĐV of a cell: the fourteen columns of each entry as text, numbers masked."""

    as_of: datetime.date
    name: str
    first: datetime.date
    entries: tuple[tuple[str, ...], ...]
    official: int
    probationary: int


def statistics(organisation, as_of):
    """The Statistics of `organisation` on the evening of `as_of`."""
    with read_snapshot():
        below = list(Organisation.objects.filter(parent=organisation).order_by("path"))
        whole, *units = statistics_of(organisation, below, as_of)
        short = [line for line in LINES if line.key in SHORT]
        return Statistics(
            as_of=as_of,
            name=organisation.name_on(as_of),
            lines=tuple((line.block, line.label, whole.counts[line.key]) for line in LINES),
            short=tuple(line.label for line in short),
            units=tuple(Counted(unit.name, tuple(unit.counts[line.key] for line in short)) for unit in units if unit.counts["all"]),
            admitted=_admitted(organisation, as_of),
            sectors=_sectors(organisation, as_of),
            admissions=_admissions(organisation, below, as_of),
        )


def _admitted(organisation, as_of):
    events = admitted(organisation, date(as_of.year, 1, 1), as_of).select_related("member")
    people = [(event.member, event.effective_on) for event in events]
    ages = [age_on(one.born_on, day) for one, day in people if one.born_on]
    return Admitted(
        count=len(people),
        women=sum(one.gender == "female" for one, _ in people),
        minority=sum(is_minority(one.ethnicity) for one, _ in people),
        no_ethnicity=sum(not one.ethnicity for one, _ in people),
        mean_age=round(sum(ages) / len(ages)) if ages else None,
    )


def _sectors(organisation, as_of):
    """A SectorCounts per sector, as the tree stood on `as_of`: what stands below a base belongs to the sector of the base."""
    placed = list(placements_below(organisation, as_of).values_list("path", "kind", "sector__name", "sector__position", "organisation"))
    bases = {path: (position or 0, name) if name else (999, NO_SECTOR) for path, kind, name, position, _ in placed if kind in BASE_KINDS}
    if not bases:
        return ()
    kinds, sector_of = defaultdict(Counter), {}
    for path, kind, _, _, pk in placed:
        sector = next((bases[one] for one in (*ancestor_paths(path), path) if one in bases), None)
        if sector:
            kinds[sector][kind] += 1
            sector_of[pk] = sector
    members = Counter()
    rows = Membership.objects.official().in_force(as_of).in_subtree(organisation).order_by().values_list("cell").annotate(Count("pk"))
    for cell, count in rows:
        members[sector_of.get(cell, (1000, ELSEWHERE))] += count
    return tuple(
        SectorCounts(
            name=sector[1],
            committees=kinds[sector]["base_committee"],
            base_cells=kinds[sector]["base_cell"],
            sub_committees=kinds[sector]["sub_committee"],
            cells=kinds[sector]["cell"],
            members=members[sector],
        )
        for sector in sorted({*kinds, *members})
    )


def _admissions(organisation, units, as_of):
    """A MonthsOfUnit for each of `units` that admitted somebody from 1/1 to `as_of`; what lay in none of them is a line of its own."""
    events = admitted(organisation, date(as_of.year, 1, 1), as_of).prefetch_related("to_cell__placements")
    names = {unit.path: unit.name for unit in units} or {organisation.path: organisation.name}
    found = defaultdict(Counter)
    for event in events:
        stood = next((one.path for one in event.to_cell.placements.all() if one.covers(event.effective_on)), event.to_cell.path)
        found[next((path for path in names if stood.startswith(path)), "")][event.effective_on.month] += 1
    lines = [(name, found[path]) for path, name in names.items() if path in found] + ([(ELSEWHERE, found[""])] if "" in found else [])
    return tuple(MonthsOfUnit(name, tuple(months[month] for month in range(1, 13))) for name, months in lines)


def roster(cell, as_of):
    """The Roster of `cell` over the year up to `as_of`."""
    with read_snapshot():
        first = date(as_of.year, 1, 1)
        official, probationary = standing_counts(cell, as_of)
        entries = tuple(tuple(str(text) for text in entry.texts) for entry in register_of(cell, first, as_of))
        return Roster(as_of, cell.name_on(as_of), first, entries, official, probationary)
