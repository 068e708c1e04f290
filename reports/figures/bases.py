"""Every base organisation through a term, under the name it has at the end, with a note on what became of it."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

from cells.enums import BASE_KINDS, Ending
from cells.models import Organisation
from cells.standing import path_on
from evaluations.enums import Award, AwardBasis, Subject
from evaluations.models import Commendation, Review
from khoi_party.common.tree import in_subtree
from reports.figures.reach import cycles_of, rows_of
from reports.figures.values import ENDED, MERGED, MOVED_IN, MOVED_OUT, RENAMED, SECTOR_CHANGED, SPLIT, BaseYears, SectorYears

NO_SECTOR = "Chưa xếp khối thi đua"
LAST = 9999  # after every sector that has a place


def base_years(organisation, years, as_of, stood):
    """A BaseYears per base organisation that was part of any of `years`, by sector, then in the order of the tree. `stood` as `stood_in` gives it."""
    levels, exemplary, names = _reviewed(organisation, cycles_of(organisation, years))
    rows = Organisation.objects.filter(pk__in=levels).prefetch_related("successors", "predecessors", "placements__parent")
    awards = _awards(levels, years)
    found = []
    for one in rows.order_by("path"):
        placed = {year: stood.get(year, {}).get(one.pk) for year in levels[one.pk]}
        sectors = {year: _sector_name(placement) for year, placement in placed.items()}
        last = placed[max(placed)]
        told = list(_told(one, names[one.pk], sectors, organisation, as_of))
        entry = BaseYears(
            one.pk,
            names[one.pk][max(names[one.pk])],
            sectors[max(sectors)],
            levels[one.pk],
            tuple(exemplary[one.pk]),
            notes=tuple(text for _, text in told),
            sectors=sectors,
            changes=tuple(dict.fromkeys(kind for kind, _ in told)),
            award=awards.get(one.pk, ""),
        )
        found.append((last.sector.position if last and last.sector else LAST, entry))
    return tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0]))


def sector_years(bases, positions):
    """A SectorYears per sector, in the order of `positions` ({name: place}): each base counts where it was in that year, under its level."""
    found = defaultdict(lambda: defaultdict(Counter))
    for base in bases:
        for year, level in base.levels.items():
            found[base.sectors.get(year, base.sector)][year][level] += 1
    ordered = sorted(found, key=lambda name: (positions.get(name, LAST), name))
    return tuple(SectorYears(name, {year: dict(sorted(found[name][year].items())) for year in sorted(found[name])}) for name in ordered)


def _sector_name(placement):
    return placement.sector.name if placement and placement.sector else NO_SECTOR


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


def _awards(organisations, years):
    """{organisation id: how it is commended for five years that end in `years`}: given, or proposed and not decided yet."""
    rows = Commendation.objects.standing() | Commendation.objects.pending().filter(granted=None)
    rows = rows.filter(organisation__in=list(organisations), basis=AwardBasis.FIVE_YEARS, last_year__in=years)
    found = {}
    for row in rows.select_related("round__document").order_by("last_year", "pk"):
        label = Award(row.award).label
        number = row.round.document.number if row.granted and row.round.document_id else ""
        found[row.organisation_id] = f"{label} ({number})" if number else f"{label}{'' if row.granted else ' (đang đề nghị)'}"
    return found


def _told(one, names, sectors, organisation, as_of):
    """(kind of change, note) of what became of an Organisation, in the order of names, sectors, where it came from, where it went."""
    last = names[max(names)]
    for name in dict.fromkeys(names.values()):
        if name != last:
            yield RENAMED, f"Năm {max(year for year, known in names.items() if known == name)} trở về trước: {name}"
    years = sorted(sectors)
    for before, after in pairwise(years):
        if sectors[before] != sectors[after]:
            yield SECTOR_CHANGED, f"Từ năm {after}: {sectors[after]} (trước đó: {sectors[before]})"
    yield from _origins(one, date(min(names) - 1, 12, 31))
    yield from _movements(one, organisation, as_of)
    if one.dissolved_on:
        heirs = ", ".join(heir.name for heir in one.successors.all())
        into = f", thành {heirs}" if one.ending == Ending.SPLIT else f", nay thuộc {heirs}"
        kind = {Ending.MERGED: MERGED, Ending.SPLIT: SPLIT, Ending.TRANSFERRED: MOVED_OUT}.get(one.ending, ENDED)
        yield kind, f"{Ending(one.ending).label} năm {one.dissolved_on.year}" + (into if heirs else "")


def _origins(one, since):
    """What it took over from those that ended on `since` or later."""
    ended = [other for other in one.predecessors.all() if other.dissolved_on and other.dissolved_on >= since]
    ended.sort(key=lambda other: other.dissolved_on)
    for other in ended:
        if other.ending == Ending.SPLIT:
            yield SPLIT, f"Tách ra từ {other.name} năm {other.dissolved_on.year}"
    merged = [other for other in ended if other.ending != Ending.SPLIT]
    if merged:
        yield MERGED, f"Kế thừa {', '.join(other.name for other in merged)} từ năm {merged[-1].dissolved_on.year}"


def _movements(one, organisation, as_of):
    """When it came from under another committee, or went there: by its dated placements."""
    placed = sorted((row for row in one.placements.all() if row.valid_from <= as_of), key=lambda row: (row.valid_from, row.pk))
    for before, after in pairwise(placed):
        was_inside, is_inside = (in_subtree(row.path, path_on(organisation, row.valid_from)) for row in (before, after))
        if is_inside and not was_inside:
            yield MOVED_IN, f"Chuyển đến từ {_above(before)} năm {after.valid_from.year}"
        elif was_inside and not is_inside:
            yield MOVED_OUT, f"Chuyển về {_above(after)} năm {after.valid_from.year}"


def _above(placement):
    return placement.parent.name if placement.parent else "nơi khác"
