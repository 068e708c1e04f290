"""The register of one year: every member with what each step said, unit by unit. Read as plain tuples, since there may be thousands."""

from collections import defaultdict

from evaluations.enums import Eligibility, Subject, Voice
from evaluations.models import Opinion, Review
from khoi_party.common.tree import subtree_q
from reports.figures.year_values import Entry, UnitRegister

ELSEWHERE = "Tổ chức đảng khác"
COLUMNS = (
    "pk",
    "sheet__path",
    "sheet__organisation_name",
    "name",
    "member__born_on",
    "position",
    "eligibility",
    "decided_level",
    "exemplary",
    "member",
)
NOTES = {Eligibility.EXEMPT: "Miễn", Eligibility.REVIEW_ONLY: "Chỉ kiểm điểm", Eligibility.NOT_YET: "Chưa xếp loại"}


def register(cycle, path, units):
    """A UnitRegister for each of `units` (ReviewSheets in the order of the tree) that has members, in `cycle` inside the subtree `path`.

    Three queries, however many members there are. Last year's level is known where it was given inside the same subtree. Rows that are
    rated elsewhere are left out, as they are in the counts.
    """
    said = _said(cycle, path)
    before = _before(cycle, path)
    starts = [(unit.path, unit.organisation_name) for unit in units]
    found = defaultdict(list)
    for pk, sheet_path, cell, name, born_on, position, eligibility, level, is_exemplary, member in _rows(cycle, path).values_list(*COLUMNS):
        place = next((place for place, (start, _) in enumerate(starts) if sheet_path.startswith(start)), len(starts))
        found[place].append(
            Entry(
                name=name,
                born=born_on.year if born_on else None,
                cell=cell,
                position=position,
                before=before.get(member) if member else None,
                own=said.get((pk, Voice.SELF)),
                voted=said.get((pk, Voice.CELL_VOTE)),
                level=level,
                note=_note(eligibility, level, is_exemplary),
            )
        )
    names = [name for _, name in starts] + [ELSEWHERE]
    return tuple(UnitRegister(names[place], tuple(entries)) for place, entries in sorted(found.items()))


def _rows(cycle, path):
    rows = Review.objects.present().filter(subtree_q("sheet__path", path), sheet__cycle=cycle, subject=Subject.MEMBER)
    return rows.exclude(eligibility=Eligibility.NOT_SUBJECT).order_by("sheet__path", "sort_key", "pk")


def _said(cycle, path):
    """{(review id, voice): level} of the members' own rating and their cell's vote."""
    rows = Opinion.objects.filter(subtree_q("review__sheet__path", path), review__sheet__cycle=cycle, review__subject=Subject.MEMBER)
    rows = rows.filter(voice__in=(Voice.SELF, Voice.CELL_VOTE), level__isnull=False)
    return {(review, voice): level for review, voice, level in rows.values_list("review", "voice", "level")}


def _before(cycle, path):
    """{member id: last year's level}, of rows inside the same subtree."""
    rows = Review.objects.present().filter(subtree_q("sheet__path", path), sheet__cycle__year=cycle.year - 1, subject=Subject.MEMBER)
    return dict(rows.filter(member__isnull=False, decided_level__isnull=False).values_list("member", "decided_level"))


def _note(eligibility, level, is_exemplary):
    if is_exemplary:
        return "Tiêu biểu"
    if level is not None:
        return ""
    return NOTES.get(eligibility, "Chưa xếp loại")
