"""A paper with a long register: set in parts, bound into one document that a screen reader can walk, and set again only where it changed."""

import io
from dataclasses import replace

import pikepdf
import pytest
from django.core.files.storage import default_storage
from pypdf import PdfReader

from reports.papers.document import Appendix, Cell, Column, Row, Table
from reports.papers.formats import Marking
from reports.papers.recipes import Recipe
from reports.setting import pieces, presses
from reports.setting.pdf import to_pdf
from reports.setting.pieces import cut
from reports.setting.press import Order, RenderingError
from reports.setting.shelf import Shelf
from reports.tests.pdf_checks import problems
from reports.tests.sample import sample_report

UNITS = ("Đảng bộ Sở Nội vụ", "Chi bộ Hội Nhà báo", "Đảng bộ Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh")


def register(people=40, changed=""):
    """A register of three units, `people` in each; the second person of the unit `changed` has another level."""
    rows = []
    for unit in UNITS:
        rows.append(Row((Cell(f"{unit}: {people} đảng viên"),), "group"))
        rows += [
            Row((Cell(str(place)), Cell(f"Nguyễn Thị Phượng Ước {place}"), Cell("HTXSNV" if (unit, place) == (changed, 2) else "HTTNV")))
            for place in range(1, people + 1)
        ]
    columns = (Column("TT", 10, "center"), Column("Họ và tên", 60, "left"), Column("Mức", 30, "center"))
    return Appendix("Danh sách đảng viên và mức xếp loại", Table("", columns, tuple(rows), ("HTTNV: hoàn thành tốt nhiệm vụ.",)))


def paper(**how):
    """A short report with the register between its two appendices."""
    report = short_report()
    return replace(report, appendices=(report.appendices[0], register(**how), report.appendices[1]))


def short_report():
    """The first section of the sample report and its two appendices, a draft."""
    report = sample_report(draft=1, people=5)
    return replace(report, sections=report.sections[:1])


@pytest.fixture(autouse=True)
def short_is_long(monkeypatch):
    monkeypatch.setattr(pieces, "LONG", 100)


@pytest.fixture(scope="module")
def bound():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "LONG", 100)
        told = []
        done = to_pdf(paper(), Recipe.template, on_part=lambda done, of: told.append((done, of)))
        return done, told


def structure(pdf):
    """(role, text of the page's marks below it) of every element under the document's, in reading order, as nested lists."""

    def walk(element):
        kids = element.get("/K")
        kids = kids if isinstance(kids, pikepdf.Array) else [] if kids is None else [kids]
        return str(element.S)[1:], [walk(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]

    return walk(pdf.Root.StructTreeRoot.K[0])


def count(tree, role, having=""):
    """How many elements of `role` (with one of `having` right under them) there are in a tree."""
    here = tree[0] == role and (not having or any(kid[0] == having for kid in tree[1]))
    return here + sum(count(kid, role, having) for kid in tree[1])


def test_a_long_register_is_cut_where_a_unit_begins():
    html, parts = cut(paper(), Recipe.template)
    assert [(part.name, part.number) for part in parts] == [(f"{UNITS[1]}: 40 đảng viên", 2), (f"{UNITS[2]}: 40 đảng viên", 2)]
    assert html.count("Nguyễn Thị Phượng Ước 40") == 1
    assert UNITS[1] not in html
    assert "HTTNV: hoàn thành tốt nhiệm vụ." in parts[1].html()
    assert "HTTNV: hoàn thành tốt nhiệm vụ." not in parts[0].html() + html


def test_a_short_register_stays_in_one_piece(monkeypatch):
    monkeypatch.setattr(pieces, "LONG", 200)
    html, parts = cut(paper(), Recipe.template)
    assert parts == []
    assert all(unit in html for unit in UNITS)


def test_the_whole_passes_an_archives_and_a_readers_checks(bound):
    assert problems(bound[0].bytes) == []


def test_a_screen_reader_finds_every_row_in_the_order_of_the_pages(bound):
    with pikepdf.open(io.BytesIO(bound[0].bytes)) as pdf:
        tree = structure(pdf)
    with pikepdf.open(io.BytesIO(to_pdf(short_report(), Recipe.template).bytes)) as pdf:
        without = structure(pdf)
    # A row for each unit and each member; heads that are repeated on every page are no rows of data.
    assert count(tree, "TR", "TD") == count(without, "TR", "TD") + 3 * (1 + 40)
    assert count(tree, "TD") == count(without, "TD") + 3 * (1 + 40 * 3)
    assert count(tree[1][-1], "TD") == 3  # the last appendix comes after the register


def test_its_parts_stand_between_the_appendices_with_running_numbers_and_bookmarks(bound):
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(bound[0].bytes)).pages]
    assert bound[0].pages == len(pages)
    starts = [next(place for place, text in enumerate(pages) if f"{unit}: 40" in text) for unit in UNITS]
    heads = [next(place for place, text in enumerate(pages) if f"Phụ lục {number} " in text) for number in (2, 3)]
    assert heads[0] == starts[0] < starts[1] < starts[2] < heads[1]
    for number, text in enumerate(pages[1:], 2):
        assert text.endswith(f" {number} Dự thảo lần 1 · Dữ liệu minh họa"), text[-80:]
    assert all("DỰ THẢO" in text for text in pages)
    with pikepdf.open(io.BytesIO(bound[0].bytes)) as pdf, pdf.open_outline() as outline:
        register_item = outline.root[0].children[-2]
        assert register_item.title.startswith("Phụ lục 2")
        assert [kid.title for kid in register_item.children] == [f"{UNITS[1]}: 40 đảng viên", f"{UNITS[2]}: 40 đảng viên"]


