"""Members who do not exist: about 4,300 in the cells of the illustration now, and those who have left since 2015."""

from datetime import date, timedelta

from members.badges import months_away
from members.enums import EventKind, MemberState, Post
from members.models import Member, Membership, MembershipEvent, Seat

from . import records
from .names import FAMILY, GIVEN, MIDDLE, POSITIONS
from .places import FOUNDED
from .records import TODAY

MEMBERS = 4289  # with the eleven of the merged cell 4,300
# Admissions from one congress to the next: 930 in the first term, its target; 470 in the second, inside the range of its target.
ADMISSIONS = [
    (date(2015, 1, 1), date(2015, 8, 19), 110),  # before the first congress: counts to the year 2015, to no term
    (date(2015, 8, 20), date(2015, 12, 31), 65),
    (date(2016, 1, 1), date(2016, 12, 31), 185),
    (date(2017, 1, 1), date(2017, 12, 31), 190),
    (date(2018, 1, 1), date(2018, 12, 31), 195),
    (date(2019, 1, 1), date(2019, 12, 31), 180),
    (date(2020, 1, 1), date(2020, 8, 19), 115),
    (date(2020, 8, 20), date(2020, 12, 31), 34),
    (date(2021, 1, 1), date(2021, 12, 31), 92),
    (date(2022, 1, 1), date(2022, 12, 31), 95),
    (date(2023, 1, 1), date(2023, 12, 31), 97),
    (date(2024, 1, 1), date(2024, 12, 31), 98),
    (date(2025, 1, 1), date(2025, 7, 24), 54),
    (date(2025, 7, 25), date(2025, 12, 31), 36),
    (date(2026, 1, 1), date(2026, 10, 31), 78),
]
# How many left in each year, so that the rolls rise from 3,800 (2015) to 4,500 (2024) and fall when bodies are merged in 2025.
LEFT = {2016: 180, 2017: 190, 2018: 195, 2019: 185, 2020: 160, 2021: 82, 2022: 85, 2023: 87, 2024: 78, 2025: 260, 2026: 178}
CAME_LATER = 700  # older members who came from elsewhere between 2016 and 2025
MOVED = 150
LEAVING = [EventKind.TRANSFERRED_OUT] * 85 + [EventKind.DIED] * 12 + [EventKind.LEFT] * 3
STATES = {
    EventKind.TRANSFERRED_OUT: MemberState.TRANSFERRED_OUT,
    EventKind.DIED: MemberState.DIED,
    EventKind.LEFT: MemberState.LEFT,
}
ELSEWHERE = "Đảng bộ khác (minh họa)"


def build_people(cells, chance):
    """Create members, memberships and events for `cells`; `chance` is a random.Random, so that each load is the same."""
    days = [chance.randint(first.toordinal(), last.toordinal()) for first, last, count in ADMISSIONS for _ in range(count)]
    admitted = [date.fromordinal(day) for day in days]
    old = MEMBERS - len(admitted)
    admitted += [_some_day(chance, chance.randint(1988, 2014)) for _ in range(old + sum(LEFT.values()))]
    members = [_member(chance, day) for day in admitted]
    leaving = members[MEMBERS:]
    _settle(members, cells, chance)
    present = members[:MEMBERS]
    entered = {id(one): max(one.admitted_on, one.cell.established_on) for one in members}
    for one in chance.sample(present[len(days) :], CAME_LATER):
        entered[id(one)] = max(entered[id(one)], _some_day(chance, chance.randint(2016, 2025)))
    records.fill_records(members)
    records.plant_faults(present)
    Member.objects.bulk_create(members, batch_size=1000)
    spans, events = [], []
    for one in members:
        events.append(_entry(one, entered[id(one)]))
        spans.append(Membership(member=one, cell=one.cell, valid_from=entered[id(one)]))
        if one.official_on and one.official_on > entered[id(one)]:
            events.append(MembershipEvent(member=one, kind=EventKind.RECOGNISED, effective_on=one.official_on, to_cell=one.cell))
        if one.is_exempt:
            day = max(date(2024, 1, 2), entered[id(one)] + timedelta(1))
            events.append(MembershipEvent(member=one, kind=EventKind.EXEMPTED, effective_on=day, to_cell=one.cell))
    by_member = {span.member_id: span for span in spans}
    _move(chance.sample(present, MOVED), by_member, spans, events, chance)
    _leave(leaving, by_member, events, chance)
    Membership.objects.bulk_create(spans, batch_size=1000)
    MembershipEvent.objects.bulk_create(events, batch_size=1000)
    return present


def _some_day(chance, year):
    return date(year, chance.randint(1, 12), chance.randint(1, 28))


def _member(chance, admitted_on):
    gender = chance.choice(("male", "female"))
    official_on = months_away(admitted_on, 12)
    is_official = official_on <= TODAY
    return Member(
        full_name=f"{chance.choice(FAMILY)} {chance.choice(MIDDLE[gender])} {chance.choice(GIVEN[gender])}",
        gender=gender,
        born_on=date(admitted_on.year - chance.randint(20, 30), chance.randint(1, 12), chance.randint(1, 28)),
        position=chance.choice(POSITIONS),
        decided_on=None if admitted_on.day == 13 else admitted_on - timedelta(7 + admitted_on.toordinal() % 23),  # some old files do not tell
        admitted_on=admitted_on,
        official_on=official_on if is_official else None,
        state=MemberState.OFFICIAL if is_official else MemberState.PROBATIONARY,
    )


