"""The annual report of an invented Khối: 66 bases of every state, their members, collectives, cadres, and a register of three bases."""

from datetime import date
from itertools import cycle, islice

from reports.enums import PaperKind
from reports.figures.year_values import (
    BASE_CELLS,
    BASE_COMMITTEES,
    CELLS,
    SUB_COMMITTEES,
    Entry,
    Judged,
    Rated,
    Share,
    StageSpan,
    UnitRegister,
    UnitYear,
    Work,
    YearFigures,
    joined,
)
from reports.tests.specimens import specimen_of

AS_OF = date(2026, 1, 10)
RULE = "Quy định số 366-QĐ/TW ngày 30/8/2025, Điều 11, điểm 1.5"
DECREE = "Thông báo số 512-TB/TU, ngày 08/01/2026"
LONG = "Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh"
AGENCIES = (
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Nông nghiệp và Môi trường",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Giáo dục và Đào tạo",
    "Sở Khoa học và Công nghệ",
    "Sở Xây dựng",
    "Sở Công Thương",
    "Sở Y tế",
    "Sở Tư pháp",
    "Sở Ngoại vụ",
    "Thanh tra tỉnh",
    "Văn phòng Ủy ban nhân dân tỉnh",
    "Văn phòng Tỉnh ủy",
    "Ban Tổ chức Tỉnh ủy",
    "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    "Ủy ban Kiểm tra Tỉnh ủy",
    "Ban Nội chính Tỉnh ủy",
    "Ủy ban Mặt trận Tổ quốc tỉnh",
    "Ban Quản lý các khu công nghiệp",
    "Tòa án nhân dân tỉnh",
    "Viện Kiểm sát nhân dân tỉnh",
    "Thi hành án dân sự tỉnh",
    "Kho bạc Nhà nước khu vực VIII",
    "Thuế tỉnh",
    "Thống kê tỉnh",
    "Bảo hiểm xã hội khu vực",
    "Báo và Phát thanh, Truyền hình",
    "Trường Chính trị tỉnh",
    "Trường Cao đẳng Kinh tế - Kỹ thuật",
    "Trường Cao đẳng Công nghiệp và Thương mại",
    "Bệnh viện Đa khoa tỉnh",
    "Bệnh viện Sản - Nhi",
    "Trung tâm Kiểm soát bệnh tật",
    "Chi cục Quản lý thị trường",
    "Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng",
    "Công ty Điện lực",
    "Ngân hàng Nhà nước khu vực",
)
SOCIETIES = (
    "Liên minh Hợp tác xã",
    "Hội Nhà báo",
    "Hội Văn học nghệ thuật",
    "Hội Luật gia",
    "Hội Chữ thập đỏ",
    "Quỹ Đầu tư phát triển",
    "Ngân hàng Chính sách xã hội",
    "Hội Nạn nhân chất độc da cam/Dioxin",
    "Hội Khuyến học",
    "Hội Người cao tuổi",
    "Hội Người mù",
    "Hội Đông y",
    "Hội Cựu giáo chức",
    "Liên hiệp các hội Khoa học và Kỹ thuật",
    "Liên hiệp các tổ chức hữu nghị",
    "Ban Quản lý Vườn quốc gia",
    "Công ty Xổ số kiến thiết",
    "Trung tâm Lưu trữ lịch sử",
    "Trung tâm Xúc tiến đầu tư",
    "Trung tâm Phục vụ hành chính công",
    "Trung tâm Trợ giúp pháp lý Nhà nước",
    "Bảo tàng tỉnh",
    "Thư viện tỉnh",
    "Nhà hát Chèo",
    "Quỹ Bảo vệ và Phát triển rừng",
    "Chi cục Dự trữ Nhà nước khu vực",
    "Văn phòng Ban An toàn giao thông",
)
NAMES = (
    "Nguyễn Thị Phượng Ước",
    "Trần Văn Bình",
    "Lê Hoàng Nguyên Khánh",
    "Nguyễn Phước Bảo Công Tằng Tôn Nữ Thị Huyền Trân",
    "Phạm Thị Thuý",
    "Đặng Quốc Ấn",
    "Vũ Thị Ỷ Lan",
    "Hoàng Đình Kiểm",
    "Bùi Thị Hồng Nhung",
    "Đỗ Xuân Trường",
)


def _units():
    named = [LONG, *(f"Đảng bộ {name}" for name in AGENCIES), *(f"Chi bộ {name}" for name in SOCIETIES)]
    levels = islice(cycle((1, 2, 2, 2, 2, 3, 2, 2, 1, 2, 2)), 66)
    for place, (name, level) in enumerate(zip(named, levels, strict=True)):
        is_committee = name.startswith("Đảng bộ")
        size = 36 + place % 7 * 9 if is_committee else 9 + place % 5
        level = {21: 4, 64: None, 65: None}.get(place, level)
        best, waiting, exempt = size // 8, int(place == 64) * 3, place % 3
        worst = int(place % 20 == 6)
        counts = {1: best, 2: size - best - 2 - worst - waiting - exempt - int(place == 65), 3: 2} | ({4: worst} if worst else {})
        members = Rated(counts, waiting, exempt, not_yet=int(place == 65))
        yield UnitYear(
            organisation_id=100 + place,
            name=name,
            kind="base_committee" if is_committee else "base_cell",
            cells=3 + place % 6 if is_committee else 1,
            level=level,
            exemplary=place == 0,
            level_before=None if place == 40 else 2,
            before_known=place != 65,
            members=members,
            note="Mới thành lập chưa đủ 6 tháng" if place == 65 else "",
        )


