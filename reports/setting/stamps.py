"""What is put on the pages of a paper once they are bound: the running number, the line at the foot, the word DỰ THẢO behind the text.

They differ from page to page and from draft to draft while the pages themselves do not, so that pages set before can be used again.
All are marked as artifacts: a screen reader passes over them.
"""

import io
from dataclasses import dataclass, field
from functools import cache

import pikepdf
from django.utils.html import escape

from reports.papers.formats import PROFILES, FormatProfile
from reports.rendering import html_to_pdf
from reports.setting.measures import style_sheet

MM = 72 / 25.4
DIGIT_WIDTH, ASCENT = 0.5, 0.89  # of the typeface, in parts of the size: all digits are as wide
FOOT_BOTTOM, FOOT_BELOW_FRAME = 9 * MM, 4 * MM  # sheets without numbers (certificates) are printed nearly to the edge
DRAFT_WORD = "DỰ THẢO"


@dataclass(frozen=True)
class Stamping:
    """What the pages of one paper get: numbers as `profile` says, the line at the foot of each, the word behind the text."""

    numbered: bool = True
    foot: str = ""
    watermark: str = ""
    profile: FormatProfile = PROFILES[-1]
    two_sided: bool = False

    def middle(self, number, width):
        """Where the middle of the text is on the page `number`, in points from the left: margins are not alike, and turn on the backs."""
        sides = self.profile.verso_margins if self.two_sided and number % 2 == 0 else self.profile.margins
        return (sides.left * MM + width - sides.right * MM) / 2


@dataclass
class Stamper:
    """Puts the marks of a Stamping on the pages of one open PDF; each mark is in the file once, however many pages show it."""

    pdf: pikepdf.Pdf
    stamping: Stamping
    _marks: dict = field(default_factory=dict)

    def stamp_all(self):
        """All pages, in their order."""
        for place, page in enumerate(self.pdf.pages):
            self._stamp(page, place + 1)

    def _stamp(self, page, number):
        width, height = float(page.mediabox[2]), float(page.mediabox[3])
        if self.stamping.watermark:
            self._behind(page, width, height)
        drawn = []
        middle = self.stamping.middle(number, width)
        if self.stamping.numbered and number >= self.stamping.profile.numbered_from_page:
            drawn.append(_artifact("Header", self._number(page, str(number), middle, height)))
        if self.stamping.foot:
            _, mark = self._given(page, "foot")
            left = middle - float(mark.BBox[2]) / 2
            bottom = FOOT_BOTTOM if self.stamping.numbered else FOOT_BELOW_FRAME
            drawn.append(_artifact("Footer", self._drawn(page, "foot", left, bottom)))
        if drawn:
            # Whatever the page's own drawing leaves behind (its axis points down), the marks start from the sheet's own corner.
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(f"Q\n{''.join(drawn)}".encode())

    def _behind(self, page, width, height):
        """The word from corner to corner, under everything else on the page."""
        name, mark = self._given(page, "watermark")
        across, up = float(mark.BBox[2]) / 2, float(mark.BBox[3]) / 2
        turned = f"q 0.7071 0.7071 -0.7071 0.7071 {width / 2 - 0.7071 * (across - up):.2f} {height / 2 - 0.7071 * (across + up):.2f} cm {name} Do Q\n"
        page.contents_add(_artifact("Watermark", turned).encode(), prepend=True)

    def _number(self, page, digits, middle, height):
        font, codes = self._mark("digits")
        name = pikepdf.Name("/Stamp-digits")
        page.add_resource(font, pikepdf.Name.Font, name)
        profile = self.stamping.profile
        size = profile.styles["page_number"].size
        left, base = middle - len(digits) * size * DIGIT_WIDTH / 2, height - profile.page_number_from_edge * MM - size * ASCENT
        shown = "".join(codes[digit] for digit in digits)
        return f"BT {name} {size:g} Tf {left:.2f} {base:.2f} Td <{shown}> Tj ET\n"

    def _drawn(self, page, what, left, bottom):
        name, _ = self._given(page, what)
        return f"q 1 0 0 1 {left:.2f} {bottom:.2f} cm {name} Do Q\n"

    def _given(self, page, what):
        """A mark among the resources of `page`: (its name there, the mark)."""
        name, mark = pikepdf.Name(f"/Stamp-{what}"), self._mark(what)
        page.add_resource(mark, pikepdf.Name.XObject, name)
        return name, mark

    def _mark(self, what):
        if not self._marks:
            with pikepdf.open(io.BytesIO(_set_marks(self.stamping.profile, self.stamping.foot, self.stamping.watermark))) as marks:
                digits, *others = marks.pages
                self._marks = {"digits": self._digits(digits)}
                self._marks |= {name: self.pdf.copy_foreign(page.as_form_xobject()) for name, page in zip(("foot", "watermark"), others, strict=True)}
        return self._marks[what]

    def _digits(self, page):
        """The typeface of a page that shows the ten digits in order, and the code of each in it."""
        name, shown = None, b""
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                name = operands[0]
            elif str(operator) == "TJ":
                shown += b"".join(bytes(one) for one in operands[0] if isinstance(one, pikepdf.String))
        codes = {str(digit): shown[2 * digit : 2 * digit + 2].hex() for digit in range(10)}
        return self.pdf.copy_foreign(page.Resources.Font[name]), codes


def _artifact(subtype, drawn):
    return f"/Artifact <</Type /Pagination /Subtype /{subtype}>> BDC\n{drawn}EMC\n"


@cache
def _set_marks(profile, foot, watermark):
    """A small file with a page of its own size for each mark: the ten digits, the foot, the watermark."""
    marks = (("digits", "0123456789"), ("foot", foot), ("draft", watermark))
    pages = "".join(f'<section class="stamp-{name}">{escape(text)}</section>' for name, text in marks)
    html = f'<html lang="vi"><head><title>x</title></head><body>{pages}</body></html>'
    return html_to_pdf(html, title="x", css=style_sheet(profile), tagged=False).bytes
