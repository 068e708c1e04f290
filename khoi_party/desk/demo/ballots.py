"""Ballots behind some sheets of the illustration: papers dealt to levels that stand already, and a round that waits to be keyed."""

import random
from datetime import UTC, date, datetime

from cells.enums import DocumentKind, OrganisationKind, Role
from cells.models import Document, RoleAssignment
from evaluations.ballots import Line, Totals
from evaluations.enums import BallotMeeting, BallotState, SheetState, Subject, Voice
from evaluations.models import BallotCount, BallotLine, BallotRound, BallotSubject, Cycle, Opinion, ReviewSheet
from evaluations.services.ballots import confirm_ballot, open_ballot, rows_for_ballot, save_count, second_ballot, voters_of
from khoi_party.accounts.models import User

from .places import SOURCE
from .year import accept_within_cap

SEED = 3126  # its own draws: the rest of the illustration stays as it is
PAST = 2025
HELD = {PAST: date(PAST, 12, 5), 2026: date(2026, 11, 14)}
CLERK = "canbo2"


def build_ballots(base, left_open, staff, base_staff):
    """Confirmed rounds of three cells of `base` in 2025 and of the one that has voted in 2026, one without a result for a second ballot, the
    round of the cell `left_open` opened for its secretary, and one that two people key at the superior committee."""
    chance = random.Random(SEED)  # noqa: S311  the same illustration each time, nothing secret
    past = ReviewSheet.objects.filter(cycle__year=PAST, organisation__parent=base, organisation__kind=OrganisationKind.CELL)
    for sheet in past.select_related("organisation", "cycle").order_by("path")[:3]:
        _behind(sheet, base_staff, chance)
    cycle = Cycle.objects.select_related("root").get(year=2026)
    _voted(cycle, base, left_open, base_staff, chance)
    _waiting(cycle, left_open, base_staff)
    _keyed_by_one(cycle, staff, chance)


def _behind(sheet, by, chance):
    """A confirmed round whose papers agree with the levels of a closed year."""
    rows = list(sheet.reviews.filter(subject=Subject.MEMBER, decided_level__isnull=False).order_by("sort_key", "pk"))
    day, year = HELD[sheet.cycle.year], sheet.cycle.year
    moment = datetime(year, day.month, day.day + 3, 2, tzinfo=UTC)
    eligible = max(voters_of(sheet.organisation, BallotMeeting.CELL, day).count(), 5)
    document = _minutes(sheet.organisation, 5, day)
    document.save()
    ballot = BallotRound.objects.create(
        organisation=sheet.organisation,
        cycle=sheet.cycle,
        sheet=sheet,
        subject=Subject.MEMBER,
        meeting=BallotMeeting.CELL,
        held_on=day,
        eligible=eligible,
        spare=2,
        base="convened",
        part=1,
        whole=2,
        at_least=False,
        is_set=False,
        slots=1,
        state=BallotState.CONFIRMED,
        document=document,
        opened_by=by,
        confirmed_by=by,
        confirmed_at=moment,
    )
    totals = _totals(ballot, chance)
    subjects = BallotSubject.objects.bulk_create(BallotSubject(round=ballot, review=row, result=row.decided_level) for row in rows)
    count = BallotCount.objects.create(round=ballot, slot=1, by=by, on_behalf=True, **vars(totals))
    lines = [(one, _line(one.result, totals.valid, eligible, chance)) for one in subjects]
    BallotLine.objects.bulk_create(
        BallotLine(count=count, subject=one, **{f"votes_{level}": line.votes[level - 1] for level in (1, 2, 3, 4)}, silent=line.silent)
        for one, line in lines
    )
    said = [Opinion(review=one.review, voice=Voice.CELL_VOTE, level=one.result, by=by, on_behalf=True, ballot=ballot) for one in subjects]
    Opinion.objects.bulk_create(said, ignore_conflicts=True)


def _totals(ballot, chance):
    present = ballot.eligible - chance.choice((0, 0, 1))
    invalid = chance.choice((0, 0, 1))
    return Totals(present, present, present, present - invalid, invalid, ballot.papers, ballot.papers - present)


