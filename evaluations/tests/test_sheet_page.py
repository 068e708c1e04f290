import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluations.models import Opinion, Review
from evaluations.services.opinions import save_opinion
from evaluations.services.sheets import accept_sheet, submit_sheet

from .conftest import member


def accepted(year):
    for row in year.rows:
        save_opinion(row, "cell_vote", level=2, version=0, by=year.secretary)
    save_opinion(year.sheet.reviews.get(subject="organisation"), "self", level=2, version=0, by=year.secretary)
    submit_sheet(year.sheet, by=year.secretary)
    accept_sheet(year.sheet, by=year.base_staff)


def test_plain_form_saves_level_and_reason_without_script(year, client):
    accepted(year)
    client.force_login(year.base_staff)
    row = year.rows[0]
    typed = {f"level-{row.pk}-deciding": "3", f"reason-{row.pk}-deciding": "Còn một nhiệm vụ chậm.", f"version-{row.pk}-deciding": "0"}

    page = client.post(reverse("evaluations:sheet_save", args=[year.sheet.pk]), typed, follow=True)

    opinion = Opinion.objects.get(review=row, voice="deciding")
    assert (opinion.level, opinion.reason) == (3, "Còn một nhiệm vụ chậm.")
    assert "Đã lưu 1 ô." in page.content.decode()


def test_conflict_answers_with_the_other_value(year, client):
    save_opinion(year.rows[0], "cell_vote", level=1, version=0, by=year.staff)
    client.force_login(year.secretary)

    values = {"review": year.rows[0].pk, "voice": "cell_vote", "level": "2", "version": "0"}
    answer = client.post(reverse("evaluations:cell_save", args=[year.sheet.pk]), values)

    assert answer.status_code == 409
    current = answer.json()["current"]
    assert (current["level"], current["version"], current["by"]) == (1, 1, "Người staff")


def test_unknown_level_is_refused_with_a_sentence(year, client):
    client.force_login(year.secretary)

    values = {"review": year.rows[0].pk, "voice": "cell_vote", "level": "giỏi", "version": "0"}
    answer = client.post(reverse("evaluations:cell_save", args=[year.sheet.pk]), values, headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json()["message"]) == (409, "Năm 2026 không có mức “giỏi”. Hãy chọn một trong bốn mức.")


def add_rows(year, count):
    """`count` more members on the first cell's sheet, with an opinion each."""
    common = {"sheet": year.sheet, "subject": "member", "decided_by": year.base, "pool": year.rows[0].pool}
    rows = Review.objects.bulk_create(Review(**common, name=f"Trần Văn {n}", sort_key=f"{n:03d}") for n in range(count))
    Opinion.objects.bulk_create(Opinion(review=row, voice="self", level=2, by=year.secretary) for row in rows)


def test_grid_asks_the_same_few_queries_for_seven_and_for_sixty_rows(year, client, django_assert_num_queries):
    client.force_login(year.secretary)
    address = reverse("evaluations:sheet_detail", args=[year.sheet.pk])
    client.get(address)  # the first request of a session also notes its time
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    add_rows(year, 53)

    with django_assert_num_queries(len(few)):
        page = client.get(address)

    assert len(few) <= 20  # 15 of the grid, 4 of what the rules ask, 1 of the remarks
    assert sum(len(group.rows) for group in page.context["grid"].groups) == 60


def test_trail_is_read_as_far_as_the_role_reaches(year, client):
    expected = {"leader": True, "inspector": True, "secretary": True, "staff": False, "base_staff": False}
    for row in year.rows:
        save_opinion(row, "cell_vote", level=2, version=0, by=year.secretary)
    save_opinion(year.sheet.reviews.get(subject="organisation"), "self", level=2, version=0, by=year.secretary)
    submit_sheet(year.sheet, by=year.secretary)

    seen = {}
    for who in expected:
        client.force_login(getattr(year, who))
        page = client.get(reverse("evaluations:sheet_detail", args=[year.sheet.pk]))
        seen[who] = "Gửi bảng xếp loại" in [entry.summary for entry in page.context["entries"]]

    assert seen == expected


