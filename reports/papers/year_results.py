"""Section III of a year's report, "Kết quả đánh giá, xếp loại": what is said of each kind of subject, with its table."""

from itertools import count

from evaluations.enums import OutsideLevel
from khoi_party.common.dates import paper_short_date
from khoi_party.common.numbers import percent, two_digits
from reports.charts import LevelSeries, YearOfLevels, stacked_bars
from reports.figures.year_values import CELLS, SUB_COMMITTEES
from reports.papers import sentences
from reports.papers.document import Chart, Sentence, Subheading
from reports.papers.year_persons import cadre_table, collective_table
from reports.papers.year_tables import GROUPS, LEVELS, share_table, summary_table


def result_blocks(year):
    """The blocks of section III for a Year (reports.papers.year_tables)."""
    parts, tables = count(1), count(1)

    def part(title):
        return Subheading(f"{next(parts)}. {title}")

    def caption(title):
        return f"Bảng {next(tables)}. {title} năm {year.figures.year}"

    if year.figures.units:
        yield Sentence("Kết quả chung nêu tại Bảng 1; tỷ lệ từng mức, kết quả của từng đơn vị nêu tại các phụ lục.")
    yield summary_table(year, caption("Tổng hợp kết quả đánh giá, xếp loại"))
    yield from _organisations(year, part)
    yield Chart(_chart(year), f"Biểu 1. Kết quả xếp loại năm {year.figures.year} theo Bảng 1")
    if year.figures.collectives is not None:
        yield part("Tập thể lãnh đạo, quản lý")
        yield from _collectives(year, caption)
    if year.figures.cadres is not None:
        yield part("Cá nhân cán bộ lãnh đạo, quản lý")
        yield from _cadres(year, caption)
    yield part("Đảng viên")
    yield from _said(year, "đảng viên", year.figures.members, "member", "members")
    if year.figures.shares:
        yield part("Tỷ lệ hoàn thành xuất sắc nhiệm vụ")
        yield share_table(year, caption("Đối chiếu tỷ lệ hoàn thành xuất sắc nhiệm vụ"))
    if year.figures.work is not None:
        yield part("Khiếu nại, kiến nghị về kết quả xếp loại")
        yield _complaints(year)


def _organisations(year, part):
    groups = year.figures.groups
    if year.bases:
        yield part("Tổ chức cơ sở đảng")
        yield from _said(year, "tổ chức cơ sở đảng", year.bases, "organisation", "bases")
    below = [group for group in (SUB_COMMITTEES, CELLS) if group in groups]
    if below:
        yield part(" và ".join(GROUPS[group] if place == 0 else sentences.small(GROUPS[group]) for place, group in enumerate(below)))
    for group in below:
        yield from _said(year, sentences.small(GROUPS[group]), groups[group], "organisation", group.replace("_", "-"))


def _said(year, name, one, kind, topic):
    if not one.total:
        yield Sentence(f"Không có {name} trong đợt đánh giá.")
        return
    text = sentences.year_result(
        subject=name,
        noun=year.book.noun,
        total=one.total,
        rated=one.rated,
        counts={level: one.counts.get(level, 0) for level in LEVELS},
        names=year.names(kind),
        exempt=one.exempt,
        unrated=one.unrated,
        exemplary=one.exemplary,
    )
    yield Sentence(text, year.link(topic))
    if one.waiting and not year.figures.is_closed:
        waiting = f"còn {two_digits(one.waiting)} {name} phải {year.book.noun} chưa có quyết định"
        yield Sentence(f"Đến ngày {paper_short_date(year.figures.as_of)}, {waiting}.", year.link(f"{topic}-waiting"))


def _collectives(year, caption):
    found = year.figures.collectives
    if not found:
        yield Sentence("Chưa có thông tin về kết quả xếp loại của các tập thể lãnh đạo, quản lý.")
        return
    outside = [one.level for one in found if one.source]
    if outside:
        listed = sentences.levels_listed(outside, _outside_name)
        text = f"Có {two_digits(len(outside))} tập thể lãnh đạo, quản lý được cấp có thẩm quyền xếp loại: {listed}."
        yield Sentence(text, year.link("collectives"))
    decided = [one.level for one in found if one.level and not one.source]
    if decided:
        listed = sentences.levels_listed(decided, lambda level: year.book.level_name(level, "organisation"))
        yield Sentence(f"Có {two_digits(len(decided))} tập thể có quyết định xếp loại trong đảng bộ: {listed}.")
    own = sum(one.from_report for one in found)
    if own:
        yield Sentence(f"Có {two_digits(own)} cấp ủy trực thuộc gửi báo cáo kiểm điểm kèm mức tự xếp loại.")
    yield collective_table(year, caption("Kết quả xếp loại tập thể lãnh đạo, quản lý"))


def _cadres(year, caption):
    found = year.figures.cadres
    if not found:
        yield Sentence("Chưa có thông tin về kết quả xếp loại của cá nhân cán bộ lãnh đạo, quản lý.")
        return
    outside = [one.level for one in found if one.source]
    own = [one.level for one in found if one.level and not one.source]
    parts = []
    if own:
        parts.append(f"{two_digits(len(own))} có quyết định: {sentences.levels_listed(own, lambda level: year.book.level_name(level, 'member'))}")
    if outside:
        parts.append(f"{two_digits(len(outside))} được cơ quan quản lý cán bộ xếp loại: {sentences.levels_listed(outside, _outside_name)}")
    if waiting := len(found) - len(own) - len(outside):
        parts.append(f"{two_digits(waiting)} chưa có kết quả")
    yield Sentence(f"Trong {two_digits(len(found))} cán bộ nêu tại bảng dưới đây có {'; '.join(parts)}.", year.link("cadres"))
    who = "diện ban thường vụ quản lý" if year.has_standing_committee else "cán bộ lãnh đạo, quản lý"
    yield cadre_table(year, caption(f"Kết quả xếp loại cá nhân {who}"))


def _outside_name(level):
    return OutsideLevel(level).label


def _complaints(year):
    work = year.figures.work
    counts = {"received": work.complaints, "kept": work.complaints_kept, "revised": work.complaints_revised, "waiting": work.complaints_open}
    return Sentence(sentences.complaints(year.figures.as_of, **counts), year.link("complaints") if work.complaints else None)


def _chart(year):
    figures = year.figures
    shown = [("Tổ chức cơ sở đảng", year.bases, "organisation"), (GROUPS[CELLS], figures.groups.get(CELLS), "organisation")]
    shown.append(("Đảng viên", figures.members, "member"))
    series = [
        LevelSeries(year.names(kind), (YearOfLevels(figures.year, one.counts, one.unrated + one.exempt, rated=bool(one.rated)),), heading=name)
        for name, one, kind in shown
        if one is not None
    ]
    return stacked_bars(
        series,
        title=f"{percent(figures.members.good_or_better, figures.members.rated)} đảng viên được xếp loại từ hoàn thành tốt nhiệm vụ trở lên.",
        desc=f"Mỗi nhóm một thanh, chia theo mức xếp loại năm {figures.year}.",
        is_broken=False,
    )
