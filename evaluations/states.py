"""The states of registrations, sheets and decisions, readable aloud: from where, to where, who, what stands against it."""

from khoi_party.audit.workflow import Transition

from .enums import CommendationState, DecisionState, RegistrationState, SheetState
from .permissions import (
    can_accept_sheet,
    can_decline_commendation,
    can_forward_commendation,
    can_issue_commendation,
    can_issue_decision,
    can_note_registration,
    can_prepare,
    can_prepare_commendation,
    can_receive_commendation,
    can_return_registration,
    can_return_sheet,
    can_write_registration,
    can_write_sheet,
)


def missing_for_registration(registration):
    missing = []
    if registration.level is None:
        missing.append("Hãy chọn mức đăng ký.")
    if registration.admissions_planned is None:
        missing.append("Hãy ghi số đảng viên dự kiến kết nạp (không có thì ghi 0).")
    return missing


def missing_for_sheet(sheet):
    """What an incomplete sheet lacks, as sentences."""
    sentences = []
    if count := sheet.reviews.without_level().count():
        sentences.append(f"Còn {count} dòng phải xếp loại nhưng chưa có mức.")
    if silent := list(sheet.reviews.without_reason().order_by("subject", "sort_key").values_list("name", flat=True)):
        sentences.append(without_reason(silent))
    return sentences


def without_reason(names):
    """The sentence about rows, by their names, that depart from the voice before and do not say why."""
    first = ", ".join(names[:5]) + ("…" if len(names) > 5 else "")
    return f"Còn {len(names)} dòng có mức khác ý kiến trước đó nhưng chưa ghi lý do: {first}."


def against_returning_sheet(sheet):
    sentences = []
    if sheet.reviews.filter(decided_level__isnull=False).exists():
        sentences.append("Bảng này đã có mức được quyết định nên không trả lại được.")
    if sheet.decisions.filter(state=DecisionState.PROPOSED).exists():
        sentences.append("Bảng này đang trình lãnh đạo. Hãy rút dự thảo quyết định về rồi trả lại.")
    return sentences


def keeps_list(user, round_):
    return can_prepare_commendation(user, round_.body)


def missing_for_commendation(round_):
    """What a list of commendations lacks before it is put forward, as sentences."""
    sentences = []
    if not round_.items.exists():
        sentences.append("Danh sách chưa có ai. Hãy chọn người, tổ chức được đề nghị.")
    if round_.meeting_on is None or round_.votes_for is None:
        sentences.append("Chưa ghi ngày họp và kết quả biểu quyết.")
    return sentences


def against_issuing(round_):
    if round_.state == CommendationState.PROPOSED and not round_.is_own:
        return ["Đợt này do cấp trên quyết định. Hãy gửi tờ trình lên cấp đó trước."]
    return []


def against_forwarding(round_):
    return ["Đợt này do chính cấp lập danh sách quyết định, không phải gửi cấp trên."] if round_.is_own else []


REGISTRATION = {
    "submit": Transition(
        frozenset({RegistrationState.DRAFT, RegistrationState.RETURNED}),
        RegistrationState.SUBMITTED,
        "Gửi bản đăng ký",
        can_write_registration,
        missing_for_registration,
        stamp="submitted",
    ),
    "note": Transition(
        frozenset({RegistrationState.SUBMITTED}), RegistrationState.NOTED, "Tiếp nhận bản đăng ký", can_note_registration, stamp="noted"
    ),
    "return": Transition(
        frozenset({RegistrationState.SUBMITTED, RegistrationState.NOTED}),
        RegistrationState.RETURNED,
        "Trả lại bản đăng ký",
        can_return_registration,
        note_required=True,
    ),
}

SHEET = {
    "submit": Transition(
        frozenset({SheetState.OPEN, SheetState.RETURNED}),
        SheetState.SUBMITTED,
        "Gửi bảng xếp loại",
        can_write_sheet,
        missing_for_sheet,
        stamp="submitted",
    ),
    "accept": Transition(frozenset({SheetState.SUBMITTED}), SheetState.ACCEPTED, "Tiếp nhận bảng xếp loại", can_accept_sheet, stamp="accepted"),
    "return": Transition(
        frozenset({SheetState.SUBMITTED, SheetState.ACCEPTED}),
        SheetState.RETURNED,
        "Trả lại bảng xếp loại",
        can_return_sheet,
        against_returning_sheet,
        note_required=True,
    ),
}

DECISION = {
    "propose": Transition(frozenset({DecisionState.DRAFT}), DecisionState.PROPOSED, "Trình quyết định xếp loại", can_prepare, stamp="proposed"),
    "withdraw": Transition(frozenset({DecisionState.PROPOSED}), DecisionState.DRAFT, "Rút dự thảo quyết định", can_prepare, note_required=True),
    "issue": Transition(
        frozenset({DecisionState.PROPOSED}), DecisionState.ISSUED, "Ban hành quyết định xếp loại", can_issue_decision, stamp="issued"
    ),
    "publish": Transition(frozenset({DecisionState.ISSUED}), DecisionState.PUBLISHED, "Công bố kết quả xếp loại", can_prepare, stamp="published"),
}

COMMENDATION = {
    "propose": Transition(
        frozenset({CommendationState.DRAFT}),
        CommendationState.PROPOSED,
        "Trình danh sách khen thưởng",
        keeps_list,
        missing_for_commendation,
        stamp="proposed",
    ),
    "withdraw": Transition(
        frozenset({CommendationState.PROPOSED}), CommendationState.DRAFT, "Rút danh sách khen thưởng để sửa", keeps_list, note_required=True
    ),
    "forward": Transition(
        frozenset({CommendationState.PROPOSED}),
        CommendationState.FORWARDED,
        "Gửi tờ trình khen thưởng lên cấp trên",
        can_forward_commendation,
        against_forwarding,
        stamp="forwarded",
    ),
    "issue": Transition(
        frozenset({CommendationState.PROPOSED, CommendationState.FORWARDED}),
        CommendationState.ISSUED,
        "Ban hành quyết định khen thưởng",
        can_issue_commendation,
        against_issuing,
        stamp="issued",
    ),
    "receive": Transition(
        frozenset({CommendationState.FORWARDED}),
        CommendationState.ISSUED,
        "Ghi quyết định khen thưởng của cấp trên",
        can_receive_commendation,
        stamp="issued",
    ),
    "decline": Transition(
        frozenset({CommendationState.FORWARDED}),
        CommendationState.DECLINED,
        "Cấp trên không khen thưởng",
        can_decline_commendation,
        note_required=True,
        stamp="declined",
    ),
}
