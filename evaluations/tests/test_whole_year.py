"""The whole year of a Đảng bộ Khối with six bases of all kinds, from opening to commendation, through the services alone."""

from datetime import date

import pytest

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.services.boards import add_board
from evaluations.appraisal import appraisal_of
from evaluations.models import Commendation, CommendationRound, DecisionItem, Notice, Review, SheetTally
from evaluations.progress import units_of
from evaluations.services import commendations
from evaluations.services.boards import save_board_opinion
from evaluations.services.cycles import close_cycle, open_cycle, open_review
from evaluations.services.decisions import acknowledge_notice, draft_decision, issue_decision, propose_decision, publish_decision
from evaluations.services.opinions import propose_from_vote, save_opinion
from evaluations.services.plans import save_review_day, save_suggestion
from evaluations.services.registrations import note_registration, save_registration, submit_registration
from evaluations.services.revisions import answer_complaint, record_complaint, revise
from evaluations.services.sheets import accept_sheet, submit_sheet
from evaluations.services.tallies import wrong_tallies
from khoi_party.audit.services import verify_chain
from khoi_party.common.errors import DomainError

from .conftest import member, organisation, person

ISSUE = {"signer": "Nguyễn Văn Bình", "members_total": 9, "members_present": 9, "votes_for": 9}


class Khoi:
    """Three đảng bộ cơ sở (one with a đảng bộ bộ phận) and three chi bộ cơ sở, with a person for each task."""

    def __init__(self):
        self.root = organisation("Đảng bộ Khối các cơ quan tỉnh", Kind.UPPER_COMMITTEE)
        self.bases, self.cells, self.by_cell = [], [], {}
        for number, name in enumerate(("Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp"), 1):
            base = organisation(f"Đảng bộ {name}", Kind.BASE_COMMITTEE, self.root, number)
            part = organisation(f"Đảng bộ bộ phận {name}", Kind.SUB_COMMITTEE, base, 9) if number == 2 else None
            self.bases.append(base)
            self.part = part or getattr(self, "part", None)
            for place in (1, 2):
                self._cell(organisation(f"Chi bộ {place} {name}", Kind.CELL, part if part and place == 1 else base, place))
        for number, name in enumerate(("Hội Luật gia", "Tỉnh đoàn", "Hội Nông dân"), 4):
            base = organisation(f"Chi bộ {name}", Kind.BASE_CELL, self.root, number)
            self.bases.append(base)
            self._cell(base)
        self.staff, self.leader = person("staff", Role.STAFF, self.root), person("leader", Role.LEADER, self.root)
        self.staff_of = {base.pk: person(f"staff{base.pk}", Role.STAFF, base) for base in self.bases}
        self.leader_of = {base.pk: person(f"leader{base.pk}", Role.LEADER, base) for base in self.bases}
        self.numbers = iter(range(1, 99))

    def _cell(self, cell):
        self.cells.append(cell)
        self.by_cell[cell.pk] = [member(f"Người {cell.pk} {letter}", cell) for letter in "abcdefg"]
        cell.secretary = person(f"secretary{cell.pk}", Role.SECRETARY, cell)

    def base_of(self, cell):
        return next(base for base in self.bases if cell.path.startswith(base.path))

    def register(self):
        empty = dict.fromkeys(("planned_1", "planned_2", "planned_3", "planned_4", "thematic_meetings_planned"))
        for registration in self.cycle.registrations.select_related("organisation"):
            row = save_registration(registration, empty | {"level": 2, "admissions_planned": 1, "commitments": ""}, version=1, by=self.staff)
            submit_registration(row, by=self.staff)
            note_registration(row, by=self.staff)

    def vote(self, cell, levels):
        sheet = self.cycle.sheets.get(organisation=cell)
        for one, level in zip(self.by_cell[cell.pk], levels, strict=True):
            row = sheet.reviews.get(member=one)
            save_opinion(row, "self", level=level, version=0, by=cell.secretary)
            save_opinion(row, "cell_vote", level=level, version=0, by=cell.secretary)
        self.rate_itself(sheet, cell.secretary)

    def rate_itself(self, sheet, by, level=2):
        save_opinion(sheet.reviews.get(subject="organisation"), "self", level=level, version=0, by=by)
        submit_sheet(sheet, by=by)
        accept_sheet(sheet, by=self.staff)

    def decide(self, body, sheets, *, staff, leader, day=date(2026, 12, 18)):
        for sheet in sheets:
            propose_from_vote(sheet, by=staff)
        for row in Review.objects.filter(sheet__in=sheets, decided_by=body, subject="organisation", decided_level=None):
            if not row.opinions.filter(voice="proposed").exists():
                save_opinion(row, "proposed", level=row.opinions.get(voice="self").level, version=0, by=staff)
        decision = draft_decision(body, self.cycle, sheets, title=f"Công nhận kết quả năm 2026 của {body.name}", by=staff)
        propose_decision(decision, by=staff)
        issue_decision(decision, **ISSUE, number=f"{next(self.numbers)}-QĐ/ĐU", issued_on=day, meeting_on=day, by=leader)
        publish_decision(decision, by=staff)
        return decision


@pytest.fixture
def khoi(db, time_machine):
    time_machine.move_to("2026-12-20 09:00 +0700")
    return Khoi()


def sheets_below(khoi, base):
    return [sheet for sheet in khoi.cycle.sheets.order_by("path") if sheet.path.startswith(base.path)]


