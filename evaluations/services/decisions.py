"""A body decides the levels of sheets: prepared by its staff, issued by its leader, published, and frozen from then on."""

from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q

from cells.enums import DocumentKind, OrganisationKind
from cells.models import Document
from evaluations.enums import Eligibility, SheetState, Voice
from evaluations.models import Decision, DecisionItem, QuotaPool, Review, ReviewSheet
from evaluations.permissions import can_issue_decision, can_prepare_decision
from evaluations.services.quotas import usage
from evaluations.services.tallies import replace_tallies
from evaluations.states import DECISION
from khoi_party.audit.services import change, record
from khoi_party.audit.workflow import advance
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError


def rows_to_decide(body, sheets):
    """The undecided rows of `sheets` that `body` decides."""
    return Review.objects.present().filter(sheet__in=sheets, decided_by=body, eligibility=Eligibility.REQUIRED, decided_level__isnull=True)


def draft_decision(body, cycle, sheets, *, title, by):
    """A draft over `sheets` (ReviewSheets that hold rows for `body`, accepted, or `body`'s own once sent). Returns the Decision."""
    if not can_prepare_decision(by, body):
        raise PermissionDenied
    not_ready = [sheet.organisation_name for sheet in sheets if not _is_ready(sheet, body)]
    if not_ready:
        raise DomainError(f"Chưa tiếp nhận bảng xếp loại của: {', '.join(not_ready)}.")
    if not sheets or not rows_to_decide(body, sheets).exists():
        raise DomainError(f"Không có dòng nào chờ {body.committee_name} quyết định.")
    with change(by=by):
        decision = Decision.objects.create(cycle=cycle, body=body, title=title, needs_another_person=body.kind == OrganisationKind.UPPER_COMMITTEE)
        decision.sheets.set(sheets)
        record("decision.drafted", decision, summary="Soạn quyết định xếp loại.", organisation=body, sheets=len(sheets))
    return decision


def _is_ready(sheet, body):
    if sheet.organisation_id == body.pk:
        return sheet.state in (SheetState.SUBMITTED, SheetState.ACCEPTED)
    return sheet.state == SheetState.ACCEPTED


def levels_to_decide(decision):
    """Rows of the decision with `level` (dự kiến, else đề xuất), `proposed` and `reason` for a departure from it."""
    rows = rows_to_decide(decision.body, decision.sheets.all()).annotate(
        proposed=Max("opinions__level", filter=Q(opinions__voice=Voice.PROPOSED)),
        deciding=Max("opinions__level", filter=Q(opinions__voice=Voice.DECIDING)),
        reason=Max("opinions__reason", filter=Q(opinions__voice=Voice.DECIDING)),
    )
    return rows.select_related("sheet", "pool").order_by("pk")


def missing_for_proposal(decision):
    """Vietnamese sentences that stand against proposing or issuing: rows without a level, departures without a reason."""
    rows = list(levels_to_decide(decision))
    sentences = []
    if empty := sum(1 for row in rows if not (row.deciding or row.proposed)):
        sentences.append(f"Còn {empty} dòng chưa có mức đề xuất.")
    if unexplained := sum(1 for row in rows if row.deciding and row.proposed and row.deciding != row.proposed and not row.reason):
        sentences.append(f"Còn {unexplained} dòng có mức khác đề xuất nhưng chưa ghi lý do.")
    if not rows:
        sentences.append("Không còn dòng nào chờ quyết định.")
    return sentences


def propose_decision(decision, *, by):
    """Put a complete draft before the leader. DomainError with what is missing."""
    if not can_prepare_decision(by, decision.body):
        raise PermissionDenied
    if missing := missing_for_proposal(decision):
        raise DomainError(" ".join(missing))
    return _advance(decision, "propose", by=by)


def issue_decision(decision, *, number, issued_on, signer, meeting_on, members_total, members_present, votes_for, by):
    """Issue: the document, one item per row, the levels frozen, the tallies replaced; all or nothing.

    Refuses (DomainError) the proposer at the superior committee, an incomplete draft, votes that do not add up, and more of
    the best level than a confirmed cap allows. Locks the decision, its sheets, its reviews and the pools in that order.
    """
    if not can_issue_decision(by, decision):
        raise PermissionDenied
    with change(by=by):
        decision.refresh_from_db(from_queryset=locked(Decision.objects.select_related("body")))
        sheets = list(locked(ReviewSheet.objects.filter(decisions=decision).order_by("pk")))
        list(locked(rows_to_decide(decision.body, sheets).order_by("pk")))  # first the locks, then the levels they guard
        rows = list(levels_to_decide(decision))
        _refuse_issue(decision, members_total, members_present, votes_for, by)
        _refuse_over_quota(decision, rows)
        decision.document = Document.objects.create(
            organisation=decision.body,
            kind=DocumentKind.DECISION,
            number=number,
            issued_on=issued_on,
            issuer=decision.body.committee_name,
            signer=signer,
            title=decision.title,
            created_by=by,
        )
        Decision.objects.filter(pk=decision.pk).update(
            document=decision.document,
            meeting_on=meeting_on,
            members_total=members_total,
            members_present=members_present,
            votes_for=votes_for,
        )
        _advance(decision, "issue", by=by)
        _freeze(decision, rows)
        replace_tallies(sheets)


def _refuse_issue(decision, total, present, votes, by):
    if decision.needs_another_person and decision.proposed_by_id == by.pk:
        raise DomainError("Đồng chí đã trình quyết định này nên không tự ban hành được; cần một lãnh đạo khác.")
    if not votes <= present <= total:
        raise DomainError("Số phiếu không khớp: đồng ý ≤ có mặt ≤ được triệu tập.", field="votes_for")
    if 2 * votes <= total:
        raise DomainError(f"Đồng ý {votes}/{total}, chưa quá nửa số được triệu tập.", field="votes_for")
    if missing := missing_for_proposal(decision):
        raise DomainError(" ".join(missing))


def _refuse_over_quota(decision, rows):
    pools = QuotaPool.objects.filter(pk__in={row.pool_id for row in rows if row.pool_id}).order_by("pk")
    for pool in locked(pools):
        used = usage(pool)
        if used.is_over and pool.blocks:
            raise DomainError(f"{pool.group}: xuất sắc {used.excellent}, vượt trần {used.limit} ({pool.rate}% {pool.get_base_display()}).")


def _freeze(decision, rows):
    DecisionItem.objects.bulk_create(
        [DecisionItem(decision=decision, review=row, level=row.deciding or row.proposed, reason=row.reason or "") for row in rows],
        batch_size=500,
    )
    for row in rows:
        row.decided_level = row.deciding or row.proposed
    Review.objects.bulk_update(rows, ["decided_level"], batch_size=500)


def publish_decision(decision, *, by):
    return _advance(decision, "publish", by=by)


def withdraw_decision(decision, reason, *, by):
    return _advance(decision, "withdraw", by=by, note=reason)


def _advance(decision, action, **kwargs):
    return advance(decision, action, table=DECISION, organisation=decision.body, **kwargs)
