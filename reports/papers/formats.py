"""How a Party document is set out, by the date on which it is issued, and the parts every paper shares.

Sizes and places of parts: HD 36-HD/VPTW of 03/4/2018, annex 3 (read as quoted by a legal library down to the names of parts) and its
successor HD 05-HD/VPTW of 27/5/2026 (known only from people who restate it, so SECONDARY). A profile holds every measure once: PDF
(reports.setting.measures) and Word (reports.setting.word) take theirs from here.
"""

import datetime
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from khoi_party.common.dates import paper_date, paper_short_date
from khoi_party.common.numbers import two_digits
from khoi_party.rules import Citation, Confidence

MOST_BALANCED = 4  # lines that are tried in all ways of parting them: a name of 255 letters has more ways than can ever be tried
ISSUER_LINE, SUPERIOR_LINE = 24, 26  # letters of 14 pt capitals in the left column, bold and not
KEPT_WITH_NEXT = ("CÁC", "VÀ", "CƠ", "DOANH", "(MINH", "Hồ", "Chí", "năm")
SPELLINGS = (("ủy", "uỷ"), ("Ủy", "Uỷ"), ("ỦY", "UỶ"))


class Sides(NamedTuple):
    """Margins in millimetres."""

    top: int
    bottom: int
    left: int
    right: int


RECTO, VERSO = Sides(20, 20, 30, 15), Sides(20, 20, 15, 30)


@dataclass(frozen=True)
class Style:
    """How one component is printed. Points: `size` of the letters, `line` from line to line, `before` and `after` around the paragraph;
    `indent` of the first line in millimetres, below 0 where the lines after it stand further in."""

    size: float
    line: float
    align: str = "center"
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    red: bool = False
    before: float = 0
    after: float = 0
    indent: float = 0


@dataclass(frozen=True)
class Source:
    """Where a measure comes from when it is not the guideline that the whole profile follows."""

    confidence: Confidence
    said_by: str


RESTATED = Source(Confidence.SECONDARY, "người dùng Hướng dẫn 36 và Hướng dẫn 05 thuật lại, các nguồn thống nhất")
NO_RULE = Source(Confidence.UNKNOWN, "chưa tìm thấy quy định; theo cách trình bày thường gặp")

STYLES = MappingProxyType(
    {
        "party": Style(15, 19, bold=True),
        "superior": Style(14, 17),
        "issuer": Style(14, 17, bold=True),
        "asterisk": Style(14, 17),
        "number": Style(14, 17),
        "urgency": Style(14, 17, bold=True, red=True, before=4),
        "letter_summary": Style(12, 15, italic=True),
        "place_date": Style(14, 19, italic=True, before=8),
        "mark": Style(14, 19, italic=True, before=4),
        "title": Style(16, 20, bold=True),
        "summary": Style(14, 19, bold=True),
        "title_rule": Style(14, 19, after=10),
        "addressee": Style(14, 19, "left"),
        "body": Style(14, 19, "justify", after=6, indent=10),
        "part": Style(14, 19, bold=True, before=10, after=6),
        "heading": Style(14, 19, "left", bold=True, before=10, after=6, indent=10),
        "subheading": Style(14, 19, "left", bold=True, before=8, after=6, indent=10),
        "point": Style(14, 19, "left", italic=True, before=10, after=6, indent=10),
        "article_number": Style(14, 19, bold=True),
        "deciding": Style(14, 19, bold=True, before=8, after=8),
        "caption": Style(13, 16, bold=True, after=4),
        "table": Style(12, 15),
        "wide_table": Style(10, 12.5),
        "footnote": Style(11, 14, "left", italic=True, before=2),
        "chart_caption": Style(12, 15, italic=True, before=3),
        "authority": Style(14, 19, bold=True),
        "position": Style(14, 19),
        "signer": Style(14, 19, bold=True),
        "recipients_head": Style(14, 19, "left", underlined=True),
        "recipient": Style(12, 15, "left", indent=-2),
        "appendix": Style(14, 19, bold=True),
        "appended_to": Style(14, 19, italic=True),
        "page_number": Style(14, 17),
        "foot_mark": Style(11, 14, italic=True),
    }
)
# Rows of annex 3 that were cut off where it was read; they stand in the restatements.
CUT_OFF = ("letter_summary", "title_rule", "article_number", "authority", "position", "signer", "recipients_head", "recipient", "urgency")
OURS = ("mark", "table", "wide_table", "caption", "footnote", "chart_caption", "appendix", "appended_to", "foot_mark", "signature_field")
SOURCES = MappingProxyType(
    dict.fromkeys((*CUT_OFF, "margins", "verso_margins", "page_number", "page_number_from_edge", "body"), RESTATED)
    | dict.fromkeys(("head_columns", "foot_columns", "head_after", "foot_before", *OURS), NO_RULE)
)


