"""A whole paper as plain values: what it is set from as PDF, Word and Excel, and shown from on screen."""

import datetime
import hashlib
import re
from dataclasses import dataclass, field
from typing import ClassVar

from khoi_party.common.dates import paper_short_date
from reports.papers.document import Appendix, Section
from reports.papers.formats import FormatProfile, Header, Marking, Signature, profile_for

YEAR_AT_END = re.compile(r"năm (\d{4})$")


@dataclass(frozen=True)
class WrittenPaper:
    """One paper. `summary` (trích yếu) starts with a small letter; `closing` stays on one page with the signature.

    `addressees` stand under "Kính gửi" or "Kính trình", `grounds` are the legal bases, each a line; `deciding_body` is printed in capitals
    before the articles of a decision. `landscape` lays the whole paper across, for wide lists.
    Two `signatures` stand side by side (minutes), the second on the right.
    """

    header: Header
    title: str
    summary: str
    sections: tuple[Section, ...]
    data_as_of: datetime.date
    issuing_body: str
    signature: Signature
    closing: str = ""
    opening: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    deciding_body: str = ""
    second_signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    marking: Marking = field(default=Marking())
    kind_name: str = "Báo cáo"
    landscape: bool = False
    css: ClassVar[str] = ""  # a paper needs no measures of its own

    @property
    def summary_text(self):
        """The summary for a title, whose last line must not be a year alone."""
        return YEAR_AT_END.sub("năm\u00a0\\1", self.summary)

    @property
    def profile(self) -> FormatProfile:
        """The guideline on form that holds on the day of issue; for an undated draft, on the day of its figures."""
        return profile_for(self.header.issued_on or self.data_as_of)

    @property
    def recipient_lines(self):
        """The lines under "Nơi nhận:" with the guideline's marks."""
        return self.profile.recipients(self.recipients)

    @property
    def ground_lines(self):
        """The legal bases as lines: a dash before, a semicolon after each, a comma after the last where the deciding body follows."""
        last = "," if self.deciding_body else "."
        return tuple(f"- {text}{';' if place < len(self.grounds) else last}" for place, text in enumerate(self.grounds, 1))

    @property
    def appended_parts(self):
        """What stands under an appendix's title, in the two parts between which a line may end: the paper, its issuer."""
        return f"(kèm theo {self.kind_name} {self.header.reference}", f"của {self.issuing_body})"

    @property
    def appended_to(self):
        """The line under an appendix's title."""
        return " ".join(self.appended_parts)

    @property
    def source_text(self):
        """Which paper a table stands in; a list without a number is named by its organisation."""
        return f"{self.kind_name} {self.header.reference} của {self.issuing_body}" if self.header.kind_code else self.issuing_body

    @property
    def as_of_text(self):
        """ "Số liệu đến ngày 31/12/2024"."""
        return f"Số liệu đến ngày {paper_short_date(self.data_as_of)}"

    @property
    def file_title(self):
        """The document's title in the file's own data."""
        return f"{self.kind_name} {self.summary}"

    def around(self, place):
        """What the product says around the words of `place` in its section: the heading, then each sentence on a line; "" without that place."""
        for section in self.sections:
            if any(block.kind == "words" and block.place == place for block in section.blocks):
                said = "\n".join(block.text for block in section.blocks if block.kind in ("sentence", "article"))
                return f"{section.heading}\n{said}"
        return ""

    def basis_of(self, place):
        """A checksum of `around(place)`: when it changes, the words may speak of old figures. "" without that place."""
        said = self.around(place)
        return hashlib.sha256(said.encode()).hexdigest() if said else ""

    @property
    def numbers_appendices(self):
        """Appendices have numbers only where there are two or more."""
        return sum(one.is_numbered for one in self.appendices) > 1

    @property
    def named_appendices(self):
        """((name, Appendix), ...): "Phụ lục 2", "Phụ lục" where there is one only, "DANH SÁCH"."""
        return tuple(
            (f"{one.heading} {place}" if one.is_numbered and self.numbers_appendices else one.heading, one)
            for place, one in enumerate(self.appendices, 1)
        )

    @property
    def places(self):
        """The Words of this paper in reading order."""
        return tuple(block for section in self.sections for block in section.blocks if block.kind == "words")
