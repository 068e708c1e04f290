"""The appraisal board: all voices side by side; each advising board writes its own; who differs and who is silent stands out."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cells.enums import Role
from cells.models import AdvisingBoard, RoleAssignment
from cells.services.boards import add_board, end_board
from evaluations.appraisal import appraisal_of
from evaluations.models import BoardOpinion, Review
from evaluations.services.boards import save_board_opinion
from evaluations.services.opinions import save_opinion
from evaluations.services.registrations import save_registration
from evaluations.services.sheets import accept_sheet, submit_sheet
from khoi_party.common.errors import DomainError, StaleVersion

from .conftest import person
from .test_deciding import accepted

START = date(2020, 1, 1)


@pytest.fixture
def boards(year):
    """Two boards of the root, a person of the first, an inspector of the second."""
    year.first_board = add_board(year.root, name="Ban Tổ chức", short_name="Tổ chức", from_day=START, by=year.staff)
    year.second_board = add_board(year.root, name="Cơ quan Ủy ban Kiểm tra", short_name="Kiểm tra", from_day=START, by=year.staff)
    year.organiser = person("organiser")
    RoleAssignment.objects.create(user=year.organiser, role=Role.STAFF, organisation=year.root, board=year.first_board, valid_from=START)
    year.controller = person("controller")
    RoleAssignment.objects.create(user=year.controller, role=Role.INSPECTOR, organisation=year.root, board=year.second_board, valid_from=START)
    year.base_row = Review.objects.get(subject="organisation", organisation=year.base)
    return year


def line_of(world, row, user=None):
    appraisal = appraisal_of(row.decided_by, world.cycle, user or world.staff, row.subject)
    return appraisal, next(line for line in appraisal.lines if line.key == str(row.pk))


def test_every_voice_stands_beside_the_others(boards):
    registration = boards.cycle.registrations.get(organisation=boards.base)
    empty = dict.fromkeys(("planned_1", "planned_2", "planned_3", "planned_4", "thematic_meetings_planned", "admissions_planned"))
    save_registration(registration, empty | {"level": 1, "commitments": ""}, version=1, by=boards.base_staff)
    save_opinion(boards.base_row, "self", level=2, version=0, by=boards.staff)
    save_board_opinion(boards.base_row, boards.first_board, level=3, text="Hai nhiệm vụ quá hạn", by=boards.organiser)

    appraisal, line = line_of(boards, boards.base_row)

    assert appraisal.headings == [
        "Năm trước",
        "Đăng ký",
        "Tự xếp loại",
        "Chi bộ bỏ phiếu",
        "Chính quyền",
        "Đoàn thể",
        "Tổ chức",
        "Kiểm tra",
        "Đề xuất",
        "Dự kiến quyết định",
    ]
    assert [(one.level, one.text) for one in line.said] == [
        (None, ""),
        (1, ""),
        (2, ""),
        (None, ""),
        (None, ""),
        (None, ""),
        (3, "Hai nhiệm vụ quá hạn"),
        (None, ""),
        (None, ""),
        (None, ""),
    ]
    assert line.differs  # 2 and 3; what was registered is no opinion
    assert line.silent == ["Cơ quan Ủy ban Kiểm tra", "Đề xuất"]
    assert [line.key for line in appraisal.showing("differing")] == [str(boards.base_row.pk)]
    assert [(key, count) for key, _, count in appraisal.counted()] == [("", 2), ("differing", 1), ("silent", 2), ("alarmed", 0)]


def test_equal_opinions_do_not_differ(boards):
    for board, who in ((boards.first_board, boards.organiser), (boards.second_board, boards.controller)):
        save_board_opinion(boards.base_row, board, level=2, by=who)
    save_opinion(boards.base_row, "self", level=2, version=0, by=boards.staff)
    _, line = line_of(boards, boards.base_row)
    assert not line.differs


def test_members_of_a_base_have_their_own_board(boards):
    for row, own, vote in zip(boards.rows, (1, 2, 2, 2, 2, 2), (2, 2, 2, 2, 2, 2), strict=True):
        save_opinion(row, "self", level=own, version=0, by=boards.secretary)
        save_opinion(row, "cell_vote", level=vote, reason="Theo phiếu" if own != vote else "", version=0, by=boards.secretary)
    appraisal, line = line_of(boards, boards.rows[0], boards.base_staff)
    assert appraisal.headings == [
        *("Năm trước", "Tự xếp loại", "Mức công chức, viên chức", "Chi ủy đề nghị", "Chi bộ bỏ phiếu"),
        *("Đề xuất", "Dự kiến quyết định"),
    ]
    assert line.differs
    assert [one.name for one in appraisal.showing("differing")] == ["Trần Văn Aa"]


def test_each_board_writes_its_own_and_staff_without_a_board_write_from_paper(boards):
    own = save_board_opinion(boards.base_row, boards.first_board, level=2, by=boards.organiser)
    behalf = save_board_opinion(boards.base_row, boards.second_board, level=2, by=boards.staff)
    assert (own.on_behalf, behalf.on_behalf) == (False, True)
    for who, board in ((boards.organiser, boards.second_board), (boards.controller, boards.first_board), (boards.leader, boards.first_board)):
        with pytest.raises(PermissionDenied):
            save_board_opinion(boards.base_row, board, level=1, version=1, by=who)
    with pytest.raises(PermissionDenied):  # a row of another committee
        save_board_opinion(boards.rows[0], boards.first_board, level=1, by=boards.organiser)


def test_two_people_of_one_board_lose_nothing(boards):
    save_board_opinion(boards.base_row, boards.first_board, level=2, by=boards.organiser)
    with pytest.raises(StaleVersion):
        save_board_opinion(boards.base_row, boards.first_board, level=3, version=0, by=boards.staff)
    again = save_board_opinion(boards.base_row, boards.first_board, level=3, version=1, by=boards.staff)
    assert (again.level, again.version) == (3, 2)
    assert save_board_opinion(boards.base_row, boards.first_board, level=None, text=" ", version=2, by=boards.organiser) is None
    assert not BoardOpinion.objects.exists()


def test_a_board_that_has_ended_and_a_row_before_the_leader_take_no_opinion(boards):
    save_board_opinion(boards.base_row, boards.first_board, level=2, by=boards.organiser)
    end_board(boards.first_board, START, by=boards.staff)
    with pytest.raises(DomainError, match="không còn hoạt động"):
        save_board_opinion(boards.base_row, AdvisingBoard.objects.get(pk=boards.first_board.pk), level=3, version=1, by=boards.staff)
    appraisal, line = line_of(boards, boards.base_row)
    assert "Tổ chức" in appraisal.headings  # it has spoken
    assert "Ban Tổ chức" not in line.silent

    Review.objects.filter(pk=boards.base_row.pk).update(decided_level=2)
    with pytest.raises(DomainError, match="đã được quyết định"):
        save_board_opinion(boards.base_row, boards.second_board, level=3, by=boards.controller)


def test_boards_are_dated_and_only_the_staff_of_the_committee_keep_them(boards):
    with pytest.raises(DomainError, match="đang có trong danh sách"):
        add_board(boards.root, name="Ban Tổ chức", short_name="TC", from_day=date(2026, 1, 1), by=boards.staff)
    with pytest.raises(DomainError, match="không được trước ngày bắt đầu"):
        end_board(boards.first_board, date(2019, 12, 31), by=boards.staff)
    for who in (boards.base_staff, boards.leader, boards.secretary):
        with pytest.raises(PermissionDenied):
            add_board(boards.root, name="Văn phòng", short_name="VP", from_day=START, by=who)


def test_the_pages_keep_what_was_typed(boards, client):
    client.force_login(boards.organiser)
    address = reverse("evaluations:board_opinions", args=[boards.cycle.pk, boards.first_board.pk])
    key = boards.base_row.pk
    lone = Review.objects.get(subject="organisation", organisation=boards.lone).pk
    sent = {f"level-{key}": "2", f"text-{key}": "Đạt", f"version-{key}": "0", f"level-{lone}": "", f"text-{lone}": "", f"version-{lone}": "0"}
    assert client.post(address, sent).status_code == 302
    assert BoardOpinion.objects.get().text == "Đạt"

    page = BeautifulSoup(client.post(address, sent | {f"level-{key}": "3"}).content, "html.parser")  # read before the first was saved
    assert "vừa sửa ý kiến này" in page.get_text()
    assert page.select_one(f"select[name=level-{key}] option[selected]")["value"] == "3"
    assert BoardOpinion.objects.get().level == 2

    board = client.get(reverse("evaluations:appraisal_board", args=[boards.cycle.pk, boards.root.pk]))
    assert "Đạt" in board.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_rows(boards, client):
    client.force_login(boards.staff)
    accepted(boards)
    for sheet in boards.cycle.sheets.filter(organisation=boards.second):
        for row in sheet.reviews.all():
            save_opinion(row, "self" if row.subject == "organisation" else "cell_vote", level=2, version=0, by=boards.other_secretary)
        submit_sheet(sheet, by=boards.other_secretary)
        accept_sheet(sheet, by=boards.base_staff)
    counts = []
    for address in (
        reverse("evaluations:appraisal_board", args=[boards.cycle.pk, boards.root.pk]),
        reverse("evaluations:appraisal_board", args=[boards.cycle.pk, boards.base.pk]),
        reverse("evaluations:appraisal_board", args=[boards.cycle.pk, boards.base.pk]) + "?of=members",
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] <= 20, counts
    assert max(counts) <= 22, counts
