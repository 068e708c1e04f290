"""The report of a term that is still running: two regulations, a year still open, every change of organisations, every state of a figure."""

from datetime import date

from reports.enums import PaperKind
from reports.figures.bases import sector_years
from reports.figures.values import (
    BASES,
    CELLS,
    CLOSED,
    MEMBERS,
    OPEN,
    AdmissionYear,
    BaseYears,
    CommendedYear,
    Difference,
    DisciplineYear,
    LevelYear,
    RegisteredYear,
    Situation,
    TargetResult,
    TermFigures,
    TypedYear,
    YearShare,
)

from . import specimen_of

YEARS = (2016, 2017, 2018, 2019, 2020)
AS_OF = date(2020, 11, 23)
STATE, LAW, PARTY, UNITS = "Khối quản lý nhà nước", "Khối nội chính", "Khối đảng, đoàn thể", "Khối sự nghiệp"
# name, levels 2016-2019 (0 not rated, None not part of it), years chosen tiêu biểu
NAMED = {
    STATE: (
        ("Đảng bộ Sở Nội vụ", (1, 1, 1, 1), (2016, 2017, 2018, 2019)),
        ("Đảng bộ Sở Tài chính", (1, 1, 2, 2), (2016,)),
        ("Đảng bộ Sở Lao động - Thương binh và Xã hội", (2, 1, 2, 2), ()),
        ("Đảng bộ Sở Nông nghiệp và Phát triển nông thôn", (1, 2, 2, 1), ()),
        ("Đảng bộ Sở Tài nguyên và Môi trường", (2, 2, 3, 2), ()),
        ("Chi bộ Ban Thi đua - Khen thưởng tỉnh", (2, 2, None, None), ()),
        ("Chi bộ Sở Ngoại vụ", (2, 2, 2, 2), ()),
    ),
    LAW: (
        ("Đảng bộ Viện kiểm sát nhân dân tỉnh", (1, 1, 1, 1), (2016, 2017, 2018, 2019)),
        ("Đảng bộ Tòa án nhân dân tỉnh", (1, 2, 2, 2), ()),
        ("Đảng bộ Cục Thi hành án dân sự tỉnh", (2, 2, 2, 4), ()),
        ("Chi bộ Phòng Công chứng số 1", (2, 3, 2, 0), ()),
    ),
    PARTY: (
        ("Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", (1, 1, 2, 1), (2017,)),
        ("Đảng bộ Cơ quan Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", (1, 1, 1, 2), ()),
        ("Chi bộ Hội Văn học Nghệ thuật tỉnh", (None, None, 2, 2), ()),
        ("Chi bộ Hội Nhà báo tỉnh", (None, None, 2, 3), ()),
        ("Chi bộ Hội Văn nghệ và Báo chí tỉnh", (3, 2, None, None), ()),
        ("Chi bộ Liên minh Hợp tác xã tỉnh", (2, 2, 2, 2), ()),
    ),
    UNITS: (
        ("Đảng bộ Trung tâm Kiểm soát bệnh tật tỉnh", (2, 1, 2, 2), ()),
        ("Đảng bộ Bệnh viện Đa khoa tỉnh", (1, 1, 2, 2), ()),
        ("Đảng bộ Trường Cao đẳng Vĩnh Phúc", (None, None, 1, 2), ()),
        ("Chi bộ Quỹ Đầu tư phát triển tỉnh", (2, 2, None, None), ()),
        ("Chi bộ Trung tâm Thông tin - Xúc tiến du lịch", (4, 2, 2, 2), ()),
    ),
}
TOLD = {
    "Đảng bộ Sở Nội vụ": ("merged", "Kế thừa Chi bộ Ban Thi đua - Khen thưởng tỉnh từ năm 2018"),
    "Chi bộ Ban Thi đua - Khen thưởng tỉnh": ("merged", "Hợp nhất, sáp nhập năm 2018, nay thuộc Đảng bộ Sở Nội vụ"),
    "Chi bộ Hội Văn nghệ và Báo chí tỉnh": ("split", "Chia tách năm 2018, thành Chi bộ Hội Văn học Nghệ thuật tỉnh, Chi bộ Hội Nhà báo tỉnh"),
    "Chi bộ Hội Văn học Nghệ thuật tỉnh": ("split", "Tách ra từ Chi bộ Hội Văn nghệ và Báo chí tỉnh năm 2018"),
    "Chi bộ Hội Nhà báo tỉnh": ("split", "Tách ra từ Chi bộ Hội Văn nghệ và Báo chí tỉnh năm 2018"),
    "Đảng bộ Trung tâm Kiểm soát bệnh tật tỉnh": ("renamed", "Năm 2017 trở về trước: Đảng bộ Trung tâm Y tế dự phòng tỉnh"),
    "Chi bộ Liên minh Hợp tác xã tỉnh": ("sector", f"Từ năm 2018: {PARTY} (trước đó: {UNITS})"),
    "Đảng bộ Trường Cao đẳng Vĩnh Phúc": ("moved_in", "Chuyển đến từ Đảng bộ Khối doanh nghiệp tỉnh năm 2018"),
    "Chi bộ Quỹ Đầu tư phát triển tỉnh": ("moved_out", "Chuyển về Đảng bộ Khối doanh nghiệp tỉnh năm 2018"),
}
AWARDED = {"Đảng bộ Sở Nội vụ": "Bằng khen (834-QĐ/TU)", "Đảng bộ Viện kiểm sát nhân dân tỉnh": "Bằng khen (đang đề nghị)"}


