"""Mẫu 7-HSĐV, its sign-off every quarter, and the statistics: counted by hand."""

import io
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.common.errors import DomainError
from members.models import Member, Membership, MembershipEvent, RosterSignOff
from members.quarters import before, first_day, is_quarter_end, last_ended, quarter_text
from members.register import register_of, standing_counts
from members.services.movements import leave_party
from members.services.signoffs import sign_off
from members.statistics import LINES, age_on, statistics_of

from .factories import MemberFactory

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)


@pytest.fixture(autouse=True)
def calendar(time_machine):
    time_machine.move_to("2026-10-05 09:00 +0700")


@pytest.fixture
def office(db):
    root = OrganisationFactory(name="Đảng bộ Khối", code="K")
    base = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE, name="Đảng bộ Sở Nội vụ", code="SNV")
    base.cell = OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Văn phòng", code="SNV-VP")
    base.other = OrganisationFactory(parent=base, kind=Kind.CELL, name="Chi bộ Thanh tra", code="SNV-TT")
    base.staff = RoleAssignmentFactory(organisation=base).user
    base.secretary = RoleAssignmentFactory(organisation=base.cell, role=Role.SECRETARY).user
    return base


def arrived(cell, name, **fields):
    return MemberFactory(cell=cell, full_name=name, **fields)


def test_the_fourteen_columns_of_one_member(office):
    arrived(
        office.cell,
        "Trần Thị Hoa",
        birth_name="Trần Thị Hóa",
        ethnicity="Tày",
        religion="",
        home_town="Xã Tân Trào",
        general_education="12/12",
        education="master",
        speciality="Luật",
        theory_level="advanced",
        foreign_language="Anh B",
        occupation_before="Giáo viên",
        position="Trưởng phòng",
        card_number="12.345678",
        record_number="012345VP",
        background="army",
    )
    (entry,) = register_of(office.cell, FIRST, LAST)
    assert entry.texts == (
        "1",
        "Trần Thị Hoa; Trần Thị Hóa",
        "Nữ; Tày; không",
        "Xã Tân Trào",
        "12/12; Thạc sĩ Luật; LLCT cao cấp; Anh B",
        "Giáo viên; Trưởng phòng",
        "03/02/2015; 03/02/2016",
        "••••••678; •••••5VP",
        "Bộ đội",
        "",
        "",
        "",
        "",
        "",
    )
    assert entry.is_present


def test_who_left_in_the_time_stays_in_the_list_with_the_reason_and_not_later(office):
    gone = arrived(office.cell, "Lê Văn Ra")
    arrived(office.cell, "Phạm Văn Ở")
    leave_party(gone, on_day=date(2026, 8, 20), by=office.staff, note="Đơn xin ra khỏi Đảng")

    entries = {entry.texts[1]: entry for entry in register_of(office.cell, FIRST, LAST)}
    assert entries["Lê Văn Ra"].texts[12] == "20/08/2026, ra khỏi đảng"
    assert not entries["Lê Văn Ra"].is_present
    assert [entry.texts[1] for entry in register_of(office.cell, date(2026, 9, 1), LAST)] == ["Phạm Văn Ở"]
    assert standing_counts(office.cell, date(2026, 8, 19)) == (2, 0)
    assert standing_counts(office.cell, date(2026, 8, 20)) == (1, 0)


def test_who_moved_between_cells_is_in_both_registers(office):
    one = arrived(office.cell, "Vũ Thị Chuyển")
    day = date(2026, 8, 1)
    Membership.objects.filter(member=one).update(valid_to=day)
    Membership.objects.create(member=one, cell=office.other, valid_from=day)
    MembershipEvent.objects.create(member=one, kind="moved", effective_on=day, from_cell=office.cell, to_cell=office.other)
    Member.objects.filter(pk=one.pk).update(cell=office.other)
    (left,), (came,) = (register_of(cell, FIRST, LAST) for cell in (office.cell, office.other))
    assert (left.texts[9], left.texts[10], left.is_present) == ("01/08/2026, Chi bộ Thanh tra", "", False)
    assert (came.texts[9], came.texts[10], came.is_present) == ("", "01/08/2026, Chi bộ Văn phòng", True)


def test_the_file_has_the_form_s_head_and_masked_numbers(office, client):
    arrived(office.cell, "Trần Thị Hoa", card_number="12.345678")
    client.force_login(office.secretary)
    answer = client.get(reverse("members:register", args=[office.cell.pk]), {"first": "01/07/2026", "last": "30/09/2026", "export": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[:4]] == [
        "Sổ danh sách đảng viên (mẫu 7-HSĐV)",
        "Đảng bộ Sở Nội vụ",
        "Chi bộ Văn phòng",
        "Từ 01/07/2026 đến hết 30/09/2026",
    ]
    assert rows[7] == [float(n) for n in range(1, 15)]
    assert rows[8][1] == "Trần Thị Hoa"
    assert "12.345678" not in str(rows)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 9, 29), date(2026, 6, 30)),
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 1, 1), date(2025, 12, 31)),
        (date(2026, 3, 30), date(2025, 12, 31)),
    ],
)
def test_the_latest_quarter_that_has_ended(day, end):
    assert last_ended(day) == end
    assert is_quarter_end(end)
    assert before(end) < first_day(end) <= end


