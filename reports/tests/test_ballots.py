"""Phiếu xếp loại and biên bản kiểm phiếu: all papers alike, every figure of the minutes from the agreed count and from nowhere else."""

import io
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from docx import Document as WordFile
from pypdf import PdfReader

from cells.enums import Role
from evaluations.ballots import Totals
from evaluations.enums import BallotState
from evaluations.models import BallotRound, Review
from evaluations.services.ballots import confirm_ballot, recount, save_count, second_ballot
from evaluations.tests.conftest import person, place, year  # noqa: F401  the small committee of the evaluation tests and its year
from evaluations.tests.test_ballots import ALL_SIX, VARIED, confirmed, counted, lines_of, minutes, opened, top  # noqa: F401
from khoi_party.common.errors import DomainError
from reports import services
from reports.building import build, freeze, thaw
from reports.models import Paper
from reports.papers.catalogue import recipe_of
from reports.setting.pages import to_html
from reports.setting.pdf import to_pdf
from reports.subjects import choices_of
from reports.tests.specimens import ballots as specimens

NAMES = ["Trần Văn Aa", "Trần Văn Ab", "Trần Văn Ac", "Trần Văn Ad", "Trần Văn Ae", "Trần Văn Ag"]


@pytest.fixture(autouse=True)
def now(time_machine, monkeypatch):
    time_machine.move_to("2026-11-23 09:00 +0700")
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)


def made(kind, ballot, **options):
    ballot = BallotRound.objects.get(pk=ballot.pk)
    return build(Paper(kind=kind, organisation=ballot.organisation, ballot=ballot, about_key=f"ballot:{ballot.pk}", options=options))


def pages_of(built):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(built.files["pdf"])).pages]


def html_of(built):
    return BeautifulSoup(to_html(thaw(built.text).write(), "reports/papers/ballots.html"), "html.parser")


# Papers.


def test_there_is_a_paper_for_everybody_convened_and_the_spare_ones_all_alike(year):  # noqa: F811
    built = made("ballot_papers", opened(year, spare=2))
    papers = [str(one) for one in html_of(built).select(".ballot")]
    assert len(papers) == 8  # six voters and two spare ones
    assert len(set(papers)) == 1
    assert [cell.get_text() for cell in html_of(built).select(".ballot")[0].select("tbody td:nth-child(2)")] == NAMES
    pages = pages_of(built)
    assert len(pages) == 4  # two on a sheet
    assert len(set(pages)) == 1  # nothing counts the sheets either
    assert "CHI BỘ VĂN PHÒNG" in pages[0]
    assert "xếp loại chất lượng đảng viên năm 2026" in pages[0]
    assert "ngày 20 tháng 11 năm 2026" in pages[0]
    assert "(đóng dấu)" in pages[0]
    assert freeze(thaw(built.text)) == built.text
    page = PdfReader(io.BytesIO(built.files["pdf"])).pages[0]
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [297, 210]


def test_nothing_of_the_voters_is_in_the_frozen_figures(year):  # noqa: F811
    ballot = opened(year, [year.rows[0]])  # five of the six voters stand on no line
    built = made("ballot_papers", ballot)
    for name in NAMES[1:]:
        assert name not in built.text
    assert set(thaw(built.text).figures.__dataclass_fields__) == {"ballot", "copies"}


def test_one_may_ask_for_fewer_copies(year):  # noqa: F811
    built = made("ballot_papers", opened(year), copies=3)
    assert len(html_of(built).select(".ballot")) == 3
    assert len(pages_of(built)) == 2  # the last sheet is half empty


def test_a_second_round_has_boxes_only_for_the_levels_it_offers(year):  # noqa: F811
    first = confirmed(year, *VARIED)
    again = second_ballot(first, reviews=[year.rows[3].pk], levels="leading", held_on=date(2026, 11, 22), by=year.secretary)
    soup = html_of(made("ballot_papers", again)).select(".ballot")[0]
    (row,) = soup.select("tbody tr")
    assert [len(cell.select(".ballot-box")) for cell in row.select("td")[2:]] == [1, 1, 0, 0]
    assert "năm\u00a02026, lần 2" in soup.get_text()


