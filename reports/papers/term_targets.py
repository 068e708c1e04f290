"""The term's targets in words, as a table and as bars: on the paper, and on the home page."""

from decimal import Decimal

from khoi_party.common.numbers import decimal, percent, thousands
from reports.charts import Bullet, bullet_bars
from reports.figures.values import MISSED, PENDING, REACHED
from reports.papers import sentences
from reports.papers.document import Appendix, Cell, Chart, Column, Row, Sentence, Table
from reports.papers.term_writer import CHART, TABLE

OUTCOMES = {REACHED: "Đạt", MISSED: "Không đạt", PENDING: "Chưa kết luận"}
PEOPLE, TARGETS = "admissions", "targets"


def target_section(writer):
    """The blocks on the targets: what was reached in words, a short table, and bars."""
    results = writer.figures.targets
    if not results:
        return (Sentence("Phần mềm chưa có chỉ tiêu của nhiệm kỳ này."),)
    counts = {outcome: sum(one.outcome == outcome for one in results) for outcome in OUTCOMES}
    said = sentences.targets(achieved=counts[REACHED], missed=counts[MISSED], unknown=counts[PENDING])
    chart = bullet_bars(bullets(results), title=said, desc="Mỗi chỉ tiêu một thanh: thanh đậm là kết quả, vạch đứng hoặc khoảng nhạt là chỉ tiêu.")
    return (
        Sentence(said + f" Số liệu đến ngày {writer.day}."),
        _short_table(writer, results),
        Chart(chart, f"{CHART}Kết quả so với chỉ tiêu (chỉ tiêu hằng năm: kết quả của năm gần nhất)"),
    )


def _short_table(writer, results):
    rows = tuple(
        Row(
            (
                *(Cell(str(place)), Cell(one.wording), Cell(goal_text(one))),
                *(Cell(_latest(one)[1], _behind(one, writer.link)), Cell(OUTCOMES[one.outcome])),
            )
        )
        for place, one in enumerate(results, 1)
    )
    columns = (
        Column("TT", 6, "center"),
        Column("Chỉ tiêu", 40, "left"),
        Column("Mục tiêu", 18, "center"),
        Column("Kết quả gần nhất", 22, "center"),
        Column("Đánh giá", 14, "center"),
    )
    notes = (
        "Chỉ tiêu hằng năm chỉ đạt khi tất cả các năm của nhiệm kỳ đều đạt. Chưa kết luận: có năm chưa xếp loại hoặc chưa đủ số liệu.",
        *writer.pointing(TARGETS, "Kết quả từng năm"),
    )
    return writer.leading(TARGETS, Table(f"{TABLE}Các chỉ tiêu của nhiệm kỳ", columns, rows, notes))


def target_appendix(writer):
    """PL8: each target with its unit, its goal, what was done year by year, and the outcome."""
    results = writer.figures.targets
    rows = tuple(
        Row(
            (
                *(Cell(str(place)), Cell(f"{one.wording} (tính trên {one.base_name})" if one.base_name else one.wording)),
                *(Cell(unit_text(one)), Cell(goal_text(one))),
                *(Cell(done_text(one), _behind(one, writer.link)), Cell(outcome_text(one))),
            )
        )
        for place, one in enumerate(results, 1)
    )
    columns = (
        *(Column("TT", 5, "center"), Column("Chỉ tiêu", 27, "left"), Column("ĐVT", 12, "center"), Column("Mục tiêu", 12, "center")),
        *(Column("Thực hiện", 32, "left"), Column("Đạt, vượt, không đạt", 12, "center")),
    )
    notes = ["Vượt: kết quả cao hơn mức của chỉ tiêu (với chỉ tiêu hằng năm: trong tất cả các năm)."]
    if sources := dict.fromkeys(one.source for one in results if one.source):
        notes.append(f"Nguồn chỉ tiêu: {'; '.join(sources)}.")
    label = writer.figures.label.replace("-", " - ")
    return Appendix(f"Thực hiện các chỉ tiêu nghị quyết đại hội nhiệm kỳ {label}", Table("", columns, rows, tuple(notes)), landscape=False)


