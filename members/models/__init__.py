from .badges import BadgeAward, PartyBreak
from .movements import Membership, MembershipEvent
from .people import Member
from .seats import Seat

__all__ = ["BadgeAward", "Member", "Membership", "MembershipEvent", "PartyBreak", "Seat"]
