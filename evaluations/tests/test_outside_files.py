"""Results from a workbook: looked at first, then taken whole or not at all."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cells.models import Document
from evaluations.enums import OutsideKind, Voice
from evaluations.models import Opinion, OutsideRating
from evaluations.services.outside import Result, import_outside_ratings, save_outside_rating
from evaluations.services.outside_files import planned, read_results, template_columns, template_rows
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError
from khoi_party.common.excel_in import read_book
from khoi_party.common.tests.workbooks import inline, raw_workbook, workbook
from members.models import Member

from .conftest import member as make_member

HEAD = ["Đối tượng", "Mã tổ chức", "Tổ chức đảng", "Họ và tên", "Số thẻ đảng viên", "Ngày sinh", "Mặt trận, đoàn thể", "Kỳ", "Mức", "Điểm"]
SERVANT = "Cán bộ, công chức, viên chức"
SOURCE = {"document_number": "215/QĐ-SNV", "document_on": "05/12/2026", "document_issuer": "Sở Nội vụ"}


def line(kind=SERVANT, code="", place="Chi bộ Văn phòng", name="", card="", born=None, body="", period="Cả năm", level=None, points=None):
    return [kind, code, place, name, card, born, body, period, level, points]


def book(*lines, head=HEAD):
    return workbook([["Kết quả xếp loại"], [], head, *lines])


def read(year, *lines, by=None):
    return read_results(book(*lines), year.cycle, by or year.secretary)


def refused(year, *lines, by=None):
    return [(one.row, one.column, one.reason) for one in read(year, *lines, by=by).refusals]


def paper(place, number="215/QĐ-SNV"):
    return Document(organisation=place, kind="other", number=number, issued_on=date(2026, 12, 5), issuer="Sở Nội vụ")


def take(year, *lines, by=None):
    results = read(year, *lines, by=by).results
    return import_outside_ratings(year.cycle, results, document=paper(year.first), by=by or year.secretary)


def test_every_kind_of_row_is_read(year):
    card = year.rows[0].member
    Member.objects.filter(pk=card.pk).update(card_number="01.234560")
    code = year.first.code
    reading = read(
        year,
        line(name="", card=1.23456, place="", level=2, points=85.5),
        line(kind="Công chức", name="trần văn AB", level="HTXSNV", points="95,5"),
        line(kind="Cán bộ lãnh đạo, quản lý", code=code, place="", name="Trần Văn Ac", period="Quý III", level="Mức 3", points=70),
        line(kind="Tập thể lãnh đạo, quản lý", level="hoàn thành tốt nhiệm vụ"),
        line(kind="Chính quyền, cơ quan cùng cấp", code=code, period=2026, level=1.0),
        line(kind="Mặt trận, đoàn thể", body="Công đoàn cơ quan", period="Quý 2/2026", level="4", points=100),
        line(name="Trần Văn Ad"),  # no level yet
    )

    assert reading.refusals == []
    assert (reading.empty, reading.ignored) == (1, [])
    members = {one.full_name: one.pk for one in Member.objects.all()}
    first = year.first.pk
    assert reading.results == [
        Result("civil_servant", 2, Decimal("85.5"), None, card.pk),
        Result("civil_servant", 1, Decimal("95.5"), None, members["Trần Văn Ab"]),
        Result("leading_cadre", 3, Decimal(70), 3, members["Trần Văn Ac"]),
        Result("leadership_collective", 2, None, None, None, first),
        Result("agency", 1, None, None, None, first),
        Result("mass_body", 4, Decimal(100), 2, None, first, "Công đoàn cơ quan"),
    ]


def test_names_typed_apart_are_the_same_names(year):
    apart = unicodedata.normalize("NFD", "Trần Văn Aa"), unicodedata.normalize("NFD", "Chi bộ Văn phòng")
    head = [unicodedata.normalize("NFD", name) for name in HEAD]
    kind = unicodedata.normalize("NFD", "Mặt trận, đoàn thể")
    body = unicodedata.normalize("NFD", "Đoàn Thanh niên")
    data = book(line(name=apart[0], place=apart[1], level=1), line(kind=kind, body=body, level=unicodedata.normalize("NFD", "Mức 2")), head=head)

    reading = read_results(data, year.cycle, year.secretary)

    assert reading.refusals == []
    assert [result.body_name for result in reading.results] == ["", unicodedata.normalize("NFC", "Đoàn Thanh niên")]


@pytest.mark.parametrize(
    ("values", "column", "sentence"),
    [
        ({"kind": "Ai đó", "name": "Trần Văn Aa"}, "Đối tượng", "Không nhận ra “Ai đó”"),
        ({"kind": "", "name": "Trần Văn Aa"}, "Đối tượng", "Không nhận ra “”"),
        ({"name": "Trần Văn Aa", "level": 5}, "Mức", "Không nhận ra mức “5”"),
        ({"name": "Trần Văn Aa", "level": "=1+1"}, "Mức", "Không nhận ra mức “tính”"),
        ({"name": "Trần Văn Aa", "level": True}, "Mức", "Không nhận ra mức"),
        ({"name": "Trần Văn Aa", "level": None, "points": 80}, "Mức", "Có điểm nhưng chưa có mức"),
        ({"name": "Trần Văn Aa", "points": 100.1}, "Điểm", "không phải là điểm"),
        ({"name": "Trần Văn Aa", "points": -1}, "Điểm", "không phải là điểm"),
        ({"name": "Trần Văn Aa", "points": 85.55}, "Điểm", "không phải là điểm"),
        ({"name": "Trần Văn Aa", "points": "chín mươi"}, "Điểm", "không phải là điểm"),
        ({"name": "Trần Văn Aa", "period": "Quý 5"}, "Kỳ", "Không nhận ra “Quý 5”"),
        ({"name": "Trần Văn Aa", "period": "Năm 2025"}, "Kỳ", "năm của tệp là 2026"),
        ({"name": "Nguyễn Thị Lạ"}, "Họ và tên", "không có đảng viên “Nguyễn Thị Lạ” như vậy"),
        ({"name": "Trần Văn Aa", "born": "31/02/1990"}, "Họ và tên", "Ngày sinh: Ngày 31/02/1990 không có thật"),
        ({"name": "Trần Văn Aa", "born": "01/02/1991"}, "Họ và tên", "không có đảng viên “Trần Văn Aa” như vậy"),
        ({"name": ""}, "Họ và tên", "Chưa ghi họ và tên hoặc số thẻ"),
        ({"name": "Trần Văn Aa", "place": ""}, "Họ và tên", "phải ghi tổ chức đảng"),
        ({"name": "Trần Văn Aa", "card": "99.999999"}, "Họ và tên", "Không có đảng viên số thẻ"),
        ({"name": "Trần Văn Ab", "card": "12.345678"}, "Họ và tên", "không phải của “Trần Văn Ab”"),
        ({"name": "Trần Văn Aa", "body": "Công đoàn"}, "Họ và tên", "không ghi tên Mặt trận"),
        ({"name": "Lê Thị Hoa", "place": "Chi bộ Thanh tra"}, "Họ và tên", "trong phạm vi đồng chí được nhập"),
        ({"name": "Lê Thị Hoa", "card": "55.555555"}, "Họ và tên", "trong phạm vi đồng chí được nhập"),
        ({"kind": "Đoàn thể"}, "Tổ chức đảng", "Chưa ghi tên Mặt trận"),
        ({"kind": "Cơ quan", "body": "Công đoàn"}, "Tổ chức đảng", "chỉ ghi cho đối tượng"),
        ({"kind": "Cơ quan", "name": "Trần Văn Aa"}, "Tổ chức đảng", "không ghi họ tên"),
        ({"kind": "Cơ quan", "place": ""}, "Tổ chức đảng", "Chưa ghi tổ chức đảng"),
        ({"kind": "Cơ quan", "code": "KHONG"}, "Tổ chức đảng", "Không có tổ chức đảng mã “KHONG”"),
    ],
)
def test_what_a_row_cannot_say_is_refused_with_its_place(year, values, column, sentence):
    Member.objects.filter(full_name="Trần Văn Aa").update(card_number="12.345678", born_on=date(1990, 2, 1))
    Member.objects.filter(full_name="Lê Thị Hoa").update(card_number="55.555555")
    found = refused(year, line(name="Trần Văn Ac", level=1), line(**{"level": 1} | values))

    assert [(row, name) for row, name, _ in found] == [(5, column)]
    assert sentence in found[0][2]


def test_two_of_one_name_need_the_card_or_the_day_of_birth(year):
    elder, twin = year.rows[0].member, make_member("Trần Văn Aa", year.first)
    ((_, _, reason),) = refused(year, line(name="Trần Văn Aa", level=1))
    assert reason.endswith("Hồ sơ chưa có số thẻ, ngày sinh: hãy bỏ trống mức và ghi riêng.")
    Member.objects.filter(pk=elder.pk).update(born_on=date(1980, 4, 30))
    Member.objects.filter(pk=twin.pk).update(card_number="12.345678", born_on=date(1990, 2, 1))

    ((_, _, reason),) = refused(year, line(name="Trần Văn Aa", level=1))
    assert reason == "Chi bộ Văn phòng có 2 đảng viên tên “Trần Văn Aa”. Hãy ghi thêm số thẻ hoặc ngày sinh."
    assert [one.member_id for one in read(year, line(name="Trần Văn Aa", card="12.345678", level=1)).results] == [twin.pk]
    assert [one.member_id for one in read(year, line(name="Trần Văn Aa", born=date(1980, 4, 30), level=1)).results] == [elder.pk]
    assert [one.member_id for one in read(year, line(name="Trần Văn Aa", born="1/2/1990", level=1)).results] == [twin.pk]
    given = [(row["Số thẻ đảng viên"], row["Ngày sinh"]) for row in template_rows(year.secretary, year.cycle) if row["Họ và tên"]]
    assert given == [("", date(1980, 4, 30)), ("12.345678", None), *[("", None)] * 5]


def test_two_organisations_of_one_name_need_the_code(year):
    type(year.second).objects.filter(pk=year.second.pk).update(name="Chi bộ Văn phòng")

    ((_, _, reason),) = refused(year, line(kind="Cơ quan", level=1), by=year.base_staff)
    assert reason == "Có 2 tổ chức đảng tên “Chi bộ Văn phòng”. Hãy ghi thêm mã tổ chức."
    reading = read(year, line(kind="Cơ quan", code=year.second.code, level=1), by=year.base_staff)
    assert [one.organisation_id for one in reading.results] == [year.second.pk]


def test_a_member_of_another_cell_than_written_is_refused(year):
    Member.objects.filter(full_name="Lê Thị Hoa").update(card_number="55.555555")
    ((_, _, reason),) = refused(year, line(name="Lê Thị Hoa", card="55.555555", level=1), by=year.base_staff)
    assert reason.startswith("Đảng viên này đang sinh hoạt tại Chi bộ Thanh tra, không phải Chi bộ Văn phòng.")


def test_one_person_twice_in_a_file_is_refused(year):
    found = refused(year, line(name="Trần Văn Aa", level=1), line(name="TRẦN VĂN AA", level=2), line(name="Trần Văn Aa", period="Quý 1", level=2))
    assert [(row, reason[:17]) for row, _, reason in found] == [(5, "Trùng với dòng 4:")]


def test_the_same_file_again_is_the_same(year):
    lines = line(name="Trần Văn Aa", level=1, points=90), line(kind="Đoàn thể", body="Công đoàn", level=2)
    assert take(year, *lines) == (2, 0, 0)
    assert take(year, *lines) == (0, 0, 2)
    assert Document.objects.filter(number="215/QĐ-SNV").count() == 1
    assert set(OutsideRating.objects.values_list("version", flat=True)) == {1}

    reading = read(year, line(name="Trần Văn Aa", level=2, points=90), line(name="Trần Văn Ab", level=2), lines[1])
    plans = planned(2026, reading.results, paper(year.first))
    assert [(plan.state, plan.result.level, plan.old.level if plan.old else None) for plan in plans] == [
        ("changed", 2, 1),
        ("new", 2, None),
        ("same", 2, 2),
    ]
    assert [(plan.has_new_level, plan.has_new_points, plan.has_new_source) for plan in plans] == [(True, False, False), *[(False,) * 3] * 2]
    elsewhere = planned(2026, reading.results[2:], paper(year.first, "9/QĐ"))
    assert [(plan.state, plan.has_new_source) for plan in elsewhere] == [("changed", True)]
    assert import_outside_ratings(year.cycle, reading.results, document=paper(year.first), by=year.secretary) == (1, 1, 1)
    assert Opinion.objects.filter(voice=Voice.AGENCY).order_by("review__sort_key").values_list("level").count() == 2


def test_nothing_is_written_when_somebody_saved_since_it_was_looked_at(year):
    results = read(year, line(name="Trần Văn Aa", level=1), line(name="Trần Văn Ab", level=1)).results
    other = Result(kind=OutsideKind.CIVIL_SERVANT, member_id=results[1].member_id, level=4)
    save_outside_rating(2026, other, document=paper(year.first), by=year.staff)

    with pytest.raises(DomainError, match="chưa nhập gì"):
        import_outside_ratings(year.cycle, results, document=paper(year.first), by=year.secretary)

    assert list(OutsideRating.objects.values_list("member", "level")) == [(results[1].member_id, 4)]
    assert not AuditEntry.objects.filter(action="outside_rating.imported").exists()


BOMB = "".join(f'<row r="{n}">{inline(f"A{n}", "x" * 2000)}</row>' for n in range(1, 9000))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lambda: b"", "Tệp rỗng"),
        (lambda: book(line(name="Trần Văn Aa", level=1))[:900], "bị hỏng hoặc tải lên chưa đủ"),
        (lambda: raw_workbook(BOMB), "nén bất thường"),
        (lambda: raw_workbook("", extra={"xl/vbaProject.bin": "x"}), "macro"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel kiểu cũ"),
        (lambda: book(["Trần Văn Aa", 1], head=["Họ và tên", "Xếp loại"]), "Không thấy dòng tiêu đề có cột “Đối tượng” và cột “Mức”"),
        (lambda: book(line(level=1), head=[*HEAD[:-1], "Mức"]), "Tệp có hai cột “Mức”"),
        (lambda: book(line(name="Trần Văn Aa")), "Không có dòng nào ghi mức"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(client, year, data, sentence):
    client.force_login(year.secretary)
    answer = upload(client, year, data())
    assert answer.status_code == 200
    assert any(sentence in message for message in answer.context["form"].errors["file"])
    assert "215/QĐ-SNV" in answer.content.decode()  # what was typed is kept
    assert not OutsideRating.objects.exists()


def upload(client, year, data, **source):
    file = SimpleUploadedFile("x.xlsx", data)
    return client.post(reverse("evaluations:outside_import", args=[year.cycle.pk]), SOURCE | {"file": file} | source)


def test_a_file_is_looked_at_and_then_taken(client, year):
    client.force_login(year.secretary)
    answer = upload(client, year, book([*line(name="Trần Văn Aa", level=1, points=95.5), "x"], line(name="Trần Văn Ab"), head=[*HEAD, "Ghi chú"]))
    preview = reverse("evaluations:outside_preview", args=[year.cycle.pk])
    assert answer.url == preview
    shown = client.get(preview).content.decode()
    assert "Trần Văn Aa" in shown
    assert "Mới: 1" in shown
    assert "Cột không dùng đến: Ghi chú" in shown
    assert "bỏ qua: 1" in shown
    assert not OutsideRating.objects.exists()
    held = client.session["outside_import"]
    assert "Trần" not in str(held)
    assert client.post(preview, {"token": "khác"}).url == reverse("evaluations:outside_import", args=[year.cycle.pk])
    assert not OutsideRating.objects.exists()

    assert client.post(preview, {"token": held["token"]}).url == reverse("evaluations:outside_list", args=[year.cycle.pk])

    rating = OutsideRating.objects.get()
    assert (rating.level, rating.points, rating.document.issuer, rating.document.organisation) == (1, Decimal("95.5"), "Sở Nội vụ", year.first)
    assert AuditEntry.objects.get(action="outside_rating.imported").summary.endswith("1 mới, 0 thay đổi, 0 giữ nguyên.")
    assert client.post(preview, {"token": held["token"]}).url == reverse("evaluations:outside_import", args=[year.cycle.pk])
    upload(client, year, book(line(name="Trần Văn Aa", level=1, points=95.5)))
    assert "không có gì để nhập" in client.get(preview).content.decode()


def test_one_wrong_row_keeps_the_whole_file_out(client, year):
    client.force_login(year.secretary)
    answer = upload(client, year, book(line(name="Trần Văn Aa", level=1), line(name="Nguyễn Thị Lạ", level=9)))
    shown = answer.content.decode()
    assert "Chưa nhập gì" in shown
    assert "Dòng 5" in shown
    assert "Không nhận ra mức “9”" in shown
    assert client.get(reverse("evaluations:outside_preview", args=[year.cycle.pk])).status_code == 302
    without = upload(client, year, book(line(name="Trần Văn Aa", level=1)), document_number="")
    assert without.context["form"].errors["document_number"] == ["Không được để trống mục này."]


def test_text_that_looks_like_a_formula_stays_text(client, year):
    data = raw_workbook(
        "<row r='1'>" + "".join(inline(f"{letter}1", name) for letter, name in zip("ABCDEFGHIJ", HEAD, strict=True)) + "</row>"
        f"<row r='2'>{inline('A2', 'Đoàn thể')}{inline('B2', year.first.code)}{inline('G2', '=HYPERLINK(1)')}{inline('I2', '2')}</row>"
    )
    client.force_login(year.secretary)
    upload(client, year, data)
    token = client.session["outside_import"]["token"]
    client.post(reverse("evaluations:outside_preview", args=[year.cycle.pk]), {"token": token})
    assert OutsideRating.objects.get().body_name == "=HYPERLINK(1)"
    file = client.get(reverse("evaluations:outside_list", args=[year.cycle.pk]), {"export": "xlsx"})
    assert "=HYPERLINK(1)" in [cell for row in read_book(file.content).sheets[0].rows for cell in row]


def test_the_template_is_filled_and_read_back(client, year):
    make_member("Ngô Văn Cũ", year.first)
    Member.objects.filter(full_name="Ngô Văn Cũ").update(state="left")
    take(year, line(name="Trần Văn Aa", level=1, points=90), line(kind="Đoàn thể", body="Công đoàn", level=2))
    rows = template_rows(year.secretary, year.cycle)
    assert [(row["Đối tượng"], row["Họ và tên"], row["Mặt trận, đoàn thể"], row["Mức"]) for row in rows[:5]] == [
        ("Tập thể lãnh đạo, quản lý", None, "", None),
        ("Chính quyền, cơ quan cùng cấp", None, "", None),
        ("Mặt trận, đoàn thể", None, "Công đoàn", "Hoàn thành tốt nhiệm vụ"),
        ("Cán bộ, công chức, viên chức", "Trần Văn Aa", "", "Hoàn thành xuất sắc nhiệm vụ"),
        ("Cán bộ, công chức, viên chức", "Trần Văn Ab", "", None),
    ]
    assert len(rows) == 3 + 6
    assert [column.title for column in template_columns()] == ["Đối tượng", *HEAD[1:]]
    client.force_login(year.secretary)
    file = client.get(reverse("evaluations:outside_template", args=[year.cycle.pk]))
    assert file["Content-Disposition"].startswith('attachment; filename="mau-ket-qua-noi-khac-2026-')

    reading = read_results(file.content, year.cycle, year.secretary)

    assert (len(reading.results), reading.refusals, reading.empty) == (2, [], 7)
    assert {plan.state for plan in planned(2026, reading.results, paper(year.first))} == {"same"}


def test_the_template_holds_the_own_scope_only(year):
    def names(user):
        return {row["Họ và tên"] for row in template_rows(user, year.cycle)} - {None}

    assert names(year.other_secretary) == {"Lê Thị Hoa"}
    assert len(names(year.base_staff)) == 7
    assert len(names(year.staff)) == 8


def test_a_long_list_costs_no_query_per_row_to_read(year, django_assert_max_num_queries):
    for number in range(60):
        make_member(f"Lý Văn {number}", year.first)
    lines = [line(name=f"Lý Văn {number}", level=2) for number in range(60)]
    with django_assert_max_num_queries(8):
        assert len(read(year, *lines).results) == 60
