from django.urls import reverse

from evaluations.models import Opinion
from evaluations.services.opinions import save_opinion
from evaluations.services.sheets import accept_sheet, submit_sheet


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


def test_grid_stays_within_fifteen_queries_for_two_rows_and_for_seven(year, client, django_assert_max_num_queries):
    client.force_login(year.staff)

    for organisation in (year.first, year.second):
        sheet = year.cycle.sheets.get(organisation=organisation)
        with django_assert_max_num_queries(15):
            client.get(reverse("evaluations:sheet_detail", args=[sheet.pk]))


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
