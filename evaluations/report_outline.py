"""The headings of a unit's review report in the form of each year. Pure; the words are the form's, shortened."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    asks_last_year: bool = False  # what was pointed out a year ago stands beside it


# HD 43-HD/BTCTW (2025), Mẫu 01
OF_2025 = (
    Section("principles", "A.I.1. Chấp hành nguyên tắc tổ chức và hoạt động, quy chế làm việc"),
    Section("targets", "A.I.2. Kết quả thực hiện các mục tiêu, chỉ tiêu, nhiệm vụ"),
    Section("building", "A.I.3. Xây dựng Đảng, hệ thống chính trị"),
    Section("collective", "A.I.4. Trách nhiệm của tập thể"),
    Section("faults", "A.II. Hạn chế, khuyết điểm và nguyên nhân"),
    Section("remedied", "A.III. Kết quả khắc phục hạn chế của kỳ kiểm điểm trước", asks_last_year=True),
    Section("explained", "A.IV. Giải trình những vấn đề được gợi ý kiểm điểm"),
    Section("responsibility", "A.V. Trách nhiệm của tập thể, cá nhân"),
    Section("ahead", "A.VI. Phương hướng, biện pháp khắc phục"),
)
# The headings of the forms before 2025 were read in part only: these four are common to all of them.
BEFORE = (
    Section("results", "1. Ưu điểm, kết quả đạt được"),
    Section("faults", "2. Hạn chế, khuyết điểm và nguyên nhân"),
    Section("remedied", "3. Kết quả khắc phục hạn chế của kỳ kiểm điểm trước", asks_last_year=True),
    Section("ahead", "4. Phương hướng, biện pháp khắc phục"),
)


def outline_of(year):
    """The Sections of the report of `year`, and the name of the form ("" where none was read whole)."""
    return (OF_2025, "Mẫu 01-HD KĐ.ĐG 2025") if year >= 2025 else (BEFORE, "")