def test_on_both_sides_of_paper_every_part_begins_on_a_front(bound):
    two_sided = replace(paper(), marking=Marking(two_sided=True))
    done = to_pdf(two_sided, Recipe.template)
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(done.bytes)).pages]
    starts = [next(place for place, text in enumerate(pages) if f"{unit}: 40" in " ".join(text.split())) for unit in UNITS[1:]]
    assert all(start % 2 == 0 for start in starts)
    heads = [[next(place for place, text in enumerate(one) if f"Phụ lục {number}" in text) for number in (2, 3)] for one in (pages, plain_pages())]
    assert [place % 2 for place in heads[0]] == [place % 2 for place in heads[1]]
    assert problems(done.bytes) == []


def plain_pages():
    """The pages of the same paper with the register's first unit alone, set in one piece."""
    report = paper()
    first = replace(report.appendices[1], table=replace(report.appendices[1].table, rows=report.appendices[1].table.rows[:41], footnotes=()))
    whole = replace(report, appendices=(report.appendices[0], first, report.appendices[2]), marking=Marking(two_sided=True))
    return [page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(whole, Recipe.template).bytes)).pages]


def test_a_final_paper_has_no_word_of_a_draft():
    final = replace(sample_report(demo=False, draft=0), appendices=())
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(to_pdf(final, Recipe.template).bytes)).pages]
    assert not any("DỰ THẢO" in text or "Dự thảo" in text for text in pages)
    assert pages[1].split()[-1] == "2"


def test_progress_is_told_part_by_part(bound):
    assert bound[1] == [(1, 3), (2, 3), (3, 3)]


def test_the_same_paper_gives_the_same_bytes(bound):
    assert to_pdf(paper(), Recipe.template).bytes == bound[0].bytes


class Watched(Shelf):
    """A shelf that says how many parts were set and put on it."""

    kept = 0

    def keep(self, order, content):
        self.kept += 1
        super().keep(order, content)


def test_only_what_changed_is_set_again(bound):
    folder = "papers/parts/test"

    def again(**how):
        shelf = Watched(folder, "one")
        return to_pdf(paper(**how), Recipe.template, shelf=shelf).bytes, shelf.kept

    assert again() == (bound[0].bytes, 2)
    first = set(default_storage.listdir(folder)[1])
    assert again() == (bound[0].bytes, 0)
    changed, kept = again(changed=UNITS[2])
    assert kept == 1
    assert changed == to_pdf(paper(changed=UNITS[2]), Recipe.template).bytes != bound[0].bytes
    names = set(default_storage.listdir(folder)[1])
    assert (len(first), len(names), len(first & names)) == (2, 2, 1)  # what the last making did not use is gone
    Shelf(folder).clear()
    assert default_storage.listdir(folder)[1] == []


@pytest.mark.parametrize("spoil", [lambda content: content[:-100], lambda content: content[:40] + b"\0" + content[41:], lambda content: b""])
def test_a_spoilt_part_is_set_again(bound, spoil):
    shelf = "papers/parts/spoilt"
    to_pdf(paper(), Recipe.template, shelf=Shelf(shelf))
    name = f"{shelf}/{sorted(default_storage.listdir(shelf)[1])[0]}"
    with default_storage.open(name) as opened:
        content = opened.read()
    with default_storage.open(name, "wb") as opened:
        opened.write(spoil(content))
    assert to_pdf(paper(), Recipe.template, shelf=Shelf(shelf)).bytes == bound[0].bytes


def test_other_code_uses_no_part_of_before():
    order = Order("<p>x</p>", {})
    assert Shelf("papers/parts/x", "one").key(order) != Shelf("papers/parts/x", "two").key(order)


def test_a_press_that_cannot_set_says_so_and_ends():
    with pytest.raises(RenderingError, match="missing static files: reports/absent"):
        list(presses.set_all([(0, Order("<p>x</p>", {"reports/absent.css": ("", "text/css")}))]))


def test_a_press_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(presses, "MOST_SECONDS", 0.05)
    with pytest.raises(RenderingError, match="ended while"):
        to_pdf(paper(), Recipe.template)
