"""Two bases of the illustration that are further than the others in the open year, so that the superior committee has work too."""

from datetime import date

from django.utils import timezone

from cells.enums import Role
from cells.models import Organisation, RoleAssignment
from evaluations.enums import Eligibility, SheetState, Subject, Voice
from evaluations.models import Opinion, Review, ReviewSheet
from evaluations.rulebooks import rulebook_for
from evaluations.services.decisions import draft_decision, issue_decision, propose_decision, publish_decision
from evaluations.services.opinions import save_opinion
from evaluations.services.sheets import accept_sheet, submit_sheet
from khoi_party.accounts.models import User

from .history import rate_pool

ACCEPTED = "Sở Tài chính"  # every cell's sheet accepted and proposed for, nothing decided yet
DECIDED = "Sở Công Thương"  # its members and cells decided and published, itself before the leader of the superior committee
FIRST_ROUND = "Công nhận kết quả xếp loại năm {year}, đợt 1 (minh họa)"


def build_ahead(cycle, staff, chance):
    """Bring both bases to where they stand; `staff` is the root's, who writes from signed papers."""
    waiting, decided = (Organisation.objects.get(parent=cycle.root, agency=agency) for agency in (ACCEPTED, DECIDED))
    _accept_cells(cycle, waiting, staff, chance)
    _decide_base(cycle, decided, _accept_cells(cycle, decided, staff, chance), staff)
    _put_before_the_root(cycle, decided, staff)


def _accept_cells(cycle, base, staff, chance):
    """All sheets below `base` accepted, with the units' own levels and the proposed ones inside the caps. Returns the sheets."""
    sheets = list(cycle.sheets.filter(path__startswith=base.path).exclude(organisation=base).order_by("path"))
    Opinion.objects.filter(review__sheet__in=sheets).delete()
    rows = Review.objects.filter(sheet__in=sheets, eligibility=Eligibility.REQUIRED).select_related("pool").order_by("pk")
    groups = {}
    for row in rows:
        groups.setdefault(row.subject, []).append(row)
    opinions = []
    for subject, group in groups.items():
        rate_pool(group, rulebook_for(cycle.year), subject, chance)
        own = Voice.CELL_VOTE if subject == Subject.MEMBER else Voice.SELF
        opinions += [
            Opinion(review=row, voice=voice, level=row.decided_level, by=staff, on_behalf=True) for row in group for voice in (own, Voice.PROPOSED)
        ]
    Opinion.objects.bulk_create(opinions, batch_size=1000)
    now = timezone.now()
    ReviewSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(
        state=SheetState.ACCEPTED, submitted_at=now, submitted_by=staff, accepted_at=now, accepted_by=staff
    )
    for sheet in sheets:
        sheet.refresh_from_db()
    return sheets


def _decide_base(cycle, base, sheets, staff):
    leader = User(username="lanhdao.sct", full_name="Phan Quốc Toản (minh họa)")
    leader.set_unusable_password()
    leader.save()
    RoleAssignment.objects.create(user=leader, role=Role.LEADER, organisation=base, valid_from=date(2025, 1, 1))
    decision = draft_decision(base, cycle, sheets, title=FIRST_ROUND.format(year=cycle.year), by=staff)
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
