"""What a body is about to decide: the levels as they stand, what speaks against them, and what is still missing before they go on."""

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q
from django.db.models.functions import Coalesce

from evaluations.enums import BallotState, DecisionState, Eligibility, SheetState, Voice
from evaluations.known import facts_of, rows_of, subject_of
from evaluations.models import BallotSubject, Decision, Override, Review
from evaluations.permissions import can_override
from evaluations.rulebooks.judging import judge
from evaluations.states import without_reason
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError
from khoi_party.rules import Kind

REVISED = {"replaces_decision": True, "old_decision_kept": True}  # true by construction: a DecisionItem is replaced, never changed


def rows_to_decide(body, sheets):
    """The undecided rows of `sheets` that `body` decides."""
    return Review.objects.present().filter(sheet__in=sheets, decided_by=body, eligibility=Eligibility.REQUIRED, decided_level__isnull=True)


def rows_of_decision(decision):
    """The rows that `decision` is about: the undecided ones of its sheets, or, of a revision, those that it rates again."""
    if decision.revision:
        return Review.objects.present().filter(revised_rows__decision=decision)
    return rows_to_decide(decision.body, decision.sheets.all())


def not_ready(sheets, body):
    """The sentence about those of `sheets` that `body` may not decide on yet, empty where there is none."""
    names = [sheet.organisation_name for sheet in sheets if not is_ready(sheet, body)]
    return f"Chưa tiếp nhận bảng xếp loại của: {', '.join(names)}." if names else ""


def is_ready(sheet, body):
    """Whether `body` may decide on the sheet: accepted, or its own and sent."""
    if sheet.organisation_id == body.pk:
        return sheet.state in (SheetState.SUBMITTED, SheetState.ACCEPTED)
    return sheet.state == SheetState.ACCEPTED


def levels_to_decide(decision):
    """Rows of the decision with `final_level` (dự kiến, else đề xuất; of a revision the new one), the reasons, `lacks_reason`, `is_exemplary`,
    and what the rules of the year say."""
    found = _revised(decision) if decision.revision else _voiced(decision)
    _ask_the_rules(decision, found)
    return found


def _revised(decision):
    given = {line.review_id: line for line in decision.revised_rows.all()}
    found = list(rows_of_decision(decision).select_related("sheet", "pool").order_by("sheet__path", "-subject", "sort_key", "pk"))
    for row in found:
        line = given[row.pk]
        row.final_level = row.deciding = line.level
        row.is_exemplary, row.reason, row.why_proposed, row.lacks_reason = line.exemplary, line.reason, "", False
    return found


def _voiced(decision):
    """With what each voice gave."""

    def voiced(field, voice):
        return Max(f"opinions__{field}", filter=Q(opinions__voice=voice))

    rows = rows_of_decision(decision).annotate(
        own=Coalesce(voiced("level", Voice.CELL_VOTE), voiced("level", Voice.SELF)),
        proposed=voiced("level", Voice.PROPOSED),
        why_proposed=voiced("reason", Voice.PROPOSED),
        deciding=voiced("level", Voice.DECIDING),
        reason=voiced("reason", Voice.DECIDING),
        marked=Count("opinions", filter=Q(opinions__exemplary=True)),
    )
    found = list(rows.select_related("sheet", "pool").order_by("sheet__path", "-subject", "sort_key", "pk"))
    for row in found:
        row.final_level = row.deciding or row.proposed
        row.is_exemplary = bool(row.marked) and row.final_level == 1
        row.lacks_reason = _lacks_reason(row)
    return found


def _ask_the_rules(decision, rows):
    """Give every row its `facts`, what the rules of the year say `against` its level, the `override` that answers it, and `is_unanswered`."""
    plain = rows_of(Review.objects.filter(pk__in=[row.pk for row in rows]))
    facts = facts_of(decision.cycle, plain, None)
    overrides = {one.review_id: one for one in decision.overrides.select_related("document")}
    for row in rows:
        row.facts = facts[row.pk] | (REVISED if decision.revision else {})
        verdict = judge(decision.cycle.year, subject_of(row.subject, row.sheet.organisation_kind), row.facts)
        row.against = verdict.against(row.final_level)
        row.override = overrides.get(row.pk)
        row.is_unanswered = bool(row.against) and not _answers(row.override, row)


