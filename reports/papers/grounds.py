"""The legal bases (căn cứ) of papers: pure data with the dates in force, chosen by kind, by the year rated and by the day of issue.

Numbers and dates as they stand in the rule books of the years and in the rules on commendation; what people of the committee add
themselves (working rules, minutes, submissions) is typed when a paper is issued.
"""

from dataclasses import dataclass
from datetime import date

from evaluations.rulebooks import rulebook_for
from khoi_party.common.dates import paper_short_date
from khoi_party.rules import Citation, Confidence
from reports.enums import PaperKind

STATUTE = "Điều lệ Đảng Cộng sản Việt Nam"
STATUTE_RULES = "của Ban Chấp hành Trung ương về thi hành Điều lệ Đảng"
RATING = (PaperKind.RATING_DECISION, PaperKind.RATING_REVISION)
AWARD = (PaperKind.COMMENDATION_DECISION,)


@dataclass(frozen=True)
class Ground:
    """One base: its document, what it is about, the days on which it was in force."""

    citation: Citation
    about: str
    first_day: date
    last_day: date | None
    confidence: Confidence

    def holds_on(self, day):
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    @property
    def text(self):
        return f"{self.citation.document}, ngày {paper_short_date(self.citation.issued_on)} {self.about}"


def _on_statute(number, issued_on, first_day, last_day):
    return Ground(Citation(f"Quy định số {number}-QĐ/TW", issued_on), STATUTE_RULES, first_day, last_day, Confidence.VERIFIED)


ON_AWARDS = (
    _on_statute(29, date(2016, 7, 25), date(2016, 7, 25), date(2021, 7, 29)),
    _on_statute(24, date(2021, 7, 30), date(2021, 7, 30), date(2025, 1, 19)),
    _on_statute(232, date(2025, 1, 20), date(2025, 1, 20), date(2025, 6, 30)),
    _on_statute(294, date(2025, 5, 26), date(2025, 7, 1), None),
)


def grounds_for(kind, year, day, typed=()):
    """The lines of the legal bases for a paper of `kind` (a PaperKind) about `year`, issued on `day`, with those that people `typed` after them.

    A kind that decides nothing (reports, notices) has none but the typed ones.
    """
    found = []
    if kind in (*RATING, *AWARD):
        found.append(STATUTE)
    if kind in AWARD:
        found += [one.text for one in ON_AWARDS if one.holds_on(day)]
    if kind in RATING:
        source = rulebook_for(year).citation
        found.append(f"{source.document}, ngày {paper_short_date(source.issued_on)}")
    lines = [f"Căn cứ {text[:1].upper()}{text[1:]}" for text in found]
    return (*lines, *(text if text.startswith(("Căn cứ", "Xét", "Theo")) else f"Căn cứ {text[:1].lower()}{text[1:]}" for text in typed))
