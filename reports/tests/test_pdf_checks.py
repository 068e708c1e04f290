"""The checks of PDFs see what is planted, so that their silence on our papers means something."""

import io
from functools import cache

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from reports.rendering import html_to_pdf
from reports.tests.pdf_checks import problems
from reports.tests.pdf_reading import tables_read, text_read

PAGE = """<!DOCTYPE html><html lang="vi"><head><title>x</title><link rel="stylesheet" href="reports/paper.css"></head><body>
<h1>BÁO CÁO</h1><h2>I- MỘT</h2><p>Xem <a href="#two" title="Phụ lục">phụ lục</a></p>
<table><thead><tr><th rowspan="2" scope="col">Năm</th><th colspan="2" scope="colgroup">Đảng viên</th></tr><tr><th>Số</th><th>%</th></tr></thead>
<tbody><tr><td>2019</td><td>66</td><td>95,45</td></tr></tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><title>Tăng</title><rect width="9" height="9"/><text y="9">Biểu</text></svg>
<h2 id="two">II- HAI</h2></body></html>"""


@cache
def sound():
    return html_to_pdf(PAGE, title="Báo cáo thử").bytes


def elements(pdf, role):
    return [one for one in pdf.objects if isinstance(one, Dictionary) and one.get(Name.S) == Name("/" + role)]


def content(pdf, change):
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))


def without_tounicode(pdf):
    for font in pdf.pages[0].obj.Resources.Font.values():
        del font[Name.ToUnicode]


def without_program(pdf):
    for font in pdf.pages[0].obj.Resources.Font.values():
        described = font.DescendantFonts[0].FontDescriptor
        for key in (Name.FontFile2, Name.FontFile3):
            if key in described:
                del described[key]


def wrong_heads(pdf):
    heads, cells = elements(pdf, "TH"), elements(pdf, "TD")
    heads[2].ID = String("a")
    cells[0].A = Dictionary(O=Name.Table, Headers=Array([String("a")]))


def lost_element(pdf):
    row = elements(pdf, "TR")[-1]
    row.K = Array(list(row.K)[:-1])


FAULTS = {
    "neither marked": lambda pdf: content(pdf, lambda stream: stream.replace(b"/Artifact\nBMC", b"/Other\nBMC")),
    "marked 2 times": lambda pdf: content(pdf, lambda stream: stream.replace(b"/MCID 3>>", b"/MCID 2>>")),
    "does not exist": lambda pdf: content(pdf, lambda stream: stream.replace(b"/MCID 3>>", b"/MCID 2>>")),
    "not in ParentTree": lambda pdf: pdf.Root.StructTreeRoot.ParentTree.Nums[1].__setitem__(0, None),
    "the tree does not reach": lost_element,
    "names another parent": lambda pdf: elements(pdf, "H1")[0].__setattr__("P", elements(pdf, "H2")[0]),
    "rows of [2, 3] columns": lost_element,
    "without a scope": lambda pdf: elements(pdf, "TH")[0].A.__delitem__("/Scope"),
    "head of another column": wrong_heads,
    "no header cell": lambda pdf: [one.__setattr__("S", Name.TD) for one in elements(pdf, "TH")],
    "of level 3 comes after level 1": lambda pdf: elements(pdf, "H2")[0].__setattr__("S", Name.H3),
    "without words in its place": lambda pdf: elements(pdf, "Figure")[0].__delitem__("/Alt"),
    "an annotation is not in the structure": lambda pdf: pdf.pages[0].obj.Annots[0].__delitem__("/StructParent"),
    "a link leads nowhere": lambda pdf: pdf.Root.Names.__delitem__("/Dests"),
    "unknown role": lambda pdf: elements(pdf, "P")[0].__setattr__("S", Name.Paragraph),
    "no ToUnicode": without_tounicode,
    "not embedded": without_program,
    "0 output intents": lambda pdf: pdf.Root.__delitem__("/OutputIntents"),
    "does not say that it is tagged": lambda pdf: pdf.Root.__delitem__("/MarkInfo"),
    "not Vietnamese": lambda pdf: pdf.Root.__setattr__("Lang", String("en")),
    "shows the file's name": lambda pdf: pdf.Root.__delitem__("/ViewerPreferences"),
    "holds an action or script": lambda pdf: pdf.Root.__setattr__("OpenAction", Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))),
    "not 3 A": lambda pdf: pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b'conformance="A"', b'conformance="B"')),
    "two titles": lambda pdf: pdf.docinfo.__setattr__("Title", String("Khác")),
    "headings but no bookmarks": lambda pdf: pdf.Root.__delitem__("/Outlines"),
}


def test_a_sound_file_has_no_problems():
    assert problems(sound()) == []


@pytest.mark.parametrize("told", FAULTS)
def test_a_planted_fault_is_told(told):
    with pikepdf.open(io.BytesIO(sound())) as pdf:
        FAULTS[told](pdf)
        damaged = io.BytesIO()
        pdf.save(damaged)
    assert [one for one in problems(damaged.getvalue()) if told in one]


def test_an_encrypted_file_and_no_file_at_all_are_told():
    with pikepdf.open(io.BytesIO(sound())) as pdf:
        locked = io.BytesIO()
        pdf.save(locked, encryption=pikepdf.Encryption(owner="x"))
    assert problems(locked.getvalue()) == ["the file is encrypted"]
    assert problems(b"%PDF-1.7\n")[0].startswith("the file cannot be read")


def test_a_reader_hears_cells_in_their_rows_and_no_page_furniture():
    assert tables_read(sound()) == [[["Năm", "Đảng viên"], ["Số", "%"], ["2019", "66", "95,45"]]]
    assert text_read(sound()).splitlines()[:4] == ["BÁO CÁO", "I- MỘT", "Xem", "phụ lục"]
    assert "Dự thảo" not in text_read(sound())