def _bases():
    number = 0
    for sector, named in NAMED.items():
        for name, given, chosen in named:
            number += 1
            levels = {year: level for year, level in zip(YEARS, given, strict=False) if level is not None}
            if 2019 in levels:
                levels[2020] = 0
            changed = name == "Chi bộ Liên minh Hợp tác xã tỉnh"
            sectors = {year: UNITS if changed and year < 2018 else sector for year in levels}
            kind, note = TOLD.get(name, ("", ""))
            yield BaseYears(
                number,
                name,
                sector,
                levels,
                chosen,
                notes=(note,) if note else (),
                sectors=sectors,
                changes=(kind,) if kind else (),
                award=AWARDED.get(name, ""),
            )


def _level_years(bases):
    for year in YEARS[:-1]:
        levels = [base.levels[year] for base in bases if year in base.levels]
        counts = {level: levels.count(level) for level in (1, 2, 3, 4) if level in levels}
        chosen = sum(year in base.exemplary_years for base in bases)
        unrated = levels.count(0)
        yield LevelYear(year, CLOSED, counts, sum(counts.values()), unrated, chosen, {"not_yet": unrated} if unrated else {})
    yield LevelYear(2020, OPEN, {2: 4}, 18, 0, 0, {})


def _closed(year, counts, exemplary=0, **reasons):
    return LevelYear(year, CLOSED, counts, sum(counts.values()), sum(reasons.values()), exemplary, reasons)


def _situation(year, committees, lone, cells, members, probationary, women, minority, parts=1):
    day = min(date(year, 12, 31), AS_OF)
    return Situation(year, day, committees, lone, cells, members, probationary, parts, women, minority, 2 if year == 2020 else 0)


def _admitted(year, first, last, count, women, minority, complete=True):
    return AdmissionYear(year, first, last, count, complete, women, minority, 0, count * 27 + year % 9, count)


def _typed(year, missing, **sums):
    return TypedYear(year, 20, sums, dict.fromkeys(sums, missing), ("Báo cáo số 12-BC/UBKT", "Báo cáo số 08-BC/ĐU (phiên bản 2)"))


INSPECTED = {"inspected_organisations": 14, "inspected_members": 31, "supervised_organisations": 12, "supervised_members": 27}
PUNISHED = {
    "organisations_reprimanded": 1,
    "organisations_warned": 0,
    "organisations_dissolved": 0,
    "members_reprimanded": 4,
    "members_warned": 1,
    "members_dismissed": 0,
    "members_expelled": 1,
}
FROM_RESOLUTION = "Nghị quyết Đại hội đại biểu Đảng bộ Khối lần thứ IX"


