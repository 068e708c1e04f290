"""The lists behind a paper's figures as they were when the figures were read: kept with the paper, opened instead of today's rows."""

import datetime
import zlib
from decimal import Decimal

import msgspec
from django.db import transaction

from khoi_party.common.database import database_now, locked, read_snapshot
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from reports.building import sha256, thaw
from reports.figures.rows import Behind
from reports.models import Paper, PaperList
from reports.papers.catalogue import recipe_of

CHANGED = "Danh sách kèm văn bản đã bị thay đổi so với khi lập nên không mở được. Hãy báo người quản trị."


class _KeptColumn(msgspec.Struct, array_like=True):
    title: str
    width: int
    kind: str


class _Kept(msgspec.Struct):
    columns: list[_KeptColumn]
    rows: list[list[str | int | None]]


def keep(paper, attempt, text):
    """Read the lists of `paper`, made as `attempt` with the frozen `text`, and keep them; nothing where they are kept already.

    They are read with the rights of who asked for the paper, in one snapshot, seconds after its figures. Must be the outermost transaction.
    """
    if not recipe_of(paper.kind).has_lists or paper.lists.exists():
        return
    found = read(paper, thaw(text))
    with transaction.atomic():
        row = locked(Paper.objects.filter(pk=paper.pk, attempt=attempt)).first()
        if row and not row.lists.exists():
            PaperList.objects.bulk_create(found)


def read(paper, frozen):
    """A PaperList, not saved, of each list that a figure of `frozen` (Frozen) leads to."""
    recipe, found = recipe_of(paper.kind), []
    with read_snapshot():
        moment = database_now()
        for topic, year, level in links_of(frozen):
            behind = recipe.behind(frozen.figures, paper, paper.asker, topic, year, level)
            if behind is not None:
                found.append(_packed(paper, key_of(topic, year, level), behind, moment))
    return found


def links_of(frozen):
    """The (topic, year, level) that the paper's figures lead to, each once, in reading order."""
    found = {}

    def link(topic, year=None, level=None):
        found[topic, year, level] = None
        return "#"

    frozen.write(link)
    return list(found)


def key_of(topic, year, level):
    return "/".join("" if part is None else str(part) for part in (topic, year, level))


def _packed(paper, key, behind, moment):
    rows = [[_plain(column.value(row)) for column in behind.columns] for row in behind.rows]
    columns = [_KeptColumn(column.title, column.width, column.kind) for column in behind.columns]
    packed = zlib.compress(msgspec.json.encode(_Kept(columns, rows)))
    return PaperList(paper=paper, key=key, title=behind.title, count=len(rows), packed=packed, sha256=sha256(packed), read_at=moment)


def _plain(value):
    if value is None or isinstance(value, int | str):
        return value
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def opened(kept):
    """The Behind of a PaperList. DomainError where its bytes are not those that were kept."""
    packed = bytes(kept.packed)
    if sha256(packed) != kept.sha256:
        raise DomainError(CHANGED)
    content = msgspec.json.decode(zlib.decompress(packed), type=_Kept)
    columns = tuple(
        Column(one.title, lambda row, place=place: row[place], width=one.width, kind=one.kind) for place, one in enumerate(content.columns)
    )
    return Behind(kept.title, [_typed(row, columns) for row in content.rows], columns)


def _typed(row, columns):
    return tuple(_READ[column.kind](value) if value not in (None, "") else value for value, column in zip(row, columns, strict=True))


_READ = {"text": str, "int": int, "decimal": Decimal, "percent": Decimal, "date": datetime.date.fromisoformat}
