"""Files damaged at random, as whole archives and part by part: read or refused with a sentence, never an error of another kind."""

import io
import random
import zipfile
from datetime import date

import pytest

from khoi_party.common.errors import DomainError
from khoi_party.common.excel_in import read_book
from khoi_party.common.tests.workbooks import workbook
from members.imports import columns, headers
from members.imports.preview import Record, preview

from .corpus import ALL, FORM_7, TITLES

GOOD = workbook([[*TITLES, "Ghi chú"], *ALL, ["x", "=A1", True, date(2000, 1, 2), 12.5]], merged=[(20, 0, 20, 3, "T/M CHI ỦY")])
PIECES = (b"0", b"-1", b"99999999999", b"<", b">", b'"', b"4294967296", b"NaN", b"XFE1", b"A0", b"&", b"\x00")


def damaged(content, chance):
    content = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        place, kind = chance.randrange(max(1, len(content))), chance.randrange(4)
        if kind == 0:
            content[place : place + 1] = bytes([chance.randrange(256)])
        elif kind == 1:
            del content[place : place + chance.randrange(1, 30)]
        elif kind == 2:
            content[place:place] = content[chance.randrange(max(1, len(content))) :][: chance.randrange(40)]
        else:
            content[place : place + 1] = chance.choice(PIECES)
    return bytes(content)


def damaged_workbook(chance):
    if chance.random() < 0.3:
        return damaged(GOOD, chance)
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as good, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        unlucky = chance.choice([name for name in good.namelist() if name.endswith((".xml", ".rels"))])
        for name in good.namelist():
            out.writestr(name, damaged(good.read(name), chance) if name == unlucky else good.read(name))
    return target.getvalue()


def understand(data):
    for sheet in read_book(data).sheets:
        headers.font_of(sheet.rows)
        if header := headers.find_header(sheet.rows, sheet.merged):
            record = Record([], [], {}, date(2026, 6, 30), tuple(field.key for field in columns.FIELDS))
            preview(sheet.rows, header, columns.match(header.titles), record)


@pytest.mark.parametrize("seed", range(12))
def test_damage_is_never_an_error_of_another_kind(seed):
    chance, read, refused = random.Random(seed), 0, []
    for _ in range(60):
        try:
            understand(damaged_workbook(chance))
            read += 1
        except DomainError as error:
            refused.append(error.message)
    assert read
    assert all(sentence.endswith(".") for sentence in refused)


@pytest.mark.parametrize("seed", range(6))
def test_cells_of_any_kind_in_any_place_are_read_or_refused(seed):
    chance = random.Random(seed)
    pool = [cell for row in [*ALL, *FORM_7] for cell in row] + [
        None,
        True,
        1e300,
        -5,
        0,
        45000,
        date(1980, 1, 2),
        "\u200b",
        "\x07",
        "=1+1",
        "•••123",
        "💐",
    ]
    for _ in range(60):
        rows = [TITLES, *([chance.choice(pool) for _ in TITLES] for _ in range(10))]
        chance.shuffle(rows[0])
        understand(workbook(rows))
