import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from evaluations.comparison import lines_of
from evaluations.models import Registration, Review
from evaluations.services.cycles import open_cycle
from evaluations.services.registrations import note_registration, return_registration, save_member_levels, save_registration, submit_registration
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError, StaleVersion

VALUES = {
    "level": 1,
    "planned_1": 1,
    "planned_2": 5,
    "planned_3": 0,
    "planned_4": 0,
    "admissions_planned": 1,
    "thematic_meetings_planned": 4,
    "commitments": "Giữ vững đoàn kết.",
}


@pytest.fixture
def registration(place):
    return open_cycle(place.root, 2026, by=place.staff).registrations.get(organisation=place.first)


def test_secretary_saves_and_submits(place, registration):
    save_registration(registration, VALUES, version=1, by=place.secretary)

    assert submit_registration(registration, by=place.secretary) is True
    assert submit_registration(registration, by=place.secretary) is False
    registration.refresh_from_db()
    assert (registration.state, registration.level, registration.on_behalf, registration.version) == ("submitted", 1, False, 2)
    assert registration.submitted_by == place.secretary
    assert AuditEntry.objects.filter(action="registration.submit").count() == 1


def test_staff_above_write_on_behalf_and_it_is_logged(place, registration):
    save_registration(registration, VALUES, version=1, by=place.base_staff)

    registration.refresh_from_db()
    assert registration.on_behalf is True
    assert AuditEntry.objects.get(action="registration.saved").on_behalf is True


@pytest.mark.parametrize("who", ["other_secretary", "leader", "inspector", "stranger"])
def test_nobody_else_writes(place, registration, who):
    with pytest.raises(PermissionDenied):
        save_registration(registration, VALUES, version=1, by=getattr(place, who))


def test_incomplete_registration_says_what_is_missing(place, registration):
    with pytest.raises(DomainError, match=r"^Hãy chọn mức đăng ký\. Hãy ghi số đảng viên dự kiến kết nạp"):
        submit_registration(registration, by=place.secretary)


def test_two_people_on_one_form_lose_nothing(place, registration):
    save_registration(registration, VALUES, version=1, by=place.secretary)

    with pytest.raises(StaleVersion) as stale:
        save_registration(registration, VALUES | {"level": 2}, version=1, by=place.base_staff)
    assert stale.value.current.level == 1


def test_sent_registration_is_noted_or_returned_with_a_reason(place, registration):
    save_registration(registration, VALUES, version=1, by=place.secretary)
    submit_registration(registration, by=place.secretary)

    with pytest.raises(PermissionDenied):
        note_registration(registration, by=place.secretary)
    with pytest.raises(DomainError, match="Hãy ghi rõ lý do"):
        return_registration(registration, " ", by=place.base_staff)
    note_registration(registration, by=place.base_staff)
    return_registration(registration, "Chưa ghi số buổi chuyên đề.", by=place.base_leader)

    registration.refresh_from_db()
    assert (registration.state, registration.return_reason) == ("returned", "Chưa ghi số buổi chuyên đề.")


def test_sent_registration_cannot_be_changed(place, registration):
    save_registration(registration, VALUES, version=1, by=place.secretary)
    submit_registration(registration, by=place.secretary)

    with pytest.raises(DomainError, match="đã gửi nên không sửa được"):
        save_registration(registration, VALUES, version=2, by=place.secretary)


TYPED = {"level": "2", "admissions_planned": "1", "thematic_meetings_planned": "4", "commitments": "Giữ vững đoàn kết."}


