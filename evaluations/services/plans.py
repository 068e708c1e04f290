"""How a unit's review is prepared: the superior's suggestions and who attends; the unit's day, draft and answer."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cells.working_days import working_days_of
from evaluations.enums import SheetState
from evaluations.models import ReviewPlan, ReviewSheet
from evaluations.permissions import can_suggest, can_write_sheet
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError, StaleVersion

DRAFT_DAYS = 3  # working days, HD 43-HD/BTCTW, mục 2


def save_suggestion(sheet, *, attending, suggestion, document=None, version, by):
    """The superior says who attends the unit's review and what it suggests (`document`: an unsaved cells.Document or None).

    version: of the plan that was read, 0 where there was none. Returns the ReviewPlan. DomainError once the sheet was accepted.
    """
    if not can_suggest(by, sheet):
        raise PermissionDenied
    with change(by=by):
        plan = _locked_plan(sheet, version)
        if sheet.state == SheetState.ACCEPTED:
            raise DomainError("Bảng xếp loại đã được tiếp nhận nên không ghi gợi ý kiểm điểm nữa.")
        if document is not None and not suggestion.strip():
            raise DomainError("Hãy ghi nội dung gợi ý kiểm điểm.", field="suggestion")
        if document is not None:
            document.save()
            plan.document = document
        plan.attending = attending.strip()
        if plan.suggestion != suggestion.strip():
            plan.suggestion = suggestion.strip()
            plan.suggested_at, plan.suggested_by = (timezone.now(), by) if plan.suggestion else (None, None)
        return _save(plan, "plan.suggested", "Ghi gợi ý kiểm điểm, người dự.", by)


def save_review_day(sheet, *, meets_on, draft_sent_on=None, held_on=None, answer="", version, by):
    """The unit's own part: when it meets, when the draft went out, when it met, how it answers the suggestions. Returns the ReviewPlan.

    DomainError where the draft went out after the meeting, and where suggestions stand and the meeting was held without an answer.
    """
    if not can_write_sheet(by, sheet):
        raise PermissionDenied
    with change(by=by):
        plan = _locked_plan(sheet, version)
        if held_on and draft_sent_on and draft_sent_on > held_on:
            raise DomainError("Ngày gửi dự thảo không được sau ngày họp.", field="draft_sent_on")
        if held_on and plan.suggestion and not answer.strip():
            raise DomainError("Cấp trên có gợi ý kiểm điểm: hãy ghi giải trình (mục IV của Mẫu 01).", field="answer")
        plan.meets_on, plan.draft_sent_on, plan.held_on, plan.answer = meets_on, draft_sent_on, held_on, answer.strip()
        return _save(plan, "plan.written", "Ghi lịch họp kiểm điểm.", by)


def _locked_plan(sheet, version):
    locked(ReviewSheet.objects.filter(pk=sheet.pk)).get()
    plan = ReviewPlan.objects.filter(sheet=sheet).first() or ReviewPlan(sheet=sheet, version=0)
    if plan.version != version:
        raise StaleVersion("Kế hoạch này vừa được người khác sửa. Hãy xem lại rồi ghi.", current=plan)
    return plan


def _save(plan, action, summary, by):
    plan.version += 1
    plan.save()
    record(action, plan.sheet, summary=summary, organisation=plan.sheet.organisation)
    return plan


def draft_is_late(plan, root):
    """Whether the draft went out fewer than three working days before the meeting; None while a day is not known."""
    meeting = plan.held_on or plan.meets_on
    if not (meeting and plan.draft_sent_on):
        return None
    return working_days_of(root).between(plan.draft_sent_on, meeting) < DRAFT_DAYS
