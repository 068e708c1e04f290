"""Two bases of the illustration that are further than the others in the open year, so that the superior committee has work too."""

from datetime import date

from cells.enums import Role
from cells.models import Organisation, RoleAssignment
from evaluations.enums import Subject, Voice
from evaluations.services.decisions import draft_decision, issue_decision, propose_decision, publish_decision
from evaluations.services.opinions import save_opinion
from evaluations.services.sheets import accept_sheet, submit_sheet
from khoi_party.accounts.models import User

from .year import accept_within_cap

ACCEPTED = "Sở Tài chính"  # every cell's sheet accepted and proposed for, nothing decided yet
DECIDED = "Sở Công Thương"  # its members and cells decided and published, itself before the leader of the superior committee
FIRST_ROUND = "Công nhận kết quả xếp loại năm {year}, đợt 1 (minh họa)"


def build_ahead(cycle, staff, chance):
    """Bring both bases to where they stand; `staff` is the root's, who writes from signed papers."""
    waiting, decided = (Organisation.objects.get(parent=cycle.root, agency=agency) for agency in (ACCEPTED, DECIDED))
    for base in (waiting, decided):
        accept_within_cap(cycle, _cells_of(cycle, base), staff, chance)
    _decide_base(cycle, decided, staff)
    _put_before_the_root(cycle, decided, staff)


def _cells_of(cycle, base):
    return list(cycle.sheets.filter(path__startswith=base.path).exclude(organisation=base).order_by("path"))


def _decide_base(cycle, base, staff):
    leader = User(username="lanhdao.sct", full_name="Phan Quốc Toản (minh họa)")
    leader.set_unusable_password()
    leader.save()
    RoleAssignment.objects.create(user=leader, role=Role.LEADER, organisation=base, valid_from=date(2025, 1, 1))
    decision = draft_decision(base, cycle, _cells_of(cycle, base), title=FIRST_ROUND.format(year=cycle.year), by=staff)
    propose_decision(decision, by=staff)
    issue_decision(
        decision,
        number="27-QĐ/ĐU",
        issued_on=date(cycle.year, 11, 19),
        signer=leader.full_name,
        meeting_on=date(cycle.year, 11, 17),
        members_total=7,
        members_present=7,
        votes_for=7,
        by=leader,
    )
    publish_decision(decision, by=staff)


def _put_before_the_root(cycle, base, staff):
    sheet = cycle.sheets.get(organisation=base)
    row = sheet.reviews.get(subject=Subject.ORGANISATION)
    save_opinion(row, Voice.SELF, level=2, version=0, by=staff)
    submit_sheet(sheet, by=staff)
    accept_sheet(sheet, by=staff)
    save_opinion(row, Voice.PROPOSED, level=2, version=0, by=staff)
    decision = draft_decision(cycle.root, cycle, [sheet], title=FIRST_ROUND.format(year=cycle.year), by=staff)
    propose_decision(decision, by=staff)
