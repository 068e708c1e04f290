"""What people may do to a paper. What a worker does to it is in `jobs`, by conditional updates."""

from khoi_party.audit.workflow import Transition
from reports.enums import ACTIVE_STATES, PaperState
from reports.permissions import can_change_job, can_issue


def _not_issued(paper):
    return ["Văn bản đã ban hành thì không sửa, không lập lại; cần số liệu mới thì lập văn bản mới."] if paper.is_issued else []


def _alone(paper):
    """The same paper of the same person twice under way would be the same work twice."""
    same = paper.twins().exists()
    return ["Văn bản này đang được lập theo một yêu cầu khác; hãy đợi hoặc hủy yêu cầu đó."] if same else []


def _draft_alone(paper):
    return _not_issued(paper) or _alone(paper)


PAPER = {
    "cancel": Transition(frozenset(ACTIVE_STATES), PaperState.CANCELLED, "Hủy lập văn bản", can_change_job, guard=_not_issued),
    "retry": Transition(frozenset({PaperState.FAILED, PaperState.CANCELLED}), PaperState.QUEUED, "Lập lại văn bản", can_change_job, guard=_alone),
    "reset": Transition(frozenset({PaperState.DONE}), PaperState.QUEUED, "Dàn trang lại dự thảo", can_change_job, guard=_draft_alone),
    "issue": Transition(frozenset({PaperState.DONE}), PaperState.QUEUED, "Ban hành văn bản", can_issue, guard=_draft_alone, stamp="issued"),
}
