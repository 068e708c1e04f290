"""The figures of one year's evaluation of an organisation and all below it: how many got which level, unit by unit."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Count

from cells.enums import BASE_KINDS, CELL_KINDS, OrganisationKind
from cells.standing import path_on
from evaluations.enums import Eligibility, SheetState, Subject
from evaluations.models import QuotaPool, Review, ReviewSheet
from evaluations.services.quotas import usages
from khoi_party.common.database import read_snapshot
from khoi_party.common.tree import STEP, in_subtree, subtree_q
from reports.figures.year_persons import cadres, collectives
from reports.figures.year_register import register
from reports.figures.year_values import BASE_CELLS, BASE_COMMITTEES, CELLS, SUB_COMMITTEES, Rated, Share, UnitYear, YearFigures
from reports.figures.year_work import work

GROUP_OF = {
    OrganisationKind.BASE_COMMITTEE: BASE_COMMITTEES,
    OrganisationKind.BASE_CELL: BASE_CELLS,
    OrganisationKind.SUB_COMMITTEE: SUB_COMMITTEES,
    OrganisationKind.CELL: CELLS,
}
BETWEEN = (OrganisationKind.UPPER_COMMITTEE, OrganisationKind.PROVINCIAL_COMMITTEE)  # their bases are listed, not they


def collect(organisation, cycle, as_of, *, with_register=False):
    """The YearFigures of `organisation` in `cycle` (a Cycle of it or of a superior) as they stand on the date `as_of`."""
    with read_snapshot():
        path = path_on(organisation, date(cycle.year, 12, 31))
        sheets = list(ReviewSheet.objects.filter(subtree_q("path", path), cycle=cycle).order_by("path"))
        counted = _counted(cycle, path)
        units = [sheet for sheet in sheets if _answers_to(sheet, path)]
        own = {row.sheet_id: row for row in Review.objects.present().filter(sheet__in=units, subject=Subject.ORGANISATION)}
        everybody = sum((counted[sheet.pk, Subject.MEMBER] for sheet in sheets), Counter())
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
            members=_sum([everybody]),
            units=_units(cycle, units, sheets, own, counted),
            shares=_shares(organisation, cycle),
            review_only=_of_kind(everybody, Eligibility.REVIEW_ONLY),
            elsewhere=_of_kind(everybody, Eligibility.NOT_SUBJECT),
            work=work(organisation, cycle, path),
            collectives=collectives(organisation, cycle, path, units),
            cadres=cadres(organisation, cycle, path),
            register=register(cycle, path, units) if with_register else None,
        )


def _answers_to(sheet, path):
    """Whether the unit stands directly under the organisation whose subtree `path` is: all bases of a committee above them, else its children."""
    if sheet.path == path:
        return False
    return sheet.organisation_kind in BASE_KINDS or (len(sheet.path) == len(path) + STEP and sheet.organisation_kind not in BETWEEN)


def _counted(cycle, path):
    """{(sheet id, subject): Counter of (eligibility, level, exemplary)} of the present rows."""
    rows = Review.objects.present().filter(subtree_q("sheet__path", path), sheet__cycle=cycle)
    keys = ("sheet", "subject", "eligibility", "decided_level", "exemplary")
    found = defaultdict(Counter)
    for sheet, subject, eligibility, level, exemplary, number in rows.order_by().values_list(*keys).annotate(Count("pk")):
        found[sheet, subject][eligibility, level, exemplary] += number
    return found


def _of_kind(counter, kind):
    return sum(number for (eligibility, _, _), number in counter.items() if eligibility == kind)


def _sum(counters):
    """A Rated of several Counters of (eligibility, level, exemplary); rows that belong to another place's year are not counted."""
    total = sum(counters, Counter())
    levels, without, exemplary = Counter(), Counter(), 0
    for (eligibility, level, is_exemplary), number in total.items():
        if eligibility == Eligibility.NOT_SUBJECT:
            continue
        if level is None:
            without[eligibility] += number
            continue
        levels[level] += number
        exemplary += number if is_exemplary else 0
    return Rated(
        counts=dict(sorted(levels.items())),
        waiting=without[Eligibility.REQUIRED],
        exempt=without[Eligibility.EXEMPT] + without[Eligibility.REVIEW_ONLY],
        exemplary=exemplary,
        not_yet=without[Eligibility.NOT_YET],
    )


def _groups(sheets, counted, path):
    found = defaultdict(list)
    for sheet in sheets:
        if sheet.path != path and sheet.organisation_kind in GROUP_OF:
            found[GROUP_OF[sheet.organisation_kind]].append(counted[sheet.pk, Subject.ORGANISATION])
    return {group: _sum(found[group]) for group in GROUP_OF.values() if group in found}


def _units(cycle, units, sheets, own, counted):
    before = _before(cycle.year - 1, [sheet.organisation_id for sheet in units])
    found = []
    for sheet in units:
        below = [one for one in sheets if in_subtree(one.path, sheet.path)]
        row = own.get(sheet.pk)
        found.append(
            UnitYear(
                organisation_id=sheet.organisation_id,
                name=sheet.organisation_name,
                kind=sheet.organisation_kind,
                cells=sum(one.organisation_kind in CELL_KINDS for one in below),
                level=row.decided_level if row else None,
                exemplary=bool(row and row.exemplary),
                level_before=before.get(sheet.organisation_id),
                before_known=sheet.organisation_id in before,
                members=_sum(counted[one.pk, Subject.MEMBER] for one in below),
                note=row.eligibility_reason if row and row.eligibility != Eligibility.REQUIRED else "",
            )
        )
    return tuple(found)


def _before(year, organisations):
    """{organisation id: the level it was given in `year`}; those without a row of that year are not there."""
    rows = Review.objects.present().filter(subject=Subject.ORGANISATION, organisation__in=organisations, sheet__cycle__year=year)
    return dict(rows.values_list("organisation", "decided_level"))


def _shares(organisation, cycle):
    pools = list(QuotaPool.objects.filter(cycle=cycle, body=organisation).select_related("document").order_by("subject", "part", "pk"))
    used = usages(pools)
    return tuple(
        Share(
            name=f"{pool.noun.capitalize()}{f', {pool.part_label.lower()}' if pool.part_label else ''}",
            excellent=used[pool.pk].excellent,
            good_or_better=used[pool.pk].good_or_better,
            limit=used[pool.pk].limit,
            rate=pool.rate,
            citation=pool.citation,
            pool_id=pool.pk,
            base=pool.get_base_display(),
            base_count=used[pool.pk].base_count,
            rounding=pool.get_rounding_display(),
            document=str(pool.document) if pool.document else "",
        )
        for pool in pools
    )
