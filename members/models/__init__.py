from .movements import Membership, MembershipEvent
from .people import Member
from .seats import Seat

__all__ = ["Member", "Membership", "MembershipEvent", "Seat"]
