from .boards import AdvisingBoard
from .calendar import CalendarDay
from .documents import DatedSetting, Document
from .organisations import Organisation, OrganisationName, Placement, Sector
from .roles import RoleAssignment
from .terms import Target, Term
from .year_figures import YearFigure

__all__ = [
    "AdvisingBoard",
    "CalendarDay",
    "DatedSetting",
    "Document",
    "Organisation",
    "OrganisationName",
    "Placement",
    "RoleAssignment",
    "Sector",
    "Target",
    "Term",
    "YearFigure",
]
