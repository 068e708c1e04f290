"""The term report's admissions: sentences, the table and columns by year, and the appendix with who they were."""

from decimal import Decimal
from itertools import accumulate

from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import NOTHING, decimal, thousands, two_digits
from reports.charts import Columns, small_multiples
from reports.papers import sentences
from reports.papers.document import Appendix, Cell, Chart, Column, Row, Sentence, Table
from reports.papers.term_writer import CHART, TABLE, known, share, total

ADMISSIONS = "admissions"


def admissions(writer):
    """The blocks on admissions: against the target, by year, as columns."""
    figures = writer.figures
    years = figures.admissions
    if not years:
        return (Sentence("Nhiệm kỳ chưa bắt đầu nên chưa có số liệu kết nạp đảng viên."),)
    count = sum(one.count for one in years)
    whole, mean = _goals(figures)
    blocks = [Sentence(_sentence(figures, count, whole), writer.link("admissions"))]
    if mean and figures.is_over:
        blocks.append(Sentence(sentences.average_admissions(admitted=count, years=mean.span_years, target=int(float(mean.low)))))
    blocks.append(_table(writer, count, whole))
    return (*blocks, Chart(_chart(years, count, mean), f"{CHART}Kết nạp đảng viên theo năm (cột gạch chéo: năm chỉ tính một phần)"))


def _goals(figures):
    """(the target of the whole term, the yearly one), each a TargetResult or None."""
    goals = {target.span: target for target in figures.targets if target.indicator == "admissions"}
    return goals.get("term"), goals.get("yearly_average")


def _chart(years, count, mean):
    columns = Columns(
        "Số đảng viên kết nạp",
        tuple((str(one.year), one.count) for one in years),
        target=float(mean.low) if mean else None,
        target_text=f"chỉ tiêu bình quân {decimal(mean.low)} đảng viên/năm" if mean else "",
        provisional=tuple(str(one.year) for one in years if not one.is_whole_year),
    )
    most = max(years, key=lambda one: one.count)
    return small_multiples(
        (columns,),
        title=f"Cả nhiệm kỳ kết nạp {thousands(count)} đảng viên; nhiều nhất là năm {most.year}: {thousands(most.count)}.",
        desc="Biểu đồ cột theo năm; cột gạch chéo là năm chỉ tính một phần.",
    )


def _sentence(figures, count, whole):
    until = None if figures.is_over else figures.as_of
    if whole is None:
        return f"Từ ngày {paper_short_date(figures.congress_on)}, toàn Đảng bộ kết nạp {two_digits(count)} đảng viên mới."
    low, high = int(float(whole.low)), int(float(whole.high)) if whole.high else None
    return sentences.admissions(*figures.label.split("-"), admitted=count, low=low, high=high, until=until)


def _table(writer, count, whole):
    figures = writer.figures
    years = figures.admissions
    rows = [
        Row(
            (
                Cell(str(one.year)),
                Cell(f"{paper_short_date(one.first_day)} - {paper_short_date(min(one.last_day, figures.as_of))}", align="center"),
                known(one.count, writer.link("admissions", one.year)),
                Cell(thousands(so_far)),
                share(so_far, float(whole.low)) if whole else Cell(NOTHING),
            )
        )
        for one, so_far in zip(years, accumulate(one.count for one in years), strict=True)
    ]
    rows.append(Row((Cell("Cộng", align="left", span=2), known(count, writer.link("admissions")), Cell(""), Cell("")), "total"))
    columns = (
        Column("Năm", 12, "center"),
        Column("Thời gian tính", 34, "center"),
        Column("Kết nạp", 16),
        Column("Lũy kế", 16),
        Column("So với chỉ tiêu (%)", 22),
    )
    notes = (_counted_from(writer), *_against(whole), *writer.pointing(ADMISSIONS))
    return writer.leading(ADMISSIONS, Table(f"{TABLE}Kết nạp đảng viên theo năm", columns, tuple(rows), notes))


