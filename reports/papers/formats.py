"""How a Party document is set out, by the date on which it is issued, and the parts every paper shares.

Sizes and places of parts: HD 36-HD/VPTW of 03/4/2018, annex 3 (read as quoted by a legal library) and its successor HD 05-HD/VPTW of
27/5/2026 (known only from people who restate it, so SECONDARY).
"""

import datetime
from dataclasses import dataclass

from khoi_party.common.dates import paper_date, paper_short_date
from khoi_party.common.numbers import two_digits
from khoi_party.rules import Citation, Confidence

ISSUER_LINE = 24  # letters of 14 pt bold capitals in the left column
KEPT_WITH_NEXT = ("CÁC", "VÀ", "CƠ", "DOANH", "(MINH")


@dataclass(frozen=True)
class FormatProfile:
    """One guideline on the form of papers. Sizes in points, margins in millimetres (top, bottom, left, right)."""

    key: str
    citation: Citation
    confidence: Confidence
    issued_from: datetime.date
    issued_until: datetime.date | None
    recipient_separator: str
    addressing: str
    margins: tuple[int, int, int, int] = (20, 20, 30, 15)
    body_size: int = 14
    title_size: int = 16
    recipient_size: int = 12

    def covers(self, day):
        """Whether papers issued on `day` follow this guideline."""
        return self.issued_from <= day and (self.issued_until is None or day <= self.issued_until)

    def recipients(self, names):
        """The lines under "Nơi nhận:": `names` with a dash before and the guideline's mark after each, a full stop after the last."""
        marks = [self.recipient_separator] * (len(names) - 1) + ["."]
        return tuple(f"- {name}{mark}" for name, mark in zip(names, marks, strict=True)) if names else ()


HD36 = FormatProfile(
    key="HD36",
    citation=Citation("Hướng dẫn 36-HD/VPTW", datetime.date(2018, 4, 3), "Phụ lục 3"),
    confidence=Confidence.VERIFIED,
    issued_from=datetime.date(2018, 4, 3),
    issued_until=datetime.date(2026, 5, 26),
    recipient_separator=",",
    addressing="Kính gửi",
)
HD05 = FormatProfile(
    key="HD05",
    citation=Citation("Hướng dẫn 05-HD/VPTW", datetime.date(2026, 5, 27), ""),
    confidence=Confidence.SECONDARY,
    issued_from=datetime.date(2026, 5, 27),
    issued_until=None,
    recipient_separator=";",
    addressing="Kính trình",
)
PROFILES = (HD36, HD05)


class DateWithoutProfileError(LookupError):
    """Asked for a paper issued before the first guideline known here; the sentence is for the user."""


def profile_for(day):
    """The FormatProfile for papers issued on `day`. Raises DateWithoutProfileError before 03/4/2018."""
    for profile in PROFILES:
        if profile.covers(day):
            return profile
    raise DateWithoutProfileError(f"Chưa có mẫu trình bày cho văn bản ban hành ngày {paper_short_date(day)}; phần mềm áp dụng từ ngày 03/4/2018.")


def _parted(words, count):
    """`words` as `count` lines, the longest as short as can be."""
    if count <= 1 or len(words) == 1:
        return (" ".join(words),)
    places = [place for place in range(1, len(words)) if words[place - 1] not in KEPT_WITH_NEXT] or [1]
    ways = ((" ".join(words[:place]), *_parted(words[place:], count - 1)) for place in places)
    return min(ways, key=lambda lines: max(map(len, lines)))


@dataclass(frozen=True)
class Header:
    """The head of a paper. `number` None while it has none (a draft): the place for it stays blank, to be filled in by hand."""

    superior: str
    issuer: str
    kind_code: str
    issuer_code: str
    place: str
    issued_on: datetime.date | None
    number: int | None = None
    printed_number: str = ""

    @property
    def issuer_lines(self):
        """The issuer in as few lines as fit, of about one length, that do not part "CÁC" from what follows."""
        count = -(-len(self.issuer) // ISSUER_LINE)
        return _parted(self.issuer.split(), count)

    @property
    def number_text(self):
        """ "Số 12-BC/ĐUK", "Số 02-BC/ĐUK", or "Số     -BC/ĐUK" without a number (unbreakable spaces)."""
        if self.printed_number:
            return f"Số\u00a0{self.printed_number}"
        number = "\u00a0" * 4 if self.number is None else two_digits(self.number)
        return f"Số\u00a0{number}-{self.kind_code}/{self.issuer_code}"

    @property
    def date_text(self):
        """ "Vĩnh Yên, ngày 05 tháng 02 năm 2025"; day and month stay blank until the paper is dated."""
        if self.issued_on is None:
            blank = "\u00a0" * 6
            return f"{self.place}, ngày{blank}tháng{blank}năm{blank}"
        return f"{self.place}, {paper_date(self.issued_on)}"

    @property
    def reference(self):
        """How other papers and the appendices name this one: "số 12-BC/ĐUK, ngày 05/02/2025"; by its day alone where its kind has no number."""
        number = f"{self.number_text[0].lower()}{self.number_text[1:]}, " if self.kind_code else ""
        day = paper_short_date(self.issued_on) if self.issued_on else "\u00a0" * 5 + "/" + "\u00a0" * 5 + "/" + "\u00a0" * 8
        return f"{number}ngày {day}"


@dataclass(frozen=True)
class Signature:
    """Who signs: a committee always by "T/M", the position without the body's name, the name without titles."""

    authority: str
    position: str
    name: str


@dataclass(frozen=True)
class Marking:
    """What is printed besides the text: of every page where a copy of one page must carry it too.

    `draft` the number of the draft (0: no draft), `meeting` for papers that are handed out at a meeting.
    """

    demo: bool = False
    draft: int = 0
    meeting: bool = False

    @property
    def draft_text(self):
        return f"Dự thảo lần {self.draft}" if self.draft else ""

    @property
    def lines(self):
        """What stands under the date on the first page: "Tài liệu hội nghị", "Dự thảo lần 2"."""
        return tuple(word for word, on in (("Tài liệu hội nghị", self.meeting), (self.draft_text, self.draft)) if on)

    @property
    def text(self):
        """What stands at the foot of every page: "Dự thảo lần 1 · Dữ liệu minh họa", one of the two, or nothing."""
        return " · ".join(word for word, on in ((self.draft_text, self.draft), ("Dữ liệu minh họa", self.demo)) if on)
