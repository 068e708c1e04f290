"""The legal bases (căn cứ) of papers: pure data with the dates in force, chosen by kind, by the year rated and by the day of issue.

Only documents whose number, date and subject were read (VERIFIED), or which say themselves how well they are known. A paper that decides
or asks for a decision names its bases; reports, notices, lists, ballots and certificates have none of their own. What people of the
committee add themselves (working rules, minutes, submissions) is typed when a paper is issued.
"""

from dataclasses import dataclass
from datetime import date

from khoi_party.common.dates import paper_short_date
from khoi_party.rules import Confidence
from reports.enums import PaperKind

DECIDED = (PaperKind.RATING_DECISION, PaperKind.RATING_REVISION)
RATING = (*DECIDED, PaperKind.RATING_PROPOSAL)
AWARD = (PaperKind.COMMENDATION_DECISION,)
BADGES = (PaperKind.BADGE_LIST,)
WITHOUT = frozenset(
    {
        *(PaperKind.TERM_REPORT, PaperKind.YEAR_REPORT, PaperKind.RATING_NOTICE, PaperKind.APPRAISAL_LIST, PaperKind.CELL_SHEET),
        *(PaperKind.DOSSIER, PaperKind.REGISTRATION_FORM, PaperKind.REGISTRATION_SUMMARY, PaperKind.BALLOT_PAPERS, PaperKind.BALLOT_MINUTES),
        *(PaperKind.CERTIFICATES, PaperKind.STATISTICS, PaperKind.ROSTER),
    }
)
OWN_BEGINNINGS = ("Căn cứ", "Xét", "Theo", "Thực hiện")


@dataclass(frozen=True)
class Ground:
    """One base. It holds for papers of `kinds` issued from `first_day` to `last_day`, and, where it rates, about the years named.

    `issued_on` None: named without number and date. `about` follows the date.
    """

    kinds: tuple[PaperKind, ...]
    document: str
    issued_on: date | None
    about: str = ""
    first_day: date = date.min
    last_day: date | None = None
    first_year: int = 0
    last_year: int | None = None
    confidence: Confidence = Confidence.VERIFIED

    def holds(self, kind, year, day):
        """Whether a paper of `kind` about `year`, issued on `day`, names it; none names what was not issued yet."""
        in_days = max(self.first_day, self.issued_on or date.min) <= day and (self.last_day is None or day <= self.last_day)
        return kind in self.kinds and in_days and self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @property
    def text(self):
        dated = f"{self.document}, ngày {paper_short_date(self.issued_on)}" if self.issued_on else self.document
        return f"{dated} {self.about}".strip()


def _on_statute(number, issued_on, first_day, last_day):
    about = "của Ban Chấp hành Trung ương về thi hành Điều lệ Đảng"
    return Ground((*AWARD, *BADGES), f"Quy định số {number}-QĐ/TW", issued_on, about, first_day, last_day)


def _on_rating(document, issued_on, first_year, last_year):
    return Ground(RATING, document, issued_on, first_year=first_year, last_year=last_year)


GROUNDS = (
    Ground((*DECIDED, *AWARD), "Điều lệ Đảng Cộng sản Việt Nam", None),
    _on_statute(29, date(2016, 7, 25), date(2016, 7, 25), date(2021, 7, 29)),
    _on_statute(24, date(2021, 7, 30), date(2021, 7, 30), date(2025, 1, 19)),
    _on_statute(232, date(2025, 1, 20), date(2025, 1, 20), date(2025, 6, 30)),
    _on_statute(294, date(2025, 5, 26), date(2025, 7, 1), None),
    # The guidance of 2025 goes with QĐ 294, which holds from 01/7/2025; its own first day was not read. Whether it changed the point on
    # badges is not known, so that lists for badges name the guidance of 2021 in its days only.
    Ground(AWARD, "Hướng dẫn số 01-HD/TW", date(2016, 9, 20), last_day=date(2021, 9, 27)),
    Ground((*AWARD, *BADGES), "Hướng dẫn số 01-HD/TW", date(2021, 9, 28), last_day=date(2025, 6, 30)),
    Ground(AWARD, "Hướng dẫn số 06-HD/TW", date(2025, 6, 9), first_day=date(2025, 7, 1)),
    Ground(AWARD, "Hướng dẫn số 56-HD/VPTW", date(2015, 10, 27)),
    Ground(AWARD, "Công văn số 19780-CV/VPTW", date(2025, 12, 29)),  # adjusts the sums
    _on_rating("Quy định số 132-QĐ/TW", date(2018, 3, 8), 2018, 2022),
    _on_rating("Quy định số 124-QĐ/TW", date(2023, 10, 4), 2023, 2024),
    _on_rating("Quy định số 366-QĐ/TW", date(2025, 8, 30), 2025, None),
    _on_rating("Hướng dẫn số 27-HD/BTCTW", date(2014, 9, 25), 2014, 2017),
    _on_rating("Hướng dẫn số 16-HD/BTCTW", date(2018, 9, 24), 2018, 2018),
    _on_rating("Hướng dẫn số 21-HD/BTCTW", date(2019, 10, 18), 2019, 2022),
    _on_rating("Hướng dẫn số 25-HD/BTCTW", date(2023, 11, 10), 2023, 2024),
    _on_rating("Hướng dẫn số 43-HD/BTCTW", date(2025, 10, 31), 2025, None),
)


def grounds_of(kind, year, day):
    """The Grounds that a paper of `kind` (a PaperKind) about `year`, issued on `day`, names of itself, in the order of the paper."""
    return tuple(one for one in GROUNDS if one.holds(kind, year, day))


def grounds_for(kind, year, day, typed=()):
    """The lines of the legal bases for a paper of `kind` (a PaperKind) about `year`, issued on `day`, with those that people `typed` after them.

    A kind that decides nothing (reports, notices) has none but the typed ones.
    """
    lines = [f"Căn cứ {one.text}" for one in grounds_of(kind, year, day)]
    return (*lines, *(text if text.startswith(OWN_BEGINNINGS) else f"Căn cứ {text[:1].lower()}{text[1:]}" for text in typed))