def _targets(levels):
    shares = tuple(YearShare(one.year, one.good_or_better, one.decided, 0, one.good_or_better * 100 > 95 * one.decided) for one in levels[:4])
    open_year = YearShare(2020, 0, 0, 1, None)
    people = {"indicator": "admissions", "operator": "at_least", "high": None, "base_name": "", "source": FROM_RESOLUTION}
    yield TargetResult(
        1, span="term", low="450", wording="Cả nhiệm kỳ kết nạp 450 đảng viên trở lên", outcome="reached", total=476, span_years=1, **people
    )
    mean = {"span": "yearly_average", "low": "100", "wording": "Bình quân mỗi năm kết nạp 100 đảng viên", "outcome": "pending"}
    yield TargetResult(2, total=476, span_years=5, **mean, **people)
    yearly = {"span": "each_year", "high": None, "source": FROM_RESOLUTION}
    yield TargetResult(
        3,
        "organisations_good",
        operator="more_than",
        low="95",
        base_name="số tổ chức cơ sở đảng được đánh giá, xếp loại",
        wording="Hằng năm có trên 95% tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên",
        outcome="missed",
        years=(*shares, open_year),
        **yearly,
    )
    yield TargetResult(
        4,
        "agencies_task",
        operator="exactly",
        low="100",
        base_name="tổng số tổ chức cơ sở đảng",
        wording="100% tổ chức cơ sở đảng lãnh đạo cơ quan, đơn vị hoàn thành tốt nhiệm vụ chính trị",
        outcome="pending",
        years=(*(YearShare(year, 19, 19, 0, True) for year in YEARS[:-1]), YearShare(2020, 6, 19, 13, None)),
        **yearly,
    )


