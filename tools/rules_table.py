"""Writes docs/rules.md from the rule books, so that the page never says anything else than the program does.

python tools/rules_table.py            writes the file
python tools/rules_table.py --check    only says whether it is up to date (exit code 1 if not)
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from evaluations.rulebooks import ALL  # noqa: E402  the path above comes first
from evaluations.rulebooks.book import COLLECTIVE, GOOD, MEMBER, ORGANISATION  # noqa: E402

TARGET = ROOT / "docs" / "rules.md"
SUBJECTS = {MEMBER: "đảng viên", ORGANISATION: "tổ chức đảng", COLLECTIVE: "tập thể lãnh đạo"}
CONFIDENCE = {
    "VERIFIED": "read in the text itself",
    "VERIFIED_EN": "read in an English rendering of the text",
    "SECONDARY": "restated by somebody else",
    "INFERRED": "concluded from published results or from the wording",
    "UNKNOWN": "no text found",
}
HEAD = """# The regulations, as the program holds them

Made by `tools/rules_table.py` from `evaluations/rulebooks/`; do not edit by hand. The year being rated chooses the book, not the day of
data entry. Only what was read in the text itself may ever forbid; everything else warns. What no text answers is listed as open.

| Confidence | means |
|---|---|
"""


def table():
    """The page as text."""
    lines = [HEAD + "\n".join(f"| {name} | {meaning} |" for name, meaning in CONFIDENCE.items())]
    for book in ALL:
        lines.append(_book(book))
    return "\n\n".join(lines) + "\n"


def _book(book):
    years = f"{book.first_year}" + (f"-{book.last_year}" if book.last_year and book.last_year != book.first_year else "" if book.last_year else " on")
    levels = [
        f"| {number} | {organisation.name} ({organisation.short}) | {member.name} ({member.short}) |"
        for number, (organisation, member) in enumerate(zip(book.organisation_levels, book.member_levels, strict=True), 1)
    ]
    quotas = [_quota(subject, book.quota(subject)) for subject in SUBJECTS]
    rules = [
        f"- Exempt members: not rated. {book.exemption}, {book.exemption_confidence.name}.",
        f"- Admitted less than six months before: {book.new_member.kind}. {book.new_member.citation}, {book.new_member.confidence.name}.",
        f"- Deadline: {book.deadline or 'no clause found; the date in the calendar is a habit'}.",
    ]
    return "\n".join(
        [
            f"## {years}: {book.title}",
            "",
            f"Source: {book.citation}. The act is called “{book.noun}”; the best level of organisations belongs to the series {book.top_series}.",
            "",
            "| level | organisations | members |",
            "|---|---|---|",
            *levels,
            "",
            "| cap on the best level | rate | of | group | source | confidence |",
            "|---|---|---|---|---|---|",
            *quotas,
            "",
            *rules,
            "",
            "Open, because no text read answers it:",
            "",
            *(f"- {point}" for point in book.open_points),
        ]
    )


def _quota(subject, rule):
    if rule is None:
        return f"| {SUBJECTS[subject]} | none found | | | | |"
    base = "those rated HTTNV" if rule.base == GOOD else "those rated HTTNV or better"
    rate = f"{rule.rate} %" + (f" (up to {rule.raised_rate} % where the text allows)" if rule.raised_rate else "")
    return f"| {SUBJECTS[subject]} | {rate} | {base} | {rule.group} | {rule.citation} | {rule.confidence.name} |"


def main(arguments):
    text = table()
    if "--check" in arguments:
        same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        sys.exit(0 if same else "docs/rules.md is not up to date: python tools/rules_table.py")
    TARGET.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
