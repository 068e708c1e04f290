from .commendations import AwardSetting, Commendation, CommendationRound
from .cycles import Cycle, Stage
from .decisions import Decision, DecisionItem
from .facts import EnteredFacts, FormerCellRemark, Override
from .outside import OutsideRating
from .quotas import QuotaPool
from .registrations import Registration
from .reviews import Opinion, Review, ReviewSheet
from .tallies import SheetTally

__all__ = [
    "AwardSetting",
    "Commendation",
    "CommendationRound",
    "Cycle",
    "Decision",
    "DecisionItem",
    "EnteredFacts",
    "FormerCellRemark",
    "Opinion",
    "OutsideRating",
    "Override",
    "QuotaPool",
    "Registration",
    "Review",
    "ReviewSheet",
    "SheetTally",
    "Stage",
]