def _group(units, kind):
    rows = [one for one in units if one.kind == kind]
    counts = {level: sum(one.level == level for one in rows) for level in (1, 2, 3, 4)}
    new = sum(bool(one.note) for one in rows)
    waiting = sum(one.level is None for one in rows) - new
    return Rated({level: count for level, count in counts.items() if count}, waiting, 0, sum(one.exemplary for one in rows), new)


def _register(units):
    notes = ("", "", "", "Tiêu biểu", "", "", "Miễn", "", "Chỉ kiểm điểm", "Chưa xếp loại")
    for unit in (*units[:2], units[-2]):
        entries = []
        for place in range(unit.members.total):
            note = notes[place % 10]
            level = None if note and note != "Tiêu biểu" else 1 if note else 2 + (place % 9 == 4)
            cell = (
                f"Chi bộ {('Văn phòng', 'Thanh tra', 'Tổ chức - Hành chính', 'Quản lý quy hoạch, kiến trúc và phát triển đô thị')[place // 12 % 4]}"
            )
            position = ("Bí thư chi bộ, Trưởng phòng", "Chuyên viên chính", "", "Phó Chánh Văn phòng")[place % 4]
            born = None if place == 11 else 1965 + place % 35
            before, own, voted = None if place % 11 == 5 else 2, level and 1 + (place % 3 > 0), level
            entries.append(Entry(NAMES[place % 10], born, cell, position, before, own, voted, level, note))
        yield UnitRegister(unit.name, tuple(entries))


def year_figures():
    """66 bases, two of them without a level, and all that the report may enclose."""
    units = tuple(_units())
    return YearFigures(
        organisation_id=1,
        cycle_id=1,
        year=2025,
        as_of=AS_OF,
        is_closed=False,
        guidance="Hướng dẫn số 14-HD/ĐUK, ngày 12/11/2025",
        sheets=357,
        sheets_sent=351,
        groups={
            BASE_COMMITTEES: _group(units, "base_committee"),
            BASE_CELLS: _group(units, "base_cell"),
            SUB_COMMITTEES: Rated({2: 2}),
            CELLS: Rated({1: 46, 2: 231, 3: 9, 4: 1}, waiting=2, exempt=0, exemplary=5),
        },
        members=joined(unit.members for unit in units),
        units=units,
        shares=(
            Share("Tổ chức đảng, đảng bộ cơ sở", 7, 33, 5, 20, RULE, 1, "số hoàn thành tốt nhiệm vụ", 26, "bỏ phần lẻ", ""),
            Share("Tổ chức đảng, chi bộ cơ sở", 4, 23, 3, 20, RULE, 2, "số hoàn thành tốt nhiệm vụ", 19, "bỏ phần lẻ", ""),
        ),
        review_only=12,
        elsewhere=7,
        work=Work(
            stages=(
                StageSpan("Kiểm điểm", date(2025, 11, 15), date(2025, 12, 15)),
                StageSpan("Xếp loại", date(2025, 12, 16), date(2025, 12, 31)),
            ),
            planned=340,
            attended=24,
            suggested=6,
            answered=5,
            held=338,
            reports=61,
            complaints=3,
            complaints_open=1,
            complaints_kept=1,
            complaints_revised=1,
        ),
        collectives=(
            Judged("Tập thể lãnh đạo, quản lý Sở Nội vụ", "", None, None, 1, DECREE),
            Judged("Đảng ủy Sở Nội vụ", "", 1, None, None, from_report=True),
            Judged(f"Tập thể lãnh đạo, quản lý {LONG.removeprefix('Đảng bộ ')}", "", None, None, 2, "Quyết định số 88/QĐ-UBND, ngày 06/01/2026"),
            Judged("Tập thể lãnh đạo Quỹ Đầu tư phát triển", "", 1, 2, 2),
        ),
        cadres=(
            Judged("Nguyễn Thị Phượng Ước", "Giám đốc Sở, Bí thư Đảng ủy Sở Nội vụ", 1, 1, 1, DECREE),
            Judged("Nguyễn Phước Bảo Công Tằng Tôn Nữ Thị Huyền Trân", "Phó Chủ tịch Hội", 2, 2, 2),
            Judged("Trần Văn Bình", "", 1, None, None),
        ),
        register=tuple(_register(units)),
    )


def year_report():
    words = {
        "guidance": "Ban Thường vụ Đảng ủy Khối đã ban hành Hướng dẫn, tổ chức hội nghị quán triệt đến bí thư các tổ chức cơ sở đảng.",
        "strengths": "Việc kiểm điểm được chuẩn bị kỹ, đúng quy trình; tự phê bình và phê bình nghiêm túc.",
        "collectives": "Các cấp ủy kiểm điểm sau khi tập thể lãnh đạo cơ quan kiểm điểm xong.",
        "persons": "Cá nhân viết bản tự kiểm điểm theo mẫu, được góp ý trước khi chi bộ biểu quyết.",
        "shortcomings": "Một số chi bộ gửi hồ sơ chậm so với kế hoạch.",
        "proposals": "Đề nghị Ban Tổ chức Tỉnh ủy sớm thống nhất cách làm tròn tỷ lệ hoàn thành xuất sắc nhiệm vụ.",
    }
    return specimen_of(PaperKind.YEAR_REPORT, year_figures(), words=words)


SPECIMENS = {PaperKind.YEAR_REPORT: year_report}
