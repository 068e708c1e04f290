"""Giấy khen: one page each, in a frame of ours or as text only for a blank that is printed already, shifted to fit it.

No text on the look of Party certificates was found: what stands on the page follows common practice and the committee's blank decides.
"""

from dataclasses import dataclass

from django import forms

from evaluations.enums import Award
from khoi_party.common.dates import paper_date
from reports.enums import About, FileFormat, PaperKind
from reports.figures import awards
from reports.figures.awards import Awards
from reports.papers.formats import Marking, Signature, balanced
from reports.papers.recipes import Recipe, no_link

MOST_SHIFT = 40  # millimetres
NAME_LINES = {"short": 46, "long": 46, "longest": 76}  # letters of a name across the page, by its size
MERIT_LINES = {"short": 90, "long": 95, "longest": 120}


class CertificateOptions(forms.Form):
    """How the certificates are printed."""

    framed = forms.TypedChoiceField(
        label="In trên", choices=[("1", "Giấy trắng, phần mềm in cả khung"), ("0", "Phôi in sẵn, chỉ in chữ")], coerce=lambda one: one == "1"
    )
    right = forms.IntegerField(
        label="Dịch sang phải (mm)",
        initial=0,
        min_value=-MOST_SHIFT,
        max_value=MOST_SHIFT,
        help_text="Số âm là dịch sang trái; dùng khi in trên phôi.",
    )
    down = forms.IntegerField(
        label="Dịch xuống (mm)", initial=0, min_value=-MOST_SHIFT, max_value=MOST_SHIFT, help_text="Số âm là dịch lên; nên in thử một tờ."
    )


@dataclass(frozen=True)
class CertificateFigures:
    """What is printed, and where."""

    awards: Awards
    framed: bool
    right: int
    down: int

    @property
    def as_of(self):
        return self.awards.as_of


@dataclass(frozen=True)
class Certificate:
    """One page."""

    giver: str
    recipient: str
    place: str
    merit: str
    decision: str
    entry: str
    place_and_date: str
    signature: Signature
    size: str
    merit_size: str = "short"

    @property
    def recipient_lines(self):
        return balanced(self.recipient, NAME_LINES[self.size])

    @property
    def merit_lines(self):
        return balanced(self.merit, MERIT_LINES[self.merit_size])


@dataclass(frozen=True)
class Certificates:
    """All pages of a round in one file."""

    pages: tuple[Certificate, ...]
    framed: bool
    right: int
    down: int
    marking: Marking
    file_title: str

    @property
    def css(self):
        """Where the text stands on a blank that is printed already."""
        return f".certificate-text {{ left: {self.right}mm; top: {self.down}mm; }}"


def collect(paper):
    """The certificates that the paper's round has granted, and how they are to be printed."""
    given = {"framed": True, "right": 0, "down": 0} | paper.options
    return CertificateFigures(awards.collect(paper.round, paper.figures_on, award=Award.CERTIFICATE), given["framed"], given["right"], given["down"])


def fits(round_):
    return round_.document_id is not None and round_.awarding_body_id == round_.body_id


def framed(paper):
    document = paper.round.document
    return {"printed_number": document.number, "issued_on": document.issued_on, "name": document.signer, "draft": 0}


def write(figures, framing, words, link=no_link):
    """The Certificates of `figures` (CertificateFigures), in the order of the decision's list."""
    date = f"{framing.place}, {paper_date(framing.issued_on)}" if framing.issued_on else framing.place
    pages = tuple(
        Certificate(
            giver=framing.reporting_body.upper(),
            recipient=one.name,
            place=one.place,
            merit=one.deed,
            decision=f"Quyết định {figures.awards.document}",
            entry=f"Số sổ khen thưởng: {place:02d}",
            place_and_date=date,
            signature=framing.signature,
            size=_size(len(one.name), 34, 92),
            merit_size=_size(len(one.deed), 90, 180),
        )
        for place, one in enumerate(figures.awards.items, 1)
    )
    title = f"Giấy khen năm {figures.awards.year}"
    return Certificates(pages, figures.framed, figures.right, figures.down, framing.marking, title)


def _size(letters, short, long):
    """How large a text of so many letters is set, so that all of it stands on the sheet."""
    return "short" if letters <= short else "long" if letters <= long else "longest"


def file_name(paper):
    return f"giay-khen-{paper.round.year}-{paper.round.pk}"


RECIPE = Recipe(
    kind=PaperKind.CERTIFICATES,
    about=About.ROUND,
    code="",
    hint="Mỗi người, mỗi tổ chức một tờ A4 ngang, cả đợt trong một tệp; in cả khung, hoặc chỉ in chữ lên phôi có sẵn.",
    figures=CertificateFigures,
    collect=collect,
    write=write,
    fits=fits,
    framed=framed,
    options_form=CertificateOptions,
    file_name=file_name,
    formats=(FileFormat.PDF,),
    template="reports/papers/certificates.html",
    numbers_pages=False,
)
