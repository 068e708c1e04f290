from .discipline import Discipline
from .movements import Membership, MembershipEvent
from .people import Member
from .seats import Seat

__all__ = ["Discipline", "Member", "Membership", "MembershipEvent", "Seat"]
