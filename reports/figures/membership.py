"""Counts and lists of members of an organisation on a day, and those admitted in its year up to that day."""

import datetime
from dataclasses import dataclass
from datetime import date

from cells.models import Organisation
from khoi_party.common.database import read_snapshot
from members.register import register_of, standing_counts
from members.statistics import LINES, SHORT, age_on, is_minority, statistics_of
from reports.figures.admissions import admitted


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
class Statistics:
    """Members of an organisation on `as_of`: `lines` of (block, indicator, count), `units` below it by `short` indicators."""

    as_of: datetime.date
    name: str
    lines: tuple[tuple[str, str, int], ...]
    short: tuple[str, ...]
    units: tuple[Counted, ...]
    admitted: Admitted

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


def roster(cell, as_of):
    """The Roster of `cell` over the year up to `as_of`."""
    with read_snapshot():
        first = date(as_of.year, 1, 1)
        official, probationary = standing_counts(cell, as_of)
        entries = tuple(tuple(str(text) for text in entry.texts) for entry in register_of(cell, first, as_of))
        return Roster(as_of, cell.name_on(as_of), first, entries, official, probationary)