def test_a_long_list_takes_pages_of_its_own_alike_on_all_copies(year):  # noqa: F811
    common = {"sheet": year.sheet, "subject": "member", "decided_by": year.base, "pool": year.rows[0].pool}
    Review.objects.bulk_create(Review(**common, name=f"Nguyễn Phước Bảo Công Tằng Tôn Nữ {n}", sort_key=f"{n:03d}") for n in range(40))
    built = made("ballot_papers", opened(year, list(year.sheet.reviews.filter(subject="member"))), copies=2)
    pages = pages_of(built)
    assert len(pages) % 2 == 0
    assert pages[: len(pages) // 2] == pages[len(pages) // 2 :]
    assert "Phiếu có 46 dòng." in pages[0]
    assert sum(page.count("Tôn Nữ") for page in pages) == 80


@pytest.mark.parametrize(
    "name", ["Lê Bảo", "Nguyễn Thị Phượng Ước", "NGUYỄN THỊ PHƯỢNG ƯỚC", "Mwm Wmw Mmm Www Mwmw", "Công Tằng Tôn Nữ " * 7, "Nghiêng" * 17]
)
@pytest.mark.parametrize("count", [1, 6, 12, 16, 17])
def test_no_line_is_ever_cut_off_a_paper(name, count):
    frozen = specimens.papers(2, [name[:116]] * count)
    written = frozen.write()
    pdf = PdfReader(io.BytesIO(to_pdf(written, "reports/papers/ballots.html", numbered=False).bytes))
    said = " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)
    assert said.count("Không ghi tên, không ký tên") == 2  # what stands under the last line of each
    if written.is_halved:
        assert len(pdf.pages) == 1


def test_papers_are_printed_only_while_they_are_to_be_handed_out(year):  # noqa: F811
    fits = recipe_of("ballot_papers").fits
    ballot = opened(year)
    assert fits(ballot)
    save_count(ballot, ALL_SIX, lines_of(ballot, (0, 6, 0, 0, 0)), by=year.secretary)
    confirm_ballot(ballot, document=minutes(ballot), by=year.secretary)
    ballot.refresh_from_db()
    assert not fits(ballot)
    assert not fits(recount(ballot, "Đếm nhầm.", by=year.secretary))  # the old papers are counted again


def test_a_file_beyond_reason_is_refused_with_what_can_be_had(year, monkeypatch):  # noqa: F811
    monkeypatch.setattr("reports.papers.ballots.MOST_LINES", 30)
    with pytest.raises(DomainError, match=r"^8 phiếu, mỗi phiếu 6 dòng là quá lớn cho một tệp\. Hãy in tối đa 5 phiếu mỗi lần\.$"):
        made("ballot_papers", opened(year))


# Minutes.


def test_minutes_hold_the_agreed_count_and_the_result_as_it_is_reckoned(year):  # noqa: F811
    totals = Totals(present=6, issued=6, collected=6, valid=6, invalid=0, printed=8, unused=2)
    built = made("ballot_minutes", counted(year, *VARIED, totals=totals, chair="Trần Văn Aa", secretary="Trần Văn Ab", head_teller="Trần Văn Ac"))
    said = " ".join(pages_of(built))
    assert "1. Số được triệu tập, có quyền bỏ phiếu: 06 đảng viên chính thức; có mặt: 06." in said
    assert "2. Số phiếu: in 08; không dùng 02; phát ra 06; thu về 06; hợp lệ 06; không hợp lệ 00." in said
    assert "3. Đạt một mức khi có quá nửa số đảng viên chính thức được triệu tập (06) bỏ phiếu cho mức đó." in said
    table = thaw(built.text).write().sections[2].blocks[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["1", "Trần Văn Aa", "6", "0", "0", "0", "0", "HTXSNV"],
        ["2", "Trần Văn Ab", "4", "2", "0", "0", "0", "HTXSNV"],
        ["3", "Trần Văn Ac", "0", "5", "1", "0", "0", "HTTNV"],
        ["4", "Trần Văn Ad", "3", "3", "0", "0", "0", "Chưa có"],
        ["5", "Trần Văn Ae", "2", "2", "2", "0", "0", "Chưa có"],
        ["6", "Trần Văn Ag", "0", "0", "0", "4", "2", "KHTNV"],
    ]
    assert "- Hoàn thành xuất sắc nhiệm vụ (02): Trần Văn Aa, 6/6 = 100%; Trần Văn Ab, 4/6 = 66,67%." in said
    assert "- Chưa có kết quả (02): Trần Văn Ad, cao nhất 3/6 = 50%; Trần Văn Ae, cao nhất 2/6 = 33,33%." in said
    assert said.index("NGƯỜI GHI BIÊN BẢN") < said.index("CHỦ TRÌ HỘI NGHỊ")
    assert "Tổ trưởng tổ kiểm phiếu: Trần Văn Ac" in said
    assert "06 phiếu thu về được niêm phong" in said
    assert "ngày 20 tháng 11 năm 2026" in said
    assert freeze(thaw(built.text)) == built.text
    assert "NGƯỜI GHI BIÊN BẢN" in WordFile(io.BytesIO(built.files["docx"])).tables[-1].rows[0].cells[0].text


def test_papers_that_nobody_counted_are_not_a_figure(year):  # noqa: F811
    said = " ".join(pages_of(made("ballot_minutes", counted(year, *VARIED))))
    assert "2. Số phiếu: phát ra 06; thu về 06; hợp lệ 06; không hợp lệ 00." in said


def test_minutes_carry_the_number_under_which_they_were_entered(year):  # noqa: F811
    first = confirmed(year, *VARIED)
    assert "Số 12-BB/CB" in pages_of(made("ballot_minutes", first))[0].replace("\u00a0", " ")
    again = second_ballot(first, reviews=[year.rows[3].pk], levels="leading", held_on=date(2026, 11, 22), by=year.secretary)
    said = " ".join(pages_of(made("ballot_minutes", again)))
    assert "kiểm phiếu xếp loại chất lượng đảng viên năm 2026, lần 2" in said.replace("\u00a0", " ")
    assert "Đây là lần bỏ phiếu thứ 2, đối với các trường hợp chưa có kết quả ở lần bỏ phiếu trước (lần 1, họp ngày 20/11/2026)." in said
    assert "–: mức không có trên phiếu lần này." in said
    assert "Số 12" not in said


def test_without_a_count_they_are_a_form_for_the_pen(year):  # noqa: F811
    built = made("ballot_minutes", opened(year))
    said = " ".join(pages_of(built))
    assert "có mặt: …" in said
    assert all(name in said for name in NAMES)
    assert "Kết luận" not in said
    assert thaw(built.text).figures.totals is None


def test_figures_of_one_keyer_are_on_no_minutes_before_the_other_agrees(top):  # noqa: F811
    save_count(top.ballot, Totals(9, 9, 8, 7, 1), lines_of(top.ballot, (3, 4, 0, 0, 0)), by=top.staff)
    assert thaw(made("ballot_minutes", top.ballot).text).figures.totals is None
    save_count(top.ballot, Totals(9, 9, 8, 7, 1), lines_of(top.ballot, (2, 5, 0, 0, 0)), by=top.clerk)
    assert thaw(made("ballot_minutes", top.ballot).text).figures.totals is None  # they differ
    save_count(top.ballot, Totals(9, 9, 8, 7, 1), lines_of(top.ballot, (3, 4, 0, 0, 0)), version=1, by=top.clerk)
    figures = thaw(made("ballot_minutes", top.ballot).text).figures
    assert figures.totals == Totals(9, 9, 8, 7, 1)
    assert [line.votes for line in figures.votes] == [(3, 4, 0, 0)]


def test_a_replaced_count_is_offered_no_more_and_the_new_one_says_why(year):  # noqa: F811
    old = confirmed(year, *VARIED)
    new = recount(old, "Đếm nhầm một xấp.", by=year.secretary)
    assert "Kiểm phiếu lại, thay kết quả kiểm phiếu trước. Lý do: Đếm nhầm một xấp." in " ".join(pages_of(made("ballot_minutes", new)))
    BallotRound.objects.filter(pk=old.pk).update(state=BallotState.REPLACED)
    assert [one.subject for one in choices_of(year.secretary, recipe_of("ballot_minutes"))] == [new]


# Who may have them.


def test_the_buttons_stand_where_the_ballot_is_and_lead_to_the_very_round(client, year):  # noqa: F811
    ballot = opened(year)
    page, papers, count = (
        reverse("evaluations:ballot_detail", args=[ballot.pk]),
        f"{reverse('reports:report_new', args=['ballot-papers'])}?about={ballot.pk}",
        f"{reverse('reports:report_new', args=['ballot-minutes'])}?about={ballot.pk}",
    )
    for user, sees in ((year.secretary, True), (year.base_staff, True), (year.leader, True), (year.inspector, False)):
        client.force_login(user)
        shown = client.get(page).content.decode()
        assert (papers in shown, count in shown) == (sees, sees)
    client.force_login(year.secretary)
    answer = client.post(papers, {"about": ballot.pk, "copies": ""})
    assert answer.status_code == 302
    assert Paper.objects.get().options == {"copies": None}
    assert "400" in client.post(papers, {"about": ballot.pk, "copies": "401"}).content.decode()
    client.force_login(year.other_secretary)
    assert client.post(papers, {"about": ballot.pk, "copies": ""}).status_code == 403


def test_a_body_s_ballot_is_for_the_body(client, top):  # noqa: F811
    for kind in ("ballot-papers", "ballot-minutes"):
        client.force_login(person(f"lone{kind}", Role.SECRETARY, top.lone))
        assert not client.get(reverse("reports:report_new", args=[kind])).context["choices"]
        client.force_login(top.staff)
        assert [one.subject for one in client.get(reverse("reports:report_new", args=[kind])).context["choices"]] == [top.ballot]
