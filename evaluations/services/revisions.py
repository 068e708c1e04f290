"""After publication: complaints are recorded and answered, results rated again by a new decision that replaces the old one and keeps it visible.

QĐ 366-QĐ/TW, Điều 13 and 15; HD 43-HD/BTCTW, Mẫu 03.
"""

from django.core.exceptions import PermissionDenied

from cells.enums import OrganisationKind
from cells.models import Organisation
from evaluations.enums import ComplaintOutcome, DecisionState, RevisionKind
from evaluations.models import Complaint, Decision, Review, ReviewSheet, RevisedRow
from evaluations.permissions import DECIDING_KINDS, can_prepare, can_record_complaint, can_revise
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.tree import ancestor_paths

UNDER_WAY = (DecisionState.DRAFT, DecisionState.PROPOSED)


def bodies_to_revise(review, user):
    """The deciding bodies for which `user` may prepare a revision of `review`: its own first, then those above it."""
    paths = [review.decided_by.path, *ancestor_paths(review.decided_by.path)]
    bodies = Organisation.objects.filter(path__in=paths, kind__in=DECIDING_KINDS, dissolved_on__isnull=True).order_by("-path")
    return [body for body in bodies if can_revise(user, body, review)]


def against_revising(review):
    """The Vietnamese sentence that stands against rating `review` again now, "" where none does."""
    cycle = review.sheet.cycle
    item = review.items.standing().select_related("decision").first()
    if item is None or review.decided_level is None:
        return "Dòng này chưa được quyết định mức nên chưa có gì để xếp loại lại."
    if cycle.is_open:
        return f"Năm {cycle.year} chưa kết thúc nên chưa xếp loại lại được. Hãy ghi khiếu nại nếu có, kết thúc năm rồi soạn quyết định xếp loại lại."
    if item.decision.state != DecisionState.PUBLISHED:
        return "Kết quả chưa công bố. Hãy công bố quyết định trước rồi mới xếp loại lại."
    return ""


def revise(review, *, body, kind, level, exemplary=False, reason, by):
    """Put `review` with its new `level` (1 to 4) and the `reason` into the draft revision of `body` for that year; begins one where there is none.

    kind: a RevisionKind, one per draft. Returns the draft Decision. PermissionDenied for anybody but the staff of the deciding body or of one
    above it; DomainError while the year is open, where the level stays as it is, or where the row lies in another draft.
    """
    if not can_revise(by, body, review):
        raise PermissionDenied
    with change(by=by):
        sheet = locked(ReviewSheet.objects.filter(pk=review.sheet_id)).get()
        row = locked(Review.objects.filter(pk=review.pk)).select_related("sheet__cycle", "decided_by").get()
        _refuse_revising(row, level, exemplary, reason)
        decision = _draft_of(body, row.sheet.cycle, RevisionKind(kind))
        decision.sheets.add(sheet)
        RevisedRow.objects.create(decision=decision, review=row, level=level, exemplary=exemplary, reason=reason.strip())
        summary = f"Soạn quyết định xếp loại lại: {RevisionKind(kind).label.lower()}."
        record("decision.revising", row, summary=summary, organisation=body, note=reason.strip(), before=row.decided_level, after=level)
    return decision


def _refuse_revising(row, level, exemplary, reason):
    if sentence := against_revising(row):
        raise DomainError(sentence)
    if level == row.decided_level and exemplary == row.exemplary:
        raise DomainError("Mức mới trùng với mức đã quyết định. Hãy chọn mức khác, hoặc trả lời khiếu nại là giữ nguyên.", field="level")
    if exemplary and level != 1:
        raise DomainError("Chỉ chọn tiêu biểu trong số được xếp loại cao nhất.", field="exemplary")
    if not reason.strip():
        raise DomainError("Hãy ghi lý do xếp loại lại.", field="reason")
    if row.revised_rows.filter(decision__state__in=UNDER_WAY).exists():
        raise DomainError("Dòng này đang nằm trong một dự thảo xếp loại lại khác. Hãy mở dự thảo đó, hoặc bỏ đi rồi soạn lại.")


def _draft_of(body, cycle, kind):
    """The draft of `body` that still takes rows, or a new one."""
    found = Decision.objects.filter(cycle=cycle, body=body, revision=kind, state=DecisionState.DRAFT).order_by("pk").first()
    return found or Decision.objects.create(
        cycle=cycle,
        body=body,
        revision=kind,
        title=f"Đánh giá, xếp loại lại năm {cycle.year}",
        needs_another_person=body.kind == OrganisationKind.UPPER_COMMITTEE,
    )


def leave_out(decision, review, *, by):
    """Take a row out of a draft revision again; the draft goes with its last row. Returns whether the draft is still there."""
    if not can_prepare(by, decision):
        raise PermissionDenied
    with change(by=by):
        held = locked(Decision.objects.filter(pk=decision.pk)).get()
        if held.state != DecisionState.DRAFT:
            raise DomainError("Chỉ sửa được dự thảo chưa trình. Hãy rút về trước.")
        gone, _ = RevisedRow.objects.filter(decision=held, review=review).delete()
        if gone:
            record("decision.row_left_out", review, summary="Bỏ một dòng khỏi dự thảo xếp loại lại.", organisation=decision.body)
        if held.revised_rows.exists():
            held.sheets.remove(*held.sheets.exclude(reviews__revised_rows__decision=held))
            return True
        held.delete()
    return False


def record_complaint(review, *, source, received_on, summary, paper="", by):
    """Record that somebody objects to a result. Any year, open or not. Returns the Complaint; PermissionDenied for others than the body's staff."""
    if not can_record_complaint(by, review):
        raise PermissionDenied
    if received_on > today():
        raise DomainError("Ngày nhận không được sau hôm nay.", field="received_on")
    with change(by=by):
        complaint = Complaint.objects.create(
            review=review, source=source, received_on=received_on, summary=summary.strip(), paper=paper.strip(), recorded_by=by
        )
        record("complaint.recorded", review, summary="Ghi nhận khiếu nại, kiến nghị về kết quả xếp loại.", organisation=review.decided_by)
    return complaint


def answer_complaint(complaint, *, outcome, answered_on, answer, by):
    """Answer an open complaint: the result is kept, or rated again by a revision, which must then exist (issued or in draft).

    DomainError for one that is answered already, for an answer before it came or in the future, and for "rated again" without a revision.
    """
    if not can_record_complaint(by, complaint.review):
        raise PermissionDenied
    with change(by=by):
        row = locked(Complaint.objects.filter(pk=complaint.pk)).select_related("review__decided_by").get()
        if not row.is_open:
            raise DomainError("Khiếu nại này đã được trả lời.")
        if not row.received_on <= answered_on <= today():
            raise DomainError("Ngày trả lời phải từ ngày nhận đến hôm nay.", field="answered_on")
        if outcome == ComplaintOutcome.REVISED:
            row.decision = Decision.objects.filter(revised_rows__review=row.review).order_by("-pk").first()
            if row.decision is None:
                raise DomainError("Chưa có quyết định xếp loại lại cho dòng này. Hãy soạn quyết định trước rồi trả lời.", field="outcome")
        row.outcome, row.answered_on, row.answer = outcome, answered_on, answer.strip()
        row.save(update_fields=["outcome", "answered_on", "answer", "decision"])
        record("complaint.answered", row.review, summary="Trả lời khiếu nại, kiến nghị.", organisation=row.review.decided_by, after=str(outcome))
    return row