@dataclass(frozen=True)
class FormatProfile:
    """One guideline on the form of papers. Letters and lines in points, pages and columns in millimetres.

    `styles`: {component: Style}; `sources` names what is known less well than the guideline itself (`source_of`).
    `verso_margins`: of the backs of a paper that is printed on both sides. `head_columns`, `foot_columns`: left and right.
    `signature_field`: width and height of the empty place between position and name. `spelling`: "ủy", or "uỷ" as HD 36 prints it.
    """

    key: str
    citation: Citation
    confidence: Confidence
    issued_from: datetime.date
    issued_until: datetime.date | None
    recipient_separator: str
    addressing: str
    last_mark: str = "."
    spelling: str = "ủy"
    page: tuple[int, int] = (210, 297)
    small_page: tuple[int, int] = (148, 210)
    margins: Sides = RECTO
    verso_margins: Sides = VERSO
    page_number_from_edge: int = 10
    numbered_from_page: int = 2
    head_columns: tuple[int, int] = (78, 84)
    foot_columns: tuple[int, int] = (78, 84)
    head_after: float = 16
    foot_before: float = 14
    signature_field: tuple[int, int] = (60, 30)
    styles: Mapping[str, Style] = field(default_factory=lambda: STYLES, hash=False)
    sources: Mapping[str, Source] = field(default_factory=lambda: SOURCES, hash=False)

    @property
    def body_size(self):
        return self.styles["body"].size

    @property
    def title_size(self):
        return self.styles["title"].size

    @property
    def recipient_size(self):
        return self.styles["recipient"].size

    @property
    def text_width(self):
        """Between the margins of a portrait page."""
        return self.page[0] - self.margins.left - self.margins.right

    def source_of(self, name):
        """The Source of the measure or component `name`: its own, or the guideline of the whole profile. KeyError for one that there is not."""
        if name not in self.styles and name not in self.__dataclass_fields__:
            raise KeyError(name)
        return self.sources.get(name) or Source(self.confidence, str(self.citation))

    def covers(self, day):
        """Whether papers issued on `day` follow this guideline."""
        return self.issued_from <= day and (self.issued_until is None or day <= self.issued_until)

    def recipients(self, names):
        """The lines under "Nơi nhận:": `names` with a dash before and the guideline's mark after each, a full stop after the last."""
        marks = [self.recipient_separator] * (len(names) - 1) + [self.last_mark]
        return tuple(f"- {name}{mark}" for name, mark in zip(names, marks, strict=True)) if names else ()

    def spelled(self, text):
        """`text` (NFC, written with "ủy") as the guideline spells it."""
        if self.spelling == "ủy":
            return text
        for ours, theirs in SPELLINGS:
            text = text.replace(ours, theirs)
        return text


HD36 = FormatProfile(
    key="HD36",
    citation=Citation("Hướng dẫn 36-HD/VPTW", datetime.date(2018, 4, 3), "Phụ lục 3"),
    confidence=Confidence.VERIFIED,
    issued_from=datetime.date(2018, 4, 3),
    issued_until=datetime.date(2026, 5, 26),
    recipient_separator=",",
    addressing="Kính gửi",
    sources=SOURCES | dict.fromkeys(("recipient_separator", "addressing"), RESTATED),
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


def profile_of(paper):
    """The FormatProfile of what a recipe wrote: a WrittenPaper's own; what is no paper of that form (certificates) takes the newest."""
    return getattr(paper, "profile", PROFILES[-1])


def balanced(text, letters):
    """`text` in as few lines of about `letters` as fit, of about one length, that do not part "CÁC" from what follows nor begin with a dash."""
    count = -(-len(text) // letters)
    if count > MOST_BALANCED:
        return tuple(textwrap.wrap(text, letters, break_long_words=False, break_on_hyphens=False))
    return _parted(text.split(), count)


def _parted(words, count):
    """`words` as `count` lines, the longest as short as can be."""
    if count <= 1 or len(words) == 1:
        return (" ".join(words),)
    places = [place for place in range(1, len(words)) if words[place - 1] not in KEPT_WITH_NEXT and words[place] != "-"] or [1]
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
    def superior_lines(self):
        return balanced(self.superior, SUPERIOR_LINE)

    @property
    def issuer_lines(self):
        return balanced(self.issuer, ISSUER_LINE)

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
    """Who signs: a committee always by "T/M", the head of a board in person (`authority` ""), the position without the body's name, the
    name without titles."""

    authority: str
    position: str
    name: str


@dataclass(frozen=True)
class Marking:
    """What is printed besides the text: of every page where a copy of one page must carry it too.

    `draft` the number of the draft (0: no draft), `meeting` for papers that are handed out at a meeting, `circulation` ("Lưu hành nội bộ")
    and `urgency` ("Hỏa tốc") as people chose them. `two_sided` papers have their margins turned on the backs. There is no mark of secrecy:
    secret papers are not made here.
    """

    demo: bool = False
    draft: int = 0
    meeting: bool = False
    circulation: str = ""
    urgency: str = ""
    two_sided: bool = False

    @property
    def draft_text(self):
        return f"Dự thảo lần {self.draft}" if self.draft else ""

    @property
    def lines(self):
        """What stands under the date on the first page: "Tài liệu hội nghị", "Xong hội nghị trả lại", "Dự thảo lần 2"."""
        meeting = "Tài liệu hội nghị" if self.meeting else ""
        return tuple(text for text in (meeting, self.circulation, self.draft_text) if text)

    @property
    def text(self):
        """What stands at the foot of every page: "Dự thảo lần 1 · Dữ liệu minh họa", one of the two, or nothing."""
        return " · ".join(word for word, on in ((self.draft_text, self.draft), ("Dữ liệu minh họa", self.demo)) if on)
