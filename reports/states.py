"""What people may do to a paper's making. What a worker does to it is in `jobs`, by conditional updates."""

from khoi_party.audit.workflow import Transition
from reports.enums import ACTIVE_STATES, PaperState
from reports.permissions import can_change_job

PAPER = {
    "cancel": Transition(frozenset(ACTIVE_STATES), PaperState.CANCELLED, "Hủy lập báo cáo", can_change_job),
    "retry": Transition(frozenset({PaperState.FAILED, PaperState.CANCELLED}), PaperState.QUEUED, "Lập lại báo cáo", can_change_job),
}
