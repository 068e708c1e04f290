"""The term report's commendations and badges: sentences, and the appendix by year."""

from khoi_party.common.numbers import NOTHING, two_digits
from reports.papers.document import Appendix, Cell, Column, Row, Sentence, Table
from reports.papers.term_writer import known, total

AWARDS = "awards"
KINDS = (("certificate", "Giấy khen"), ("merit", "Bằng khen"), ("flag", "Cờ"))
SUBJECTS = (("organisation", "Tổ chức"), ("member", "Đảng viên"))
COLUMNS = tuple((f"{kind}-{subject}", label, title) for kind, label in KINDS for subject, title in SUBJECTS if (kind, subject) != ("flag", "member"))
NAMES = {
    "certificate-organisation": "giấy khen cho tổ chức đảng",
    "certificate-member": "giấy khen cho đảng viên",
    "merit-organisation": "bằng khen cho tổ chức đảng",
    "merit-member": "bằng khen cho đảng viên",
    "flag-organisation": "cờ cho tổ chức đảng",
}


def awards_of(figures, key):
    """The sum of one kind of award over the years that anything is known of."""
    return total(one.awards.get(key, 0) for one in figures.commended if one.awards is not None)


def badges_of(figures):
    """{years in the Party: how many badges}; empty where none is on record."""
    sums = {}
    for one in figures.commended:
        for years, number in (one.badges or {}).items():
            sums[years] = sums.get(years, 0) + number
    return dict(sorted(sums.items()))


def awards(writer):
    """The sentence on commendations."""
    figures = writer.figures
    given = [(NAMES[key], awards_of(figures, key)) for key, _, _ in COLUMNS]
    parts = "; ".join(f"{two_digits(number)} {name}" for name, number in given if number)
    if not parts:
        return (Sentence("Phần mềm chưa có khen thưởng nào được ghi trong nhiệm kỳ."),)
    return (Sentence(f"Tính theo các năm được xét khen {writer.span}, đã tặng {parts}{writer.bracket(AWARDS)}."),)


def badges(writer):
    """The sentence on Huy hiệu Đảng."""
    sums = badges_of(writer.figures)
    if not sums:
        return (Sentence("Phần mềm chưa có Huy hiệu Đảng nào được ghi là đã tặng trong nhiệm kỳ."),)
    parts = "; ".join(f"{years} năm tuổi Đảng: {two_digits(number)}" for years, number in sums.items())
    return (Sentence(f"Đã trao tặng Huy hiệu Đảng cho {two_digits(sum(sums.values()))} lượt đảng viên ({parts}){writer.bracket(AWARDS)}."),)


def awards_appendix(writer):
    """PL7: what was given by year, and badges by the years in the Party."""
    figures = writer.figures
    badge_years = list(badges_of(figures))
    rows = [Row((Cell(str(one.year)), *_award_cells(writer, one), *_badge_cells(writer, one, badge_years))) for one in figures.commended]
    sums = badges_of(figures)
    totals = [known(awards_of(figures, key), writer.link(f"award-{key}")) for key, _, _ in COLUMNS]
    totals += [known(sums[years], writer.link(f"badge-{years}")) for years in badge_years] or [Cell(NOTHING)]
    rows.append(Row((Cell("Cộng"), *totals), "total"))
    title = f"Khen thưởng tổ chức đảng, đảng viên và tặng Huy hiệu Đảng, giai đoạn {writer.span}"
    return Appendix(title, Table("", _columns(badge_years), tuple(rows), tuple(_notes(figures))))


def _award_cells(writer, one):
    for key, _, _ in COLUMNS:
        yield known(None if one.awards is None else one.awards.get(key, 0), writer.link(f"award-{key}", one.year))


def _badge_cells(writer, one, badge_years):
    for years in badge_years:
        yield known(None if one.badges is None else one.badges.get(years, 0), writer.link(f"badge-{years}", one.year))
    if not badge_years:
        yield Cell(NOTHING)


def _columns(badge_years):
    each = 10 if badge_years else 14
    heads = [Column(title, each, group=label) for _, label, title in COLUMNS]
    width = (90 - each * len(heads)) // max(len(badge_years), 1)
    heads += [Column(str(years), width, group="Huy hiệu Đảng (năm tuổi Đảng)") for years in badge_years] or [Column("Huy hiệu Đảng", width)]
    return (Column("Năm", 100 - sum(head.width for head in heads), "center"), *heads)


def _notes(figures):
    yield (
        "Khen thưởng tính theo năm được xét khen, gồm của các cấp ủy trong Đảng bộ và của tỉnh ủy, không tính trường hợp đã thu hồi; "
        "Huy hiệu Đảng tính theo năm trao tặng."
    )
    praised = total(number for one in figures.commended for key, number in (one.awards or {}).items() if key.startswith("praise-"))
    if praised:
        yield f"Ngoài ra có {two_digits(praised)} lượt biểu dương."
    if any(one.awards is None or one.badges is None for one in figures.commended):
        yield f"{NOTHING}: phần mềm không có khen thưởng hoặc Huy hiệu Đảng nào được ghi của năm đó, chưa rõ có hay không."
