from .admissions import Admission, AdmissionStep
from .badges import BadgeAward, PartyBreak
from .discipline import Discipline
from .imports import ColumnMapping, ImportBatch, ImportRow
from .movements import Membership, MembershipEvent
from .people import Member
from .seats import Seat
from .signoffs import RosterSignOff

__all__ = [
    "Admission",
    "AdmissionStep",
    "BadgeAward",
    "ColumnMapping",
    "Discipline",
    "ImportBatch",
    "ImportRow",
    "Member",
    "Membership",
    "MembershipEvent",
    "PartyBreak",
    "RosterSignOff",
    "Seat",
]
