"""The pages of commendations in a browser's hands: from the list of those who qualify to the register, and what nobody else is told."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from evaluations.models import AwardSetting, Commendation, CommendationRound, QuotaPool, Review
from evaluations.services.commendations import revoke_item
from members.models import BadgeAward, Discipline, Member

from .award_history import give
from .conftest import member
from .test_commendations import PAPER, VOTE, discipline, issued, listed, merits, own_round, paper, proposed, province_round

__all__ = ["merits"]
TYPED_VOTE = VOTE | {"meeting_on": "20/02/2025"}
TYPED_PAPER = PAPER | {"issued_on": "03/03/2025"}


def page(client, name, *args, **asked):
    answer = client.get(reverse(f"evaluations:commendation_{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, name, *args, **typed):
    return client.post(reverse(f"evaluations:commendation_{name}", args=args), typed, follow=True)


def test_a_list_from_the_first_page_to_the_register(client, merits):
    client.force_login(merits.base_staff)
    assert "Chưa có đợt khen thưởng nào" in page(client, "list")
    post(client, "new", body="")
    opened = client.post(
        f"{reverse('evaluations:commendation_new')}?body={merits.base.pk}", {"year": "2024", "awarding_body": str(merits.base.pk), "title": ""}
    )
    round_ = CommendationRound.objects.get()
    assert opened.url == reverse("evaluations:commendation_detail", args=[round_.pk])
    assert "Danh sách chưa có ai" in page(client, "detail", round_.pk)
    offered = page(client, "candidates", round_.pk, "member")
    assert (merits.best.full_name in offered, merits.good.full_name in offered) == (True, False)
    answer = post(client, "add", round_.pk, "member", subject=[merits.best.pk, merits.also.pk], award="certificate", basis="year", which="")
    assert "Đã đưa 2 tên vào danh sách." in answer.content.decode()
    assert "đã có trong đợt này" in page(client, "candidates", round_.pk, "member")
    second = round_.items.get(member=merits.also)
    post(client, "remove", second.pk)
    post(client, "detail", round_.pk, **TYPED_VOTE)
    assert "Đã trình danh sách." in post(client, "propose", round_.pk).content.decode()

    client.force_login(merits.base_leader)
    answer = post(client, "detail", round_.pk, **TYPED_PAPER)
    assert "Đã ban hành Quyết định số 12-QĐ/ĐU." in answer.content.decode()
    client.force_login(merits.secretary)
    register = page(client, "register")
    assert (merits.best.full_name in register, merits.also.full_name in register) == (True, False)
    assert "2024: Hoàn thành xuất sắc nhiệm vụ, số 2024-QĐ/ĐU, 28/12/2024" in register


def test_a_refusal_keeps_what_was_typed(client, merits):
    client.force_login(merits.base_staff)
    round_ = listed(merits)
    answer = post(client, "detail", round_.pk, **TYPED_VOTE | {"votes_for": "8"}).content.decode()
    assert "Số phiếu không khớp" in answer
    assert 'value="20/02/2025"' in answer
    refused = post(client, "add", round_.pk, "member", subject=[merits.good.pk], award="certificate", basis="year", which="").content.decode()
    assert f"{merits.good.full_name}: Năm 2024: Hoàn thành tốt nhiệm vụ." in refused


def test_what_a_body_may_not_give_is_not_offered(client, merits):
    def offered(by, round_, kind):
        client.force_login(by)
        text = page(client, "candidates", round_.pk, kind, run="all")
        return [word for word in ("Biểu dương", "Giấy khen", "Bằng khen", "Cờ") if f">{word}</option>" in text]

    base = own_round(merits)
    cell = own_round(merits, merits.secretary, merits.first)
    province = own_round(merits, merits.staff, merits.root, awarding_body=None)
    assert offered(merits.base_staff, base, "member") == ["Biểu dương", "Giấy khen"]
    assert offered(merits.secretary, cell, "member") == ["Biểu dương"]
    assert offered(merits.staff, province, "member") == ["Bằng khen"]
    assert offered(merits.staff, province, "organisation") == ["Bằng khen", "Cờ"]


def test_those_who_are_usually_commended_are_ticked_beforehand(client, merits):
    def ticked(by, round_, kind, **asked):
        client.force_login(by)
        return page(client, "candidates", round_.pk, kind, **asked).count(" checked>")

    base = own_round(merits)
    upper = own_round(merits, merits.staff, merits.root)
    assert (ticked(merits.base_staff, base, "member"), ticked(merits.staff, upper, "member")) == (2, 0)
    assert (ticked(merits.base_staff, base, "organisation"), ticked(merits.staff, upper, "organisation")) == (1, 0)
    assert ticked(merits.base_staff, base, "member", run="all") == 0
    issued(merits)
    assert ticked(merits.base_staff, base, "member") == 1


def test_five_years_are_shown_with_each_years_decision(client, merits):
    for year in range(2020, 2024):
        give(merits.root, merits.best, year, 1)
        give(merits.root, merits.also, year, 2 if year == 2021 else 1)
    client.force_login(merits.staff)
    round_ = own_round(merits, merits.staff, merits.root)
    whole = page(client, "candidates", round_.pk, "member", run="five")
    assert merits.best.full_name in whole
    assert all(f"{year}: Hoàn thành xuất sắc nhiệm vụ, số {year}-QĐ/ĐU, 28/12/{year}" in whole for year in range(2020, 2025))
    near = page(client, "candidates", round_.pk, "member", run="near")
    assert (merits.also.full_name in near, "Thiếu năm 2021: Hoàn thành tốt nhiệm vụ" in near, 'name="subject"' in near) == (True, True, False)
    asked = {"run": "five", "export": "xlsx"}
    file = client.get(reverse("evaluations:commendation_candidates", args=[round_.pk, "member"]), asked).content
    row = CalamineWorkbook.from_filelike(BytesIO(file)).get_sheet_by_index(0).to_python()[-1]
    assert (row[0], row[2], row[3]) == (merits.best.full_name, "đủ", "2020: Hoàn thành xuất sắc nhiệm vụ")


def test_names_are_searched_without_standing_in_the_address(client, merits):
    issued(merits, merits.best, merits.also)
    client.force_login(merits.base_staff)
    answer = client.post(reverse("evaluations:commendation_register"), {"q": merits.best.full_name}, follow=True)
    assert "Tran" not in answer.redirect_chain[0][0]
    assert answer.context["count"] == 1
    assert "Trần" not in answer.redirect_chain[0][0]


def test_the_register_of_a_member_has_badges_too_and_keeps_what_was_revoked(client, merits):
    item = issued(merits).items.get()
    revoke_item(item, reason="Ghi nhầm người", document=paper(merits.base), by=merits.base_leader)
    document = paper(merits.root, "77-QĐ/TU")
    document.save()
    BadgeAward.objects.create(member=merits.best, years=30, ceremony_on=date(2025, 2, 3), state="awarded", document=document, badge_number="00123")
    client.force_login(merits.secretary)
    shown = client.get(reverse("evaluations:member_years", args=[merits.best.pk])).content.decode()
    assert "30 năm tuổi Đảng, số 00123" in shown
    assert "Đã thu hồi: Quyết định số 9-QĐ/ĐUK, ngày 01/04/2025; Ghi nhầm người" in shown
    assert "chưa đủ 5 năm liền" in client.get(reverse("evaluations:organisation_years", args=[merits.first.pk])).content.decode()
    assert client.get(reverse("evaluations:member_years", args=[Member.objects.get(cell=merits.second).pk])).status_code == 404


def test_an_open_case_is_on_nobodys_page_but_the_boards(client, merits):
    Discipline.objects.create(member=merits.best, place=merits.first)
    round_ = listed(merits)
    item = round_.items.get()
    Commendation.objects.filter(pk=item.pk).update(case_reason="Lý do kín")
    for who, sees in ((merits.base_staff, False), (merits.base_leader, False), (merits.staff, False), (merits.inspector, True)):
        client.force_login(who)
        texts = page(client, "detail", round_.pk) + page(client, "item", item.pk) + page(client, "print", round_.pk)
        assert ("xem xét kỷ luật" in texts) is sees
        assert ("Lý do kín" in texts) is sees


def test_a_discipline_is_shown_and_the_reason_is_kept(client, merits):
    discipline(merits, merits.best)
    round_ = listed(merits)
    client.force_login(merits.base_staff)
    shown = page(client, "detail", round_.pk)
    assert "Cần làm rõ: Kỷ luật khiển trách ngày 01/12/2024" in shown
    assert "Chưa ghi lý do vẫn đề nghị" in shown
    post(client, "item", round_.items.get().pk, dossier=["report", "minutes"], reason="Đã khắc phục xong")
    shown = page(client, "detail", round_.pk)
    assert ("Chưa ghi lý do" in shown, "Lý do vẫn đề nghị: Đã khắc phục xong" in shown) == (False, True)
    assert round_.items.get().dossier == ["minutes", "report"]


def test_sums_of_the_round_and_of_the_year(client, merits):
    document = paper(merits.root, "73/2024/NĐ-CP")
    document.save()
    AwardSetting.objects.create(root=merits.root, key="base_salary", value=2340000, valid_from=date(2024, 7, 1), document=document)
    draft = listed(merits, merits.good, award="praise", basis="theme", merit="Sáng kiến")
    client.force_login(merits.base_leader)
    assert "Tiền thưởng: chưa tính được" in page(client, "print", draft.pk)
    client.force_login(merits.base_staff)
    post(client, "discard", draft.pk)
    round_ = listed(merits, merits.best, merits.also)
    assert "1.404.000 đồng" in page(client, "print", round_.pk)
    post(client, "discard", round_.pk)
    round_ = proposed(merits, merits.best, merits.also)
    client.force_login(merits.base_leader)
    assert "1.404.000 đồng" in page(client, "detail", round_.pk)
    assert "1.404.000 đồng" in page(client, "print", round_.pk)
    assert "Tiền thưởng năm 2024" in page(client, "list")
    assert CommendationRound.objects.for_list().get().budget == Decimal(1404000)


def test_the_decision_of_the_province_is_ticked_and_recorded(client, merits):
    round_ = province_round(merits)
    client.force_login(merits.staff)
    first = round_.items.get(member=merits.best)
    typed = TYPED_PAPER | {"number": "88-QĐ/TU", "issuer": "Ban Thường vụ Tỉnh ủy", "granted": [first.pk]}
    assert "Đã ghi quyết định của cấp trên" in post(client, "detail", round_.pk, **typed).content.decode()
    assert list(Commendation.objects.given()) == [first]
    assert "Không được khen" in page(client, "detail", round_.pk)


def test_settings_are_typed_with_their_document(client, merits):
    client.force_login(merits.staff)
    asked = {"value": "2340000", "from_day": "01/07/2024"}
    answer = post(client, "setting", merits.root.pk, "base_salary", **asked)
    assert "Hãy ghi số, ngày và cơ quan ban hành văn bản quy định." in answer.content.decode()
    source = {"document_number": "73/2024/NĐ-CP", "document_on": "30/06/2024", "document_issuer": "Chính phủ"}
    post(client, "setting", merits.root.pk, "base_salary", **asked, **source)
    assert "2.340.000, từ 01/07/2024" in page(client, "settings", merits.root.pk)
    post(client, "setting", merits.root.pk, "restart", **source, value="1", from_day="01/01/2025")
    assert "Đếm lại từ đầu" in page(client, "settings", merits.root.pk)
    assert client.get(reverse("evaluations:commendation_setting", args=[merits.root.pk, "nothing"])).status_code == 404


@pytest.mark.parametrize("name", ["candidates", "detail", "register", "list", "print"])
def test_more_rows_need_no_more_queries(client, merits, name, django_assert_num_queries):
    round_ = listed(merits)
    issued(merits, merits.also)
    args = {"candidates": [round_.pk, "member"], "register": [], "list": []}.get(name, [round_.pk])
    client.force_login(merits.base_staff)
    url = reverse(f"evaluations:commendation_{name}", args=args)
    client.get(url)
    with CaptureQueriesContext(connection) as once:
        client.get(url)
    more = [member(f"Đỗ Văn B{number}", merits.first) for number in range(12)]
    for one in more:
        give(merits.root, one, 2024, 1, body=merits.base)
    listed(merits, *more[:6], round_=round_)
    issued(merits, *more[6:], number="13-QĐ/ĐU")
    with django_assert_num_queries(len(once)):
        client.get(url)


def test_a_pool_over_its_share_is_said_above_the_list(client, merits):
    cycle = merits.best.reviews.get().sheet.cycle
    made = {"subject": "member", "group": "Đảng viên", "base": "good", "rate": 20, "citation": "Điều 11"}
    pool = QuotaPool.objects.create(cycle=cycle, body=merits.base, **made)
    rows = Review.objects.filter(sheet__cycle=cycle, subject="member")
    rows.update(pool=pool)
    round_ = listed(merits)
    client.force_login(merits.base_staff)
    assert "Xếp mức cao nhất 2, trần 20% là 0." in page(client, "detail", round_.pk)
    for number in range(9):
        give(merits.root, member(f"Bùi Văn C{number}", merits.first), 2024, 2, body=merits.base)
    rows.update(pool=pool)
    assert rows.count() == 12
    assert "Xếp mức cao nhất" not in page(client, "detail", round_.pk)
