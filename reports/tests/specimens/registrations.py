"""A base's registration with the sum of its cells, a cell's with its members, and the summary of a committee's units."""

from datetime import date

from reports.enums import PaperKind
from reports.figures.registered import Aims, CellsBelow, MemberAim, Planned, UnitAim, UnitForm
from reports.tests.specimens import specimen_of

DAY = date(2026, 1, 20)
NONE = Planned((None,) * 4, None, None)
PEOPLE = (
    ("Nguyễn Thị Phượng Ước", "Bí thư chi bộ, Chánh Văn phòng", 1),
    ("Trần Lê Quỳnh Ngân", "Phó Bí thư chi bộ, Phó Chánh Văn phòng", 1),
    ("Hoàng Văn Ước", "Chuyên viên", 2),
    ("Đặng Thị Thuỳ Dương", "", 2),
    ("Lưu Đức Huỳnh", "Văn thư", 3),
)
COMMITMENTS = (
    "Lãnh đạo hoàn thành 100% nhiệm vụ chính trị được giao, ít nhất 30% số nhiệm vụ vượt mức về chất lượng hoặc tiến độ.\n"
    "Giữ nghiêm nguyên tắc tập trung dân chủ; không có tổ chức đảng trực thuộc và đảng viên bị kỷ luật.\n"
    "Nâng cao chất lượng sinh hoạt chi bộ, mỗi quý có ít nhất một buổi sinh hoạt chuyên đề."
)


def base_form():
    """A base: its own numbers beside the sum of its cells, one of which wrote none."""
    figures = UnitForm(
        as_of=DAY,
        read_on=DAY,
        year=2026,
        name="Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
        superior="Đảng ủy Khối các cơ quan tỉnh",
        sent_on=DAY,
        level=1,
        planned=Planned((9, 38, 3, 0), 4, 16),
        commitments=COMMITMENTS,
        below=CellsBelow(6, 5, 1, Planned((8, 31, 2, 0), 4, 18)),
        members=(),
    )
    return specimen_of(PaperKind.REGISTRATION_FORM, figures, **_unit("Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", "ĐẢNG ỦY"))


def cell_form(year=2026, level=1):
    """A cell that has written its members' levels and not yet its thematic meetings."""
    figures = UnitForm(
        as_of=DAY,
        read_on=DAY,
        year=year,
        name="Chi bộ Phòng Công tác Quốc hội",
        superior="Đảng ủy Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh",
        sent_on=None,
        level=level,
        planned=Planned((2, 2, 1, 0), 1, None),
        commitments=COMMITMENTS,
        below=None,
        members=tuple(MemberAim(*one) for one in PEOPLE),
    )
    other = {"committee": "Chi bộ Phòng Công tác Quốc hội", "authority": "T/M CHI BỘ", "issued_on": None}
    return specimen_of(PaperKind.REGISTRATION_FORM, figures, **_unit("", "CHI BỘ") | other)


def _unit(name, body):
    return {
        "organisation": f"Đảng bộ {name}",
        "committee": f"Đảng ủy {name}",
        "superior": "Đảng bộ Khối các cơ quan tỉnh",
        "reporting_body": f"Đảng ủy {name}",
        "authority": f"T/M {body}",
        "position": "Bí thư",
        "issued_on": DAY,
        "number": None,
    }


BLOCS = ("Khối Đảng, Mặt trận Tổ quốc và đoàn thể", "Khối Nội chính", "Khối Kinh tế, kỹ thuật")
BASES = (
    ("Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", 0, "noted", False, 1, (9, 38, 3, 0), 4, 16, 2),
    ("Đảng bộ Văn phòng Ủy ban nhân dân tỉnh", 0, "noted", False, 2, (12, 61, 5, 0), 6, 24, 2),
    ("Chi bộ Liên minh Hợp tác xã", 0, "submitted", True, 2, (2, 9, 0, 0), 1, 4, 3),
    ("Đảng bộ Viện Kiểm sát nhân dân tỉnh", 1, "noted", False, 1, (14, 55, 1, 0), 5, 20, 1),
    ("Đảng bộ Tòa án nhân dân tỉnh", 1, "returned", True, None, (None,) * 4, None, None, 2),
    ("Đảng bộ Sở Nông nghiệp và Môi trường", 2, "noted", False, 3, (11, 170, 12, 1), 9, 48, 2),
    ("Chi bộ Ban Quản lý Khu công nghệ cao", 2, "draft", True, None, (None,) * 4, None, None, None),
    ("Đảng bộ Trường Cao đẳng Kinh tế - Kỹ thuật và Công nghệ", 2, "submitted", False, 2, (None,) * 4, 3, None, 2),
)
CELLS = ("Chi bộ Phòng Công tác Quốc hội", "Chi bộ Phòng Hành chính - Tổ chức - Quản trị", "Chi bộ Phòng Thông tin - Dân nguyện")


def summary():
    """Every state: noted, sent late, returned, not sent; without planned numbers, without last year's result."""
    units = [
        UnitAim(
            organisation_id=place,
            name=name,
            kind="base_committee" if name.startswith("Đảng bộ") else "base_cell",
            sector=BLOCS[bloc],
            superior="Đảng bộ Khối các cơ quan tỉnh",
            is_direct=True,
            state=state,
            is_late=late,
            level=level,
            planned=Planned(members, admissions, meetings),
            level_before=before,
        )
        for place, (name, bloc, state, late, level, members, admissions, meetings, before) in enumerate(BASES, 1)
    ]
    for place, name in enumerate(CELLS, 100):
        planned = Planned((3, 11, 1, 0), 1, 4) if place < 102 else NONE
        units.append(
            UnitAim(
                place, name, "cell", "", BASES[0][0], False, "submitted" if place < 102 else "draft", False, 2 if place < 102 else None, planned, 2
            )
        )
    figures = Aims(1, 1, "Đảng bộ Khối các cơ quan tỉnh", 2026, date(2026, 4, 10), date(2026, 3, 31), tuple(units))
    return specimen_of(PaperKind.REGISTRATION_SUMMARY, figures, number=None, issued_on=None)


SPECIMENS = {PaperKind.REGISTRATION_FORM: base_form, PaperKind.REGISTRATION_SUMMARY: summary}
