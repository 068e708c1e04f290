"""The lists behind the figures of a year's report: the rows of one group, of one level."""

from datetime import date

from cells.enums import BASE_KINDS
from cells.standing import path_on
from evaluations.enums import Eligibility, Subject
from evaluations.models import Review
from evaluations.rulebooks import rulebook_for
from khoi_party.common.excel import Column
from khoi_party.common.tree import subtree_q
from reports.figures.rows import Behind
from reports.figures.year import GROUP_OF

MEMBERS, BASES = "members", "bases"
KINDS = {group.replace("_", "-"): (kind,) for kind, group in GROUP_OF.items()} | {BASES: BASE_KINDS}
NOT_RATED = 0


def list_behind(figures, organisation, user, topic, level):
    """The Behind of one figure of `figures` (reports.figures.year.YearFigures); None for a topic that has no list. Level 0: those not rated."""
    path = path_on(organisation, date(figures.year, 12, 31))
    rows = Review.objects.visible_to(user).present().filter(subtree_q("sheet__path", path), sheet__cycle=figures.cycle_id)
    if topic == MEMBERS:
        return _behind(figures, rows.filter(subject=Subject.MEMBER), "member", level)
    if topic in KINDS:
        units = rows.filter(subject=Subject.ORGANISATION, sheet__organisation_kind__in=KINDS[topic]).exclude(sheet__path=path)
        return _behind(figures, units, "organisation", level)
    return None


def _behind(figures, rows, kind, level):
    book = rulebook_for(figures.year)
    rows = rows.exclude(eligibility=Eligibility.NOT_SUBJECT)
    if level is not None:
        rows = rows.filter(decided_level=level) if level != NOT_RATED else rows.filter(decided_level__isnull=True)
    what = {None: "tất cả", NOT_RATED: "chưa, không xếp loại"}.get(level) or book.level_name(level, kind)
    return Behind(
        f"Xếp loại năm {figures.year}: {what[0].lower()}{what[1:]}",
        rows.select_related("sheet").order_by("sheet__path", "subject", "sort_key", "pk"),
        (
            Column("Tên", lambda row: row.name, width=44),
            Column("Bảng xếp loại của", lambda row: row.sheet.organisation_name, width=44),
            Column("Mức", lambda row: book.level_name(row.decided_level, kind_of(row)) or "Chưa xếp loại", width=32),
            Column("Ghi chú", lambda row: "Tiêu biểu" if row.exemplary else row.eligibility_reason, width=44),
        ),
    )


def kind_of(row):
    return "member" if row.subject == Subject.MEMBER else "organisation"
