"""Giấy khen in our own frame: short and long names, organisations and members."""

from datetime import date

from evaluations.enums import Award, AwardBasis
from reports.enums import PaperKind
from reports.figures.awards import Awarded, Awards
from reports.papers.certificates import CertificateFigures

from . import specimen_of

ITEMS = (
    ("Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", False, "", AwardBasis.YEAR, "2025", ""),
    ("Chi bộ Phòng Tổ chức - Hành chính", False, "Đảng bộ Sở Nông nghiệp và Môi trường", AwardBasis.FIVE_YEARS, "2021-2025", ""),
    ("Nguyễn Thị Phượng Ước", True, "Chi bộ Liên minh Hợp tác xã tỉnh", AwardBasis.YEAR, "2025", ""),
    ("Lưỡng Hoẵng Ẩm", True, "Chi bộ Thanh tra, Đảng bộ Sở Nội vụ", AwardBasis.FIVE_YEARS, "2021-2025", ""),
    (
        "Phạm Nguyễn Hoàng Minh Khuê",
        True,
        "Chi bộ Hội Nhà báo tỉnh",
        AwardBasis.THEME,
        "2025",
        "Có thành tích xuất sắc trong học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh năm 2025",
    ),
)


def certificates():
    items = tuple(
        Awarded(name, is_member, place, Award.CERTIFICATE.label, AwardBasis(basis).label, years, merit, 2_340_000)
        for name, is_member, place, basis, years, merit in ITEMS
    )
    awards = Awards(
        as_of=date(2026, 1, 15),
        year=2025,
        title="Khen thưởng tổ chức đảng, đảng viên năm 2025",
        awarder="Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh",
        is_issued=True,
        document="số 36-QĐ/ĐUK, ngày 15/01/2026",
        meeting_on=date(2026, 1, 12),
        submission="",
        items=items,
    )
    return specimen_of(PaperKind.CERTIFICATES, CertificateFigures(awards, framed=True, right=0, down=0), printed_number="36-QĐ/ĐUK")


SPECIMENS = {PaperKind.CERTIFICATES: certificates}
