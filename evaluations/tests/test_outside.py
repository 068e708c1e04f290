"""What others have decided: who writes it, what may not be, what it fills, what the list says."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from cells.models import Document
from evaluations.enums import OutsideKind, Voice
from evaluations.models import Opinion, OutsideRating
from evaluations.services.opinions import save_opinion
from evaluations.services.outside import Result, remove_outside_rating, save_outside_rating
from evaluations.services.sheets import submit_sheet
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError, StaleVersion
from members.models import Member

SOURCE = {"document_number": "215/QĐ-SNV", "document_on": "05/12/2026", "document_issuer": "Sở Nội vụ"}


def paper(organisation, number="215/QĐ-SNV"):
    return Document(organisation=organisation, kind="other", number=number, issued_on=date(2026, 12, 5), issuer="Sở Nội vụ")


def save(place, result, by, number="215/QĐ-SNV"):
    return save_outside_rating(2026, result, document=paper(place.first, number), by=by)


def servant(member, level=2, **more):
    return Result(kind=OutsideKind.CIVIL_SERVANT, member_id=member.pk, level=level, **more)


def agency(review):
    return Opinion.objects.get(review=review, voice=Voice.AGENCY)


def test_a_civil_servants_year_fills_the_empty_column_of_the_sheet(year):
    row = year.rows[0]

    rating = save(year, servant(row.member, 2, points=Decimal("85.5")), year.secretary)

    assert (rating.level, rating.points, rating.version, rating.entered_by, rating.document.number) == (
        2,
        Decimal("85.5"),
        1,
        year.secretary,
        "215/QĐ-SNV",
    )
    assert (agency(row).level, agency(row).by, agency(row).version) == (2, year.secretary, 1)
    assert not Opinion.objects.filter(voice=Voice.AGENCY).exclude(review=row).exists()


def test_what_somebody_typed_stays_and_the_list_shows_the_difference(client, year):
    row = year.rows[0]
    save_opinion(row, Voice.AGENCY, level=3, version=0, by=year.secretary)

    rating = save(year, servant(row.member, 2), year.secretary)
    save(year, servant(year.rows[1].member, 2), year.secretary)

    assert agency(row).level == 3
    listed = OutsideRating.objects.with_opinion(year.cycle, year.secretary)
    assert {(one.pk, one.differs) for one in listed} == {(rating.pk, True), (listed.exclude(pk=rating.pk).get().pk, False)}
    client.force_login(year.secretary)
    shown = client.get(reverse("evaluations:outside_list", args=[year.cycle.pk])).content.decode()
    assert shown.count("bảng xếp loại ghi mức 3") == 1
    only = client.get(reverse("evaluations:outside_list", args=[year.cycle.pk]), {"differs": "1"}).content.decode()
    assert (row.name in only, year.rows[1].name in only) == (True, False)


def test_an_emptied_column_is_filled_but_not_a_sent_or_a_quarters_one(year):
    row, second, third = year.rows[:3]
    save_opinion(row, Voice.AGENCY, level=3, version=0, by=year.secretary)
    save_opinion(row, Voice.AGENCY, level=None, version=1, by=year.secretary)
    save(year, servant(row.member, 1), year.secretary)
    save(year, servant(second.member, 1, quarter=3), year.secretary)
    for one in (*year.rows, year.sheet.reviews.get(subject="organisation")):
        save_opinion(one, Voice.CELL_VOTE, level=2, version=0, by=year.secretary)
    submit_sheet(year.sheet, by=year.secretary)

    save(year, servant(third.member, 1), year.secretary)

    assert (agency(row).level, agency(row).version) == (1, 3)
    assert not Opinion.objects.filter(review__in=(second, third), voice=Voice.AGENCY).exists()


def test_what_is_known_before_the_review_opens_stands_in_the_new_sheet(place):
    from evaluations.services.cycles import open_cycle, open_review

    member = Member.objects.filter(cell=place.first).first()
    cycle = open_cycle(place.root, 2026, by=place.staff)
    save(place, servant(member, 1), place.secretary)

    open_review(cycle, by=place.staff)

    assert Opinion.objects.filter(voice=Voice.AGENCY).values_list("review__member", "level").get() == (member.pk, 1)


def test_the_own_secretary_and_the_staff_above_write_nobody_else(year):
    member = year.rows[0].member
    for who in (year.other_secretary, year.leader, year.base_leader, year.inspector, year.stranger):
        with pytest.raises(PermissionDenied):
            save(year, servant(member), who)
    rating = save(year, servant(member), year.base_staff)
    with pytest.raises(PermissionDenied):
        remove_outside_rating(rating, "Ghi nhầm", version=1, by=year.base_leader)
    assert AuditEntry.objects.get(action="outside_rating.saved").on_behalf is True


def test_readers_see_their_subtree_only(year):
    save(year, servant(year.rows[0].member), year.secretary)
    save(year, Result(kind=OutsideKind.AGENCY, organisation_id=year.lone.pk, level=1), year.staff)

    def seen(user):
        return sorted(OutsideRating.objects.visible_to(user).values_list("kind", flat=True))

    assert seen(year.leader) == seen(year.inspector) == seen(year.staff) == ["agency", "civil_servant"]
    assert seen(year.base_leader) == seen(year.secretary) == ["civil_servant"]
    assert seen(year.other_secretary) == seen(year.stranger) == []


def test_the_same_again_changes_nothing_and_a_change_needs_the_version_that_was_seen(year):
    member = year.rows[0].member
    save(year, servant(member), year.secretary)
    assert save(year, servant(member), year.secretary).version == 1
    assert AuditEntry.objects.filter(action="outside_rating.saved").count() == 1
    assert Document.objects.filter(number="215/QĐ-SNV").count() == 1

    with pytest.raises(StaleVersion) as stale:
        save(year, servant(member, 1), year.secretary)
    assert stale.value.current.level == 2
    assert save(year, servant(member, 1, version=1), year.secretary).version == 2
    assert save(year, servant(member, 1, version=2), year.secretary, number="216/QĐ-SNV").document.number == "216/QĐ-SNV"


def test_a_quarter_a_year_and_several_mass_bodies_stand_side_by_side(year):
    member = year.rows[0].member
    for result in (servant(member), servant(member, quarter=1), servant(member, quarter=2)):
        save(year, result, year.secretary)
    for name in ("Công đoàn cơ quan", "Đoàn Thanh niên"):
        save(year, Result(kind=OutsideKind.MASS_BODY, organisation_id=year.first.pk, body_name=name, level=1), year.secretary)
    same = Result(kind=OutsideKind.MASS_BODY, organisation_id=year.first.pk, body_name="  CÔNG ĐOÀN  cơ quan ", level=1)
    save(year, same, year.secretary)

    assert OutsideRating.objects.count() == 5
    assert sorted(OutsideRating.objects.of_year(2026).values_list("body_name", flat=True)) == ["", "Công đoàn cơ quan", "Đoàn Thanh niên"]
    assert not OutsideRating.objects.of_year(2025).exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"level": 5}, "một trong bốn mức"),
        ({"level": 0}, "một trong bốn mức"),
        ({"quarter": 5}, "Quý là từ 1 đến 4"),
        ({"points": Decimal("100.1")}, "từ 0 đến 100"),
        ({"points": Decimal("-0.1")}, "từ 0 đến 100"),
        ({"points": Decimal("85.55")}, "một chữ số"),
        ({"body_name": "Công đoàn"}, "Hãy ghi tên Mặt trận"),
        ({"kind": OutsideKind.AGENCY}, "Hãy chọn đảng viên nếu"),
        ({"kind": OutsideKind.MASS_BODY, "member_id": None, "organisation_id": 1}, "Hãy ghi tên Mặt trận"),
    ],
)
def test_what_cannot_be_is_refused_in_words(year, values, sentence):
    good = {"kind": OutsideKind.CIVIL_SERVANT, "member_id": year.rows[0].member_id, "level": 1}
    with pytest.raises(DomainError, match=sentence):
        save(year, Result(**good | values), year.secretary)


def test_the_limits_themselves_are_taken(year):
    first, second = year.rows[0].member, year.rows[1].member
    assert save(year, servant(first, 4, points=Decimal(100), quarter=4), year.secretary).points == 100
    assert save(year, servant(second, 1, points=Decimal(0), quarter=1), year.secretary).points == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "agency"},
        {"organisation": "first"},
        {"body_name": "Công đoàn"},
        {"kind": "mass_body", "member": None, "organisation": "first"},
        {"quarter": 5},
        {"level": 5},
        {"points": Decimal("100.1")},
        {"year": 2013},
        {},  # the same again
    ],
)
def test_the_database_refuses_it_too(year, wrong):
    document = paper(year.first)
    document.save()
    good = {"year": 2026, "kind": "civil_servant", "member": year.rows[0].member, "level": 1, "document": document, "entered_at": timezone.now()}
    OutsideRating.objects.create(**good)
    values = good | ({} if not wrong else {"member": year.rows[1].member}) | wrong
    if values.get("organisation"):
        values["organisation"] = year.first
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideRating.objects.create(**values)


def test_it_is_removed_with_a_reason_by_those_who_write(year):
    rating = save(year, servant(year.rows[0].member), year.secretary)
    with pytest.raises(DomainError, match="Hãy ghi lý do"):
        remove_outside_rating(rating, "  ", version=1, by=year.secretary)
    with pytest.raises(StaleVersion):
        remove_outside_rating(rating, "Ghi nhầm người", version=2, by=year.secretary)

    remove_outside_rating(rating, "Ghi nhầm người", version=1, by=year.secretary)

    assert not OutsideRating.objects.exists()
    entry = AuditEntry.objects.get(action="outside_rating.removed")
    assert (entry.note, entry.organisation_path) == ("Ghi nhầm người", year.first.path)
    assert year.rows[0].name not in entry.summary + entry.text
    assert agency(year.rows[0]).level == 2


# Pages


def address(year, name, *args):
    return reverse(f"evaluations:{name}", args=[year.cycle.pk, *args])


def test_a_secretary_types_a_result(client, year):
    client.force_login(year.secretary)
    url = address(year, "outside_new", year.first.pk)
    assert (
        reverse("evaluations:outside_list", args=[year.cycle.pk])
        in client.get(reverse("evaluations:sheet_detail", args=[year.sheet.pk])).content.decode()
    )
    assert url in client.get(address(year, "outside_list")).content.decode()

    wrong = client.post(url, {"kind": "civil_servant", "level": "2", "points": "85,55", **SOURCE, "document_number": ""})
    assert {"points", "document_number"} == set(wrong.context["form"].errors)
    assert OutsideRating.objects.count() == 0
    nobody = client.post(url, {"kind": "civil_servant", "level": "2", **SOURCE})
    assert "Hãy chọn đảng viên nếu là kết quả của cá nhân" in nobody.content.decode()

    done = client.post(url, {"kind": "civil_servant", "member": year.rows[0].member_id, "quarter": "", "level": "2", "points": "85,5", **SOURCE})

    assert done.url == address(year, "outside_list")
    rating = OutsideRating.objects.get()
    assert (rating.points, rating.document.issued_on, rating.quarter) == (Decimal("85.5"), date(2026, 12, 5), None)
    shown = client.get(done.url).content.decode()
    assert "85,5 điểm" in shown
    assert "215/QĐ-SNV" in shown
    again = client.post(url, {"kind": "civil_servant", "member": year.rows[0].member_id, "level": "1", **SOURCE}).content.decode()
    assert "Đang ghi: Hoàn thành tốt nhiệm vụ, 85,5 điểm" in again
    assert "Hãy mở kết quả đó trong danh sách" in again


def test_two_people_on_one_result_see_each_other(client, year):
    rating = save(year, servant(year.rows[0].member), year.secretary)
    client.force_login(year.secretary)
    url = address(year, "outside_detail", rating.pk)
    assert 'name="version" value="1"' in client.get(url).content.decode()
    save(year, servant(year.rows[0].member, 4, version=1), year.staff)

    refused = client.post(url, {"level": "1", "version": "1", **SOURCE})

    shown = refused.content.decode()
    assert "Đang ghi: Không hoàn thành nhiệm vụ" in shown
    assert 'name="version" value="2"' in shown
    assert client.post(url, {"level": "1", "version": "2", **SOURCE}).status_code == 302
    rating.refresh_from_db()
    assert (rating.level, rating.version) == (1, 3)


def test_readers_read_and_do_not_write(client, year):
    rating = save(year, servant(year.rows[0].member), year.secretary)
    detail, remove = address(year, "outside_detail", rating.pk), address(year, "outside_remove", rating.pk)
    client.force_login(year.base_leader)
    page = client.get(detail).content.decode()
    assert "Hoàn thành tốt nhiệm vụ" in page
    assert "Lưu kết quả" not in page
    assert client.post(detail, {"level": "1", "version": "1", **SOURCE}).status_code == 403
    assert client.post(remove, {"remove-reason": "x", "remove-version": "1"}).status_code == 403
    assert client.get(address(year, "outside_import")).status_code == 403
    client.force_login(year.other_secretary)
    assert [client.get(detail).status_code, client.post(remove).status_code] == [404, 404]
    assert client.get(address(year, "outside_new", year.first.pk)).status_code == 404
    assert year.rows[0].name not in client.get(address(year, "outside_list")).content.decode()


def test_it_is_taken_out_on_its_page(client, year):
    rating = save(year, servant(year.rows[0].member), year.secretary)
    client.force_login(year.secretary)
    url = address(year, "outside_remove", rating.pk)
    assert client.post(url, {"remove-version": "1"}).url == address(year, "outside_detail", rating.pk)
    assert client.post(url, {"remove-version": "1", "remove-reason": "Ghi nhầm"}).url == address(year, "outside_list")
    assert not OutsideRating.objects.exists()


def test_the_list_is_searched_filtered_and_taken_as_excel(client, year):
    save(year, servant(year.rows[0].member), year.secretary)
    save(year, servant(year.rows[1].member, quarter=2), year.secretary)
    save(year, Result(kind=OutsideKind.MASS_BODY, organisation_id=year.first.pk, body_name="=1+1", level=1), year.secretary)
    client.force_login(year.staff)
    url = address(year, "outside_list")

    def found(**asked):
        return client.get(url, asked).context["count"]

    assert [found(), found(kind="mass_body"), found(period="year"), found(period="2"), found(organisation=year.second.pk)] == [3, 1, 2, 1, 0]
    searched = client.post(url, {"q": "tran van aa"})
    assert "tran" not in searched.url
    assert client.get(searched.url).context["count"] == 1
    file = client.get(url, {"export": "xlsx"})
    from khoi_party.common.excel_in import read_book

    cells = [cell for row in read_book(file.content).sheets[0].rows for cell in row]
    assert "=1+1" in cells
    assert "Trần Văn Aa" in cells


def test_whoever_writes_for_several_chooses_the_organisation_first(client, year):
    client.force_login(year.base_staff)
    url = address(year, "outside_place")
    assert url in client.get(address(year, "outside_list")).content.decode()
    page = client.get(url).content.decode()
    assert ("Chi bộ Thanh tra" in page, "Chi bộ Liên minh" in page) == (True, False)
    assert client.get(url, {"organisation": year.second.pk}).url == address(year, "outside_new", year.second.pk)
    assert client.get(url, {"organisation": year.lone.pk}).status_code == 200
    assert "Đảng viên</label>" not in client.get(address(year, "outside_new", year.base.pk)).content.decode()
