"""Báo cáo tổng kết nhiệm kỳ: the whole paper as plain values, and its setting as HTML. Its contents are written in term_sections."""

import datetime
import re
from dataclasses import dataclass, field
from typing import ClassVar

from django.template.loader import render_to_string

from khoi_party.common.dates import paper_short_date
from reports.papers.document import Appendix, Section
from reports.papers.formats import FormatProfile, Header, Marking, Signature, profile_for

TITLE = "BÁO CÁO"
NO_BREAK_SPACE = "\u00a0"
YEAR_RANGE = re.compile(r"(?:nhiệm kỳ )?\b\d{4} - \d{4}\b")


@dataclass(frozen=True)
class TermReport:
    """The whole paper. `summary` starts with a small letter; `closing` stays on one page with the signature."""

    header: Header
    summary: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: str
    signature: Signature
    recipients: tuple[str, ...]
    data_as_of: datetime.date
    issuing_body: str
    appendices: tuple[Appendix, ...] = ()
    marking: Marking = field(default=Marking())

    title: ClassVar[str] = TITLE

    @property
    def profile(self) -> FormatProfile:
        """The guideline on form that holds on the day of issue; for an undated draft, on the day of its figures."""
        return profile_for(self.header.issued_on or self.data_as_of)

    @property
    def recipient_lines(self):
        """The lines under "Nơi nhận:" with the guideline's marks."""
        return self.profile.recipients(self.recipients)

    @property
    def appended_to(self):
        """The line under an appendix's title."""
        return f"(kèm theo Báo cáo {self.header.reference} của {self.issuing_body})"

    @property
    def as_of_text(self):
        """ "Số liệu đến ngày 31/12/2024"."""
        return f"Số liệu đến ngày {paper_short_date(self.data_as_of)}"

    @property
    def file_title(self):
        """The document's title in the file's own data."""
        return f"Báo cáo {self.summary}"


def to_html(report):
    """The paper as a whole HTML document for reports.rendering.html_to_pdf. Takes a TermReport."""
    return years_kept_together(render_to_string("reports/papers/term_report.html", {"report": report}))


def years_kept_together(html):
    """`html` with "nhiệm kỳ 2015 - 2020" and "2015 - 2019" unbreakable: a line must not begin with the dash or the second year."""
    return YEAR_RANGE.sub(lambda found: found[0].replace(" ", NO_BREAK_SPACE), html)
