"""Who is due for a Huy hiệu Đảng in which round: the badge rules applied to all members that somebody sees, in three queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from members.badges import MILESTONES, ceremonies_around, ceremony_for, months_away, reached_on
from members.enums import MemberState
from members.models import BadgeAward, Member, PartyBreak

ROUNDS_BEFORE, ROUNDS_AHEAD = 2, 4  # half a year back for what was forgotten, a year ahead for what is to be prepared
LONGEST_EARLY = 24  # months: an award may stand in a round so long before the day that it is for


@dataclass(frozen=True)
class Due:
    """One badge of one member: reached or to be reached on a day, and what was proposed or decided of it."""

    member: Member
    years: int
    reached: date | None
    award: BadgeAward | None

    @property
    def round(self):
        return ceremony_for(self.award.ceremony_on if self.award else self.reached)

    @property
    def state(self):
        if self.award is None:
            return "Chưa đề nghị"
        kind = "" if self.award.kind == "normal" else f", {self.award.get_kind_display().lower()}"
        return f"{self.award.get_state_display()}{kind}"

    @property
    def key(self):
        return f"{self.member.pk}-{self.years}"


def rounds_near(day):
    """The rounds that are worked on around `day`, in order."""
    return ceremonies_around(day, ROUNDS_BEFORE, ROUNDS_AHEAD)


def without_decision_day(user):
    """Official members whom `user` sees and whose Party age cannot be told, the longest in the Party first."""
    return of_unknown_age(Member.objects.visible_to(user))


def of_unknown_age(members):
    """Those of `members` (a queryset) who are official and whose Party age cannot be told, the longest in the Party first."""
    rows = members.filter(state=MemberState.OFFICIAL, decided_on__isnull=True)
    return rows.select_related("cell").order_by("admitted_on", "sort_key", "pk")


def dues_by_round(user, rounds):
    """{round: its Dues by years and name} for consecutive `rounds`; a badge stands in the round it was proposed for, else in its own."""
    visible = (model.objects.visible_to(user) for model in (Member, PartyBreak, BadgeAward))
    return _dues(rounds, *visible)


def dues_below(organisation, rounds):
    """The same for the members of `organisation` and all below it, whoever asks."""
    breaks, awards = (model.objects.in_subtree(organisation) for model in (PartyBreak, BadgeAward))
    return _dues(rounds, Member.objects.in_subtree(organisation), breaks, awards)


def _dues(rounds, members, party_breaks, awards):
    first, last = ceremonies_around(rounds[0], 1, 0)[0], rounds[-1]
    breaks = defaultdict(list)
    for one in party_breaks:
        breaks[one.member_id].append((one.valid_from, one.valid_to))
    awards = awards.filter(ceremony_on__gt=months_away(first, -LONGEST_EARLY))
    found = [_due_of_award(award, breaks[award.member_id]) for award in awards.select_related("member__cell", "document")]
    taken = {(due.member.pk, due.years) for due in found}
    members = members.filter(state=MemberState.OFFICIAL, decided_on__lte=months_away(last, -MILESTONES[0] * 12))
    for member in members.select_related("cell"):
        for years, reached in _reached_between(member.decided_on, breaks.get(member.pk, ()), first, last):
            if (member.pk, years) not in taken:
                found.append(Due(member, years, reached, None))
    by_round = {day: [] for day in rounds}
    for due in sorted(found, key=lambda due: (-due.years, due.member.sort_key, due.member.pk)):
        if due.round in by_round:
            by_round[due.round].append(due)
    return by_round


def _due_of_award(award, breaks):
    start = award.member.decided_on
    return Due(award.member, award.years, reached_on(start, award.years, breaks) if start else None, award)


def _reached_between(start, breaks, first, last):
    outside = sum((to - since).days for since, to in breaks)
    for years in MILESTONES:
        if first.year - 1 - outside // 365 <= start.year + years <= last.year:
            reached = reached_on(start, years, breaks)
            if first < reached <= last:
                yield years, reached
