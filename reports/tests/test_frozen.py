"""An issued paper stays as it was: figures, lists, files; even the database refuses to change them."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from evaluations.models import Review
from khoi_party.audit.append_only import drop_triggers, install_triggers, lifted_triggers, missing_triggers
from members.tests.factories import MemberFactory
from reports import lists, services
from reports.models import Paper, PaperFile, PaperList
from reports.tests.conftest import finish_without_files


def text_of(answer):
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def names_in(answer):
    return [row.td.get_text() for row in BeautifulSoup(answer.content, "html.parser").select("tbody tr")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reports_paper SET figures = '{}' WHERE id = %s",
        "UPDATE reports_paper SET number = 13 WHERE id = %s",
        "UPDATE reports_paper SET state = 'queued' WHERE id = %s",
        "UPDATE reports_paper SET issued_at = NULL WHERE id = %s",
        "UPDATE reports_paperfile SET sha256 = 'x' WHERE paper_id = %s",
        "UPDATE reports_paperfile SET file = 'papers/other.pdf' WHERE paper_id = %s",
        "DELETE FROM reports_paperfile WHERE paper_id = %s",
        "INSERT INTO reports_paperfile (paper_id, format, file, sha256) VALUES (%s, 'docx', 'papers/x.docx', 'x')",
        "UPDATE reports_paperlist SET title = 'x' WHERE paper_id = %s",
        "DELETE FROM reports_paperlist WHERE paper_id = %s",
        "DELETE FROM reports_paper WHERE id = %s",
    ],
)
def test_the_database_refuses_to_change_an_issued_paper(issued, statement):
    with connection.cursor() as cursor:
        for _ in range(2):  # a refusal leaves the trigger in force
            with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
                cursor.execute(statement, [issued.pk])


def test_a_trigger_that_is_gone_is_reported_and_put_back(db):
    drop_triggers(connection, {"reports_paper_update_frozen", "reports_paperfile_insert_frozen"})
    assert missing_triggers(connection) == ["reports_paper_update_frozen", "reports_paperfile_insert_frozen"]

    install_triggers(connection)

    assert missing_triggers(connection) == []


def test_a_file_of_a_draft_cannot_be_handed_to_an_issued_paper(issued, two_years):
    other = Paper.objects.create(
        kind="term_report", organisation=two_years.root, about_key="x", requested_by=two_years.staff, queued_at=issued.queued_at
    )
    file = PaperFile.objects.create(paper=other, format="docx", file="papers/x.docx", sha256="0")

    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        PaperFile.objects.filter(pk=file.pk).update(paper=issued)


def test_number_and_signer_stand_from_the_moment_of_issue_though_its_files_are_not_set_yet(draft, two_years):
    services.issue_paper(draft, number=12, issued_on=date(2020, 5, 5), signer_position="Bí thư", signer_name="Trần Văn Ký", by=two_years.leader)

    for field, value in (("number", 13), ("signer_name", "Người khác"), ("issued_on", date(2020, 5, 6)), ("issued_at", None)):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            Paper.objects.filter(pk=draft.pk).update(**{field: value})
    assert finish_without_files(draft).is_done


def test_a_draft_may_still_be_changed(draft):
    assert Paper.objects.filter(pk=draft.pk).update(edition=7)
    assert PaperFile.objects.filter(paper=draft).delete()[0] == 1


def test_issuing_makes_the_files_anew_and_keeps_figures_and_lists(issued, draft):
    assert issued.lists.count() > 20
    assert {one.read_at for one in issued.lists.all()} == {issued.lists.first().read_at}
    assert issued.files.count() == 1


def test_the_list_behind_a_figure_opens_as_it_was_and_today_beside_it(client, issued, two_years):
    client.force_login(two_years.inspector)
    url = reverse("reports:report_rows", args=[issued.pk, "bases"])
    asked = {"year": 2018, "level": 1}
    assert names_in(client.get(url, asked)) == ["Đảng bộ Sở Nội vụ"]

    Review.objects.filter(organisation=two_years.lone, sheet__cycle__year=2018).update(decided_level=1)
    MemberFactory(cell=two_years.lone, admitted_on=date(2018, 5, 19), official_on=date(2019, 5, 19))

    as_issued, today = client.get(url, asked), client.get(url, asked | {"now": 1})
    assert names_in(as_issued) == ["Đảng bộ Sở Nội vụ"]
    assert "Như khi ban hành." in text_of(as_issued)
    assert sorted(names_in(today)) == ["Chi bộ Liên minh Hợp tác xã", "Đảng bộ Sở Nội vụ"]
    assert "Danh sách hiện nay." in text_of(today)
    admissions = reverse("reports:report_rows", args=[issued.pk, "admissions"])
    assert [client.get(admissions, query).context["count"] for query in ({}, {"now": 1})] == [3, 4]
    assert client.get(admissions).context["rows"][0][0] == date(2017, 9, 2)
    assert client.get(admissions, {"export": "xlsx"}).content.startswith(b"PK")


def test_a_kept_list_that_was_changed_is_not_opened(client, issued, two_years):
    kept = issued.lists.get(key=lists.key_of("admissions", 2017, None))
    with lifted_triggers(connection):
        PaperList.objects.filter(pk=kept.pk).update(packed=bytes(kept.packed) + b"x")
    client.force_login(two_years.leader)

    answer = client.get(reverse("reports:report_rows", args=[issued.pk, "admissions"]), {"year": 2017})

    assert answer.status_code == 409
    assert "Danh sách kèm văn bản đã bị thay đổi" in text_of(answer)


def test_new_figures_bring_new_lists(draft, two_years):
    MemberFactory(cell=two_years.lone, admitted_on=date(2018, 5, 19), official_on=date(2019, 5, 19))
    key = lists.key_of("admissions", 2018, None)
    assert draft.lists.get(key=key).count == 1

    services.reset_paper(draft, new_figures=False, by=two_years.leader)
    assert finish_without_files(draft).lists.get(key=key).count == 1
    services.reset_paper(draft, new_figures=True, by=two_years.leader)
    assert finish_without_files(draft).lists.get(key=key).count == 2


def test_seven_thousand_rows_are_kept_and_opened(draft, two_years):
    MemberFactory.create_batch(60, cell=two_years.first)
    rows = [[f"Nguyễn Thị Phượng Ước {number}", "Chi bộ Văn phòng", date(2018, 1, 1), None] for number in range(7000)]
    behind = lists.opened(draft.lists.get(key=lists.key_of("members-standing", 2017, None)))

    kept = lists._packed(draft, "x", type(behind)(behind.title, rows, behind.columns), draft.finished_at)

    assert len(kept.packed) < 200_000
    again = lists.opened(kept)
    assert (kept.count, len(again.rows)) == (7000, 7000)
    assert again.rows[6999] == ("Nguyễn Thị Phượng Ước 6999", "Chi bộ Văn phòng", date(2018, 1, 1), None)


def spoil(content, how):
    return {"changed": content[:-1] + b"!", "cut": content[: len(content) // 2], "empty": b""}[how]


@pytest.mark.parametrize("how", ["changed", "cut", "empty", "gone"])
def test_a_file_that_is_not_as_it_was_made_is_not_given_out(client, issued, two_years, how):
    file = issued.files.get().file
    with file.open() as opened:
        content = opened.read()
    file.storage.delete(file.name)
    if how != "gone":
        with file.storage.open(file.name, "wb") as opened:
            opened.write(spoil(content, how))
    client.force_login(two_years.leader)

    answer = client.get(reverse("reports:report_download", args=[issued.pk, "pdf"]))

    assert answer.status_code == 409
    assert ("Không tìm thấy tệp" if how == "gone" else "đã bị thay đổi") in text_of(answer)
    assert "bản sao lưu" in text_of(answer)


def test_figures_that_are_not_as_they_were_are_told_and_nothing_is_given_out(client, issued, two_years):
    with lifted_triggers(connection):
        Paper.objects.filter(pk=issued.pk).update(figures=issued.figures.replace('"count":1', '"count":2', 1))
    client.force_login(two_years.leader)

    page = client.get(reverse("reports:report_detail", args=[issued.pk]))

    assert "Số liệu giữ kèm văn bản đã bị thay đổi" in text_of(page)
    assert "V- MỨC ĐỘ" not in text_of(page)
    for name, args in (("report_download", ["pdf"]), ("report_differences", [])):
        assert client.get(reverse(f"reports:{name}", args=[issued.pk, *args])).status_code == 409


def test_the_page_names_version_and_checksums(client, issued, two_years):
    client.force_login(two_years.inspector)

    said = text_of(client.get(reverse("reports:report_detail", args=[issued.pk])))

    assert f"SHA-256 của tệp PDF {issued.files.get().sha256}" in said
    assert f"SHA-256 của số liệu {issued.figures_sha256}" in said
    assert "Lập bằng phiên bản" in said
