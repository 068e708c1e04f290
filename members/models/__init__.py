from .badges import BadgeAward, PartyBreak
from .discipline import Discipline
from .movements import Membership, MembershipEvent
from .people import Member
from .seats import Seat

__all__ = ["BadgeAward", "Discipline", "Member", "Membership", "MembershipEvent", "PartyBreak", "Seat"]