def test_unit_above_that_may_not_return_is_refused_before_it_learns_the_state(year, client):
    accepted(year)
    client.force_login(year.inspector)

    answer = client.post(reverse("evaluations:sheet_return", args=[year.sheet.pk]), {"reason": "Sai."})

    assert answer.status_code == 403


def test_plain_form_keeps_what_it_could_not_save(year, client):
    row = year.rows[0]
    save_opinion(row, "cell_vote", level=1, version=0, by=year.staff)
    client.force_login(year.secretary)
    typed = {f"level-{row.pk}-cell_vote": "3", f"version-{row.pk}-cell_vote": "0"}

    page = client.post(reverse("evaluations:sheet_save", args=[year.sheet.pk]), typed)

    text = page.content.decode()
    assert "Ô này vừa được người khác sửa." in text
    assert "Đã nhập mức 3, chưa lưu." in text
    assert Opinion.objects.get(review=row, voice="cell_vote").level == 1


def test_a_reason_is_asked_beside_a_level_that_departs_from_the_one_before(year, client):
    save_opinion(year.rows[0], "self", level=2, version=0, by=year.secretary)
    save_opinion(year.rows[0], "cell_vote", level=3, version=0, by=year.secretary)
    save_opinion(year.rows[1], "self", level=2, version=0, by=year.secretary)
    save_opinion(year.rows[1], "cell_vote", level=2, version=0, by=year.secretary)
    client.force_login(year.secretary)

    soup = BeautifulSoup(client.get(reverse("evaluations:sheet_detail", args=[year.sheet.pk])).content, "html.parser")

    asked = [field["name"] for field in soup.select("input.kp-reason")]
    assert asked == [f"reason-{year.rows[0].pk}-cell_vote"]


def test_a_base_sees_all_its_cells_on_one_page_grouped_by_cell(year, client):
    client.force_login(year.base_staff)

    soup = BeautifulSoup(client.get(reverse("evaluations:body_grid", args=[year.cycle.pk, year.base.pk])).content, "html.parser")

    assert [head.get_text(strip=True) for head in soup.select(".kp-group-head a")] == ["Đảng bộ Sở Nội vụ", "Chi bộ Văn phòng", "Chi bộ Thanh tra"]
    assert [place.get_text(strip=True) for place in soup.select(".kp-group-progress")] == [
        "còn1/1 dòng chưa có mức",
        "còn7/7 dòng chưa có mức",
        "còn2/2 dòng chưa có mức",
    ]
    assert len(soup.select("form[data-kp-grid]")) == 1
    assert len(soup.select("tr[data-kp-row]")) == 10  # the base itself, seven members, two cells


def test_the_top_committee_marks_bases_as_exemplary_on_its_page(year, client):
    row = year.cycle.sheets.get(organisation=year.lone).reviews.get(subject="organisation")
    year.cycle.sheets.filter(organisation=year.lone).update(state="accepted", submitted_at="2026-12-01T00:00Z", accepted_at="2026-12-02T00:00Z")
    client.force_login(year.staff)
    typed = {"review": row.pk, "voice": "proposed", "level": "1", "exemplary": "1", "version": "0"}
    answer = client.post(reverse("evaluations:cell_save", args=[row.sheet_id]), typed)

    soup = BeautifulSoup(client.get(reverse("evaluations:body_grid", args=[year.cycle.pk, year.root.pk])).content, "html.parser")

    assert answer.status_code == 200
    assert soup.find("input", attrs={"name": f"exemplary-{row.pk}-proposed"}).has_attr("checked")


def test_somebody_new_is_taken_in_from_the_page(year, client):
    new = member("Bùi Thị Mai", year.first)
    client.force_login(year.secretary)
    address = reverse("evaluations:sheet_detail", args=[year.sheet.pk])
    soup = BeautifulSoup(client.get(address).content, "html.parser")
    box = soup.find("input", attrs={"name": "joiner"})

    client.post(reverse("evaluations:sheet_roster", args=[year.sheet.pk]), {"joiner": box["value"]})

    row = year.sheet.reviews.get(member=new)
    assert (row.name, row.eligibility, row.decided_by, row.pool) == ("Bùi Thị Mai", "required", year.base, year.rows[0].pool)
    assert "Thêm: " not in client.get(address).content.decode()


