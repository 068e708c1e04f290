"""From a request to figures and files: the one way that the worker and the command line take."""

import contextlib
import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from reports.enums import FileFormat, Step
from reports.papers.catalogue import recipe_of
from reports.papers.framing import Framing, framing_of
from reports.papers.printable import printable
from reports.setting.pdf import to_pdf
from reports.setting.shelf import Shelf


@dataclass(frozen=True)
class Frozen:
    """What a paper is written from and can be written again from: its figures, the names and dates of its frame, people's own words.

    `made_with` is the checksum of the program's parts that wrote it.
    """

    kind: str
    figures: Any
    framing: Framing
    words: dict[str, str] = field(default_factory=dict)
    made_with: str = ""

    def write(self, link=None):
        """The paper as its recipe writes it, in text that can be printed; `link(topic, year, level)` gives the list behind a figure."""
        given = (link,) if link else ()
        return printable(recipe_of(self.kind).write(self.figures, self.framing, self.words, *given))


@dataclass(frozen=True)
class Built:
    """A finished paper: the frozen contents as canonical text, the files' bytes by format, and the pages of the PDF."""

    text: str
    files: dict[str, bytes]
    pages: int


def build(paper, *, on_step=lambda step, done=0, of=0: None):
    """Read the figures of `paper` (or take its frozen ones where it keeps them), write it and set its files. Returns Built.

    `on_step` is told each Step and, while a long paper is set, how many of its parts are done.
    Raises what the recipe raises; RenderingError when a font or style sheet of ours is missing.
    """
    on_step(Step.READING)
    recipe = recipe_of(paper.kind)
    figures = thaw(paper.figures).figures if paper.keeps_figures and paper.figures else recipe.collect(paper)
    on_step(Step.WRITING)
    frozen = Frozen(paper.kind, figures, frame(paper, recipe, figures), words_of(paper), made_with())
    written = frozen.write()
    on_step(Step.SETTING)
    shelf = shelf_of(paper)
    files, pages = set_files(recipe, written, shelf=shelf, on_part=lambda done, of: on_step(Step.SETTING, done, of))
    if shelf and paper.is_issued:
        shelf.clear()  # nothing will be set anew
    return Built(freeze(frozen), files, pages)


def set_files(recipe, written, formats=(), *, shelf=None, on_part=lambda done, of: None):
    """What `recipe` wrote as files: ({format: bytes}, pages of the PDF), in `formats` or all of the recipe's.

    `shelf` and `on_part` as in reports.setting.pdf.
    """
    files, pages = {}, 0
    for one in formats or recipe.formats:
        if one == FileFormat.PDF:
            pdf = to_pdf(written, recipe.template, numbered=recipe.numbers_pages, shelf=shelf, on_part=on_part)
            files[FileFormat.PDF.value], pages = pdf.bytes, pdf.pages
        elif one == FileFormat.WORD:
            from reports.setting.word import to_word

            files[FileFormat.WORD.value] = to_word(written)
        else:
            from reports.setting.sheets import to_sheets

            files[FileFormat.EXCEL.value] = to_sheets(written)
    return files, pages


def shelf_of(paper):
    """Where the parts of papers on the same subject are kept; none for a paper that is not saved."""
    about = paper.about_key.replace(":", "-")
    return Shelf(f"papers/parts/{paper.kind}-{paper.organisation_id}-{about}", made_with()) if paper.pk else None


def frame(paper, recipe, figures):
    """The Framing of `paper`: a draft until it has been issued, where its kind is issued at all."""
    given = {
        "congress_on": paper.term.congress_on if paper.term else None,
        "number": paper.number,
        "issued_on": paper.issued_on,
        "position": paper.signer_position,
        "name": paper.signer_name,
        "draft": paper.edition if recipe.is_numbered and not paper.is_issued else 0,
        "recipients": tuple(paper.recipients),
        "grounds": tuple(paper.grounds),
        "board": paper.board,
        **paper.marks,
    }
    return framing_of(paper.organisation, getattr(figures, "as_of", None) or paper.figures_on, **given | recipe.framed(paper))


def words_of(paper):
    """{place: text} as last written, in the order of places; nothing for a paper that is not saved."""
    return {place: one.text for place, one in sorted(paper.words().items())} if paper.pk else {}


@cache
def made_with():
    """One checksum of all that decides how a paper looks: the modules that write and set it, its templates, style sheet and fonts."""
    here = Path(apps.get_app_config("reports").path)
    parts = [*sorted(here.glob("papers/*.py")), *sorted(here.glob("setting/*.py")), here / "rendering.py"]
    parts += sorted((Path(settings.BASE_DIR) / "templates/reports/papers").glob("*.html"))
    parts += [Path(found) for name in ("reports/paper.css", "fonts/tinos/Tinos-Regular.ttf") if (found := finders.find(name))]
    total = hashlib.sha256()
    for part in parts:
        total.update(part.name.encode() + b"\0" + part.read_bytes())
    return total.hexdigest()


def freeze(frozen):
    """A Frozen as text: the same figures always give the same text, since fields have an order and the figures sort their mappings."""
    return msgspec.json.encode(frozen).decode()


class _Outer(msgspec.Struct):
    """A frozen paper before it is known what its figures are."""

    kind: str
    figures: msgspec.Raw
    framing: Framing
    words: dict[str, str] = {}
    made_with: str = ""


def thaw(text):
    """The Frozen that `text` was made of. Raises msgspec.ValidationError for anything else."""
    outer = msgspec.json.decode(text, type=_Outer)
    figures = msgspec.json.decode(outer.figures, type=recipe_of(outer.kind).figures)
    return Frozen(outer.kind, figures, outer.framing, outer.words, outer.made_with)


def store(content, name):
    """Keep the bytes of a file under papers/ in the storage; gives (name in the storage, sha256). No half file stays where it fails."""
    try:
        return default_storage.save(name, ContentFile(content)), sha256(content)
    except OSError:
        with contextlib.suppress(OSError):
            default_storage.delete(name)
        raise


def sha256(content):
    return hashlib.sha256(content).hexdigest()
