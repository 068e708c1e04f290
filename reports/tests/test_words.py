"""What people write in a paper: versions, conflicts, an old version taken back, sentences around it that changed."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from khoi_party.common.errors import DomainError, StaleVersion
from members.tests.factories import MemberFactory
from reports import services
from reports.models import PaperWords
from reports.tests.conftest import finish_without_files

PLACE = "conditions"


@pytest.fixture
def url(draft):
    return reverse("reports:report_words", args=[draft.pk, PLACE])


def texts(draft):
    return [*draft.words_written.filter(place=PLACE).order_by("version").values_list("text", flat=True)]


def soup_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


def write(draft, text, version, by):
    return services.write_words(draft, PLACE, text, version=version, by=by)


def test_an_old_version_is_taken_back_as_a_new_one(client, draft, two_years, url):
    write(draft, "Bản đầu.", 0, two_years.leader)
    write(draft, "Bản sau, dài hơn.", 1, two_years.staff)
    client.force_login(two_years.leader)
    form = soup_of(client.get(url)).find("form", action=reverse("reports:report_words_restore", args=[draft.pk, PLACE, 1]))

    answer = client.post(form["action"], {"version": form.find(attrs={"name": "version"})["value"]}, follow=True)

    assert texts(draft) == ["Bản đầu.", "Bản sau, dài hơn.", "Bản đầu."]
    assert "Đã lấy lại bản 1 thành bản 3" in answer.content.decode()


def test_taking_back_is_refused_after_somebody_wrote_in_between_and_once_issued(client, draft, two_years):
    write(draft, "Bản đầu.", 0, two_years.leader)
    write(draft, "Bản hai.", 1, two_years.staff)
    with pytest.raises(StaleVersion):
        services.restore_words(draft, PLACE, 1, version=1, by=two_years.leader)
    with pytest.raises(DomainError, match="Không tìm thấy bản này"):
        services.restore_words(draft, PLACE, 9, version=2, by=two_years.leader)

    services.issue_paper(draft, number=12, issued_on=date(2020, 5, 5), signer_position="Bí thư", signer_name="Trần Văn Ký", by=two_years.leader)
    with pytest.raises(DomainError, match="đã ban hành"):
        services.restore_words(draft, PLACE, 1, version=2, by=two_years.leader)
    assert texts(draft) == ["Bản đầu.", "Bản hai."]


def test_a_saving_that_is_sent_again_because_its_answer_was_lost_is_no_conflict(htmx_client, draft, two_years, url):
    htmx_client.force_login(two_years.leader)
    for _ in range(2):
        answer = htmx_client.post(url, {"text": "Khó khăn còn nhiều.", "version": 0})
        assert 'name="version" value="1"' in answer.content.decode()

    assert texts(draft) == ["Khó khăn còn nhiều."]


def test_an_empty_place_that_nobody_wrote_at_gets_no_version(htmx_client, draft, two_years, url):
    htmx_client.force_login(two_years.leader)

    answer = htmx_client.post(url, {"text": "", "version": 0})

    assert 'name="version" value="0"' in answer.content.decode()
    assert not PaperWords.objects.exists()


def test_a_conflict_shows_the_other_text_and_leaves_the_choice(client, htmx_client, draft, two_years, url):
    write(draft, "Thuận lợi của cán bộ.", 0, two_years.staff)
    htmx_client.force_login(two_years.leader)

    answer = htmx_client.post(url, {"text": "Thuận lợi của lãnh đạo.", "version": 0})

    shown = soup_of(answer)
    assert "Nội dung đồng chí gõ còn nguyên trên trang" in shown.get_text()
    assert "Người staff" in shown.get_text()
    assert [one.get_text() for one in shown.select(".kp-difference del")] == ["lãnh đạo."]
    assert [one.get_text() for one in shown.select(".kp-difference ins")] == ["cán bộ."]
    assert shown.find("button")["value"] == "1"
    assert texts(draft) == ["Thuận lợi của cán bộ."]

    client.force_login(two_years.leader)
    page = soup_of(client.post(url, {"text": "Thuận lợi của lãnh đạo.", "version": 0}))  # without script
    assert page.find("textarea").get_text().strip() == "Thuận lợi của lãnh đạo."
    assert page.find("button", attrs={"name": "version"})["value"] == "1"
    client.post(url, {"text": "Thuận lợi của lãnh đạo.", "version": ["0", "1"]})
    assert texts(draft) == ["Thuận lợi của cán bộ.", "Thuận lợi của lãnh đạo."]


def test_saving_for_good_leads_to_the_paper_with_script_and_without(client, htmx_client, draft, two_years, url):
    for one in (client, htmx_client):
        one.force_login(two_years.leader)
    detail = reverse("reports:report_detail", args=[draft.pk])

    assert htmx_client.post(url, {"text": "Một", "version": 0, "done": 1}).headers["HX-Redirect"] == detail
    assert client.post(url, {"text": "Hai", "version": 1, "done": 1}).url == detail


def test_the_mark_of_stale_words_says_which_sentence_changed(client, draft, two_years, url):
    write(draft, "Đảng bộ ổn định.", 0, two_years.leader)
    MemberFactory(cell=two_years.lone, admitted_on=date(2016, 5, 19), official_on=date(2017, 5, 19))
    services.reset_paper(draft, new_figures=True, by=two_years.leader)
    finish_without_files(draft)
    client.force_login(two_years.leader)

    for address in (url, reverse("reports:report_detail", args=[draft.pk])):
        changes = soup_of(client.get(address)).select(".kp-changes li")
        assert len(changes) == 2  # the members, and how many of them are women
        was, now = changes[0].find("del").get_text(), changes[0].find("ins").get_text()
        assert "06 đảng viên" in was
        assert "07 đảng viên" in now

    write(draft, "Đảng bộ ổn định.", 1, two_years.leader)  # read again and kept as it is
    assert not soup_of(client.get(url)).select(".kp-changes")
    assert texts(draft) == ["Đảng bộ ổn định.", "Đảng bộ ổn định."]
