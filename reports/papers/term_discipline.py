"""The term report's inspection, supervision and discipline: figures typed by base organisations, else decisions that are on record."""

from dataclasses import dataclass

from cells.models import YearFigure
from khoi_party.common.numbers import NOTHING, thousands, two_digits
from members.enums import Degree
from reports.papers.document import Appendix, Cell, Column, Row, Sentence, Table
from reports.papers.term_writer import known, total

INSPECTION = "inspection"
Key = YearFigure.Key
SOURCES_NAMED = 4


@dataclass(frozen=True)
class Counted:
    """One column: its head, the typed figure, and the decisions on record ("member-khien_trach") that stand in where nobody typed it."""

    group: str
    title: str
    key: str
    recorded: str = ""


CHECKED = (
    Counted("Kiểm tra", "Tổ chức", Key.INSPECTED_ORGANISATIONS.value),
    Counted("Kiểm tra", "Đảng viên", Key.INSPECTED_MEMBERS.value),
    Counted("Giám sát", "Tổ chức", Key.SUPERVISED_ORGANISATIONS.value),
    Counted("Giám sát", "Đảng viên", Key.SUPERVISED_MEMBERS.value),
)
OF_ORGANISATIONS = (
    Counted("Kỷ luật tổ chức đảng", "Khiển trách", Key.ORGANISATIONS_REPRIMANDED.value, f"organisation-{Degree.REPRIMAND.value}"),
    Counted("Kỷ luật tổ chức đảng", "Cảnh cáo", Key.ORGANISATIONS_WARNED.value, f"organisation-{Degree.WARNING.value}"),
    Counted("Kỷ luật tổ chức đảng", "Giải tán", Key.ORGANISATIONS_DISSOLVED.value, f"organisation-{Degree.DISSOLUTION.value}"),
)
OF_MEMBERS = (
    Counted("Kỷ luật đảng viên", "Khiển trách", Key.MEMBERS_REPRIMANDED.value, f"member-{Degree.REPRIMAND.value}"),
    Counted("Kỷ luật đảng viên", "Cảnh cáo", Key.MEMBERS_WARNED.value, f"member-{Degree.WARNING.value}"),
    Counted("Kỷ luật đảng viên", "Cách chức", Key.MEMBERS_DISMISSED.value, f"member-{Degree.DISMISSAL.value}"),
    Counted("Kỷ luật đảng viên", "Khai trừ", Key.MEMBERS_EXPELLED.value, f"member-{Degree.EXPULSION.value}"),
)
ALL = (*CHECKED, *OF_ORGANISATIONS, *OF_MEMBERS)


def value_of(figures, year, one):
    """(the figure of the column `one` in `year`, or None; whether it was counted from decisions on record)."""
    typed = next((typed for typed in figures.typed if typed.year == year), None)
    if typed and one.key in typed.sums:
        return typed.sums[one.key], False
    recorded = _recorded(figures, year, one)
    return (recorded, True) if recorded else (None, False)


def _recorded(figures, year, one):
    return next((found.counts.get(one.recorded, 0) for found in figures.disciplined if found.year == year), 0)


def sum_of(figures, one):
    """The sum over the years in which it is known; None where it is in none."""
    return total(value_of(figures, year, one)[0] for year in figures.years)


def discipline(writer):
    """The sentences of the part."""
    figures = writer.figures
    checked = [sum_of(figures, one) for one in CHECKED]
    if all(value is None for value in checked):
        yield Sentence("Phần mềm chưa có số liệu kiểm tra, giám sát của nhiệm kỳ.")
    else:
        inspected, people, supervised, watched = (thousands(value) if value is None else two_digits(value) for value in checked)
        yield Sentence(
            f"Trong {writer.begun}, đã kiểm tra {inspected} lượt tổ chức đảng, {people} lượt đảng viên; giám sát {supervised} lượt tổ chức đảng, "
            f"{watched} lượt đảng viên{writer.bracket(INSPECTION)}."
        )
    yield from _disciplined(figures, OF_ORGANISATIONS, "tổ chức đảng")
    yield from _disciplined(figures, OF_MEMBERS, "đảng viên")


