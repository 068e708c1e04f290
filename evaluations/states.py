"""The states of registrations, sheets and decisions, readable aloud: from where, to where, who, what stands against it."""

from khoi_party.audit.workflow import Transition

from .enums import DecisionState, RegistrationState, SheetState
from .permissions import (
    can_accept_sheet,
    can_issue_decision,
    can_note_registration,
    can_prepare,
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
