"""Word and Excel files open without a repair: LibreOffice converts them, and what Word refuses though LibreOffice forgives is looked up."""

import io
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pypdfium2
import pytest
from django.conf import settings
from lxml import etree

from reports.enums import FileFormat
from reports.setting.sheets import tables_of
from reports.tests.every_paper import kinds_with, made
from reports.tests.saying import said_in, squeezed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
OFFICE_FILES = [(kind, one.value) for one in (FileFormat.WORD, FileFormat.EXCEL) for kind in kinds_with(one)]
# LibreOffice finds our Times under Word's name: lines and pages come out as they do in Word.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir><cachedir>{room}/fonts</cachedir>
<alias binding="same"><family>Times New Roman</family><prefer><family>Tinos</family></prefer></alias></fontconfig>"""
# In the order of the schema (CT_TblPr, CT_TcPr, CT_PPr, CT_SectPr): Word stops at a child that stands too late.
ORDER = {
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout "
    "tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku "
    "wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color "
    "spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign "
    "noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
}


@cache
def converted():
    """{(kind, format): bytes of the PDF} that LibreOffice makes of all Word and Excel files, in one run with a profile of its own."""
    room = Path(mkdtemp(prefix="kp-office-"))
    try:
        (room / "fonts.conf").write_text(FONTS.format(fonts=settings.BASE_DIR / "static/fonts/tinos", room=room))
        for kind, ending in OFFICE_FILES:
            (room / f"{kind}-{ending}.{ending}").write_bytes(made(kind).files[ending])
        command = ["soffice", f"-env:UserInstallation=file://{room}/profile", "--headless", "--norestore", "--convert-to", "pdf", "--outdir", room]
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(room), "FONTCONFIG_FILE": str(room / "fonts.conf"), "LC_ALL": "C.UTF-8"}
        files = sorted(room.glob("*.docx")) + sorted(room.glob("*.xlsx"))
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=300, env=environment)
        return {(kind, ending): (room / f"{kind}-{ending}.pdf").read_bytes() for kind, ending in OFFICE_FILES}
    finally:
        shutil.rmtree(room)


def text_of(content):
    with pypdfium2.PdfDocument(content) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def looked_for(text):
    """`text` without spaces, capitals and the marks in numbers: a workbook's stand as the reader's country writes them."""
    return squeezed(text).upper().replace(".", "").replace(",", "")


def stands_in(said, printed):
    """Whether `said` was printed, all in one piece or with the foot of one page and the number of the next within one stretch of 40 letters."""
    return said in printed or sum(said[place : place + 40] not in printed for place in range(0, len(said), 40)) <= (len(said) > 80)


def test_libreoffice_opens_all_files_and_prints_what_they_say():
    """In one test, so that LibreOffice starts once."""
    missing = {}
    for (kind, ending), content in converted().items():
        printed, written = looked_for(text_of(content)), made(kind).written
        said = [looked_for(one) for one in said_in(written)]
        if ending == "xlsx":  # printed line by line across the cells of a row: all letters are there, not in the order of cells
            cells = [looked_for(cell.text) for _, table in tables_of(written) for _, cells in table.body for cell, _ in cells]
            lost = Counter("".join(cells)) - Counter(printed)
        else:
            lost = [one for one in said if not stands_in(one, printed)][:5]
        if lost:
            missing[f"{kind}.{ending}"] = lost
    assert len(converted()) == len(OFFICE_FILES) > 0
    assert missing == {}


def parts_of(content):
    """{name: root element} of the XML parts of an office file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert max(Counter(archive.namelist()).values()) == 1
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith((".xml", ".rels"))}


