"""Where two writings of one paper differ: what stands in the paper and what its figures would say today. Pure; the places are named in words.

Things are paired by what they are called, so that a new row does not make all rows after it look different: sections by their heading,
tables by their caption, rows by their names, sentences by their words without the numbers.
"""

import copy
import dataclasses
import re
from collections import defaultdict
from dataclasses import dataclass

from khoi_party.common.errors import DomainError
from reports.building import Frozen
from reports.papers.catalogue import recipe_of
from reports.papers.written import WrittenPaper

NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
ORDINALS = ("TT", "STT", "Số TT")
NOT_READ = "Hiện không đọc lại được số liệu cho văn bản này, chẳng hạn vì quyết định đã được rút về dự thảo. Văn bản đã lập không bị ảnh hưởng."
ORDER = "Thứ tự các dòng"


@dataclass(frozen=True)
class Difference:
    """One place where they differ. `was` "" for what is new, `now` "" for what is gone."""

    place: str
    was: str
    now: str


def differences_now(paper, frozen):
    """[Difference] between `frozen` (the Frozen of the finished `paper`) and its figures collected now by the same recipe, up to the same day.

    Both are written by the program of today in the same frame and with the same words, so that only figures can differ. Must be the
    outermost transaction. DomainError where such a paper cannot be made now.
    """
    old = frozen.write()
    try:
        figures = recipe_of(paper.kind).collect(_on_day_of(paper, old))
    except ValueError as gone:
        raise DomainError(NOT_READ) from gone
    return compare(old, Frozen(frozen.kind, figures, frozen.framing, frozen.words).write())


def _on_day_of(paper, written):
    """`paper` asking for figures of the day that its own are of, not of today."""
    one = copy.copy(paper)
    one.as_of = getattr(written, "data_as_of", paper.as_of)
    return one


def compare(old, new):
    """[Difference] from `old` to `new`, two writings of one paper (WrittenPaper, or what another template sets), in reading order."""
    if isinstance(old, WrittenPaper) and isinstance(new, WrittenPaper):
        return list(_papers(old, new))
    return list(_sheets(old, new))


def _papers(old, new):
    for name, place in (("title", "Tên văn bản"), ("summary", "Trích yếu"), ("opening", "Phần mở đầu"), ("addressees", "Nơi gửi")):
        yield from _texts(place, getattr(old, name), getattr(new, name))
    yield from _texts("Căn cứ", old.grounds, new.grounds)
    for one, other in _pairs(old.sections, new.sections, lambda section: _words(section.heading)):
        yield from _sections(one, other)
    yield from _texts("Phần kết", old.closing, new.closing)
    for one, other in _pairs(old.appendices, new.appendices, lambda appendix: _words(appendix.title)):
        yield from _appendices(one, other)


def _sections(old, new):
    place = (old or new).heading
    if old and new and old.heading != new.heading:
        yield Difference("Tên mục", old.heading, new.heading)
    for one, other in _pairs(old.blocks if old else (), new.blocks if new else (), _block_key, kind=lambda block: block.kind):
        yield from _blocks(place, one, other)


def _block_key(block):
    if block.kind == "table":
        return _words(block.caption)
    return block.place if block.kind == "words" else _words(block.caption if block.kind == "chart" else block.text)


def _blocks(place, old, new):
    kind = (old or new).kind
    if kind == "table":
        yield from _tables(_at(place, (old or new).caption or "bảng"), old, new)
    elif kind == "chart":
        yield from _texts(_at(place, "biểu đồ"), _said_by(old), _said_by(new))
    elif kind == "article":
        yield from _texts(_at(place, f"Điều {(old or new).number}"), old.text if old else "", new.text if new else "")
    else:
        yield from _texts(place or "Nội dung", old.text if old else "", new.text if new else "")


def _said_by(chart):
    """What a chart says in words; its shapes follow from the table beside it."""
    return f"{chart.caption}. {chart.picture.title}" if chart else ""


def _appendices(old, new):
    title = (old or new).title
    if old and new and old.title != new.title:
        yield Difference("Tên phụ lục", old.title, new.title)
    yield from _tables(f"{(old or new).heading} {title}", old.table if old else None, new.table if new else None)


def _tables(place, old, new):
    if old is None or new is None:
        one = old or new
        text = f"Cả bảng, {len(one.rows)} dòng"
        yield Difference(place, text if old else "", text if new else "")
        return
    if old.caption != new.caption:
        yield Difference(_at(place, "tên bảng"), old.caption, new.caption)
    if old.columns != new.columns:
        yield Difference(_at(place, "các cột"), _heads(old), _heads(new))
    pairs = _pairs(old.rows, new.rows, lambda row: _row_key(old, row), kind=lambda row: row.kind)
    is_same_size = len(old.rows) == len(new.rows) and all(one and other for one, other in pairs)
    for one, other in pairs:
        yield from _rows(place, old, new, one, other, with_ordinals=is_same_size)
    if is_same_size and [id(other) for _, other in pairs] != [id(row) for row in new.rows]:
        yield Difference(_at(place, ORDER.lower()), "như trong văn bản", "đã khác")
    yield from _texts(_at(place, "chú thích"), old.footnotes, new.footnotes)


