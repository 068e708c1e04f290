import datetime

import pytest

from reports.papers import sentences

NAMES = {1: "Hoàn thành xuất sắc nhiệm vụ", 2: "Hoàn thành tốt nhiệm vụ", 3: "Hoàn thành nhiệm vụ", 4: "Không hoàn thành nhiệm vụ"}


def test_situation_names_the_base_of_the_share_of_probationary_members():
    text = sentences.situation(datetime.date(2019, 12, 31), organisations=66, committees=40, base_cells=26, cells=290, members=4108, probationary=172)
    assert text == (
        "Tính đến ngày 31/12/2019, toàn Đảng bộ có 66 tổ chức cơ sở đảng (40 đảng bộ cơ sở, 26 chi bộ cơ sở), 290 chi bộ trực thuộc "
        "đảng ủy cơ sở với 4.108 đảng viên, trong đó có 172 đảng viên dự bị (chiếm 4,19% tổng số đảng viên)."
    )


def test_classification_counts_good_or_better_then_the_others():
    text = sentences.classification(2018, subject="tổ chức cơ sở đảng", rated=66, counts={1: 13, 2: 50, 3: 2, 4: 1}, names=NAMES, unrated=2)
    assert text == (
        "Năm 2018, có 63/66 tổ chức cơ sở đảng được xếp loại hoàn thành tốt nhiệm vụ trở lên, đạt 95,45%, trong đó 13 tổ chức cơ sở đảng "
        "hoàn thành xuất sắc nhiệm vụ (19,7%); 02 tổ chức cơ sở đảng hoàn thành nhiệm vụ (3,03%); 01 tổ chức cơ sở đảng không hoàn thành "
        "nhiệm vụ (1,52%); 02 tổ chức cơ sở đảng không thuộc diện hoặc chưa được xếp loại, không tính vào tỷ lệ."
    )


def test_classification_leaves_out_levels_nobody_got():
    text = sentences.classification(2020, subject="chi bộ", rated=8, counts={2: 8}, names=NAMES)
    assert text == "Năm 2020, có 08/08 chi bộ được xếp loại hoàn thành tốt nhiệm vụ trở lên, đạt 100%."


@pytest.mark.parametrize(
    ("decided", "clause"),
    [(0, "chưa có đảng viên nào được xếp loại"), (31, "đã có quyết định xếp loại đối với 31/4.300 đảng viên")],
)
def test_unrated_year_gives_the_day_of_its_figures(decided, clause):
    text = sentences.unrated_year(2026, datetime.date(2026, 11, 23), decided=decided, total=4300, subject="đảng viên")
    assert text == (
        f"Năm 2026 chưa kết thúc việc đánh giá, xếp loại; đến ngày 23/11/2026, {clause}. "
        "Số liệu năm 2026 được ghi là “chưa xếp loại” và không tính vào tỷ lệ của nhiệm kỳ."
    )


def test_registration_names_what_was_aimed_at():
    text = sentences.registration(2018, subject="tổ chức cơ sở đảng", registered=64, total=66, level_name=NAMES[1], aimed=30, reached=13)
    assert text == (
        "Năm 2018, có 64/66 tổ chức cơ sở đảng đăng ký thi đua (96,97%); trong 30 tổ chức cơ sở đảng đăng ký mức hoàn thành xuất sắc "
        "nhiệm vụ, có 13 tổ chức cơ sở đảng đạt mức đã đăng ký, bằng 43,33% số đăng ký mức này."
    )


@pytest.mark.parametrize(
    ("admitted", "low", "high", "end"),
    [
        (930, 930, None, "kết nạp 930 đảng viên mới, bằng 100% chỉ tiêu của nhiệm kỳ (930 đảng viên), đạt chỉ tiêu."),
        (470, 450, 500, "kết nạp 470 đảng viên mới, bằng 104,44% mức thấp nhất của chỉ tiêu của nhiệm kỳ (từ 450 đến 500 đảng viên), đạt chỉ tiêu."),
        (510, 450, 500, "kết nạp 510 đảng viên mới, bằng 113,33% mức thấp nhất của chỉ tiêu của nhiệm kỳ (từ 450 đến 500 đảng viên), vượt chỉ tiêu."),
        (
            441,
            450,
            500,
            "kết nạp 441 đảng viên mới, bằng 98% mức thấp nhất của chỉ tiêu của nhiệm kỳ (từ 450 đến 500 đảng viên), còn thiếu 09 đảng viên so với mức thấp nhất của chỉ tiêu.",
        ),
    ],
)
def test_admissions_against_a_number_or_a_range(admitted, low, high, end):
    text = sentences.admissions(2020, 2025, admitted=admitted, low=low, high=high)
    assert text == f"Giai đoạn 2020 - 2025, toàn Đảng bộ {end}"