def _counted_from(writer):
    figures = writer.figures
    end = f"đến trước đại hội kế tiếp ({paper_short_date(figures.next_congress_on)})" if figures.is_over else f"đến ngày {writer.day}"
    return (
        f"Tính theo ngày kết nạp, từ ngày đại hội ({paper_short_date(figures.congress_on)}) {end}, nên năm đầu và năm cuối không trọn năm; "
        f"việc xếp loại tính theo các năm đánh giá {writer.span}."
    )


def _against(whole):
    if whole:
        base = "mức thấp nhất của chỉ tiêu" if whole.high else "chỉ tiêu"
        yield f"So với chỉ tiêu: số lũy kế trên {base} cả nhiệm kỳ ({thousands(float(whole.low))} đảng viên)."


def admission_appendix(writer):
    """PL5: admissions by year with their targets, women, minorities and mean age."""
    figures, link = writer.figures, writer.link
    whole, mean = _goals(figures)
    goal = Decimal(mean.low) if mean else None
    rows = [
        Row(
            (
                Cell(str(one.year)),
                Cell(decimal(goal if one.is_whole_year else None)),
                known(one.count, link("admissions", one.year)),
                share(one.count, goal) if one.is_whole_year else Cell(NOTHING),
                known(one.women, link("admitted-women", one.year)),
                Cell(NOTHING),
                known(one.minority, link("admitted-minority", one.year)),
                Cell(_mean_age([one])),
                Cell(NOTHING, align="center"),
            )
        )
        for one in figures.admissions
    ]
    rows.append(Row(_total_cells(writer, whole), "total"))
    columns = (
        *(Column("Năm", 10, "center"), Column("Chỉ tiêu", 11), Column("Kết quả", 11), Column("% chỉ tiêu", 12), Column("Nữ", 10)),
        *(Column("Đoàn viên", 11), Column("Dân tộc thiểu số", 12), Column("Tuổi bình quân", 11), Column("Trình độ", 12, "center")),
    )
    title = f"Kết nạp đảng viên, nhiệm kỳ {figures.label.replace('-', ' - ')}"
    return Appendix(title, Table("", columns, tuple(rows), tuple(_notes(writer, whole, mean))), landscape=False)


def _total_cells(writer, whole):
    years, link = writer.figures.admissions, writer.link
    count = sum(one.count for one in years)
    goal = Decimal(whole.low) if whole else None
    return (
        *(Cell("Cộng"), Cell(decimal(goal)), known(count, link("admissions")), share(count, goal)),
        *(known(total(one.women for one in years), link("admitted-women")), Cell(NOTHING)),
        *(known(total(one.minority for one in years), link("admitted-minority")), Cell(_mean_age(years)), Cell(NOTHING, align="center")),
    )


def _mean_age(years):
    known_ages = sum(one.ages_known for one in years)
    return decimal(Decimal(sum(one.ages for one in years)) / known_ages, 1) if known_ages else NOTHING


def _notes(writer, whole, mean):
    years = writer.figures.admissions
    yield _counted_from(writer)
    if mean:
        yield "Chỉ tiêu từng năm: chỉ tiêu bình quân mỗi năm, chỉ so với năm trọn vẹn."
    if whole:
        low = f", mức thấp nhất {thousands(float(whole.low))} đảng viên" if whole.high else ""
        yield f"Chỉ tiêu ở dòng cộng: chỉ tiêu cả nhiệm kỳ{low}."
    yield f"Đoàn viên, trình độ: ghi “{NOTHING}” là chưa rõ; phần mềm không lưu hai nội dung này vào lúc kết nạp."
    if any(one.women is None for one in years):
        yield f"Nữ, dân tộc thiểu số, tuổi: “{NOTHING}” là chưa rõ."
        return
    yield "Nữ, dân tộc thiểu số: theo hồ sơ hiện nay. Tuổi bình quân: tuổi tròn vào ngày kết nạp, tính trên số người có ghi ngày sinh."
    if missing := sum(one.count - one.ages_known for one in years):
        yield f"Chưa ghi ngày sinh: {two_digits(missing)} người."
    if missing := sum(one.no_ethnicity for one in years):
        yield f"Chưa ghi dân tộc: {two_digits(missing)} người."