def test_quarters_are_written_in_roman_numbers():
    assert [quarter_text(date(2026, month, day)) for month, day in ((3, 31), (12, 31))] == ["quý I năm 2026", "quý IV năm 2026"]


def test_a_cell_confirms_its_list_once_and_the_list_is_kept(office):
    arrived(office.cell, "Trần Thị Hoa")
    done = sign_off(office.cell, LAST, seen=(1, 0), by=office.secretary)
    assert (done.official, done.probationary, done.rows[0][1], done.on_behalf) == (1, 0, "Trần Thị Hoa", False)
    with pytest.raises(DomainError, match="đã xác nhận"):
        sign_off(office.cell, LAST, seen=(1, 0), by=office.secretary)
    with pytest.raises(DatabaseError), transaction.atomic():
        RosterSignOff.objects.update(official=2)
    assert sign_off(office.other, LAST, seen=(0, 0), by=office.staff).on_behalf


@pytest.mark.parametrize(
    ("end", "seen", "sentence"),
    [
        (date(2026, 9, 29), (1, 0), "cuối quý"),
        (date(2026, 12, 31), (1, 0), "Chưa hết quý IV"),
        (LAST, (2, 0), "vừa thay đổi"),
    ],
)
def test_what_is_no_quarter_not_over_or_changed_meanwhile_is_refused(office, end, seen, sentence):
    arrived(office.cell, "Trần Thị Hoa")
    with pytest.raises(DomainError, match=sentence):
        sign_off(office.cell, end, seen=seen, by=office.secretary)
    with pytest.raises(PermissionDenied):
        sign_off(office.other, LAST, seen=(0, 0), by=office.secretary)


def test_the_overview_names_who_has_not_and_compares_the_sums(office, client):
    arrived(office.cell, "Trần Thị Hoa")
    sign_off(office.cell, LAST, seen=(1, 0), by=office.secretary)
    client.force_login(office.staff)
    address = reverse("members:sign_off_list", args=[office.pk])
    assert "1/2 chi bộ chưa xác nhận" in client.get(address).content.decode()
    sign_off(office.other, LAST, seen=(0, 0), by=office.staff)
    arrived(office.other, "Lê Văn Muộn")
    assert "Hai số không khớp" in client.get(address).content.decode()


@pytest.mark.parametrize(("born", "age"), [(date(1996, 9, 30), 30), (date(1996, 10, 1), 29), (date(1995, 9, 30), 31)])
def test_age_is_in_whole_years_on_the_day(born, age):
    assert age_on(born, LAST) == age


def test_statistics_counted_by_hand(office):
    arrived(office.cell, "A", born_on=date(1996, 9, 30), ethnicity="Tày", education="bachelor", theory_level="primary")
    arrived(office.cell, "B", born_on=date(1995, 9, 29), religion="Công giáo", education="", gender="male")
    arrived(office.other, "C", born_on=None, ethnicity="", religion="không", official_on=date(2026, 10, 1), gender="male")
    arrived(office.other, "D", born_on=date(1960, 1, 1), official_on=None, state="probationary", education="bachelor")

    whole, cell, other = statistics_of(office, [office.cell, office.other], LAST)

    expected = {
        "all": 4,
        "official": 2,  # C becomes official the day after
        "probationary": 2,
        "female": 2,
        "minority": 1,
        "no_ethnicity": 1,
        "religion": 1,
        "age_18": 1,
        "age_31": 1,
        "age_61": 1,
        "age_unknown": 1,
        "education_bachelor": 2,
        "education_": 2,
        "theory_primary": 1,
        "theory_": 3,
    }
    assert {key: whole.counts[key] for key in expected} == expected
    assert whole.counts["education_master"] == 0
    for line in LINES:
        assert whole.counts[line.key] == cell.counts[line.key] + other.counts[line.key], line


def test_each_member_stands_in_one_line_of_ages_and_of_education(office):
    for number in range(5):
        arrived(office.cell, f"M{number}", born_on=date(1950 + 12 * number, 5, 5), education=["", "college", "doctor", "none", "master"][number])
    (whole,) = statistics_of(office, [], LAST)
    for block in ("Tuổi đời", "Trình độ chuyên môn", "Lý luận chính trị"):
        assert sum(whole.counts[line.key] for line in LINES if line.block == block) == 5


@given(st.dates(date(1920, 1, 1), date(2010, 1, 1)), st.dates(date(2015, 1, 1), date(2030, 1, 1)))
def test_age_never_runs_ahead_of_the_birthday(born, day):
    age = age_on(born, day)
    assert born.year + age <= day.year
    assert (born.month, born.day) <= (day.month, day.day) or born.year + age < day.year


def test_the_pages_ask_a_fixed_number_of_queries(office, client):
    client.force_login(office.staff)
    counts = []
    for _ in range(2):
        for number in range(3):
            arrived(office.cell, f"Người {number}")
        one = []
        for name, pk in (("members:register", office.cell.pk), ("members:statistics", office.pk), ("members:sign_off_list", office.pk)):
            address = reverse(name, args=[pk])
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            one.append(len(queries))
        counts.append(one)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 16
