from .admissions import Admission, AdmissionStep
from .badges import BadgeAward, PartyBreak
from .discipline import Discipline
from .movements import Membership, MembershipEvent
from .people import Member
from .seats import Seat

__all__ = ["Admission", "AdmissionStep", "BadgeAward", "Discipline", "Member", "Membership", "MembershipEvent", "PartyBreak", "Seat"]