def test_admissions_of_an_open_term_give_the_day():
    text = sentences.admissions(2025, 2030, admitted=8, low=400, until=datetime.date(2026, 3, 1))
    assert text.startswith("Giai đoạn 2025 - 2030 (số liệu đến ngày 01/3/2026), toàn Đảng bộ kết nạp 08 đảng viên mới, bằng 2% chỉ tiêu")


def test_average_admissions_shows_what_was_divided():
    assert sentences.average_admissions(admitted=470, years=5, target=80) == (
        "Bình quân mỗi năm kết nạp 94 đảng viên (470 đảng viên trong 05 năm); chỉ tiêu bình quân là 80 đảng viên/năm, đạt chỉ tiêu."
    )


def test_targets_name_those_that_cannot_be_judged():
    assert sentences.targets(achieved=3, missed=1, unknown=1) == (
        "Trong 05 chỉ tiêu của nhiệm kỳ, có 03 chỉ tiêu đạt, 01 chỉ tiêu không đạt, 01 chỉ tiêu chưa đủ số liệu để kết luận."
    )
    assert sentences.targets(achieved=3, missed=0, unknown=0) == "Trong 03 chỉ tiêu của nhiệm kỳ, có 03 chỉ tiêu đạt, 00 chỉ tiêu không đạt."


def test_exemplary_names_its_base_or_says_none():
    assert sentences.exemplary(2020, 2024, count=2, base=64) == (
        "Giai đoạn 2020 - 2024, có 02 tổ chức cơ sở đảng được công nhận tiêu biểu 05 năm liền, chiếm 3,13% trong 64 tổ chức cơ sở đảng "
        "có đủ 05 năm được xếp loại."
    )
    assert sentences.exemplary(2020, 2024, count=0, base=64) == (
        "Giai đoạn 2020 - 2024, không có tổ chức cơ sở đảng nào được công nhận tiêu biểu 05 năm liền."
    )


def test_women_and_minorities():
    text = sentences.women_and_minorities(members=4490, women=2295, minority=297, unknown=2)
    assert text == (
        "Trong tổng số đảng viên có 2.295 đảng viên nữ (chiếm 51,11%), 297 đảng viên là người dân tộc thiểu số (chiếm 6,61%); "
        "02 đảng viên chưa ghi dân tộc."
    )


@pytest.mark.parametrize(
    ("bases", "members", "said"),
    [
        (-1, 322, "giảm 01 tổ chức cơ sở đảng; tăng 322 đảng viên."),
        (0, 0, "số tổ chức cơ sở đảng không thay đổi; số đảng viên không thay đổi."),
    ],
)
def test_growth(bases, members, said):
    assert sentences.growth(datetime.date(2020, 12, 31), bases=bases, members=members) == f"So với ngày 31/12/2020, {said}"


def test_sectors():
    assert sentences.sectors([("Khối nội chính", 7), ("Khối sự nghiệp", 17)]) == (
        "Các tổ chức cơ sở đảng được chia thành 02 khối thi đua: Khối nội chính (07); Khối sự nghiệp (17)."
    )


def test_changes_of_organisations():
    assert sentences.changes("các năm 2020 - 2024", {"merged": 2, "split": 0, "renamed": 1}, " (Phụ lục 10)") == (
        "Trong các năm 2020 - 2024, hệ thống tổ chức cơ sở đảng có thay đổi: 02 tổ chức liên quan đến hợp nhất, sáp nhập; "
        "01 tổ chức đổi tên (Phụ lục 10)."
    )


def test_political_task_counts_only_what_is_known():
    assert sentences.political_task(2020, done=5, known=6, total=19) == (
        "Năm 2020, có 05/06 cơ quan, đơn vị có tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ chính trị, đạt 83,33%; 13 cơ quan, đơn vị chưa có số liệu."
    )