def figures():
    """TermFigures of an invented committee with 22 base organisations in five years."""
    bases = tuple(_bases())
    levels = {
        BASES: tuple(_level_years(bases)),
        CELLS: (
            _closed(2016, {1: 41, 2: 62, 3: 7, 4: 1}, 4, exempt=1),
            _closed(2017, {1: 44, 2: 60, 3: 6}, 5, not_yet=2),
            _closed(2018, {1: 19, 2: 88, 3: 5, 4: 1}, 6, review_only=1),
            _closed(2019, {1: 21, 2: 87, 3: 4}, 6, required=1),
            LevelYear(2020, OPEN, {1: 3, 2: 9}, 112, 1, 0, {"exempt": 1}),
        ),
        MEMBERS: (
            _closed(2016, {1: 204, 2: 1088, 3: 31, 4: 4}, 0, exempt=19, review_only=22),
            _closed(2017, {1: 211, 2: 1102, 3: 28, 4: 3}, 0, exempt=21, review_only=18),
            _closed(2018, {1: 196, 2: 1146, 3: 25, 4: 5}, 0, exempt=24, not_yet=3, review_only=16),
            _closed(2019, {1: 209, 2: 1158, 3: 22, 4: 2}, 0, exempt=26, required=1, review_only=20),
            LevelYear(2020, OPEN, {1: 20, 2: 131}, 1402, 44, 0, {"exempt": 25, "review_only": 19}),
        ),
    }
    return TermFigures(
        organisation_id=1,
        term_id=1,
        label="2015-2020",
        first_year=2016,
        last_year=2020,
        congress_on=date(2015, 8, 20),
        next_congress_on=None,
        as_of=AS_OF,
        situations=(
            _situation(2016, 12, 7, 112, 1368, 51, 640, 92),
            _situation(2017, 12, 7, 112, 1383, 48, 652, 95),
            _situation(2018, 13, 6, 114, 1415, 55, 671, 99),
            _situation(2019, 13, 6, 113, 1438, 47, 690, 101),
            _situation(2020, 13, 6, 113, 1449, 40, 698, 104, parts=0),
        ),
        registered_bases=(
            *(RegisteredYear(year, 19, 19, 12, got, 15) for year, got in zip(YEARS[:-1], (7, 8, 4, 4), strict=True)),
            RegisteredYear(2020, 19, 18, 9, None, None),
        ),
        registered_cells=(
            *(RegisteredYear(year, 112, 108, 50, got, 81) for year, got in zip(YEARS[:-1], (41, 44, 19, 21), strict=True)),
            RegisteredYear(2020, 113, 113, 61, None, None),
        ),
        levels=levels,
        admissions=(
            _admitted(2015, date(2015, 8, 20), date(2015, 12, 31), 38, 20, 3),
            _admitted(2016, date(2016, 1, 1), date(2016, 12, 31), 97, 51, 6),
            _admitted(2017, date(2017, 1, 1), date(2017, 12, 31), 93, 47, 8),
            _admitted(2018, date(2018, 1, 1), date(2018, 12, 31), 101, 58, 5),
            _admitted(2019, date(2019, 1, 1), date(2019, 12, 31), 95, 49, 7),
            _admitted(2020, date(2020, 1, 1), date(2020, 12, 31), 52, 30, 4, complete=False),
        ),
        targets=tuple(_targets(levels[BASES])),
        bases=bases,
        sectors=sector_years(bases, {STATE: 1, LAW: 2, PARTY: 3, UNITS: 4}),
        tasks=(*(YearShare(year, 19, 19, 0, None) for year in YEARS[:-1]), YearShare(2020, 6, 19, 13, None)),
        typed=(
            TypedYear(2016, 19, {}, {}),
            *(_typed(year, 0, **INSPECTED, **PUNISHED, mobilisation_models=6, dialogues=15) for year in (2017, 2018)),
            _typed(2019, 3, **INSPECTED, dialogues=12),
            TypedYear(2020, 19, {}, {}),
        ),
        disciplined=(
            DisciplineYear(2016, {}),
            DisciplineYear(2017, {"member-khien_trach": 5}),
            DisciplineYear(2018, {"member-khien_trach": 4}),
            DisciplineYear(2019, {"member-khien_trach": 3, "member-khai_tru": 1, "organisation-canh_cao": 1}),
            DisciplineYear(2020, {}),
        ),
        commended=(
            CommendedYear(2016, None, None),
            CommendedYear(2017, {"certificate-member": 88, "certificate-organisation": 7, "praise-member": 12}, {30: 21, 40: 6}),
            CommendedYear(2018, {"certificate-member": 94, "certificate-organisation": 8, "flag-organisation": 1}, {30: 18, 45: 2, 55: 1}),
            CommendedYear(2019, {"certificate-member": 96, "certificate-organisation": 8, "merit-organisation": 2}, {30: 24, 40: 7, 50: 3, 75: 1}),
            CommendedYear(2020, None, {30: 11}),
        ),
        differences=(
            Difference(
                2019,
                MEMBERS,
                4,
                2,
                1,
                "Báo cáo số 07, ngày 03/02/2020",
                ("01 kết quả được xếp loại lại sau khi lập báo cáo năm (91-QĐ/ĐUK)",),
            ),
            Difference(2018, CELLS, 0, 113, 114, "báo cáo năm lập ngày 20/01/2019 (dự thảo)"),
        ),
    )


WORDS = {
    "conditions": "Đảng bộ có nhiều thuận lợi: cơ sở vật chất được đầu tư, đội ngũ cán bộ có trình độ.\nKhó khăn là một số cơ quan sắp xếp lại tổ chức.",
    "strengths": "Công tác lãnh đạo nhiệm vụ chính trị có nhiều đổi mới, bám sát nghị quyết của cấp ủy cấp trên.",
}

SPECIMENS = {PaperKind.TERM_REPORT: lambda: specimen_of(PaperKind.TERM_REPORT, figures(), words=WORDS)}
