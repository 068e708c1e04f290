from .admissions import Admission, AdmissionStep
from .badges import BadgeAward, PartyBreak
from .classes import Participant, StudyClass
from .discipline import Discipline
from .duties import MissedMonth
from .imports import ColumnMapping, ImportBatch, ImportRow
from .meetings import Meeting, Resolution
from .movements import Membership, MembershipEvent
from .papers import AnnualPaper
from .people import Member
from .seats import Seat
from .signoffs import RosterSignOff

__all__ = [
    "Admission",
    "AdmissionStep",
    "AnnualPaper",
    "BadgeAward",
    "ColumnMapping",
    "Discipline",
    "ImportBatch",
    "ImportRow",
    "Meeting",
    "Member",
    "Membership",
    "MembershipEvent",
    "MissedMonth",
    "Participant",
    "PartyBreak",
    "Resolution",
    "RosterSignOff",
    "Seat",
    "StudyClass",
]
