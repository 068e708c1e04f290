"""The year 2026 of the illustration: open, registered in part, under review in part, so that each role has something to do."""

from datetime import date, timedelta

from django.utils import timezone

from cells.enums import DocumentKind, OrganisationKind
from cells.models import Document
from evaluations.enums import Eligibility, RegistrationState, SheetState, Subject, Voice
from evaluations.models import Opinion, Registration, Review, ReviewSheet
from evaluations.rulebooks import rulebook_for
from evaluations.services.cycles import open_cycle, open_review
from evaluations.services.decisions import draft_decision, issue_decision, propose_decision, publish_decision
from evaluations.services.opinions import propose_from_vote
from evaluations.services.proposals import override_findings

from .facts import WHY, enter_facts, minutes
from .history import rate_pool

YEAR = 2026
SAME_EVERYWHERE = ("sheet__path", "subject", "member_id")  # draws run over rows in one order on both databases


def build_year(root, staff, chance, left_open):
    """Open 2026 through the services, then fill nine registrations in ten and the votes of four cells in ten, but nothing of the
    organisation `left_open`: its secretary has the whole year still to do. Returns the Cycle."""
    guidance = Document(
        organisation=root,
        kind=DocumentKind.GUIDANCE,
        number="05-HD/ĐUK",
        issued_on=date(YEAR, 1, 12),
        issuer=root.committee_name,
        title="Dữ liệu minh họa",
    )
    cycle = open_cycle(root, YEAR, by=staff, guidance=guidance)
    _register(cycle, staff, chance, left_open)
    open_review(cycle, by=staff)
    _vote(cycle, staff, chance, left_open)
    return cycle


def _register(cycle, staff, chance, left_open):
    rows = [row for row in cycle.registrations.exclude(organisation=left_open).order_by("organisation__path") if chance.random() < 0.9]
    due = timezone.now().replace(year=YEAR, month=3, day=31, hour=2)
    for row in rows:
        row.level = chance.choices((1, 2), (3, 7))[0]
        row.planned_1, row.planned_2, row.planned_3, row.planned_4 = 2, chance.randint(8, 12), 0, 0
        row.admissions_planned, row.thematic_meetings_planned = chance.randint(0, 2), 4
        row.commitments = "Giữ vững đoàn kết, hoàn thành nhiệm vụ chính trị được giao (minh họa)."
        row.state = chance.choices((RegistrationState.NOTED, RegistrationState.SUBMITTED), (8, 2))[0]
        row.submitted_at, row.submitted_by, row.on_behalf = due + timedelta(chance.randint(-40, 8)), staff, True
        if row.state == RegistrationState.NOTED:
            row.noted_at, row.noted_by = row.submitted_at + timedelta(3), staff
    fields = [f.name for f in Registration._meta.concrete_fields if f.name not in ("id", "cycle", "organisation")]
    Registration.objects.bulk_update(rows, fields, batch_size=200)


def _vote(cycle, staff, chance, left_open):
    sheets = [sheet for sheet in cycle.sheets.exclude(organisation=left_open).order_by("path") if chance.random() < 0.4 and len(sheet.path) > 8]
    _fill(sheets, staff, chance)
    sent = [sheet.pk for sheet in sheets if chance.random() < 0.5]
    ReviewSheet.objects.filter(pk__in=sent).update(state=SheetState.SUBMITTED, submitted_at=timezone.now(), submitted_by=staff)


def _fill(sheets, staff, chance):
    """The cell's vote on every member, the unit's own rating of itself."""
    opinions = []
    for row in Review.objects.filter(sheet__in=sheets, eligibility=Eligibility.REQUIRED).exclude(opinions__isnull=False).order_by(*SAME_EVERYWHERE):
        voice = Voice.CELL_VOTE if row.subject == Subject.MEMBER else Voice.SELF
        opinions.append(Opinion(review=row, voice=voice, level=chance.choices((1, 2, 3), (14, 84, 2))[0], by=staff, on_behalf=True))
    Opinion.objects.bulk_create(opinions, batch_size=1000)


def accept_within_cap(cycle, sheets, staff, chance):
    """`sheets` (ReviewSheets of one deciding body) accepted, with votes and proposals inside the cap of these sheets alone."""
    Opinion.objects.filter(review__sheet__in=sheets).delete()
    groups = {}
    for row in Review.objects.filter(sheet__in=sheets, eligibility=Eligibility.REQUIRED).select_related("pool").order_by(*SAME_EVERYWHERE):
        groups.setdefault(row.subject, []).append(row)
    opinions = []
    for subject, rows in groups.items():
        rate_pool(rows, rulebook_for(cycle.year), subject, chance)
        voice = Voice.CELL_VOTE if subject == Subject.MEMBER else Voice.SELF
        opinions += [Opinion(review=row, voice=voice, level=row.decided_level, by=staff, on_behalf=True) for row in rows]
    Opinion.objects.bulk_create(opinions, batch_size=1000)
    now = timezone.now()
    ReviewSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).update(
        state=SheetState.ACCEPTED, submitted_at=now, submitted_by=staff, accepted_at=now, accepted_by=staff
    )
    for sheet in sheets:
        sheet.refresh_from_db()
        propose_from_vote(sheet, by=staff)


def build_deciding(cycle, base, base_staff, base_leader, chance, left_open):
    """At the base of the demo's accounts: two cells decided and published, two before the leader, all else still open."""
    cells = cycle.sheets.filter(organisation__parent=base, organisation__kind=OrganisationKind.CELL)
    sheets = list(cells.exclude(organisation=left_open).order_by("path")[:4])
    # The cap on cells counts what all cells of the base gave themselves, and blocks: the others would stand in the way of the first round.
    Opinion.objects.filter(voice=Voice.SELF, review__sheet__organisation__parent=base).update(level=2)
    first, second = sheets[:2], sheets[2:]
    for some in (first, second):
        accept_within_cap(cycle, some, base_staff, chance)
    done = draft_decision(base, cycle, first, title="Công nhận kết quả xếp loại năm 2026, đợt 1 (minh họa)", by=base_staff)
    propose_decision(done, by=base_staff)
    issue_decision(
        done,
        number="61-QĐ/ĐU",
        issued_on=date(YEAR, 11, 20),
        signer=base_leader.full_name,
        meeting_on=date(YEAR, 11, 18),
        members_total=7,
        members_present=7,
        votes_for=7,
        by=base_leader,
    )
    publish_decision(done, by=base_staff)
    short = enter_facts(second, _levels(second, Voice.PROPOSED), base_staff, chance)
    waiting = draft_decision(base, cycle, second, title="Công nhận kết quả xếp loại năm 2026, đợt 2 (minh họa)", by=base_staff)
    if short:
        override_findings(waiting, short, WHY, document=minutes(base, date(YEAR, 11, 18)), by=base_staff)
    propose_decision(waiting, by=base_staff)
    voted = list(cells.exclude(pk__in=[sheet.pk for sheet in sheets]).exclude(organisation=left_open).order_by("path"))[-1:]
    _fill(voted, base_staff, chance)
    best = Opinion.objects.filter(review__sheet__in=voted, voice=Voice.CELL_VOTE).order_by("review__sort_key").first()
    Opinion.objects.filter(pk=best.pk).update(level=1)
    enter_facts(voted, _levels(voted, Voice.CELL_VOTE), base_staff, chance)


def _levels(sheets, voice):
    """{review id: level} that `voice` gave on `sheets`."""
    return dict(Opinion.objects.filter(review__sheet__in=sheets, voice=voice, level__isnull=False).values_list("review", "level"))
