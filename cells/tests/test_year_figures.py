"""Yearly figures of units: typed once with their source, unknown is not none, the units are those of that year."""

import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from python_calamine import CalamineWorkbook

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.models import OrganisationName, Placement, YearFigure
from cells.services.year_figures import save_unit_figures, version_of
from cells.standing import bases_on
from cells.tests.factories import OrganisationFactory, RoleAssignmentFactory
from khoi_party.audit.models import AuditEntry
from khoi_party.common.errors import DomainError, StaleVersion

KEYS = [key.value for key in YearFigure.Key]


@pytest.fixture(autouse=True)
def calendar(time_machine):
    time_machine.move_to("2026-11-24 09:00 +0700")


@pytest.fixture
def base(db):
    root = OrganisationFactory(name="Đảng bộ Khối", code="K")
    base = OrganisationFactory(parent=root, kind=Kind.BASE_COMMITTEE, name="Đảng bộ Sở Nội vụ", code="SNV")
    base.root = root
    base.lone = OrganisationFactory(parent=root, kind=Kind.BASE_CELL, name="Chi bộ Hội Nhà báo", code="HNB")
    base.staff = RoleAssignmentFactory(organisation=root).user
    base.secretary = RoleAssignmentFactory(organisation=base, role=Role.SECRETARY).user
    base.stranger = RoleAssignmentFactory(organisation=base.lone, role=Role.SECRETARY).user
    return base


def saved(base, values, *, unit=None, source="Báo cáo 12", by=None, version=None, year=2025):
    unit = unit or base
    known = YearFigure.objects.filter(organisation=unit, year=year)
    version = version_of(known) if version is None else version
    return save_unit_figures(unit, year, values, source=source, version=version, by=by or base.secretary)


def test_figures_are_kept_corrected_and_taken_back_with_one_entry_each(base):
    assert saved(base, {"inspected_members": 3, "members_warned": 0, "dialogues": None}) == 2
    assert saved(base, {"inspected_members": 3, "members_warned": 1}) == 1
    assert saved(base, {"inspected_members": 3, "members_warned": 1}, source="Báo cáo 15") == 2  # the source is a part of the figure
    assert saved(base, {"inspected_members": None}) == 1
    assert [(one.key, one.value, one.source) for one in YearFigure.objects.known()] == [("members_warned", 1, "Báo cáo 15")]
    assert AuditEntry.objects.filter(action="year_figure.saved").count() == 4


@pytest.mark.parametrize(
    ("values", "source", "field"), [({"dialogues": -1}, "Báo cáo", "dialogues"), ({"dialogues": 0}, " ", "source"), ({"dialogues": None}, "", None)]
)
def test_a_figure_below_none_and_one_without_a_source_are_refused(base, values, source, field):
    if field is None:
        assert saved(base, values, source=source) == 0
        return
    with pytest.raises(DomainError) as refused:
        saved(base, values, source=source)
    assert refused.value.field == field


def test_two_people_do_not_overwrite_each_other(base):
    saved(base, {"dialogues": 1})
    with pytest.raises(StaleVersion):
        saved(base, {"dialogues": 2}, version=0)
    saved(base, {"dialogues": None})
    with pytest.raises(StaleVersion):  # taken back is a change, too
        saved(base, {"dialogues": 3}, version=1)


def test_the_unit_itself_and_the_staff_above_type(base):
    for user in (base.stranger, RoleAssignmentFactory(organisation=base, role=Role.LEADER).user):
        with pytest.raises(PermissionDenied):
            saved(base, {"dialogues": 1}, by=user)
    assert saved(base, {"dialogues": 1}, by=base.staff) == 1


def test_the_units_of_a_past_year_are_those_that_stood_then_under_their_names(base):
    gone = OrganisationFactory(
        parent=base.root, kind=Kind.BASE_CELL, name="Chi bộ Dân tộc", code="DT", dissolved_on=date(2024, 3, 1), ending="merged"
    )
    Placement.objects.filter(organisation=gone).delete()
    Placement.objects.create(
        organisation=gone, kind=gone.kind, parent=base.root, path=gone.path, valid_from=date(2010, 1, 1), valid_to=date(2024, 3, 1)
    )
    OrganisationName.objects.filter(organisation=base.lone).delete()
    OrganisationName.objects.create(organisation=base.lone, name="Chi bộ Báo chí", valid_from=date(2010, 1, 1), valid_to=date(2025, 1, 1))
    OrganisationName.objects.create(organisation=base.lone, name="Chi bộ Hội Nhà báo", valid_from=date(2025, 1, 1))
    assert [name for _, name in bases_on(base.root, date(2023, 12, 31))] == ["Đảng bộ Sở Nội vụ", "Chi bộ Báo chí", "Chi bộ Dân tộc"]
    assert [name for _, name in bases_on(base.root, date(2025, 12, 31))] == ["Đảng bộ Sở Nội vụ", "Chi bộ Hội Nhà báo"]


