"""Writes docs/regulations/ from the rule books and their rules, so that no page says anything else than the program does (`make docs`).

python tools/regulations.py            writes the files
python tools/regulations.py --check    only says whether they are up to date (exit code 1 if not)
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from evaluations.rulebooks import ALL, conditions_hd27  # noqa: E402  the path above comes first
from evaluations.rulebooks.book import COLLECTIVE, GOOD, MEMBER, ORGANISATION  # noqa: E402
from evaluations.rulebooks.judging import RULES  # noqa: E402
from reports.enums import PaperKind  # noqa: E402
from reports.papers.grounds import GROUNDS, WITHOUT  # noqa: E402

FOLDER = ROOT / "docs" / "regulations"
SUBJECTS = {MEMBER: "đảng viên", ORGANISATION: "tổ chức đảng", COLLECTIVE: "tập thể lãnh đạo"}
WHO = {"member": "đảng viên", "cell": "chi bộ", "committee": "đảng bộ", "collective": "tập thể lãnh đạo, quản lý"}
EFFECTS = {
    "forces": "buộc mức",
    "required": "điều kiện của mức",
    "cap": "trần",
    "eligibility": "diện",
    "order": "trình tự",
    "deadline": "thời hạn",
    "note": "lưu ý",
}
HEAD = """# Quy định của từng năm, như phần mềm đang giữ

Made by `make docs` from `evaluations/rulebooks/`; do not edit by hand. The year being rated chooses the regulation, not the day of data
entry. Only what was read in the text itself (VERIFIED) may ever forbid; everything else warns. What no text answers is listed as open.

| Độ tin cậy | Nghĩa |
|---|---|
| VERIFIED | đã đọc nguyên văn |
| VERIFIED_EN | đã đọc bản dịch tiếng Anh của điều khoản |
| SECONDARY | theo nguồn thứ cấp |
| INFERRED | suy luận từ số liệu hoặc câu chữ |
| UNKNOWN | chưa tìm thấy văn bản |

| Năm | Quy định |
|---|---|
"""


def pages():
    """{file name: text} of all pages."""
    index = "\n".join(f"| {_years(book)} | [{book.title}]({book.key}.md) |" for book in ALL)
    index += "\n\nCăn cứ pháp lý của từng loại văn bản: [can-cu.md](can-cu.md)."
    return {"README.md": f"{HEAD}{index}\n", "can-cu.md": _grounds()} | {f"{book.key}.md": _page(book) for book in ALL}


def _grounds():
    """Which bases papers name, and the kinds that name none."""
    none = "; ".join(kind.label for kind in PaperKind if kind in WITHOUT)
    return "\n".join(
        [
            "# Căn cứ mà phần mềm ghi sẵn trên văn bản",
            "",
            "Made by `make docs` from `reports/papers/grounds.py`. Căn cứ khác do người ban hành ghi thêm.",
            "",
            "| Văn bản | Ghi trên | Văn bản ban hành | Năm đánh giá | Độ tin cậy |",
            "|---|---|---|---|---|",
            *(_ground(one) for one in GROUNDS),
            "",
            f"Không ghi sẵn căn cứ: {none}.",
            "",
        ]
    )


def _ground(one):
    kinds = "; ".join(kind.label for kind in one.kinds)
    first = max(one.first_day, one.issued_on) if one.issued_on else None
    days = _span(f"từ {first:%d/%m/%Y}" if first else "mọi ngày", f"đến {one.last_day:%d/%m/%Y}" if one.last_day else "")
    years = _span(f"từ {one.first_year}" if one.first_year else "mọi năm", f"đến {one.last_year}" if one.last_year else "")
    return f"| {one.text} | {kinds} | {days} | {years} | {one.confidence.name} |"


def _span(start, end):
    return f"{start} {end}".strip()


def _years(book):
    if book.last_year is None:
        return f"từ {book.first_year}"
    return str(book.first_year) if book.last_year == book.first_year else f"{book.first_year}-{book.last_year}"


def _page(book):
    levels = zip(book.organisation_levels, book.member_levels, strict=True)
    open_points = [*book.open_points, *(conditions_hd27.OPEN if book.key == "hd27" else ())]
    return "\n".join(
        [
            f"# {_years(book)}: {book.title}",
            "",
            f"Nguồn: {book.citation}. Tên gọi: “{book.noun}”. Mức cao nhất của tổ chức thuộc chuỗi {book.top_series}.",
            "",
            "| Mức | Tổ chức đảng | Đảng viên |",
            "|---|---|---|",
            *(f"| {number} | {one.name} ({one.short}) | {other.name} ({other.short}) |" for number, (one, other) in enumerate(levels, 1)),
            "",
            "## Trần của mức cao nhất",
            "",
            "| Đối tượng | Tỷ lệ | Tính trên | Nhóm | Nguồn | Độ tin cậy |",
            "|---|---|---|---|---|---|",
            *(_quota(subject, book.quota(subject)) for subject in SUBJECTS),
            "",
            "## Các quy tắc",
            "",
            "| Mã | Đối tượng | Loại | Mức | Nội dung | Nguồn | Độ tin cậy |",
            "|---|---|---|---|---|---|---|",
            *(_rule(rule) for rule in RULES if rule.first_year <= (book.last_year or 9999) and (rule.last_year or 9999) >= book.first_year),
            "",
            "## Còn bỏ ngỏ",
            "",
            *(f"- {point}" for point in open_points),
            "",
        ]
    )


def _quota(subject, rule):
    if rule is None:
        return f"| {SUBJECTS[subject]} | chưa tìm thấy | | | | |"
    base = "số hoàn thành tốt nhiệm vụ" if rule.base == GOOD else "số hoàn thành tốt nhiệm vụ trở lên"
    rate = f"{rule.rate}%" + (f" ({rule.raised_rate}% khi được phép)" if rule.raised_rate else "")
    return f"| {SUBJECTS[subject]} | {rate} | {base} | {rule.group} | {rule.citation} | {rule.confidence.name} |"


def _rule(rule):
    who = "mọi đối tượng" if len(rule.subjects) == len(WHO) else ", ".join(WHO[subject] for subject in rule.subjects)
    level = rule.level or ""
    return f"| {rule.id} | {who} | {EFFECTS[rule.effect]} | {level} | {rule.says} | {rule.citation} | {rule.confidence.name} |"


def main(arguments):
    written = pages()
    if "--check" in arguments:
        stale = [name for name, text in written.items() if not (FOLDER / name).exists() or (FOLDER / name).read_text(encoding="utf-8") != text]
        stale += [path.name for path in FOLDER.glob("*.md") if path.name not in written]
        sys.exit(f"docs/regulations is not up to date ({', '.join(stale)}): make docs" if stale else 0)
    FOLDER.mkdir(exist_ok=True)
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
