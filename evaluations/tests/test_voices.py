"""Several voices side by side: who has not spoken, where they disagree, what the vote is set against."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from evaluations.grids import grid_of
from evaluations.models import Opinion, Review
from evaluations.services.opinions import save_opinion
from khoi_party.common.errors import DomainError
from members.models import AnnualPaper


def said(year, row, by=None, **levels):
    for voice, level in levels.items():
        now = Opinion.objects.filter(review=row, voice=voice).first()
        save_opinion(row, voice, level=level, version=now.version if now else 0, by=by or year.secretary)


def page(client, year, **query):
    return BeautifulSoup(client.get(reverse("evaluations:sheet_detail", args=[year.sheet.pk]), query).content, "html.parser")


def test_the_cell_committee_speaks_of_members_in_a_column_of_its_own(year, client):
    client.force_login(year.secretary)
    heads = [head.get_text() for head in page(client, year).find("thead").find_all("th")]
    assert heads[3:7] == ["Tự xếp loại", "Mức công chức, viên chức", "Chi ủy đề nghị", "Chi bộ bỏ phiếu"]
    said(year, year.rows[0], committee=2)
    assert Opinion.objects.get().level == 2
    unit = Review.objects.get(sheet=year.sheet, subject="organisation")
    with pytest.raises(DomainError, match="chỉ ghi cho đảng viên"):
        said(year, unit, committee=2)
    with pytest.raises(PermissionDenied):
        said(year, year.rows[1], by=year.stranger, committee=2)


@pytest.mark.parametrize(
    ("own", "committee", "vote", "lacks"),
    [(1, None, 2, True), (2, None, 2, False), (1, 2, 2, False), (2, 1, 2, True), (None, 1, 2, True), (None, None, 2, False)],
)
def test_the_vote_is_set_against_the_committee_and_else_against_the_own_rating(year, own, committee, vote, lacks):
    row = year.rows[0]
    said(year, row, **{name: level for name, level in (("self", own), ("committee", committee), ("cell_vote", vote)) if level})
    assert Review.objects.filter(sheet=year.sheet).without_reason().exists() is lacks
    cell = next(cell for cell in grid_of(year.sheet, year.secretary).groups[0].rows[0].cells if cell.voice == "cell_vote")
    assert cell.lacks_reason is lacks


def test_who_has_not_spoken_is_counted_per_voice(year, client):
    for row in year.rows[:4]:
        said(year, row, self=2)
    said(year, year.rows[0], committee=2, cell_vote=2)
    AnnualPaper.objects.create(member=year.rows[0].member, year=2026, kind="residence", state="received", marked_by=year.staff)
    grid = grid_of(year.sheet, year.secretary)
    # six members and the cell itself, which rates itself and is waited for only there
    assert grid.silent == [("Tự xếp loại", 3), ("Chi ủy đề nghị", 5), ("Chi bộ bỏ phiếu", 5), ("Nhận xét nơi cư trú", 5)]
    client.force_login(year.secretary)
    shown = page(client, year)
    assert "Chi ủy đề nghị: 5 dòng" in shown.find(attrs={"data-kp-bar": True}).get_text()
    rows = shown.select("tr[data-kp-row]")
    assert ["chưa có nhận xét nơi cư trú" in row.get_text() for row in rows] == [False, True, True, True, True, True, False]


def test_the_meeting_can_ask_for_the_rows_on_which_voices_differ(year, client):
    for row, levels in zip(year.rows, ((1, 2), (2, 2), (2, None), (3, 2), (2, 2), (2, 2)), strict=True):
        said(year, row, self=levels[0], **({"committee": levels[1]} if levels[1] else {}))
    client.force_login(year.secretary)
    assert "2 dòng có ý kiến khác nhau" in page(client, year).find(attrs={"data-kp-bar": True}).get_text()
    narrowed = page(client, year, show="differing")
    assert [row.find("th").contents[0].strip() for row in narrowed.select("tr[data-kp-row]")] == ["Trần Văn Aa", "Trần Văn Ad"]
    assert narrowed.find("a", href="?")
    assert "ý kiến khác nhau" in narrowed.select("tr[data-kp-row]")[0].get_text()


def test_where_nobody_differs_nothing_is_offered(year, client):
    client.force_login(year.secretary)
    assert "ý kiến khác nhau" not in page(client, year).get_text()