def done_text(one):
    """The result and the figures behind it."""
    if one.indicator == PEOPLE:
        return basis_text(one) if one.span == "term" else f"{value_text(one)} ({basis_text(one)})"
    return f"{value_text(one)}: {basis_text(one)}"


def unit_text(one):
    """What the target is counted in."""
    if one.indicator != PEOPLE:
        return "%"
    return "đảng viên/năm" if one.span == "yearly_average" else "đảng viên"


def outcome_text(one):
    """The outcome, and "Vượt" where the result lies above what "at least" or a range asked for."""
    return "Vượt" if one.outcome == REACHED and one.operator in ("at_least", "between") and _is_above(one) else OUTCOMES[one.outcome]


def _is_above(one):
    top = Decimal(one.high or one.low)
    if one.indicator == PEOPLE:
        return Decimal(one.total) > top * one.span_years
    if one.span == "each_year":
        return all(share.part * 100 > top * share.base for share in one.years)
    return sum(share.part for share in one.years) * 100 > top * sum(share.base for share in one.years)


def _behind(one, link):
    """The list behind a result: who was admitted, or who makes up the last known year's share."""
    if one.indicator == PEOPLE:
        return link("admissions")
    known = [share.year for share in one.years if share.base]
    topic = "task" if one.indicator == "agencies_task" else one.indicator.partition("_")[0].replace("organisations", "bases")
    return link(topic, known[-1]) if known else None


def bullets(results):
    """A charts.Bullet per TargetResult: a yearly share is drawn by its latest known year."""
    return tuple(_bullet(one) for one in results)


def _bullet(one):
    value, text = _latest(one)
    low, high = Decimal(one.low), Decimal(one.high) if one.high else None
    top = high or low
    scale = 100 if one.indicator != PEOPLE and top > 50 else max(top, value or 0) * Decimal("1.25")
    return Bullet(
        label=one.wording,
        value=None if value is None else float(value),
        value_text=text,
        low=float(low),
        target_text=goal_text(one),
        scale=float(scale),
        high=None if high is None else float(high),
        outcome=OUTCOMES[one.outcome],
    )


def _latest(one):
    if one.indicator == PEOPLE:
        value = Decimal(one.total) / one.span_years
        return value, f"{decimal(value, 1)} đảng viên{'/năm' if one.span == 'yearly_average' else ''}"
    known = [share for share in one.years if share.base and not share.missing]
    if not known:
        return None, "chưa đủ số liệu"
    last = known[-1]
    return Decimal(last.part * 100) / last.base, f"{percent(last.part, last.base)} (năm {last.year})"


def goal_text(one):
    """ "trên 95%", "450 - 500 đảng viên", "từ 80 đảng viên/năm"."""
    unit = "%" if one.indicator != PEOPLE else " đảng viên/năm" if one.span == "yearly_average" else " đảng viên"
    low = decimal(Decimal(one.low))
    match one.operator:
        case "between":
            return f"{low} - {decimal(Decimal(one.high))}{unit}"
        case "more_than":
            return f"trên {low}{unit}"
        case "exactly":
            return f"{low}{unit}"
    return f"{low}{unit}" if low == "100" else f"từ {low}{unit}"


def value_text(one):
    """The result in a few words."""
    if one.indicator == PEOPLE:
        return _latest(one)[1]
    met = sum(share.met is True for share in one.years)
    known = sum(share.met is not None for share in one.years)
    if not known:
        return "chưa đủ số liệu"
    return f"đạt {met}/{known} năm"


def basis_text(one):
    """The figures behind the result."""
    if one.indicator == PEOPLE:
        return f"{thousands(one.total)} đảng viên trong {one.span_years:02d} năm" if one.span_years > 1 else f"{thousands(one.total)} đảng viên"
    return "; ".join(_share_text(share) for share in one.years)


def _share_text(share):
    if not share.base:
        return f"{share.year}: chưa có"
    if share.missing:
        return f"{share.year}: mới có {thousands(share.base - share.missing)}/{thousands(share.base)} đơn vị, trong đó {thousands(share.part)} đạt"
    return f"{share.year}:\u00a0{percent(share.part, share.base)}\u00a0({thousands(share.part)}/{thousands(share.base)})"