def test_the_page_sums_what_is_known_and_names_what_is_missing(client, base):
    saved(base, {"inspected_members": 3, "members_warned": 0})
    client.force_login(base.staff)
    url = reverse("cells:year_figures", args=[base.root.pk, 2025])
    soup = BeautifulSoup(client.get(url).content, "html.parser")
    sums = {
        row.find("td").get_text(): [cell.get_text(strip=True) for cell in row.find_all("td")][1:]
        for row in soup.find("table").find_all("tr")
        if row.find("td")
    }
    assert sums["Đảng viên được kiểm tra"] == ["3", "1 đơn vị"]
    assert sums["Đảng viên bị cảnh cáo"] == ["0", "1 đơn vị"]
    assert sums["Đảng viên bị khai trừ"] == ["chưa có", "2 đơn vị"]
    assert "chưa báo cáo" in soup.find(id="results").get_text()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(client.get(url, {"export": "xlsx"}).content)).get_sheet_by_index(0).to_python()
    line = next(one for one in rows if one[0] == "Đảng bộ Sở Nội vụ")
    assert (line[1 + KEYS.index("inspected_members")], line[1 + KEYS.index("members_expelled")]) == (3, "")
    assert client.get(reverse("cells:year_figures", args=[base.root.pk, 2027])).status_code == 404


def test_a_secretary_types_the_own_figures_and_what_was_typed_is_kept(client, base):
    client.force_login(base.secretary)
    url = reverse("cells:year_unit", args=[base.pk, 2025])
    typed = dict.fromkeys(KEYS, "") | {"inspected_members": "3", "agency_task_done_well": "1", "source": "", "version": "0"}
    refused = BeautifulSoup(client.post(url, typed).content, "html.parser")
    assert "Hãy ghi nguồn số liệu" in refused.get_text()
    assert refused.find(attrs={"name": "inspected_members"})["value"] == "3"
    below = client.post(url, typed | {"source": "Báo cáo 12", "dialogues": "-1"}).content.decode()
    assert "lớn hơn hoặc bằng 0" in below
    assert client.post(url, typed | {"source": "Báo cáo 12"}).status_code == 302
    assert {one.key: int(one.value) for one in YearFigure.objects.known()} == {"inspected_members": 3, "agency_task_done_well": 1}
    again = BeautifulSoup(client.get(url).content, "html.parser")
    assert again.find(attrs={"name": "version"})["value"] == "2"
    assert client.get(reverse("cells:year_unit", args=[base.lone.pk, 2025])).status_code == 404


def test_answers_typed_for_all_do_not_take_back_what_a_unit_gave_meanwhile(client, base):
    client.force_login(base.staff)
    url = reverse("cells:year_tasks", args=[base.root.pk, 2025])
    shown = BeautifulSoup(client.get(url).content, "html.parser")
    saved(base, {"agency_task_done_well": 1})
    typed = {"source": "Thông báo 9", "version": shown.find(attrs={"name": "version"})["value"], f"base_{base.pk}": "", f"base_{base.lone.pk}": "0"}

    refused = BeautifulSoup(client.post(url, typed).content, "html.parser")

    assert "vừa được người khác sửa" in refused.get_text()
    assert refused.find(attrs={"name": f"base_{base.lone.pk}"}).find(selected=True)["value"] == "0"
    assert [(one.organisation, one.value) for one in YearFigure.objects.all()] == [(base, 1)]
    assert client.post(url, typed | {"version": "1", f"base_{base.pk}": "1", "source": ""}).status_code == 200  # asks for the source
    assert client.post(url, typed | {"version": "1", f"base_{base.pk}": "1"}).status_code == 302


def test_only_who_may_type_is_led_to_a_form(client, base):
    leader = RoleAssignmentFactory(organisation=base.root, role=Role.LEADER).user
    whole, own = (reverse("cells:year_figures", args=[one.pk, 2025]) for one in (base.root, base))
    form = reverse("cells:year_unit", args=[base.pk, 2025])

    def leads_to(user, page):
        client.force_login(user)
        soup = BeautifulSoup(client.get(page).content, "html.parser").find("main")
        return {link["href"] for link in soup.find_all("a", href=True)} & {form, own, reverse("cells:year_tasks", args=[base.root.pk, 2025])}

    assert leads_to(base.staff, whole) == {form, reverse("cells:year_tasks", args=[base.root.pk, 2025])}
    assert leads_to(leader, whole) == {own}
    assert leads_to(base.secretary, own) == {form}
    assert leads_to(leader, own) == set()
