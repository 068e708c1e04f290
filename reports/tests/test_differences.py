"""What differs between a paper and its figures of today: the pure comparison, then the page."""

from dataclasses import replace
from datetime import date

from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluations.models import Review
from members.tests.factories import MemberFactory
from reports.differences import Difference, compare, said_differently
from reports.enums import PaperKind
from reports.papers.document import Cell, Column, Row, Section, Sentence, Table
from reports.papers.written import WrittenPaper
from reports.tests import sample
from reports.tests.specimens import all_specimens, framing

COLUMNS = (Column("TT", 10, "center"), Column("Tổ chức đảng", 50, "left"), Column("Tốt", 20, group="Mức"), Column("Khá", 20, group="Mức"))
NAMES = ("Đảng bộ Sở Nội vụ", "Chi bộ Hội Nhà báo", "Chi bộ Thanh tra", "Chi bộ Văn phòng")


def table(*rows, footnotes=()):
    return Table("Bảng 1. Kết quả", COLUMNS, tuple(Row(tuple(map(Cell, row))) for row in rows), footnotes)


def paper(*blocks):
    frame = framing()
    common = {"issuing_body": frame.organisation, "signature": frame.signature, "data_as_of": date(2025, 12, 31)}
    return WrittenPaper(frame.header("BC"), "BÁO CÁO", "kết quả năm 2025", (Section("I- ĐẶC ĐIỂM", blocks),), **common)


def written_papers():
    """Every paper that is known to the tests: those of the specimens, and the sample of the term report."""
    return [sample.sample_report(), *(specimen().write() for specimen in all_specimens().values())]


def test_a_changed_figure_is_named_by_table_row_and_column():
    old = paper(table(("1", NAMES[0], "12", "3"), ("2", NAMES[1], "4", "0")))
    new = paper(table(("1", NAMES[0], "12", "3"), ("2", NAMES[1], "5", "0")))

    assert compare(old, new) == [Difference("I- ĐẶC ĐIỂM, Bảng 1. Kết quả, dòng “Chi bộ Hội Nhà báo”, cột “Mức, Tốt”", "4", "5")]


def test_a_new_row_does_not_make_the_rows_after_it_differ():
    old = paper(table(("1", NAMES[0], "12", "3"), ("2", NAMES[2], "4", "0")))
    new = paper(table(("1", NAMES[0], "12", "3"), ("2", NAMES[1], "7", "1"), ("3", NAMES[2], "4", "0")))

    assert compare(old, new) == [Difference("I- ĐẶC ĐIỂM, Bảng 1. Kết quả, dòng", "", f"2; {NAMES[1]}; 7; 1")]
    assert compare(new, old) == [Difference("I- ĐẶC ĐIỂM, Bảng 1. Kết quả, dòng", f"2; {NAMES[1]}; 7; 1", "")]


def test_a_renamed_row_another_order_and_a_footnote():
    old = table(("1", NAMES[0], "12", "3"), ("2", NAMES[1], "4", "0"), footnotes=("Tỷ lệ trên 12 tổ chức.",))
    renamed = table(("1", NAMES[0], "12", "3"), ("2", NAMES[3], "4", "0"), footnotes=old.footnotes)
    turned = replace(old, rows=old.rows[::-1])

    assert [(one.was, one.now) for one in compare(paper(old), paper(renamed))] == [(NAMES[1], NAMES[3])]
    assert [one.place for one in compare(paper(old), paper(turned))] == ["I- ĐẶC ĐIỂM, Bảng 1. Kết quả, thứ tự các dòng"]
    footnote = compare(paper(old), paper(replace(old, footnotes=("Tỷ lệ trên 13 tổ chức.",))))
    assert footnote == [Difference("I- ĐẶC ĐIỂM, Bảng 1. Kết quả, chú thích", "Tỷ lệ trên 12 tổ chức.", "Tỷ lệ trên 13 tổ chức.")]


def test_sentences_are_paired_by_their_words():
    old = paper(Sentence("Có 63/66 tổ chức, đạt 95,45 %."), Sentence("Kết nạp 12 đảng viên."))
    new = paper(Sentence("Khen thưởng 05 tập thể."), Sentence("Có 64/66 tổ chức, đạt 96,97 %."), Sentence("Kết nạp 12 đảng viên."))

    assert {(one.was, one.now) for one in compare(old, new)} == {
        ("Có 63/66 tổ chức, đạt 95,45 %.", "Có 64/66 tổ chức, đạt 96,97 %."),
        ("", "Khen thưởng 05 tập thể."),
    }
    assert said_differently("Mục\nCó 12 chi bộ.\nNhư cũ.", "Mục\nCó 13 chi bộ.\nNhư cũ.") == [("Có 12 chi bộ.", "Có 13 chi bộ.")]


