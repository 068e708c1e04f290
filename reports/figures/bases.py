"""Every base organisation through a term, under the name it has at the end, with a note on what became of it."""

from collections import defaultdict
from datetime import date

from cells.enums import BASE_KINDS, Ending
from cells.models import Organisation, Placement
from cells.standing import counting_day
from evaluations.enums import Subject
from evaluations.models import Review
from reports.figures.reach import cycles_of, rows_of
from reports.figures.values import BaseYears

NO_SECTOR = "Chưa xếp khối thi đua"


def base_years(organisation, years, as_of):
    """A BaseYears per base organisation that was part of any of `years`, by sector, then in the order of the tree."""
    levels, exemplary, names = _reviewed(organisation, cycles_of(organisation, years))
    rows = Organisation.objects.filter(pk__in=levels).select_related("sector").prefetch_related("successors", "predecessors")
    sectors = _sectors(list(levels), counting_day(years[-1], as_of)) if years else {}
    found = []
    for one in rows.order_by("path"):
        sector = sectors.get(one.pk) or one.sector
        called = names[one.pk]
        name, place = called[max(called)], sector.name if sector else NO_SECTOR
        entry = BaseYears(one.pk, name, place, levels[one.pk], tuple(exemplary[one.pk]), _notes(one, called))
        found.append((sector.position if sector else 99, entry))
    return tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0]))


def _reviewed(organisation, cycles):
    """Levels (0 for not rated), exemplary years and names, each {organisation id: by year}."""
    levels, exemplary, names = defaultdict(dict), defaultdict(list), defaultdict(dict)
    condition = rows_of(organisation, cycles, cycle="sheet__cycle", path="sheet__path")
    rows = Review.objects.present().filter(condition, subject=Subject.ORGANISATION, sheet__organisation_kind__in=BASE_KINDS)
    keys = ("organisation", "sheet__cycle__year", "decided_level", "exemplary", "sheet__organisation_name")
    for pk, year, level, is_exemplary, name in rows.order_by("sheet__cycle__year").values_list(*keys):
        levels[pk][year] = level or 0
        names[pk][year] = name
        if is_exemplary:
            exemplary[pk].append(year)
    return levels, exemplary, names


def _sectors(organisations, day):
    placements = Placement.objects.in_force(day).filter(organisation__in=organisations, sector__isnull=False).select_related("sector")
    return {placement.organisation_id: placement.sector for placement in placements}


def _notes(organisation, names):
    notes = [f"Năm {_last(names, name)} trở về trước: {name}" for name in dict.fromkeys(names.values()) if name != names[max(names)]]
    merged = [other for other in organisation.predecessors.all() if other.dissolved_on and other.dissolved_on >= date(min(names), 1, 1)]
    if merged:
        notes.append(f"Kế thừa {', '.join(other.name for other in merged)} từ năm {max(other.dissolved_on for other in merged).year}")
    if organisation.dissolved_on:
        heirs = ", ".join(heir.name for heir in organisation.successors.all())
        notes.append(f"{Ending(organisation.ending).label} năm {organisation.dissolved_on.year}" + (f", nay thuộc {heirs}" if heirs else ""))
    return tuple(notes)


def _last(names, name):
    return max(year for year, known in names.items() if known == name)