def _settle(members, cells, chance):
    """Give each member a cell; nobody who was admitted, or has left, before it stood."""
    turn = list(range(len(members)))
    chance.shuffle(turn)
    for place, number in enumerate(turn):
        one = members[number]
        one.cell = cells[place % len(cells)]
        has_left = number >= MEMBERS
        if one.cell.established_on > FOUNDED and (has_left or date(2015, 1, 1) <= one.admitted_on < one.cell.established_on):
            one.cell = cells[0]
        one.is_exempt = one.admitted_on.year < 1992 and not has_left and chance.random() < 0.3


def _entry(one, day):
    if day == one.admitted_on:
        return MembershipEvent(member=one, kind=EventKind.ADMITTED, effective_on=day, to_cell=one.cell)
    return MembershipEvent(member=one, kind=EventKind.TRANSFERRED_IN, effective_on=day, to_cell=one.cell, outside=ELSEWHERE)


def _move(members, by_member, spans, events, chance):
    """Let `members` have been in another cell before: the present span begins with the move."""
    of_member = {one.pk: [] for one in members}
    for event in events:
        if event.member_id in of_member:
            of_member[event.member_id].append(event)
    cells = sorted({one.cell for one in members if one.cell.established_on == FOUNDED}, key=lambda cell: cell.path)
    for one in members:
        span, before = by_member[one.pk], chance.choice(cells)
        day = date(chance.randint(2016, 2025), 6, chance.randint(1, 28))
        earlier = of_member[one.pk]
        if before == one.cell or day <= max(event.effective_on for event in earlier):
            continue
        spans.append(Membership(member=one, cell=before, valid_from=span.valid_from, valid_to=day))
        for event in earlier:
            event.to_cell = before
        span.valid_from = day
        events.append(MembershipEvent(member=one, kind=EventKind.MOVED, effective_on=day, from_cell=before, to_cell=one.cell, sequence=9))


def _leave(members, by_member, events, chance):
    years = [year for year, count in LEFT.items() for _ in range(count)]
    for one, year in zip(members, years, strict=True):
        day, kind = date(year, chance.randint(1, 10), chance.randint(1, 28)), chance.choice(LEAVING)
        by_member[one.pk].valid_to = day
        outside = ELSEWHERE if kind == EventKind.TRANSFERRED_OUT else ""
        events.append(MembershipEvent(member=one, kind=kind, effective_on=day, from_cell=one.cell, outside=outside, sequence=9))
        one.state = STATES[kind]
    Member.objects.bulk_update(members, ["state"], batch_size=500)


def build_merged_people(merged, taker, chance):
    """Eleven members of the cell `merged`, who went to the cell `taker` on the day it ended."""
    members = [_member(chance, _some_day(chance, chance.randint(1995, 2014))) for _ in range(11)]
    for one in members:
        one.cell = taker
    records.fill_records(members, 900_001)
    Member.objects.bulk_create(members)
    start, end = merged.established_on, merged.dissolved_on
    spans, events = [], []
    for one in members:
        spans += [
            Membership(member=one, cell=merged, valid_from=max(start, one.admitted_on), valid_to=end),
            Membership(member=one, cell=taker, valid_from=end),
        ]
        outside = {} if one.admitted_on >= start else {"outside": ELSEWHERE}
        kind = EventKind.ADMITTED if one.admitted_on >= start else EventKind.TRANSFERRED_IN
        events += [
            MembershipEvent(member=one, kind=kind, effective_on=max(start, one.admitted_on), to_cell=merged, **outside),
            MembershipEvent(member=one, kind=EventKind.MOVED, effective_on=end, from_cell=merged, to_cell=taker, document=merged.dissolved_by),
        ]
        if one.official_on > start:
            events.append(MembershipEvent(member=one, kind=EventKind.RECOGNISED, effective_on=one.official_on, to_cell=merged))
    Membership.objects.bulk_create(spans)
    MembershipEvent.objects.bulk_create(events)
    return members


def build_seats(root, organisations, present):
    """A secretary, a deputy and members of the committee for every organisation, from those who belong to it, since the last congresses."""
    people = {}
    for one in present:
        if one.official_on and one.official_on.year < 2020:
            people.setdefault(one.cell.path, []).append(one)
    seats, used = [], set()
    for organisation in [root, *organisations]:
        inside = [one for path, some in people.items() if path.startswith(organisation.path) for one in some if one.pk not in used]
        posts = [Post.SECRETARY, Post.DEPUTY_SECRETARY] + ([] if organisation.holds_members else [Post.COMMITTEE] * 3)
        for position, (post, one) in enumerate(zip(posts, inside, strict=False), 1):
            seats.append(Seat(member=one, organisation=organisation, post=post, position=position, valid_from=date(2025, 6, 1)))
            if organisation.holds_members:
                used.add(one.pk)
    Seat.objects.bulk_create(seats, batch_size=500)
