"""Stays, pauses and suspensions whose last day is near or past: somebody must record what comes next."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from members.enums import EventKind
from members.models import Member, MembershipEvent
from members.permissions import can_edit_member
from members.states import EXITS

AHEAD = 30  # days
ENDS = {
    EventKind.SENT_AWAY: (EventKind.CAME_BACK, EventKind.MOVED),
    EventKind.PAUSED: (EventKind.RESUMED, EventKind.EXEMPTED),
    EventKind.SUSPENDED: (EventKind.REINSTATED,),
}
WORDS = {
    EventKind.SENT_AWAY: "Hết hạn sinh hoạt tạm thời: ghi trở về hoặc chuyển chính thức",
    EventKind.PAUSED: "Hết hạn tạm miễn sinh hoạt: ghi trở lại hoặc tạm miễn tiếp",
    EventKind.SUSPENDED: "Hết thời hạn đình chỉ sinh hoạt: ghi hết đình chỉ hoặc gia hạn",
}


@dataclass(frozen=True)
class Ending:
    member: Member
    kind: str
    until: date

    @property
    def words(self):
        return WORDS[self.kind]


def endings_due(user, day):
    """The Endings up to 30 days after `day` among the members whom `user` writes, the earliest first."""
    later = Q(effective_on__gt=OuterRef("effective_on")) | Q(effective_on=OuterRef("effective_on"), sequence__gt=OuterRef("sequence"))
    due = Q(pk__in=[])
    for kind, ends in ENDS.items():
        ended = MembershipEvent.objects.standing().filter(later, member=OuterRef("member"), kind__in=(kind, *ends, *EXITS))
        due |= Q(kind=kind) & ~Exists(ended)
    near = MembershipEvent.objects.standing().filter(due, until__lte=day + timedelta(AHEAD), member__in=Member.objects.visible_to(user).active())
    found = near.select_related("member__cell").order_by("until", "pk")
    return [Ending(event.member, event.kind, event.until) for event in found if can_edit_member(user, event.member)]
