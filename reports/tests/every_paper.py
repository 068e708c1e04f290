"""One paper of every kind, set once for all tests of this process: what must hold for all papers walks these."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from reports import building
from reports.building import Frozen
from reports.enums import FileFormat
from reports.papers.catalogue import recipe_of
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
    wanted = [one for one in formats or recipe.formats if one in recipe.formats]
    files, _ = building.set_files(recipe, written, wanted)
    return Made(frozen, written, files)


def kinds_with(file_format):
    """The kinds that have a file of `file_format`."""
    return tuple(kind for kind in KINDS if file_format in recipe_of(kind).formats)
