"""Who competes with whom for the best level, and the page that shows it and lets one try."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from cells.models import Document
from evaluations.cutline import cut_line
from evaluations.enums import QuotaGroup
from evaluations.models import Opinion, QuotaPool, Review
from evaluations.rulebooks.positions import leads
from evaluations.rulebooks.quota import ceiling, reckoning
from evaluations.services.cycles import open_cycle, open_review
from evaluations.services.quotas import counted, part_of, usage
from evaluations.services.settings import set_setting
from members.models import Member

from .conftest import member

QUOTA = {"base": "good", "rate": 20, "rounding": "floor"}


@pytest.mark.parametrize(
    ("position", "answer"),
    [
        ("Trưởng phòng", True),
        ("Phó trưởng phòng", True),
        ("Chánh Văn phòng", True),
        ("Giám đốc Sở", True),
        ("PHÓ CHỦ TỊCH", True),
        ("Chuyên viên chính", False),
        ("Kế toán viên", False),
        ("", False),
    ],
)
def test_who_leads_by_the_words_of_the_post(position, answer):
    assert leads(position) == answer


@pytest.fixture
def led(place):
    """The base before its review: two of the first cell hold posts."""
    for name, position in (("Trần Văn Aa", "Trưởng phòng"), ("Trần Văn Ab", "Phó trưởng phòng"), ("Trần Văn Ac", "Chuyên viên")):
        Member.objects.filter(full_name=name).update(position=position)
    return place


def opened(place, year=2026):
    place.cycle = open_cycle(place.root, year, by=place.staff)
    open_review(place.cycle, by=place.staff)
    return place


def pools(place, body, subject="member"):
    """{part: names} of the pools of `body`."""
    found = QuotaPool.objects.filter(cycle=place.cycle, body=body, subject=subject)
    return {pool.part: sorted(pool.reviews.values_list("name", flat=True)) for pool in found}


ALL = ["Lê Thị Hoa", "Trần Văn Aa", "Trần Văn Ab", "Trần Văn Ac", "Trần Văn Ad", "Trần Văn Ae", "Trần Văn Ag"]
LEADING = {"leading": ["Trần Văn Aa", "Trần Văn Ab"], "others": ["Lê Thị Hoa", "Trần Văn Ac", "Trần Văn Ad", "Trần Văn Ae", "Trần Văn Ag"]}


def test_from_2023_members_compete_with_those_of_similar_position(led):
    opened(led)

    assert pools(led, led.base) == LEADING
    pool = QuotaPool.objects.get(body=led.base, part="leading")
    assert (pool.grouping, pool.group) == ("position", "Đảng viên giữ chức vụ lãnh đạo, quản lý do Đảng ủy Sở Nội vụ quyết định")
    assert pools(led, led.root, "organisation") == {"base_committee": ["Đảng bộ Sở Nội vụ"], "base_cell": ["Chi bộ Liên minh Hợp tác xã"]}


def test_to_2022_members_compete_within_the_base_organisation_and_organisations_by_kind(led):
    opened(led, 2021)

    assert pools(led, led.base) == {"": ALL}
    assert pools(led, led.root, "organisation") == {"base_committee": ["Đảng bộ Sở Nội vụ"], "base_cell": ["Chi bộ Liên minh Hợp tác xã"]}


def test_the_root_may_set_another_group(led):
    set_setting(led.root, "quota_members", QUOTA | {"group": "body"}, from_day=date(2026, 1, 1), by=led.staff)

    opened(led)

    assert pools(led, led.base) == {"": ALL}


def test_a_change_of_the_group_reaches_the_open_year(led):
    opened(led)
    paper = Document(organisation=led.root, kind="decision", number="9-QĐ/ĐUK", issued_on=date(2026, 1, 5), issuer="Đảng ủy Khối")
    set_setting(led.root, "quota_members", QUOTA | {"group": "body"}, from_day=date(2026, 1, 1), document=paper, by=led.staff)
    pool = QuotaPool.objects.get(body=led.base, subject="member")
    assert (pools(led, led.base), pool.blocks, pool.group) == ({"": ALL}, True, "Đảng viên do Đảng ủy Sở Nội vụ quyết định")

    set_setting(led.root, "quota_members", QUOTA | {"group": "position"}, from_day=date(2026, 1, 1), by=led.staff)
    assert pools(led, led.base) == LEADING
    assert not Review.objects.filter(subject="member", pool=None).exists()


def test_a_body_that_issued_a_decision_keeps_its_groups(led):
    from .test_deciding import ISSUE, accepted, issue_decision, propose_decision

    opened(led)
    led.sheet = led.cycle.sheets.get(organisation=led.first)
    led.rows = list(led.sheet.reviews.filter(subject="member").order_by("sort_key"))
    decision = accepted(led)
    propose_decision(decision, by=led.base_staff)
    issue_decision(decision, **ISSUE, by=led.base_leader)

    set_setting(led.root, "quota_members", QUOTA | {"group": "body"}, from_day=date(2026, 1, 1), by=led.staff)

    assert pools(led, led.base) == LEADING
    assert pools(led, led.lone) == {"": ["Phạm Văn Lâm"]}


def test_who_joins_later_competes_where_the_body_stands(led):
    from evaluations.services.sheets import roster_changes, update_roster

    opened(led)
    sheet = led.cycle.sheets.get(organisation=led.second)
    new = member("Vũ Thị Mới", led.second)
    Member.objects.filter(pk=new.pk).update(position="Chánh Thanh tra")
    joiners = [one.pk for one in roster_changes(sheet)[0]]

    update_roster(sheet, joiners=joiners, by=led.base_staff)

    assert pools(led, led.base)["leading"] == ["Trần Văn Aa", "Trần Văn Ab", "Vũ Thị Mới"]


@settings(deadline=None, max_examples=200)
@given(
    rows=st.lists(st.tuples(st.sampled_from(["", "Trưởng phòng", "Chuyên viên"]), st.integers(1, 4)), max_size=60),
    grouping=st.sampled_from(list(QuotaGroup)),
    base=st.sampled_from(["good", "good_or_better"]),
    rate=st.sampled_from([15, 20, 25]),
)
def test_each_group_has_the_largest_number_that_its_own_rows_allow(rows, grouping, base, rate):
    pool = QuotaPool(base=base, rate=rate, rounding="floor")
    groups = {}
    for position, level in rows:
        groups.setdefault(part_of(grouping, Review(subject="member", position=position)), []).append(level)

    assert sum(map(len, groups.values())) == len(rows)
    assert set(groups) <= ({""} if grouping == QuotaGroup.BODY else {"leading", "others"})
    for levels in groups.values():
        limit, people = counted(pool, levels).limit, sum(level <= 2 for level in levels)
        of = (people - limit, people - limit - 1) if base == "good" else (people, people)
        assert 100 * limit <= rate * of[0]
        assert 100 * (limit + 1) > rate * of[1]
    pooled = counted(pool, [level for levels in groups.values() for level in levels]).limit
    assert sum(counted(pool, levels).limit for levels in groups.values()) <= pooled


@pytest.mark.parametrize(
    ("people", "base", "rounding", "sentence"),
    [
        (37, "good", "floor", "6 người xếp xuất sắc, còn 31 hoàn thành tốt: 20% của 31 là 6,2, nên được tối đa 6."),
        (37, "good_or_better", "floor", "37 người từ hoàn thành tốt trở lên: 20% của 37 là 7,4, bỏ phần lẻ, nên được tối đa 7."),
        (37, "good_or_better", "ceiling", "37 người từ hoàn thành tốt trở lên: 20% của 37 là 7,4, lấy tròn lên, nên được tối đa 8."),
        (0, "good", "floor", "Chưa ai được xếp từ hoàn thành tốt nhiệm vụ trở lên nên chưa có số để tính trần."),
    ],
)
def test_the_reckoning_is_said_with_its_numbers(people, base, rounding, sentence):
    assert reckoning(20, people, base, rounding) == sentence


def test_the_reckoning_of_the_literal_base_names_its_rounding():
    said = reckoning(20, 37, "good", "ceiling")
    assert said.endswith("6,17, lấy tròn lên, nên được tối đa 7.")
    assert ceiling(20, 37, "good", "ceiling") == 7


@pytest.fixture
def voted(year):
    """Three of the first cell at the best level, three and the one of the second cell at the second: 7 people, at most 1."""
    rows = [*year.rows, year.cycle.sheets.get(organisation=year.second).reviews.get(subject="member")]
    for row, level in zip(rows, (1, 1, 1, 2, 2, 2, 2), strict=True):
        Opinion.objects.create(review=row, voice="cell_vote", level=level)
    year.pool = QuotaPool.objects.get(body=year.base, subject="member")
    year.address = reverse("evaluations:pool_detail", args=[year.pool.pk])
    return year


def test_the_page_shows_rows_of_all_sheets_and_draws_the_line(client, voted):
    client.force_login(voted.base_staff)

    page = client.get(voted.address).content.decode()

    assert "Xuất sắc <b>3</b>, tối đa <b>1</b>: vượt 2" in page
    assert "1 đảng viên xếp xuất sắc, còn 6 hoàn thành tốt: 20% của 6 là 1,2, nên được tối đa 1." in page
    assert "3 đảng viên chưa quyết định cùng tranh 1 chỗ. Quy định không nêu thứ tự trong nhóm" in page
    assert page.index("Trần Văn Aa") < page.index("Vạch trần: tối đa 1") < page.index("Trần Văn Ab") < page.index("Lê Thị Hoa")
    assert "Chưa có văn bản xác nhận cách tính" in page


def test_trying_changes_the_numbers_and_writes_nothing(client, voted):
    client.force_login(voted.leader)
    before = list(Opinion.objects.order_by("pk").values_list("pk", "level", "version"))
    first, second, third = (row.pk for row in voted.rows[:3])

    page = client.get(voted.address, {"to2": [first, second]}).content.decode()
    assert "Xuất sắc <b>1</b>, tối đa <b>1</b></p>" in page
    assert "Đang thử, chưa ghi gì." in page
    assert "Vạch trần" not in page
    assert "Xuất sắc <b>0</b>, tối đa <b>0</b></p>" in client.get(voted.address, {"to3": [first, second, third]}).content.decode()
    assert "Đang thử" not in client.get(voted.address, {"to2": ["x", "0", 10**9], "to1": [first]}).content.decode()

    assert list(Opinion.objects.order_by("pk").values_list("pk", "level", "version")) == before
    assert (usage(voted.pool).excellent, usage(voted.pool).limit) == (3, 1)


def test_six_allow_one_and_five_none(voted):
    """Of seven people: six at level 1 or 2 still allow one at level 1, five do not."""
    moves = {row.pk: 3 for row in voted.rows[3:4]}
    assert cut_line(voted.pool, moves).tried.limit == 1
    assert cut_line(voted.pool, moves | {voted.rows[4].pk: 3}).tried.limit == 0


def test_a_decided_row_stays_where_it_is_and_has_its_place(voted):
    Review.objects.filter(pk=voted.rows[2].pk).update(decided_level=1)

    found = cut_line(voted.pool, {voted.rows[2].pk: 3})

    assert [row.name for row in found.rows[1]] == ["Trần Văn Ac", "Trần Văn Aa", "Trần Văn Ab"]
    assert (found.free, found.competing, found.is_tried) == (0, 2, False)


def test_the_page_is_for_those_who_read_the_papers_of_the_body(client, voted):
    client.force_login(voted.secretary)
    assert client.get(voted.address).status_code == 404
    sheet = reverse("evaluations:sheet_detail", args=[voted.sheet.pk])
    assert voted.address not in client.get(sheet).content.decode()
    client.force_login(voted.base_leader)
    assert voted.address in client.get(sheet).content.decode()


def test_the_page_costs_the_same_for_more_rows(client, voted, django_assert_max_num_queries):
    client.force_login(voted.base_staff)
    with django_assert_max_num_queries(14):
        client.get(voted.address)


def test_two_years_side_by_side(client, place):
    client.force_login(place.secretary)
    address = reverse("evaluations:rulebook_compare")

    page = client.get(address, {"a": "2024", "b": "2025"}).content.decode()
    assert "R4-05" in page
    assert "20%, 25% khi cấp có thẩm quyền cho phép" in page
    assert "Không có gì thay đổi" in client.get(address, {"a": "2023", "b": "2024"}).content.decode()
    wrong = client.get(address, {"a": "2013", "b": "x"}).content.decode()
    assert "Chưa có quy định cho năm này; hãy chọn từ năm 2014." in wrong
    client.force_login(place.stranger)
    assert client.get(address).status_code == 403