def _rows(place, old_table, new_table, old, new, *, with_ordinals):
    if old is None or new is None:
        yield Difference(_at(place, "dòng"), _row_text(old), _row_text(new))
        return
    if old.cells == new.cells:
        return
    was, now = _by_column(old_table, old), _by_column(new_table, new)
    for title in dict.fromkeys((*was, *now)):
        if (with_ordinals or title[0] not in ORDINALS) and was.get(title, "") != now.get(title, ""):
            row = f"dòng “{_row_name(old_table, old)}”"
            yield Difference(_at(place, row, f"cột “{title[0]}”" if title[0] else ""), was.get(title, ""), now.get(title, ""))


def _by_column(table, row):
    """{(head of the column, how many heads before it are the same): text}; a cell across several stands under its first."""
    found, position = {}, 0
    for cell in row.cells:
        column = table.columns[position] if position < len(table.columns) else None
        title = ", ".join(part for part in (column.group, column.title) if part) if column else ""
        seen = sum(key[0] == title for key in found)
        found[title, seen] = cell.text
        position += cell.span
    return found


def _row_key(table, row):
    """What a row is called: its first cell that is no running number, and the first name in it where that is another."""
    texts, position = [], 0
    for cell in row.cells:
        column = table.columns[position] if position < len(table.columns) else None
        if column and column.title not in ORDINALS and (not texts or (len(texts) == 1 and column.align == "left")):
            texts.append(cell.text)
        position += cell.span
    return ", ".join(filter(None, texts))


def _row_name(table, row):
    return _row_key(table, row) or _row_text(row)


def _row_text(row):
    return "; ".join(cell.text for cell in row.cells if cell.text) if row else ""


def _heads(table):
    return "; ".join(", ".join(part for part in (column.group, column.title) if part) for column in table.columns)


def _texts(place, old, new):
    """Differences of two texts or two rows of texts."""
    old, new = (((value,) if value else ()) if isinstance(value, str) else value for value in (old, new))
    for one, other in _pairs(old, new, _words):
        if one != other:
            yield Difference(place, one or "", other or "")


def said_differently(before, now):
    """[(sentence as it was or "", as it is or "")] of what changed between two texts of one sentence a line, paired by their words."""
    return [(one.was, one.now) for one in _texts("", before.splitlines(), now.splitlines())]


def _words(text):
    return NUMBER.sub("#", text)


def _at(*parts):
    return ", ".join(part for part in parts if part)


def _pairs(old, new, key, *, kind=lambda one: None):
    """[(one of `old` or None, its like in `new` or None)] in reading order.

    Those of one kind and key belong together, the first to the first. What is left over of a kind is paired in order where it is as many
    on both sides (it was renamed), else it stands alone.
    """
    waiting = defaultdict(list)
    for place, one in enumerate(new):
        waiting[kind(one), key(one)].append(place)
    partner = {}
    for place, one in enumerate(old):
        if same := waiting.get((kind(one), key(one))):
            partner[place] = same.pop(0)
    _pair_the_rest(old, new, partner, kind)
    alone = set(range(len(new))) - set(partner.values())
    found = [(place, 0, one, new[partner[place]] if place in partner else None) for place, one in enumerate(old)]
    found += [(place, 1, None, new[place]) for place in alone]
    return [(one, other) for _, _, one, other in sorted(found, key=lambda row: row[:2])]


def _pair_the_rest(old, new, partner, kind):
    taken, left = set(partner.values()), defaultdict(lambda: ([], []))
    for side, rows, used in ((0, old, partner), (1, new, taken)):
        for place, one in enumerate(rows):
            if place not in used:
                left[kind(one)][side].append(place)
    for mine, theirs in left.values():
        if len(mine) == len(theirs):
            partner.update(zip(mine, theirs, strict=True))


def _sheets(old, new):
    """A paper that is printed sheet by sheet: each sheet is one text, named by its number."""
    (common, was), (common_now, now) = _leaves_by_sheet(old), _leaves_by_sheet(new)
    yield from _texts("Phần chung", common, common_now)
    for number, (one, other) in enumerate(_pairs(was, now, lambda sheet: sheet), 1):
        if one != other:
            yield Difference(f"Tờ {number}", one or "", other or "")


def _leaves_by_sheet(paper):
    """(what belongs to no sheet, [the texts of each sheet])."""
    common, sheets = [], []
    for field in dataclasses.fields(paper):
        value = getattr(paper, field.name)
        is_list_of_sheets = isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0])
        (sheets if is_list_of_sheets else common).extend(map(_leaves, value) if is_list_of_sheets else [_leaves(value)])
    return "; ".join(filter(None, common)), sheets


def _leaves(value):
    if dataclasses.is_dataclass(value):
        return "; ".join(filter(None, (_leaves(getattr(value, field.name)) for field in dataclasses.fields(value))))
    if isinstance(value, tuple | list):
        return "; ".join(filter(None, map(_leaves, value)))
    return "" if value is None or isinstance(value, bool) else str(value)