def _answers(override, row):
    """Whether the deciding body has answered all that speaks against the level as it stands now."""
    if override is None or override.level != row.final_level or not {one.rule for one in row.against} <= set(override.rules):
        return False
    return override.is_forbidden or not any(one.kind == Kind.FORBIDS for one in row.against)


def override_findings(decision, review, reason, *, document=None, by):
    """The deciding body keeps the level of `review` although a clause speaks against it: `reason` always, `document` (an unsaved cells.Document)
    where a clause forbids it. Returns the Override.

    PermissionDenied for anybody but the body's own staff and leader, DomainError where nothing speaks against the level or something is missing.
    """
    if not can_override(by, decision):
        raise PermissionDenied
    with change(by=by):
        held = locked(Decision.objects.filter(pk=decision.pk)).select_related("body", "cycle").get()
        if held.state not in (DecisionState.DRAFT, DecisionState.PROPOSED):
            raise DomainError("Quyết định đã ban hành nên không ghi thêm lý do được.")
        row = next((one for one in levels_to_decide(held) if one.pk == review.pk), None)
        if row is None or not row.against:
            raise DomainError("Mức đang đề xuất không trái điều nào đã biết; không cần ghi lý do.")
        forbidden = any(one.kind == Kind.FORBIDS for one in row.against)
        if not reason.strip():
            raise DomainError("Hãy ghi lý do giữ mức này.", field="reason")
        if forbidden and document is None:
            raise DomainError(
                "Quy định không cho phép mức này; cần ghi số, ngày, cơ quan ban hành văn bản của cấp quyết định.", field="document_number"
            )
        if document is not None:
            document.save()
        values = {"rules": sorted({one.rule for one in row.against}), "level": row.final_level, "is_forbidden": forbidden}
        override, _ = Override.objects.update_or_create(
            decision=held, review=review, defaults=values | {"reason": reason.strip(), "document": document, "by": by}
        )
        record("decision.overridden", review, summary="Giữ mức khác với quy định nêu.", organisation=held.body, note=reason.strip(), **values)
    return override


def missing_for_proposal(decision, rows=None):
    """Vietnamese sentences that stand against proposing or issuing: sheets given back, rows without a level, departures without a reason, and
    levels that the rules of the year speak against while the deciding body has not answered; a vote of the body that nobody won."""
    rows = levels_to_decide(decision) if rows is None else rows
    sentences = []
    if waiting := not_ready(decision.sheets.order_by("path"), decision.body):
        sentences.append(waiting)
    if empty := sum(1 for row in rows if not row.final_level):
        sentences.append(f"Còn {empty} dòng chưa có mức đề xuất.")
    if open_votes := _voted_without_result(decision.body, rows):
        sentences.append(
            f"Bỏ phiếu chưa có kết quả: {', '.join(open_votes[:5])}. Hãy bỏ phiếu lần tiếp theo hoặc ghi mức ở cột “Dự kiến quyết định”."
        )
    if unexplained := [row.name for row in rows if row.lacks_reason]:
        sentences.append(without_reason(unexplained))
    if unanswered := [row.name for row in rows if row.is_unanswered]:
        sentences.append(_unanswered(unanswered))
    if not rows:
        sentences.append("Không còn dòng nào chờ quyết định.")
    return sentences


def _voted_without_result(body, rows):
    """The names of those that `body` voted on and gave no level to: the proposal alone must not pass for the outcome of the vote."""
    silent = {row.pk: row.name for row in rows if not row.deciding}
    held = {"round__organisation": body, "round__sheet": None, "round__state": BallotState.CONFIRMED}
    return [silent[pk] for pk in dict.fromkeys(BallotSubject.objects.filter(**held, result=None, review__in=silent).values_list("review", flat=True))]


def _unanswered(names):
    first = ", ".join(names[:5]) + ("…" if len(names) > 5 else "")
    return f"Còn {len(names)} dòng có mức trái với điều quy định nêu mà cấp quyết định chưa ghi lý do: {first}."


def _lacks_reason(row):
    """Whoever departs from the voice before says why: the proposal from the unit's own vote, the decision from the proposal."""
    departs_in_proposal = row.proposed and row.own and row.proposed != row.own and not row.why_proposed
    before = row.proposed or row.own
    departs_in_decision = row.deciding and before and row.deciding != before and not row.reason
    return bool(departs_in_proposal or departs_in_decision)
