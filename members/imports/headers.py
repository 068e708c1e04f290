"""Where a list begins: the row or rows of headings, found under titles of the paper, merged cells and blank rows."""

from dataclasses import dataclass

from khoi_party.common.names import one_line

from .columns import NUMBERING, field_of, match
from .values import old_font, text

LOOKED_AT = 40  # rows from the top; a letterhead is never longer
MOST_ROWS = 3


@dataclass(frozen=True)
class Header:
    """`first` and `last` row of the headings, one title per column ("Giới tính / Nữ" for the second row), `data_from` the row after."""

    first: int
    last: int
    titles: tuple
    data_from: int

    @property
    def found(self):
        return len(match(self.titles))


def header_at(rows, first, last, merged=()):
    """The Header that the rows `first` to `last` make."""
    width = max((len(row) for row in rows[first : last + 1]), default=0)
    levels = [_spread(rows[number], number, first, last, width, merged) for number in range(first, last + 1)]
    titles = tuple(_title([level[place] for level in levels]) for place in range(width))
    return Header(first, last, titles, _first_data_row(rows, last + 1))


def find_header(rows, merged=()):
    """The Header whose titles name the most fields of ours; fewer rows win over more. None where no row names a person and another field."""
    best, best_score = None, 0
    for first in range(min(LOOKED_AT, len(rows))):
        if not any(isinstance(cell, str) and field_of(cell) for cell in rows[first]):
            continue
        for last in range(first, min(first + MOST_ROWS, len(rows))):
            if last > first and not _continues(rows, first, last):
                break
            header = header_at(rows, first, last, merged)
            named = match(header.titles).values()
            has_person = {"full_name", "names", "family_name"} & set(named)
            score = len(named) * 10 - (last - first)
            if has_person and len(named) >= 2 and score > best_score:
                best, best_score = header, score
    return best


def _continues(rows, first, last):
    """Whether row `last` can be a lower row of the heading that begins at `first`: words only, and none under a name that stands for a person."""
    cells = [cell for cell in rows[last] if cell != ""]
    if not cells or not all(isinstance(cell, str) and not NUMBERING.fullmatch(cell.strip()) for cell in cells):
        return False
    names = [place for place, cell in enumerate(rows[first]) if isinstance(cell, str) and field_of(cell) in ("full_name", "names")]
    return not any(place < len(rows[last]) and rows[last][place] != "" and not field_of(rows[last][place]) for place in names)


def _spread(row, number, first, last, width, merged):
    """The cells of one row of the heading as text; a merged range says the same in all of its columns, but not in rows below its first."""
    cells = [text(cell) or "" for cell in row] + [""] * (width - len(row))
    known = [area for area in merged if area[0][0] == number and area[1][1] > area[0][1]]
    for (_, left), (_, right) in known:
        for place in range(left, min(right, width - 1) + 1):
            cells[place] = cells[left]
    if not merged and number < last:  # no ranges told (csv): what stands left carries on over empty cells
        for place in range(1, width):
            cells[place] = cells[place] or cells[place - 1]
    return cells


def _title(levels):
    said = []
    for level in levels:
        level = one_line(level)
        if level and level not in said:
            said.append(level)
    return " / ".join(said)


def _first_data_row(rows, start):
    """The row after the heading; a row that only numbers the columns (1, 2, 3 or (1), (2)) is part of it."""
    for number in range(start, len(rows)):
        cells = [text(cell) for cell in rows[number]]
        cells = [cell for cell in cells if cell]
        if not cells:
            continue
        counted = [cell for cell in cells if NUMBERING.fullmatch(cell)]
        if len(cells) >= 3 and len(counted) == len(cells):
            return number + 1
        return number
    return len(rows)


def font_of(rows):
    """The old font that most of a sheet is typed in, "" for Unicode; asked of the first 200 rows."""
    words = [cell for row in rows[:200] for cell in row if isinstance(cell, str) and not cell.isascii()]
    fonts = [font for cell in words if (font := old_font(cell))]
    if len(fonts) < 3 or len(fonts) * 3 < len(words):
        return ""
    return max(set(fonts), key=fonts.count)