def _disciplined(figures, columns, noun):
    counted = [(one.title.lower(), sum_of(figures, one)) for one in columns]
    if all(value is None for _, value in counted):
        yield Sentence(f"Phần mềm chưa có số liệu thi hành kỷ luật {noun} của nhiệm kỳ.")
        return
    parts = "; ".join(f"{title} {two_digits(value)}" for title, value in counted if value)
    unknown = ", ".join(title for title, value in counted if value is None)
    number = total(value for _, value in counted)
    text = f"Thi hành kỷ luật {two_digits(number)} {noun}: {parts}" if number else f"Không có {noun} bị thi hành kỷ luật"
    yield Sentence(text + (f" (chưa rõ: {unknown})." if unknown else "."))


def mobilisation(writer):
    """The sentence on what base organisations typed of mass work; nothing where nobody has."""
    figures = writer.figures
    models, dialogues = (total(one.sums.get(key) for one in figures.typed) for key in (Key.MOBILISATION_MODELS.value, Key.DIALOGUES.value))
    parts = []
    if models is not None:
        parts.append(f"có {two_digits(models)} mô hình “Dân vận khéo” được công nhận")
    if dialogues is not None:
        parts.append(f"tổ chức {two_digits(dialogues)} cuộc tiếp xúc, đối thoại với đoàn viên, người lao động")
    if parts:
        yield Sentence(f"Trong {writer.begun}, theo số liệu các tổ chức cơ sở đảng báo cáo, {'; '.join(parts)}.")


def inspection_appendix(writer):
    """PL6: inspection, supervision and discipline by year."""
    figures = writer.figures
    rows = [Row((Cell(str(year)), *(_cell(writer, year, one) for one in ALL))) for year in figures.years]
    rows.append(Row((Cell("Cộng"), *(known(sum_of(figures, one)) for one in ALL)), "total"))
    columns = [Column("Năm", 10, "center")]
    columns += [Column(one.title, 8 if one in CHECKED else 9 if one is ALL[-1] else 8, group=one.group) for one in ALL]
    columns[-1] = Column(ALL[-1].title, 100 - sum(column.width for column in columns[:-1]), group=ALL[-1].group)
    title = f"Kiểm tra, giám sát, thi hành kỷ luật, giai đoạn {writer.span}"
    return Appendix(title, Table("", tuple(columns), tuple(rows), tuple(_notes(figures))))


def _cell(writer, year, one):
    value, is_recorded = value_of(writer.figures, year, one)
    if is_recorded:
        return Cell(f"{thousands(value)}*", writer.link(f"discipline-{one.recorded}", year))
    return known(value, writer.link(f"typed-{one.key}", year))


def _notes(figures):
    yield "Lượt tổ chức đảng, đảng viên được kiểm tra, giám sát và bị thi hành kỷ luật trong năm, theo số liệu các tổ chức cơ sở đảng nhập."
    values = [value_of(figures, year, one) for year in figures.years for one in ALL]
    if any(is_recorded for _, is_recorded in values):
        yield "*: đếm từ các quyết định kỷ luật đã ghi trong phần mềm vì chưa có số liệu nhập; có thể chưa đầy đủ."
    if any(value is None for value, _ in values):
        yield f"{NOTHING}: chưa rõ, chưa có số liệu."
    for typed in figures.typed:
        lacking = max((typed.missing.get(one.key, 0) for one in ALL if one.key in typed.sums), default=0)
        if lacking:
            yield f"Năm {typed.year}: {two_digits(lacking)}/{two_digits(typed.units)} tổ chức cơ sở đảng chưa có đủ số liệu, không tính vào số trên."
    yield from _disagreeing(figures)
    if sources := list(dict.fromkeys(source for typed in figures.typed for source in typed.sources)):
        more = f" và {len(sources) - SOURCES_NAMED} nguồn khác" if len(sources) > SOURCES_NAMED else ""
        yield f"Nguồn số liệu nhập: {'; '.join(sources[:SOURCES_NAMED])}{more}."


def _disagreeing(figures):
    """Where there are more decisions on record than were typed."""
    for year in figures.years:
        for one in (*OF_ORGANISATIONS, *OF_MEMBERS):
            value, is_recorded = value_of(figures, year, one)
            recorded = _recorded(figures, year, one)
            if recorded and not is_recorded and recorded != value:
                name = f"{one.group[0].lower()}{one.group[1:]}, {one.title.lower()}"
                yield f"Năm {year}, {name}: số nhập {two_digits(value)}, phần mềm ghi {two_digits(recorded)} quyết định."
