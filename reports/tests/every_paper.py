"""One paper of every kind, set once for all tests of this process: what must hold for all papers walks these."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from reports.building import Frozen
from reports.enums import FileFormat
from reports.papers.catalogue import recipe_of
from reports.rendering import html_to_pdf
from reports.setting.pages import to_html
from reports.setting.sheets import to_sheets
from reports.setting.word import to_word
from reports.tests.specimens import all_specimens

KINDS = tuple(sorted(kind.value for kind in all_specimens()))


@dataclass(frozen=True)
class Made:
    """A specimen as it was written, and its files as bytes by format."""

    frozen: Frozen
    written: Any
    files: dict[str, bytes]

    @property
    def pdf(self):
        return self.files[FileFormat.PDF.value]


@cache
def made(kind):
    """The Made of the specimen of `kind` (the value of a PaperKind)."""
    return set_files({one.value: specimen for one, specimen in all_specimens().items()}[kind]())


def set_files(frozen, *formats):
    """The Made of any Frozen, in all formats of its kind or only in `formats`."""
    recipe, written = recipe_of(frozen.kind), frozen.write()
    files = {}
    for one in formats or recipe.formats:
        if one == FileFormat.PDF:
            files[one.value] = html_to_pdf(to_html(written, recipe.template), title=written.file_title, css=written.css).bytes
        elif one in recipe.formats:
            files[one.value] = (to_word if one == FileFormat.WORD else to_sheets)(written)
    return Made(frozen, written, files)


def kinds_with(file_format):
    """The kinds that have a file of `file_format`."""
    return tuple(kind for kind in KINDS if file_format in recipe_of(kind).formats)
