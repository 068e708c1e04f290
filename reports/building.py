"""From a request to figures and a file: the one way that the worker and the command line take."""

import hashlib
from dataclasses import dataclass

import msgspec
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from khoi_party.common.dates import today
from reports.enums import Step
from reports.figures.term import collect
from reports.figures.values import TermFigures
from reports.papers.framing import Framing, framing_of
from reports.papers.term_report import to_html
from reports.papers.term_sections import write_report
from reports.rendering import RenderedPdf, html_to_pdf


@dataclass(frozen=True)
class Frozen:
    """What a term report is written from and can be written again from: its figures, and the names and dates of its frame."""

    figures: TermFigures
    framing: Framing


@dataclass(frozen=True)
class Built:
    """A finished paper: the frozen contents as canonical text, and the file."""

    text: str
    pdf: RenderedPdf


def build_term_report(term, *, number=None, issued_on=None, signer_position="", signer_name="", on_step=lambda step: None):
    """Read the figures of `term` as they stand today, write the report and set it. Returns Built; `on_step` is told each Step."""
    on_step(Step.READING)
    figures = collect(term, today())
    given = {"number": number, "issued_on": issued_on, "position": signer_position, "name": signer_name}
    framing = framing_of(term.organisation, figures.as_of, congress_on=term.congress_on, **given)
    on_step(Step.WRITING)
    frozen = Frozen(figures, framing)
    report = write_report(figures, framing)
    html = to_html(report)
    on_step(Step.SETTING)
    return Built(freeze(frozen), html_to_pdf(html, title=report.file_title))


def freeze(frozen):
    """A Frozen as text: the same figures always give the same text, since fields have an order and the figures sort their mappings."""
    return msgspec.json.encode(frozen).decode()


def thaw(text):
    """The Frozen that `text` was made of. Raises msgspec.ValidationError for anything else."""
    return msgspec.json.decode(text, type=Frozen)


def store(content, name):
    """Keep the bytes of a file under papers/ in the storage; gives (name in the storage, sha256)."""
    return default_storage.save(name, ContentFile(content)), sha256(content)


def sha256(content):
    return hashlib.sha256(content).hexdigest()