def test_the_page_of_a_base_saves_all_its_cells_as_a_plain_form(year, client):
    client.force_login(year.base_staff)
    other = year.cycle.sheets.get(organisation=year.second).reviews.get(subject="member")
    typed = {f"level-{row.pk}-cell_vote": "2" for row in (year.rows[0], other)} | {
        f"version-{row.pk}-cell_vote": "0" for row in (year.rows[0], other)
    }
    typed[f"level-{year.rows[1].pk}-cell_vote"] = "9"
    address = reverse("evaluations:body_grid", args=[year.cycle.pk, year.base.pk])

    page = client.post(address, typed)

    assert "Năm 2026 không có mức “9”" in page.content.decode()
    assert "Đã nhập mức 9, chưa lưu." in page.content.decode()
    assert set(Opinion.objects.values_list("review", "level", "on_behalf")) == {(year.rows[0].pk, 2, True), (other.pk, 2, True)}
    client.force_login(year.inspector)
    assert client.post(address, typed).status_code == 403


def test_a_missing_reason_is_named_beside_its_row(year, client):
    row = year.rows[0]
    save_opinion(row, "self", level=2, version=0, by=year.secretary)
    save_opinion(row, "cell_vote", level=3, version=0, by=year.secretary)
    client.force_login(year.secretary)

    soup = BeautifulSoup(client.get(reverse("evaluations:sheet_detail", args=[year.sheet.pk])).content, "html.parser")

    assert [(note.find_parent("tr")["id"], note.get_text()) for note in soup.select(".kp-cell-note")] == [
        (f"row-{row.pk}", "ý kiến khác nhau"),
        (f"row-{row.pk}", "Chưa ghi lý do"),
    ]


def test_a_row_struck_out_stays_in_sight(year, client):
    year.rows[0].member.memberships.update(valid_to="2026-06-01")
    client.force_login(year.secretary)
    client.post(reverse("evaluations:sheet_roster", args=[year.sheet.pk]), {"leaver": year.rows[0].pk})

    soup = BeautifulSoup(client.get(reverse("evaluations:sheet_detail", args=[year.sheet.pk])).content, "html.parser")

    assert [row.th.get_text() for row in soup.select("tr.is-removed")] == ["Trần Văn Aa"]
    members = [row.th.get_text() for row in soup.select("tbody tr") if row.th and row.th.get_text().startswith("Trần")]
    assert members[-1] == "Trần Văn Aa"  # after those who are there, on either database
    assert "Không còn sinh hoạt tại chi bộ" in soup.select_one("tr.is-removed").get_text()


@pytest.mark.parametrize(("who", "status"), [("base_staff", 200), ("base_leader", 200), ("staff", 200), ("inspector", 200), ("secretary", 404)])
def test_the_page_of_a_base_is_for_its_people_and_those_above(year, client, who, status):
    client.force_login(getattr(year, who))

    assert client.get(reverse("evaluations:body_grid", args=[year.cycle.pk, year.base.pk])).status_code == status
    assert client.get(reverse("evaluations:body_grid", args=[year.cycle.pk, year.first.pk])).status_code == 404


def test_the_year_leads_to_the_shared_page(year, client):
    led = {}
    for who in ("base_leader", "inspector", "secretary"):
        client.force_login(getattr(year, who))
        soup = BeautifulSoup(client.get(reverse("evaluations:cycle_detail", args=[year.cycle.pk])).content, "html.parser")
        led[who] = [
            link["href"].split("/")[-2] for link in soup.find_all("a", href=lambda href: "/bodies/" in href and not href.endswith("appraisal/"))
        ]

    root, base = str(year.root.pk), str(year.base.pk)
    assert led == {"base_leader": [base, base], "inspector": [root, base], "secretary": []}


def test_the_shared_page_asks_the_same_few_queries_for_ten_and_for_sixty_rows(year, client, django_assert_num_queries):
    client.force_login(year.base_staff)
    address = reverse("evaluations:body_grid", args=[year.cycle.pk, year.base.pk])
    client.get(address)  # the first request of a session also notes its time
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    add_rows(year, 50)

    with django_assert_num_queries(len(few)):
        client.get(address)

    assert len(few) <= 20  # 15 of the grid, 4 of what the rules ask, 1 of the remarks