@pytest.mark.parametrize(("kind", "ending"), OFFICE_FILES)
def test_each_part_is_declared_and_each_relation_leads_to_a_part(kind, ending):
    content = made(kind).files[ending]
    parts = parts_of(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
    types = parts["[Content_Types].xml"]
    endings = {one.get("Extension").lower() for one in types if one.tag.endswith("Default")}
    declared = {one.get("PartName")[1:] for one in types if one.tag.endswith("Override")}
    assert declared <= names
    assert [name for name in names if name != "[Content_Types].xml" and name not in declared and name.rsplit(".")[-1].lower() not in endings] == []
    for name, tree in parts.items():
        if name.endswith(".rels"):
            folder = Path(name).parent.parent
            targets = [one.get("Target") for one in tree]
            found = [target[1:] if target.startswith("/") else str((Path("/") / folder / target).resolve())[1:] for target in targets]
            assert [one for one in found if one not in names] == [], name
            assert len({one.get("Id") for one in tree}) == len(tree)


@pytest.mark.parametrize("kind", kinds_with(FileFormat.WORD))
def test_word_finds_nothing_to_repair(kind):
    parts = parts_of(made(kind).files["docx"])
    body, styles = parts["word/document.xml"], parts["word/styles.xml"]
    known = {one.get(f"{W}styleId") for one in styles.iter(f"{W}style")}
    used = {one.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle", "basedOn") for tree in (body, styles) for one in tree.iter(f"{W}{tag}")}
    assert used <= known
    drawings = [one.get("id") for one in body.iter() if one.tag.endswith("}docPr")]
    marks = [one.get(f"{W}id") for one in body.iter(f"{W}bookmarkStart")]
    assert len(drawings) == len(set(drawings))
    assert len(marks) == len(set(marks)) == len({one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")})
    assert sorted(marks) == sorted(one.get(f"{W}id") for one in body.iter(f"{W}bookmarkEnd"))
    assert {one.get(f"{W}anchor") for one in body.iter(f"{W}hyperlink")} <= {one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")}
    relations = {one.get("Id") for one in parts["word/_rels/document.xml.rels"]}
    assert {value for one in body.iter() for name, value in one.attrib.items() if name.startswith(RELATION)} <= relations
    assert list(wrong_tables(body)) == []
    assert [fault for name, tree in parts.items() if name.startswith("word/") for fault in out_of_order(tree)] == []


def wrong_tables(body):
    """What makes Word refuse a table: no grid, cells without a width or a paragraph at their end, spans that miss the grid."""
    for table in body.iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        if table.find(f"{W}tblPr") is None or not columns:
            yield "a table without properties or grid"
        for row in table.iterchildren(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iterchildren(f"{W}tc")]
            if sum(int(one.get(f"{W}val")) if one is not None else 1 for one in spans) != columns:
                yield f"a row of other columns than the grid's {columns}"
        for cell in table.iter(f"{W}tc"):
            width = cell.find(f"{W}tcPr/{W}tcW")
            if width is None or int(width.get(f"{W}w")) <= 0:
                yield "a cell without a width"
            if cell[-1].tag != f"{W}p":
                yield "a cell that does not end with a paragraph"
        following = table.getnext()
        if following is None or following.tag not in (f"{W}p", f"{W}sectPr", f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            yield "a table with nothing between it and the next"


def out_of_order(tree):
    """Children of properties that stand behind one that the schema wants after them, or twice."""
    for name, order in ORDER.items():
        places = {tag: place for place, tag in enumerate(order.split())}
        for one in tree.iter(f"{W}{name}"):
            tags = [etree.QName(child).localname for child in one if child.tag.startswith(W)]
            found = [places.get(tag, -1) for tag in tags]
            if -1 in found or found != sorted(found) or (name != "sectPr" and len(set(tags)) != len(tags)):
                yield f"{name}: {' '.join(tags)}"


@pytest.mark.parametrize("kind", kinds_with(FileFormat.EXCEL))
def test_excel_finds_nothing_to_repair(kind):
    parts = parts_of(made(kind).files["xlsx"])
    book = parts["xl/workbook.xml"]
    names = [one.get("name") for one in book.iter() if etree.QName(one).localname == "sheet"]
    assert len(names) == len(set(names)) == len({one.casefold() for one in names})
    assert [one for one in names if len(one) > 31 or re.search(r"[\[\]:*?/\\]", one)] == []
    strings = len([one for one in parts["xl/sharedStrings.xml"] if etree.QName(one).localname == "si"])
    for name, sheet in parts.items():
        if not name.startswith("xl/worksheets/"):
            continue
        cells = [one for one in sheet.iter() if etree.QName(one).localname == "c"]
        assert len({one.get("r") for one in cells}) == len(cells)
        assert all(int(one[0].text) < strings for one in cells if one.get("t") == "s")
        merged = [one.get("ref") for one in sheet.iter() if etree.QName(one).localname == "mergeCell"]
        taken = Counter(place for ref in merged for place in places_of(ref))
        assert [place for place, times in taken.items() if times > 1] == [], name


def places_of(ref):
    """The cells of a range ("B2:C3") as (column, row)."""
    first, last = (re.fullmatch(r"([A-Z]+)(\d+)", one).groups() for one in ref.split(":"))
    number = lambda letters: sum((ord(letter) - 64) * 26**place for place, letter in enumerate(reversed(letters)))  # noqa: E731
    return [(x, y) for x in range(number(first[0]), number(last[0]) + 1) for y in range(int(first[1]), int(last[1]) + 1)]
