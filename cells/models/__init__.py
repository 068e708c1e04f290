from .boards import AdvisingBoard
from .calendar import CalendarDay
from .documents import DatedSetting, Document
from .numbers import NumberSeries, RegisteredNumber
from .organisations import Organisation, OrganisationName, Placement, Sector
from .roles import RoleAssignment
from .terms import Target, Term
from .year_figures import YearFigure

__all__ = [
    "AdvisingBoard",
    "CalendarDay",
    "DatedSetting",
    "Document",
    "NumberSeries",
    "Organisation",
    "OrganisationName",
    "Placement",
    "RegisteredNumber",
    "RoleAssignment",
    "Sector",
    "Target",
    "Term",
    "YearFigure",
]
