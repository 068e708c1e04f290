"""The term report's emulation: what base organisations and cells registered for each year, and what came of it."""

from khoi_party.common.numbers import thousands
from reports.papers import sentences
from reports.papers.document import Cell, Column, Row, Sentence, Subheading, Table
from reports.papers.term_levels import series_of
from reports.papers.term_writer import SUBJECT_NAMES, TABLE, known, share


def registration(writer):
    """The blocks of what was registered, in a part for each subject that the product knows of."""
    blocks = []
    parts = [(subject, years) for subject, years in (("bases", writer.figures.registered_bases), ("cells", writer.figures.registered_cells)) if years]
    for letter, (subject, years) in zip("ab", parts, strict=False):
        name = SUBJECT_NAMES[subject]
        blocks.append(Subheading(f"{letter}) {name[0].upper()}{name[1:]}", 3))
        closed = [one for one in years if one.reached is not None]
        if closed:
            blocks.append(Sentence(_sentence(closed[-1], name)))
        blocks.append(_table(writer, subject, years))
    return tuple(blocks) or (Sentence("Phần mềm chưa có số liệu đăng ký của nhiệm kỳ."),)


def _sentence(one, name):
    return sentences.registration(
        one.year,
        subject=name,
        registered=one.registered,
        total=one.total,
        level_name=series_of(one.year, "organisation").names[1],
        aimed=one.aimed,
        reached=one.reached,
    )


def _table(writer, subject, years):
    rows, before = [], None
    for one in years:
        series = series_of(one.year, "organisation")
        if before and series.names != before.names:
            rows.append(Row((Cell(f"Từ năm {one.year}: quy định mới, không so sánh trực tiếp với các năm trước"),), "break"))
        before = series
        rows.append(Row((*_registered(writer, subject, one, series.names[1]), *_results(writer, subject, one))))
    notes = ["Tỷ lệ: số đạt mức cao nhất trên số đăng ký mức cao nhất. Đạt mức đã đăng ký: được xếp loại bằng hoặc cao hơn mức đã đăng ký."]
    if years[-1].reached is None:
        notes.append(f"Năm {years[-1].year}: số liệu đến ngày {writer.day}.")
    columns = (
        Column("Năm", 9, "center"),
        Column("Tổng số", 9),
        Column("Đã đăng ký", 10),
        Column("Mức cao nhất", 26, "left"),
        Column("Đăng ký mức này", 12),
        Column("Đạt mức này", 11),
        Column("Tỷ lệ (%)", 11),
        Column("Đạt mức đã đăng ký", 12),
    )
    return Table(f"{TABLE}Đăng ký và kết quả của {SUBJECT_NAMES[subject]}", columns, tuple(rows), tuple(notes))


def _registered(writer, subject, one, level):
    return (
        Cell(str(one.year)),
        Cell(thousands(one.total), writer.link(f"all-{subject}", one.year)),
        Cell(thousands(one.registered), writer.link(f"sent-{subject}", one.year)),
        Cell(level, align="left"),
        Cell(thousands(one.aimed), writer.link(f"aimed-{subject}", one.year)),
    )


def _results(writer, subject, one):
    if one.reached is None:
        return (Cell("chưa xếp loại", align="center", span=3),)
    return (
        known(one.reached, writer.link(f"reached-{subject}", one.year)),
        share(one.reached, one.aimed),
        known(one.kept, writer.link(f"kept-{subject}", one.year)),
    )
