"""About 4,300 members who do not exist, in the cells of the illustration."""

from datetime import date, timedelta

from members.enums import EventKind, MemberState
from members.models import Member, Membership, MembershipEvent

from .names import FAMILY, GIVEN, MIDDLE, POSITIONS

MEMBERS = 4300
# Admissions by year: those of the first term add up to its target of 930, those of the second lie in the target's range.
ADMISSIONS = {2016: 180, 2017: 190, 2018: 195, 2019: 185, 2020: 180, 2021: 92, 2022: 95, 2023: 97, 2024: 98, 2025: 90, 2026: 78}


def build_people(cells, chance):
    """Create members, memberships and events for `cells`; `chance` is a random.Random, so that each load is the same."""
    years = [year for year, count in ADMISSIONS.items() for _ in range(count)]
    years += [chance.randint(1988, 2014) for _ in range(MEMBERS - len(years))]
    chance.shuffle(years)
    members = Member.objects.bulk_create([_member(cells[n % len(cells)], year, chance) for n, year in enumerate(years)], batch_size=1000)
    Membership.objects.bulk_create([Membership(member=m, cell=m.cell, valid_from=_entered(m)) for m in members], batch_size=1000)
    events = [
        MembershipEvent(member=m, kind=EventKind.ADMITTED, effective_on=m.admitted_on, to_cell=m.cell)
        if m.admitted_on == _entered(m)
        else MembershipEvent(member=m, kind=EventKind.TRANSFERRED_IN, effective_on=_entered(m), to_cell=m.cell, outside="Đảng bộ khác (minh họa)")
        for m in members
    ]
    events += [MembershipEvent(member=m, kind=EventKind.EXEMPTED, effective_on=date(2024, 1, 2), to_cell=m.cell) for m in members if m.is_exempt]
    MembershipEvent.objects.bulk_create(events, batch_size=1000)
    return members


def _entered(member):
    return max(member.admitted_on, date(2010, 1, 1))


def _member(cell, year, chance):
    gender = chance.choice(("male", "female"))
    admitted_on = date(year, chance.randint(1, 10 if year == 2026 else 12), chance.randint(1, 28))
    official_on = admitted_on + timedelta(days=366)
    is_official = official_on <= date(2026, 11, 1)
    member = Member(
        full_name=f"{chance.choice(FAMILY)} {chance.choice(MIDDLE[gender])} {chance.choice(GIVEN[gender])}",
        gender=gender,
        born_on=date(year - chance.randint(20, 30), chance.randint(1, 12), chance.randint(1, 28)),
        cell=cell,
        position=chance.choice(POSITIONS),
        admitted_on=admitted_on,
        official_on=official_on if is_official else None,
        state=MemberState.OFFICIAL if is_official else MemberState.PROBATIONARY,
        is_exempt=year < 1992 and chance.random() < 0.3,
    )
    member.fill_keys()
    return member
