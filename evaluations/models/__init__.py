from .cycles import Cycle, Stage
from .decisions import Decision, DecisionItem
from .facts import EnteredFacts, FormerCellRemark, Override
from .quotas import QuotaPool
from .registrations import Registration
from .reviews import Opinion, Review, ReviewSheet
from .tallies import SheetTally

__all__ = [
    "Cycle",
    "Decision",
    "DecisionItem",
    "EnteredFacts",
    "FormerCellRemark",
    "Opinion",
    "Override",
    "QuotaPool",
    "Registration",
    "Review",
    "ReviewSheet",
    "SheetTally",
    "Stage",
]