def test_two_people_on_one_registration_see_each_other_and_lose_nothing(year, client):
    row = year.cycle.registrations.get(organisation=year.first)
    address = reverse("evaluations:registration_detail", args=[row.pk])
    client.force_login(year.secretary)
    client.post(address, TYPED | {"level": "1", "version": "1", "save": ""})

    late = client.post(address, TYPED | {"version": "1", "save": ""})
    text = late.content.decode()
    assert "vừa được người khác sửa thành: mức hoàn thành xuất sắc nhiệm vụ, kết nạp 1" in text
    assert "Giữ vững đoàn kết." in text
    version = late.context["form"].data["version"]
    assert client.post(address, TYPED | {"version": version, "save": ""}).status_code == 302

    row.refresh_from_db()
    assert row.level == 2


def test_what_is_typed_after_the_registration_was_sent_is_refused_and_kept(year, client):
    row = year.cycle.registrations.get(organisation=year.first)
    address = reverse("evaluations:registration_detail", args=[row.pk])
    client.force_login(year.secretary)
    client.post(address, TYPED | {"version": "1", "submit": ""})

    text = client.post(address, TYPED | {"version": "2", "commitments": "Thêm một cam kết.", "save": ""}).content.decode()

    assert "Bản đăng ký đã gửi nên không sửa được." in text
    assert "Thêm một cam kết." in text
    assert row.__class__.objects.get(pk=row.pk).commitments == "Giữ vững đoàn kết."


def levels_of(world, *levels):
    return dict(zip([row.member_id for row in world.rows], levels, strict=True))


def test_members_register_through_their_cell_and_the_planned_numbers_follow(year):
    registration = year.cycle.registrations.get(organisation=year.first)
    row = save_member_levels(registration, levels_of(year, 1, 2, 2, 2, None, 3), version=1, by=year.secretary)
    assert (row.planned_1, row.planned_2, row.planned_3, row.planned_4, row.version) == (1, 3, 1, 0, 2)
    assert row.members.count() == 5

    again = save_member_levels(row, levels_of(year, 2, 2, 2, 2, 2, 2), version=2, by=year.secretary)
    assert (again.planned_1, again.planned_2, again.members.count()) == (0, 6, 6)
    with pytest.raises(StaleVersion):
        save_member_levels(row, levels_of(year, 1, 1, 1, 1, 1, 1), version=2, by=year.secretary)


def test_members_of_another_cell_and_other_people_are_refused(year):
    registration = year.cycle.registrations.get(organisation=year.second)
    with pytest.raises(PermissionDenied):
        save_member_levels(registration, {}, version=1, by=year.secretary)
    with pytest.raises(DomainError, match="đã thay đổi"):
        save_member_levels(registration, levels_of(year, 1, 1, 1, 1, 1, 1), version=1, by=year.other_secretary)
    assert not registration.members.exists()


def test_who_left_empty_gets_the_common_level(year, client):
    registration = year.cycle.registrations.get(organisation=year.first)
    client.force_login(year.secretary)
    sent = {f"level-{row.member_id}": "" for row in year.rows} | {f"level-{year.rows[0].member_id}": "1", "fill": "2", "version": "1"}
    assert client.post(reverse("evaluations:registration_members", args=[registration.pk]), sent).status_code == 302
    registration.refresh_from_db()
    assert [getattr(registration, f"planned_{level}") for level in (1, 2, 3, 4)] == [1, 5, 0, 0]
    assert list(registration.members.order_by("member__sort_key").values_list("level", flat=True)) == [1, 2, 2, 2, 2, 2]


def test_five_years_of_registrations_stand_beside_their_results(year):
    base = year.cycle.registrations.get(organisation=year.base)
    Registration.objects.filter(pk=base.pk).update(level=1)
    Review.objects.filter(organisation=year.base).update(decided_level=2)
    (line,) = lines_of([Registration.objects.get(pk=base.pk)], [2025, 2026], year.staff)
    assert [(one.registered, one.decided, one.kept) for one in line.years] == [(None, None, None), (1, 2, False)]
    assert line.kept_years == 0
    Review.objects.filter(organisation=year.base).update(decided_level=1)
    (line,) = lines_of([Registration.objects.get(pk=base.pk)], [2026], year.staff)
    assert line.kept_years == 1