def test_the_year_from_opening_to_commendation(khoi, time_machine):
    khoi.cycle = open_cycle(khoi.root, 2026, by=khoi.staff)
    khoi.register()
    assert open_review(khoi.cycle, by=khoi.staff) == 13  # six bases, a đảng bộ bộ phận, six cells below

    plan = save_suggestion(
        khoi.cycle.sheets.get(organisation=khoi.bases[0]), attending="Phó Bí thư", suggestion="Làm rõ hai nhiệm vụ chậm", version=0, by=khoi.staff
    )
    save_review_day(
        plan.sheet, meets_on=date(2026, 12, 10), draft_sent_on=date(2026, 12, 4), answer="Đã xong", version=1, by=khoi.staff_of[khoi.bases[0].pk]
    )

    for cell in khoi.cells:  # from below upwards
        khoi.vote(cell, (1, 2, 2, 2, 2, 2, 2))
    khoi.rate_itself(khoi.cycle.sheets.get(organisation=khoi.part), khoi.staff)
    for base in khoi.bases[:3]:
        khoi.rate_itself(khoi.cycle.sheets.get(organisation=base), khoi.staff_of[base.pk], level=1 if base == khoi.bases[0] else 2)
    units = units_of(khoi.cycle, khoi.root, date(2026, 12, 20))
    assert all(not unit.waits_for for unit in units.values())

    for base in khoi.bases:  # members, and the cells of a đảng bộ cơ sở
        below = [sheet for sheet in sheets_below(khoi, base) if sheet.organisation_id != base.pk or base.kind == Kind.BASE_CELL]
        khoi.decide(base, below, staff=khoi.staff_of[base.pk], leader=khoi.leader_of[base.pk])

    board = add_board(khoi.root, name="Ban Tổ chức", short_name="Tổ chức", from_day=date(2026, 1, 1), by=khoi.staff)
    for base in khoi.bases:
        row = Review.objects.get(subject="organisation", organisation=base)
        save_board_opinion(row, board, level=2, by=khoi.staff)
    appraisal = appraisal_of(khoi.root, khoi.cycle, khoi.staff, "organisation")
    assert [line.name for line in appraisal.showing("differing")] == ["Đảng bộ Sở Nội vụ"]  # it rated itself one level higher

    own = list(khoi.cycle.sheets.filter(organisation__in=khoi.bases).order_by("path"))
    final = khoi.decide(khoi.root, own, staff=khoi.staff, leader=khoi.leader, day=date(2026, 12, 19))
    assert final.needs_another_person

    levels = Review.objects.filter(subject="member").order_by().values_list("decided_level", flat=True)
    assert (len(levels), list(levels).count(1), list(levels).count(2)) == (63, 9, 54)
    assert DecisionItem.objects.count() == 63 + 13
    assert wrong_tallies(khoi.cycle) == []
    assert sum(SheetTally.objects.filter(subject="member").values_list("count", flat=True)) == 63
    for notice in Notice.objects.filter(sheet__organisation__in=khoi.cells).select_related("sheet__organisation"):
        secretary = next(cell.secretary for cell in khoi.cells if cell.pk == notice.sheet.organisation_id)
        acknowledge_notice(notice, by=secretary)
    close_cycle(khoi.cycle, date(2026, 12, 20), by=khoi.staff)

    time_machine.move_to("2027-02-10 09:00 +0700")
    first, base = khoi.cells[0], khoi.bases[0]
    best = Review.objects.get(member=khoi.by_cell[first.pk][0])
    complaint = record_complaint(best, source="people", received_on=date(2027, 1, 20), summary="Đơn", by=khoi.staff_of[base.pk])
    revision = revise(best, body=base, kind="adjust", level=2, reason="Kết luận kiểm tra", by=khoi.staff_of[base.pk])
    propose_decision(revision, by=khoi.staff_of[base.pk])
    issue_decision(revision, **ISSUE, number="02-QĐ/ĐU", issued_on=date(2027, 2, 5), meeting_on=date(2027, 2, 4), by=khoi.leader_of[base.pk])
    publish_decision(revision, by=khoi.staff_of[base.pk])
    answer_complaint(complaint, outcome="revised", answered_on=date(2027, 2, 6), answer="Đã xếp loại lại", by=khoi.staff_of[base.pk])
    assert wrong_tallies(khoi.cycle) == []

    staff = khoi.staff_of[base.pk]
    round_ = commendations.open_round(base, year=2026, awarding_body=base, title="", by=staff)
    with pytest.raises(DomainError):  # no longer of the best level
        commendations.add_subjects(round_, [khoi.by_cell[first.pk][0]], award="certificate", basis="year", by=staff)
    commendations.add_subjects(round_, [khoi.by_cell[khoi.cells[1].pk][0]], award="certificate", basis="year", by=staff)
    vote = {"meeting_on": date(2027, 2, 8), "members_total": 9, "members_present": 9, "votes_for": 9, "votes_against": 0}
    commendations.save_vote(round_, **vote, by=staff)
    commendations.propose_round(round_, by=staff)
    paper = {"number": "03-QĐ/ĐU", "issued_on": date(2027, 2, 9), "signer": "Nguyễn Văn Bình"}
    commendations.issue_round(CommendationRound.objects.get(pk=round_.pk), **paper, by=khoi.leader_of[base.pk])
    assert Commendation.objects.given().get().member == khoi.by_cell[khoi.cells[1].pk][0]
    assert verify_chain() == []
