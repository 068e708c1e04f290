from .imports import ColumnMapping, ImportBatch, ImportRow
from .movements import Membership, MembershipEvent
from .people import Member
from .seats import Seat

__all__ = ["ColumnMapping", "ImportBatch", "ImportRow", "Member", "Membership", "MembershipEvent", "Seat"]
