import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from evaluations.services.cycles import open_cycle
from evaluations.services.registrations import note_registration, return_registration, save_registration, submit_registration
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