def _line(level, valid, eligible, chance, allowed=(1, 2, 3, 4)):
    """Votes that give `level` more than half of `eligible`; the others fall beside it, among the levels of the paper."""
    least = eligible // 2 + 1
    votes = [0, 0, 0, 0]
    votes[level - 1] = chance.randint(max(least, valid * 7 // 10), valid)
    beside = [other for other in (level - 1, level + 1) if other in allowed]
    rest = valid - votes[level - 1]
    silent = chance.randint(0, min(rest, 1))
    votes[chance.choice(beside) - 1] += rest - silent
    return Line(tuple(votes), silent)


def _voted(cycle, base, left_open, by, chance):
    """The cell of 2026 that has voted but not sent: its votes come from a round; where the vote was split, from a second one."""
    sheets = cycle.sheets.filter(organisation__parent=base, organisation__kind=OrganisationKind.CELL, state=SheetState.OPEN)
    sheet = sheets.exclude(organisation=left_open).filter(reviews__opinions__voice=Voice.CELL_VOTE).distinct().order_by("path").last()
    sheet = ReviewSheet.objects.select_related("organisation", "cycle__root").get(pk=sheet.pk)
    levels = dict(Opinion.objects.filter(review__sheet=sheet, voice=Voice.CELL_VOTE, level__isnull=False).values_list("review", "level"))
    rows = [row for row in rows_for_ballot(sheet.organisation, cycle, sheet) if row.subject == Subject.MEMBER and row.pk in levels]
    meeting = {"subject": Subject.MEMBER, "meeting": BallotMeeting.CELL, "held_on": HELD[2026], "spare": 2, "by": by}
    first = open_ballot(sheet.organisation, cycle, sheet, reviews=[row.pk for row in rows], **meeting)
    split = rows[-1].pk
    _count(first, levels, chance, by, split=split)
    again = second_ballot(first, reviews=[split], levels="leading", held_on=HELD[2026], spare=2, by=by)
    _count(again, levels, chance, by)


def _count(ballot, levels, chance, by, split=None):
    totals = _totals(ballot, chance)
    lines = {one.pk: _line(levels[one.review_id], totals.valid, ballot.eligible, chance, one.allowed) for one in ballot.subjects.order_by("pk")}
    for one in ballot.subjects.filter(review=split):
        half = ballot.eligible // 2
        votes = [0, 0, 0, 0]
        level = min(levels[split], 3)
        votes[level - 1] = half
        votes[level] = totals.valid - half if totals.valid - half <= half else half
        lines[one.pk] = Line(tuple(votes), totals.valid - sum(votes))
    save_count(ballot, totals, lines, by=by)
    ballot.refresh_from_db()
    confirm_ballot(ballot, document=_minutes(ballot.organisation, 8 + ballot.number, ballot.held_on), by=by)
    ballot.refresh_from_db()


def _minutes(organisation, number, day):
    made = {"kind": DocumentKind.MINUTES, "number": f"{number:02d}-BB/CB", "issued_on": day, "title": SOURCE}
    return Document(organisation=organisation, issuer=organisation.committee_name, **made)


def _waiting(cycle, cell, by):
    """Opened for the secretary's own meeting: the papers can be printed, the count is still to be keyed."""
    sheet = ReviewSheet.objects.select_related("organisation", "cycle__root").get(cycle=cycle, organisation=cell)
    rows = [row.pk for row in rows_for_ballot(cell, cycle, sheet) if row.subject == Subject.MEMBER]
    names = [one.full_name for one in voters_of(cell, BallotMeeting.CELL, HELD[2026])[:3]]
    people = dict(zip(("chair", "secretary", "head_teller"), names, strict=False))
    meeting = {"subject": Subject.MEMBER, "meeting": BallotMeeting.CELL, "held_on": HELD[2026], "spare": 2}
    open_ballot(cell, cycle, sheet, reviews=rows, **meeting, **people, by=by)


def _keyed_by_one(cycle, staff, chance):
    """Six chi bộ cơ sở accepted, and a round on them at the superior committee that one clerk has keyed; the other is the demo's own staff."""
    root = cycle.root
    lone = cycle.sheets.filter(organisation__parent=root, organisation__kind=OrganisationKind.BASE_CELL)
    accept_within_cap(cycle, list(lone.order_by("path")[:6]), staff, chance)
    rows = [row.pk for row in rows_for_ballot(root, cycle) if row.subject == Subject.ORGANISATION]
    clerk = User(username=CLERK, full_name="Tạ Thị Mai (minh họa)")
    clerk.set_unusable_password()
    clerk.save()
    RoleAssignment.objects.create(user=clerk, role=Role.STAFF, organisation=root, valid_from=date(2025, 1, 1))
    meeting = {"subject": Subject.ORGANISATION, "meeting": BallotMeeting.STANDING, "held_on": HELD[2026], "eligible": 9, "spare": 1}
    ballot = open_ballot(root, cycle, reviews=rows, **meeting, by=staff)
    shapes = ((2, 6, 1, 0), (5, 4, 0, 0), (1, 8, 0, 0), (0, 7, 2, 0))
    lines = {one.pk: Line(shapes[place % 4], 0) for place, one in enumerate(ballot.subjects.order_by("pk"))}
    save_count(ballot, Totals(9, 9, 9, 9, 0, 10, 1), lines, by=clerk)
