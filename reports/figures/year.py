"""The figures of one year's evaluation of an organisation and all below it: how many got which level, unit by unit."""

import datetime
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from cells.enums import BASE_KINDS, CELL_KINDS, OrganisationKind
from cells.standing import path_on
from evaluations.enums import Eligibility, SheetState, Subject
from evaluations.models import QuotaPool, Review, ReviewSheet
from evaluations.services.quotas import usages
from khoi_party.common.database import read_snapshot
from khoi_party.common.tree import in_subtree, subtree_q

BASE_COMMITTEES, BASE_CELLS, SUB_COMMITTEES, CELLS = "base_committees", "base_cells", "sub_committees", "cells"
GROUP_OF = {
    OrganisationKind.BASE_COMMITTEE: BASE_COMMITTEES,
    OrganisationKind.BASE_CELL: BASE_CELLS,
    OrganisationKind.SUB_COMMITTEE: SUB_COMMITTEES,
    OrganisationKind.CELL: CELLS,
}


@dataclass(frozen=True)
class Rated:
    """How one group was rated. `counts` by level 1 (best) to 4; `waiting` must be rated and are not yet; `exempt` must not be rated.

    total = those rated + waiting + exempt. `exemplary` of level 1.
    """

    counts: dict[int, int]
    waiting: int = 0
    exempt: int = 0
    exemplary: int = 0

    @property
    def rated(self):
        return sum(self.counts.values())

    @property
    def total(self):
        return self.rated + self.waiting + self.exempt


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


@dataclass(frozen=True)
class Share:
    """One group under the cap of the best level, as the office counts it."""

    name: str
    excellent: int
    good_or_better: int
    limit: int
    rate: int
    citation: str


@dataclass(frozen=True)
class YearFigures:
    """All figures of the year `year` for one organisation, read in one snapshot on `as_of`."""

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


def collect(organisation, cycle, as_of):
    """The YearFigures of `organisation` in `cycle` (a Cycle of it or of a superior) as they stand on the date `as_of`."""
    with read_snapshot():
        path = path_on(organisation, date(cycle.year, 12, 31))
        sheets = list(ReviewSheet.objects.filter(subtree_q("path", path), cycle=cycle).order_by("path"))
        counted = _counted(cycle, path)
        units = [sheet for sheet in sheets if _answers_to(sheet, path)]
        below = {sheet.pk: [one for one in sheets if in_subtree(one.path, sheet.path)] for sheet in units}
        before = _before(cycle.year - 1, [sheet.organisation_id for sheet in units])
        own = {(row.sheet_id): row for row in Review.objects.present().filter(sheet__in=units, subject=Subject.ORGANISATION)}
        return YearFigures(
            organisation_id=organisation.pk,
            cycle_id=cycle.pk,
            year=cycle.year,
            as_of=as_of,
            is_closed=not cycle.is_open,
            guidance=str(cycle.guidance) if cycle.guidance else "",
            sheets=len(sheets),
            sheets_sent=sum(sheet.state in (SheetState.SUBMITTED, SheetState.ACCEPTED) for sheet in sheets),
            groups=_groups(sheets, counted, path),
            members=_sum(counted[sheet.pk, Subject.MEMBER] for sheet in sheets),
            units=tuple(_unit(sheet, own.get(sheet.pk), below[sheet.pk], counted, before) for sheet in units),
            shares=_shares(organisation, cycle),
        )


def _answers_to(sheet, path):
    """Whether the unit stands directly under the organisation whose subtree `path` is: all bases of a committee above them, else its children."""
    if sheet.path == path:
        return False
    return sheet.organisation_kind in BASE_KINDS or len(sheet.path) == len(path) + 4


def _counted(cycle, path):
    """{(sheet id, subject): Counter of (eligibility, level, exemplary)} of the present rows."""
    rows = Review.objects.present().filter(subtree_q("sheet__path", path), sheet__cycle=cycle)
    keys = ("sheet", "subject", "eligibility", "decided_level", "exemplary")
    found = defaultdict(Counter)
    for sheet, subject, eligibility, level, exemplary, number in rows.order_by().values_list(*keys).annotate(Count("pk")):
        found[sheet, subject][eligibility, level, exemplary] += number
    return found


def _sum(counters):
    """A Rated of several Counters of (eligibility, level, exemplary); rows that belong to another place's year are not counted."""
    total = sum(counters, Counter())
    levels, waiting, exempt, exemplary = Counter(), 0, 0, 0
    for (eligibility, level, is_exemplary), number in total.items():
        if eligibility == Eligibility.NOT_SUBJECT:
            continue
        if level is not None:
            levels[level] += number
            exemplary += number if is_exemplary else 0
        elif eligibility == Eligibility.REQUIRED:
            waiting += number
        else:
            exempt += number
    return Rated(dict(sorted(levels.items())), waiting, exempt, exemplary)


def _groups(sheets, counted, path):
    found = defaultdict(list)
    for sheet in sheets:
        if sheet.path != path and sheet.organisation_kind in GROUP_OF:
            found[GROUP_OF[sheet.organisation_kind]].append(counted[sheet.pk, Subject.ORGANISATION])
    return {group: _sum(found[group]) for group in GROUP_OF.values() if group in found}


def _unit(sheet, own, below, counted, before):
    return UnitYear(
        organisation_id=sheet.organisation_id,
        name=sheet.organisation_name,
        kind=sheet.organisation_kind,
        cells=sum(one.organisation_kind in CELL_KINDS for one in below),
        level=own.decided_level if own else None,
        exemplary=bool(own and own.exemplary),
        level_before=before.get(sheet.organisation_id),
        before_known=sheet.organisation_id in before,
        members=_sum(counted[one.pk, Subject.MEMBER] for one in below),
    )


def _before(year, organisations):
    """{organisation id: the level it was given in `year`}; those without a row of that year are not there."""
    rows = Review.objects.present().filter(subject=Subject.ORGANISATION, organisation__in=organisations, sheet__cycle__year=year)
    return dict(rows.values_list("organisation", "decided_level"))


def _shares(organisation, cycle):
    pools = list(QuotaPool.objects.filter(cycle=cycle, body=organisation).order_by("subject", "part", "pk"))
    used = usages(pools)
    return tuple(
        Share(
            name=f"{pool.noun.capitalize()}{f', {pool.part_label.lower()}' if pool.part_label else ''}",
            excellent=used[pool.pk].excellent,
            good_or_better=used[pool.pk].good_or_better,
            limit=used[pool.pk].limit,
            rate=pool.rate,
            citation=pool.citation,
        )
        for pool in pools
    )
