"""The term report's appendices on levels (PL2-PL4): every year in one table, counts and shares of each level, and why some have none."""

from evaluations.enums import Eligibility
from khoi_party.common.numbers import NOTHING, thousands, two_digits
from reports.figures.values import BASES, CELLS, CLOSED, MEMBERS
from reports.papers.document import Appendix, Cell, Column, Row, Table
from reports.papers.term_levels import KIND, LEVELS, level_counts, parts_of, series_of, unfinished
from reports.papers.term_writer import NOT_KNOWN, SUBJECT_NAMES, known, share

REASONS = {
    Eligibility.EXEMPT: "được miễn",
    Eligibility.REVIEW_ONLY: "chỉ kiểm điểm",
    Eligibility.NOT_YET: "chưa xếp loại",
    Eligibility.REQUIRED: "chưa có quyết định",
}
KEYS = {BASES: "levels_bases", CELLS: "levels_cells", MEMBERS: "levels_members"}


def level_appendices(writer):
    """(key, Appendix) for each subject that has years."""
    for subject, key in KEYS.items():
        if writer.figures.levels[subject]:
            yield key, _appendix(writer, subject)


def _appendix(writer, subject):
    name, years = SUBJECT_NAMES[subject], writer.figures.levels[subject]
    parts = parts_of(years, subject)
    rows = []
    for place, group in enumerate(parts):
        if place:
            text = f"Từ năm {group[0].year}: quy định mới, không so sánh trực tiếp với các năm trước"
            rows.append(Row((Cell(text),), "break"))
        rows += [_row(writer, subject, one) for one in group]
    table = Table("", _columns(subject, parts), tuple(rows), tuple(_notes(name, subject, years, parts)))
    return Appendix(f"Kết quả xếp loại {name}, giai đoạn {writer.span}", table)


def _columns(subject, parts):
    names = [series_of(group[0].year, KIND[subject]).names for group in parts]
    columns = [Column("Năm", 6, "center"), Column("Tổng số", 7)]
    columns += [Column("Số", 6, group="Được đánh giá"), Column("%", 7, group="Được đánh giá")]
    for level in LEVELS:
        head = " / ".join(dict.fromkeys(one[level] for one in names))
        columns += [Column("Số", 6, group=head), Column("%", 7, group=head)]
    if subject == MEMBERS:
        columns.append(Column("Được miễn", 6))
    columns += [Column("Số", 6, group="Chưa đánh giá"), Column("Lý do", 10, "left", group="Chưa đánh giá")]
    if subject != MEMBERS:
        columns.append(Column("Tiêu biểu", 6))
    return tuple(columns)


def _row(writer, subject, one):
    link, year = writer.link, Cell(str(one.year))
    if one.state != CLOSED:
        return Row((year, known(one.total or None, link(f"everyone-{subject}", one.year)), unfinished(writer, subject, one, 13)))
    cells = [year, known(one.total, link(f"everyone-{subject}", one.year))]
    cells += [known(one.decided, link(subject, one.year)), share(one.decided, one.total)]
    for level, count in level_counts(one).items():
        cells += [Cell(thousands(count), link(subject, one.year, level) if count else None, level=level), share(count, one.decided)]
    if subject != MEMBERS:
        return Row((*cells, *_unrated(one, one.reasons, link(subject, one.year, 0)), known(one.exemplary, link(f"exemplary-{subject}", one.year))))
    if one.reasons is None:
        return Row((*cells, Cell(NOTHING), *_unrated(one, None, link(subject, one.year, 0))))
    exempt = one.reasons.get(Eligibility.EXEMPT.value, 0)
    others = {reason: count for reason, count in one.reasons.items() if reason != Eligibility.EXEMPT.value}
    return Row((*cells, known(exempt, link(f"exempt-{subject}", one.year)), *_unrated(one, others, link(f"waiting-{subject}", one.year))))


def _unrated(one, reasons, link):
    """How many have no level, and why; without `reasons` (an older paper) all of them are told without it."""
    count = one.unrated if reasons is None else sum(reasons.values())
    if reasons is None:
        return known(count, link), Cell(NOTHING if count else "")
    return known(count, link), Cell("; ".join(f"{REASONS.get(reason, reason)}: {two_digits(number)}" for reason, number in reasons.items()))


def _notes(name, subject, years, parts):
    yield f"% được đánh giá: tỷ lệ trên tổng số; % từng mức: tỷ lệ trên số {name} được đánh giá, xếp loại trong năm."
    if len(parts) > 1:
        yield f"Tên mức ghi trước dấu gạch chéo: đến năm {parts[0][-1].year}; ghi sau: từ năm {parts[1][0].year}."
    if subject != MEMBERS:
        yield "Tiêu biểu: số được chọn tiêu biểu trong số đạt mức cao nhất."
    if any(one.reasons is None and (one.unrated or subject == MEMBERS) for one in years if one.state == CLOSED):
        yield NOT_KNOWN
