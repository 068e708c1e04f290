from .ballots import BallotCount, BallotLine, BallotRound, BallotSubject
from .boards import BoardOpinion
from .commendations import AwardSetting, Commendation, CommendationRound
from .complaints import Complaint
from .cycles import Cycle, Stage
from .decisions import Decision, DecisionItem, Notice, RevisedRow
from .facts import EnteredFacts, FormerCellRemark, Override
from .outside import OutsideRating
from .plans import ReviewPlan
from .quotas import QuotaPool
from .registrations import MemberRegistration, Registration
from .reports import DossierPaper, ReviewReport
from .reviews import Opinion, Review, ReviewSheet
from .tallies import SheetTally

__all__ = [
    "AwardSetting",
    "BallotCount",
    "BallotLine",
    "BallotRound",
    "BallotSubject",
    "BoardOpinion",
    "Commendation",
    "CommendationRound",
    "Complaint",
    "Cycle",
    "Decision",
    "DecisionItem",
    "DossierPaper",
    "EnteredFacts",
    "FormerCellRemark",
    "MemberRegistration",
    "Notice",
    "Opinion",
    "OutsideRating",
    "Override",
    "QuotaPool",
    "Registration",
    "Review",
    "ReviewPlan",
    "ReviewReport",
    "ReviewSheet",
    "RevisedRow",
    "SheetTally",
    "Stage",
]