def test_a_paper_does_not_differ_from_itself():
    assert [compare(one, other) for one, other in zip(written_papers(), written_papers(), strict=True) if compare(one, other)] == []


WRITTEN = written_papers()


def test_a_paper_of_sheets_names_the_sheet_that_changed():
    old = all_specimens()[PaperKind.CERTIFICATES]().write()
    new = replace(old, pages=(*old.pages[:1], replace(old.pages[1], merit="Đã có thành tích khác"), *old.pages[2:]))

    found = compare(old, new)

    assert [one.place for one in found] == ["Tờ 2"]
    assert "Đã có thành tích khác" in found[0].now
    assert [one.place for one in compare(old, replace(old, pages=old.pages[1:]))] == ["Tờ 1"]


texts = st.text(st.sampled_from("0123456789,% abĐư–"), max_size=8)
tables = st.lists(st.tuples(st.sampled_from(["1", "2", "", "10"]), st.sampled_from(NAMES), texts, texts), min_size=1, max_size=8)


@settings(max_examples=300, deadline=None)
@given(rows=tables, data=st.data())
def test_any_changed_cell_is_found(rows, data):
    number = data.draw(st.integers(0, len(rows) - 1))
    place = data.draw(st.integers(0, 3))
    changed = data.draw(st.one_of(texts, st.sampled_from(NAMES)).filter(lambda text: text != rows[number][place]))
    others = [*rows]
    others[number] = (*rows[number][:place], changed, *rows[number][place + 1 :])

    found = compare(paper(table(*rows)), paper(table(*others)))

    assert found
    assert all(one.was != one.now for one in found)
    assert compare(paper(table(*rows)), paper(table(*rows))) == []


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_changed_cell_of_a_real_paper_is_found(data):
    written = data.draw(st.sampled_from([one for one in WRITTEN if isinstance(one, WrittenPaper)]))
    spots = [
        (place, block_place, row_place, cell_place)
        for place, section in enumerate(written.sections)
        for block_place, block in enumerate(section.blocks)
        if block.kind == "table"
        for row_place, row in enumerate(block.rows)
        for cell_place, _ in enumerate(row.cells)
    ]
    if not spots:
        return
    place, block_place, row_place, cell_place = data.draw(st.sampled_from(spots))
    section = written.sections[place]
    block = section.blocks[block_place]
    row = block.rows[row_place]
    cell = replace(row.cells[cell_place], text=row.cells[cell_place].text + "7")

    def put(items, at, one):
        return (*items[:at], one, *items[at + 1 :])

    row = replace(row, cells=put(row.cells, cell_place, cell))
    block = replace(block, rows=put(block.rows, row_place, row))
    section = replace(section, blocks=put(section.blocks, block_place, block))
    assert compare(written, replace(written, sections=put(written.sections, place, section)))


def rows_of(client, paper):
    answer = client.get(reverse("reports:report_differences", args=[paper.pk]))
    assert answer.status_code == 200
    soup = BeautifulSoup(answer.content, "html.parser")
    return soup, [tuple(" ".join(cell.get_text(" ").split()) for cell in row.find_all("td")) for row in soup.select("tbody tr")]


def test_the_page_of_an_issued_paper_tells_what_was_corrected_later(client, issued, two_years):
    client.force_login(two_years.inspector)
    soup, rows = rows_of(client, issued)
    assert rows == []
    assert "Không có chỗ nào khác" in soup.get_text()

    Review.objects.filter(organisation=two_years.lone, sheet__cycle__year=2018).update(decided_level=1)
    MemberFactory(cell=two_years.lone, admitted_on=date(2018, 5, 19), official_on=date(2019, 5, 19))
    soup, rows = rows_of(client, issued)

    assert soup.h1.get_text() == "Khác với bản đã ban hành"
    admitted = [row[1:] for row in rows if "Kết nạp đảng viên" in row[0] and "dòng “2018”" in row[0]]
    assert ("1", "2") in admitted
    page = BeautifulSoup(client.get(reverse("reports:report_detail", args=[issued.pk])).content, "html.parser")
    address = page.find(attrs={"hx-trigger": "load"})["hx-get"]  # the page asks by itself once it is shown
    told = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Khác với bản đã ban hành" in told
    assert f"khác ở {len(rows)} chỗ" in told
    excel = client.get(reverse("reports:report_differences", args=[issued.pk]), {"export": "xlsx"})
    assert excel.headers["Content-Disposition"].startswith(f'attachment; filename="khac-{issued.pk}-')
    issued.refresh_from_db()
    assert rows_of(client, issued)[1] == rows


def test_those_who_do_not_see_the_paper_do_not_see_what_differs(client, issued, two_years):
    client.force_login(two_years.secretary)

    assert client.get(reverse("reports:report_differences", args=[issued.pk])).status_code == 404
