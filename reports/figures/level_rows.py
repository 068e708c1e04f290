"""The lists behind levels: who got which level in a year, who has none, and the base organisations of one sector."""

from django.db.models import Q

from cells.enums import BASE_KINDS, OrganisationKind
from evaluations.enums import Eligibility, Subject
from evaluations.models import Review
from evaluations.rulebooks import rulebook_for
from khoi_party.common.excel import Column
from reports.figures.behind import Behind
from reports.figures.reach import cycles_of, rows_of
from reports.figures.values import BASES, CELLS, CLOSED, MEMBERS

KINDS = {BASES: BASE_KINDS, CELLS: (OrganisationKind.CELL,)}
SUBJECTS = (BASES, CELLS, MEMBERS)
NARROWED = {
    "everyone": ("tất cả trong danh sách của năm", Q()),
    "exemplary": ("tiêu biểu", Q(exemplary=True)),
    "exempt": ("được miễn", Q(eligibility=Eligibility.EXEMPT)),
    "waiting": ("chưa đánh giá, không kể được miễn", Q(decided_level__isnull=True) & ~Q(eligibility=Eligibility.EXEMPT)),
}


def list_of_levels(figures, organisation, user, topic, year, level):
    """The Behind of a figure of levels of `year`; None for a topic that is not of levels."""
    word, _, rest = topic.partition("-")
    if topic in SUBJECTS:
        asked, condition = _of_level(figures, topic, year, level)
        return _reviews(organisation, user, topic, year, asked, condition)
    if word in NARROWED and rest in SUBJECTS:
        return _reviews(organisation, user, rest, year, *NARROWED[word])
    if word == "sector":
        return _sector(figures, organisation, user, rest, year)
    return None


def _of_level(figures, subject, year, level):
    """(what is asked, its condition): one level, 0 for none, None for all that were rated or, in an open year, must be."""
    book, kind = rulebook_for(year), "member" if subject == MEMBERS else "organisation"
    if level:
        return book.level_name(level, kind), Q(decided_level=level)
    if level == 0:
        return "không xếp loại hoặc chưa xếp loại", Q(decided_level__isnull=True)
    if any(one.state == CLOSED for one in figures.levels[subject] if one.year == year):
        return f"được {book.noun}", Q(decided_level__isnull=False)
    return "phải xếp loại", Q(eligibility=Eligibility.REQUIRED)


def _sector(figures, organisation, user, rest, year):
    """The bases that were in a sector in `year` and were rated; `rest` is "good-3" or "rated-3", the number its place among the sectors."""
    word, _, place = rest.partition("-")
    if word not in ("good", "rated") or not place.isdecimal() or int(place) >= len(figures.sectors):
        return None
    sector = figures.sectors[int(place)].sector
    ids = [base.organisation_id for base in figures.bases if year in base.levels and base.sectors.get(year, base.sector) == sector]
    level = Q(decided_level__in=(1, 2)) if word == "good" else Q(decided_level__isnull=False)
    asked = f"{sector}, {'hai mức cao nhất' if word == 'good' else 'được xếp loại'}"
    return _reviews(organisation, user, BASES, year, asked, level & Q(organisation__in=ids))


def _reviews(organisation, user, subject, year, asked, condition):
    book, is_member = rulebook_for(year), subject == MEMBERS
    kind = "member" if is_member else "organisation"
    inside = rows_of(organisation, cycles_of(organisation, [year]), cycle="sheet__cycle", path="sheet__path")
    whose = Q(subject=Subject.MEMBER) if is_member else Q(subject=Subject.ORGANISATION, sheet__organisation_kind__in=KINDS[subject])
    rows = Review.objects.visible_to(user).present().filter(inside, whose, condition).exclude(eligibility=Eligibility.NOT_SUBJECT)
    return Behind(
        f"{'Đảng viên' if is_member else 'Tổ chức đảng'} năm {year}: {asked[0].lower()}{asked[1:]}",
        rows.select_related("sheet").order_by("sort_key" if is_member else "sheet__path", "pk"),
        (
            Column("Họ và tên" if is_member else "Tổ chức đảng", lambda row: row.name, width=44),
            Column("Bảng xếp loại của", lambda row: row.sheet.organisation_name, width=44),
            Column("Mức", lambda row: book.level_name(row.decided_level, kind) or "Chưa xếp loại", width=32),
            Column("Ghi chú", lambda row: "Tiêu biểu" if row.exemplary else row.eligibility_reason, width=44),
        ),
    )
