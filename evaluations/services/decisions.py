"""A body decides the levels of sheets: prepared by its staff, issued by its leader, published, and frozen from then on."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cells.enums import DocumentKind, OrganisationKind
from cells.models import DatedSetting, Document
from cells.services.numbers import enter_document
from evaluations.enums import DecisionState
from evaluations.models import Decision, DecisionItem, Notice, QuotaPool, Review, ReviewSheet
from evaluations.permissions import can_acknowledge, can_issue_decision, can_prepare_decision
from evaluations.services.proposals import levels_to_decide, missing_for_proposal, not_ready, rows_of_decision, rows_to_decide
from evaluations.services.quotas import usage
from evaluations.services.tallies import replace_tallies
from evaluations.states import DECISION
from khoi_party.audit.services import change, record
from khoi_party.audit.workflow import advance
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError


def draft_decision(body, cycle, sheets, *, title, by):
    """A draft over `sheets` (ReviewSheets that hold rows for `body`, accepted, or `body`'s own once sent). Returns the Decision."""
    if not can_prepare_decision(by, body):
        raise PermissionDenied
    if waiting := not_ready(sheets, body):
        raise DomainError(waiting)
    if not sheets or not rows_to_decide(body, sheets).exists():
        raise DomainError(f"Không có dòng nào chờ {body.committee_name} quyết định.")
    with change(by=by):
        list(locked(ReviewSheet.objects.filter(pk__in=[sheet.pk for sheet in sheets]).order_by("pk")))
        _refuse_second_draft(body, sheets)
        decision = Decision.objects.create(cycle=cycle, body=body, title=title, needs_another_person=body.kind == OrganisationKind.UPPER_COMMITTEE)
        decision.sheets.set(sheets)
        record("decision.drafted", decision, summary="Soạn quyết định xếp loại.", organisation=body, sheets=len(sheets))
    return decision


def _refuse_second_draft(body, sheets):
    """A sheet lies in one undecided draft of a body at a time: two would race for the same rows."""
    under_way = (DecisionState.DRAFT, DecisionState.PROPOSED)
    taken = ReviewSheet.objects.filter(
        pk__in=[sheet.pk for sheet in sheets], decisions__body=body, decisions__state__in=under_way, decisions__revision=""
    )
    if names := list(taken.distinct().values_list("organisation_name", flat=True)):
        raise DomainError(f"Đã có dự thảo quyết định khác cho: {', '.join(names)}. Hãy mở dự thảo đó, hoặc bỏ đi rồi soạn lại.")


def discard_draft(decision, *, by):
    """Throw a draft away that was not put before the leader; its sheets may be drafted anew. DomainError once it was proposed."""
    if not can_prepare_decision(by, decision.body):
        raise PermissionDenied
    with change(by=by):
        row = locked(Decision.objects.filter(pk=decision.pk)).get()
        if row.state != DecisionState.DRAFT:
            raise DomainError("Chỉ bỏ được dự thảo chưa trình. Hãy rút về trước.")
        record("decision.discarded", row, summary="Bỏ dự thảo quyết định xếp loại.", organisation=decision.body, sheets=row.sheets.count())
        row.delete()


def propose_decision(decision, *, by):
    """Put a complete draft before the leader. DomainError with what is missing. Holds its rows from the check on."""
    if not can_prepare_decision(by, decision.body):
        raise PermissionDenied
    with change(by=by):
        locked(Decision.objects.filter(pk=decision.pk)).get()
        list(locked(ReviewSheet.objects.filter(decisions=decision).order_by("pk")))
        list(locked(rows_of_decision(decision).order_by("pk")))
        if missing := missing_for_proposal(decision):
            raise DomainError(" ".join(missing))
        return _advance(decision, "propose", by=by)


def issue_decision(decision, *, number, issued_on, signer, meeting_on, members_total, members_present, votes_for, by):
    """Issue: the document under its number in the register, one item per row, the levels frozen, the tallies replaced; all or nothing.

    Refuses (DomainError) the proposer at the superior committee, an incomplete draft, votes that do not add up, more of the best
    level than a confirmed cap allows, and a number that is used or leaves a gap. Locks the decision, its sheets, its reviews, the
    pools and the register of numbers in that order.
    """
    if not can_issue_decision(by, decision):
        raise PermissionDenied
    with change(by=by):
        decision.refresh_from_db(from_queryset=locked(Decision.objects.select_related("body")))
        sheets = list(locked(ReviewSheet.objects.filter(decisions=decision).order_by("pk")))
        list(locked(rows_of_decision(decision).order_by("pk")))  # first the locks, then the levels they guard
        rows = levels_to_decide(decision)
        _refuse_issue(decision, rows, members_total, members_present, votes_for, by)
        _refuse_used_number(decision.body, number, issued_on)
        _freeze(decision, rows)
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
        enter_document(decision.document, by=by)
        Decision.objects.filter(pk=decision.pk).update(
            document=decision.document,
            meeting_on=meeting_on,
            members_total=members_total,
            members_present=members_present,
            votes_for=votes_for,
        )
        _advance(decision, "issue", by=by)
        replace_tallies(sheets)


def _refuse_issue(decision, rows, total, present, votes, by):
    if decision.needs_another_person and decision.proposed_by_id == by.pk:
        raise DomainError("Đồng chí đã trình quyết định này nên không tự ban hành được; cần một lãnh đạo khác.")
    if not votes <= present <= total:
        raise DomainError("Số phiếu không khớp: đồng ý ≤ có mặt ≤ được triệu tập.", field="votes_for")
    majority = majority_of(decision)
    if not majority.is_reached(votes, present, total):
        base = total if majority.base == "convened" else present
        default = "" if majority.is_set else " (văn bản không quy định tỷ lệ; đây là mức mặc định)"
        raise DomainError(f"Đồng ý {votes}/{base}, chưa {majority.words}{default}.", field="votes_for")
    if missing := missing_for_proposal(decision, rows):
        raise DomainError(" ".join(missing))


@dataclass(frozen=True)
class Majority:
    """More than `part` in `whole` of those convened or present must agree. No text of the regulations fixes it: a dated setting."""

    base: str = "convened"
    part: int = 1
    whole: int = 2
    is_set: bool = False

    def is_reached(self, votes, present, total):
        return votes * self.whole > self.part * (total if self.base == "convened" else present)

    @property
    def words(self):
        share = "quá nửa" if (self.part, self.whole) == (1, 2) else f"quá {self.part}/{self.whole}"
        return f"{share} số {'được triệu tập' if self.base == 'convened' else 'có mặt'}"


def majority_of(decision):
    """The Majority for `decision`: the setting of the cycle's root in force at the end of the year, else more than half of the convened."""
    settings = DatedSetting.objects.filter(organisation=decision.cycle.root, key=DatedSetting.Key.DECISION_MAJORITY)
    setting = settings.in_force(date(decision.cycle.year, 12, 31)).first()
    return Majority(**setting.value, is_set=True) if setting else Majority()


def pools_of(decision):
    """The quota pools that the rows of `decision` compete in."""
    rows = Review.objects.present().filter(sheet__decisions=decision, decided_by=decision.body)
    return QuotaPool.objects.filter(pk__in=rows.values("pool")).order_by("pk")


def _refuse_used_number(body, number, issued_on):
    used = Document.objects.filter(organisation=body, issuer=body.committee_name, kind=DocumentKind.DECISION, number=number)
    if found := used.filter(issued_on__year=issued_on.year).first():
        raise DomainError(f"Số {number} đã dùng cho văn bản ngày {found.issued_on:%d/%m/%Y}. Hãy lấy số khác.", field="number")


def _refuse_over_quota(decision, rows):
    pools = QuotaPool.objects.filter(pk__in={row.pool_id for row in rows if row.pool_id}).order_by("pk")
    for pool in locked(pools):
        used = usage(pool)
        if used.is_over and pool.blocks:
            raise DomainError(f"{pool.group}: xuất sắc {used.excellent}, vượt trần {used.limit} ({pool.rate}% {pool.get_base_display()}).")


def _freeze(decision, rows):
    """One item per row, replacing the item that stood before; the levels of `rows` become the decided ones."""
    before = {item.review_id: item for item in DecisionItem.objects.standing().filter(review__in=rows)}
    items = (
        DecisionItem(
            decision=decision,
            review=row,
            replaces=before.get(row.pk),
            level=row.final_level,
            exemplary=row.is_exemplary,
            reason=row.reason or row.why_proposed or "",
            facts=row.facts,
            findings=[{"rule": one.rule, "kind": one.kind, "level": one.level, "says": one.says, "source": one.source} for one in row.against],
        )
        for row in rows
    )
    DecisionItem.objects.bulk_create(items, batch_size=500)
    for row in rows:
        row.decided_level, row.exemplary = row.final_level, row.is_exemplary
    Review.objects.bulk_update(rows, ["decided_level", "exemplary"], batch_size=500)


def publish_decision(decision, *, by):
    """Publish, and leave a Notice for every unit whose rows it decided. Returns whether the state changed."""
    with change(by=by):
        if not (moved := _advance(decision, "publish", by=by)):
            return moved
        sheets = ReviewSheet.objects.filter(reviews__items__decision=decision).distinct().order_by("pk")
        Notice.objects.bulk_create(Notice(decision=decision, sheet=sheet) for sheet in sheets)
    return moved


def acknowledge_notice(notice, *, by):
    """The unit says that it has the notice. Returns whether it was new; PermissionDenied for anybody but the unit's own people."""
    if not can_acknowledge(by, notice):
        raise PermissionDenied
    with change(by=by):
        row = locked(Notice.objects.filter(pk=notice.pk)).select_related("sheet__organisation").get()
        if row.seen_at:
            return False
        row.seen_at, row.seen_by = timezone.now(), by
        row.save(update_fields=["seen_at", "seen_by"])
        record("notice.seen", row, summary="Đã nhận thông báo kết quả xếp loại.", organisation=row.sheet.organisation)
    return True


def withdraw_decision(decision, reason, *, by):
    return _advance(decision, "withdraw", by=by, note=reason)


def _advance(decision, action, **kwargs):
    return advance(decision, action, table=DECISION, organisation=decision.body, **kwargs)
