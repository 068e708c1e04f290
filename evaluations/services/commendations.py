"""Commendations: a body lists, votes and proposes; a leader who did not propose decides, or the decision from above is recorded.

Only K1 to K4 refuse, because their clauses were read; all other rules warn and ask for a reason (evaluations/awards/rules.py).
"""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from cells.enums import DocumentKind, OrganisationKind
from cells.models import Document, Organisation
from cells.services.numbers import enter_document
from evaluations.award_cases import sees_open_case, told_of
from evaluations.awards.runs import counts, said
from evaluations.candidates import place_of
from evaluations.enums import TOLD_BASES, Award, AwardBasis, CommendationState
from evaluations.models import Commendation, CommendationRound
from evaluations.permissions import can_forward_commendation, can_issue_commendation, can_prepare_commendation, can_receive_commendation
from evaluations.permissions import can_revoke_commendation as can_revoke
from evaluations.rulebooks import YearWithoutRuleBook, rulebook_for
from evaluations.states import COMMENDATION
from khoi_party.audit.services import change, record
from khoi_party.audit.workflow import advance
from khoi_party.common.database import locked
from khoi_party.common.dates import date_text, today
from khoi_party.common.errors import DomainError
from khoi_party.common.names import plain_sort_key
from khoi_party.common.tree import in_subtree


def open_round(body, *, year, awarding_body, title, by):
    """A new list of `body` for `year`, to be decided by `awarding_body` (itself, one above it, None for the provincial committee outside).

    Returns the CommendationRound. DomainError for a year without a rule book or to come, or a body that does not stand above.
    """
    if not can_prepare_commendation(by, body):
        raise PermissionDenied
    try:
        rulebook_for(year)
    except YearWithoutRuleBook as error:
        raise DomainError(str(error), field="year") from None
    if year > today().year:
        raise DomainError("Năm xét chưa đến.", field="year")
    if awarding_body is not None and not in_subtree(body.path, awarding_body.path):
        raise DomainError("Cấp khen thưởng phải là chính tổ chức đảng này hoặc cấp trên của nó.", field="awarding_body")
    kind = awarding_body.kind if awarding_body else OrganisationKind.PROVINCIAL_COMMITTEE
    with change(by=by):
        round_ = CommendationRound.objects.create(
            body=body, awarding_body=awarding_body, awarder_kind=kind, year=year, title=title.strip() or f"Khen thưởng năm {year}", created_by=by
        )
        record("commendation.opened", round_, summary="Lập đợt khen thưởng.", organisation=body, year=year, awarder=kind)
    return round_


def add_subjects(round_, subjects, *, award, basis, merit="", by):
    """Put `subjects` (Members, or Organisations) of the body's own subtree on the list, each with `award` for `basis`; all or none.

    Returns how many. DomainError naming who cannot be there and why: K1 authority (Quy định 29-QĐ/TW, 27.2), K2, K3 the year, K4 the five
    years (HD 01-HD/TW 2021 and HD 06-HD/TW 2025, mục 19), twice in one round, the same award for the same years in another.
    """
    with change(by=by):
        row = _writable(round_, by)
        if award == Award.BADGE:
            raise DomainError("Huy hiệu Đảng được đề nghị ở trang Huy hiệu Đảng; các mốc là 30, 40, 45 … 90 năm, không có 35 năm.", field="award")
        if not subjects:
            raise DomainError("Hãy chọn ít nhất một người hoặc một tổ chức đảng.")
        items = [_item(row, subject, award, basis, merit.strip()) for subject in subjects]
        _refuse_outside(row, items)
        _refuse_twice(row, items)
        _refuse_forbidden(told_of(row, items, by))
        for item in items:
            item.replaces = _revoked_before(item)
            item.save()
        told = {"award": award, "basis": basis, "count": len(items)}
        record("commendation.added", row, summary=f"Đưa {len(items)} tên vào danh sách khen thưởng.", organisation=row.body, **told)
    return len(items)


def _writable(round_, by):
    row = locked(CommendationRound.objects.filter(pk=round_.pk)).select_related("body", "awarding_body").get()
    if not can_prepare_commendation(by, row.body):
        raise PermissionDenied
    if not row.is_writable:
        raise DomainError("Danh sách đã trình nên không sửa được. Hãy rút về trước.")
    return row


def _item(round_, subject, award, basis, merit):
    is_member = not isinstance(subject, Organisation)
    first = round_.year - 4 if basis in (AwardBasis.FIVE_YEARS, AwardBasis.TERM) else round_.year
    place = subject.cell if is_member else subject
    return Commendation(
        round=round_,
        member=subject if is_member else None,
        organisation=None if is_member else subject,
        place=place,
        name=subject.full_name if is_member else subject.name,
        place_name=place_of(place) if is_member else place.name,
        sort_key=subject.sort_key if is_member else plain_sort_key(subject.name),
        award=award,
        basis=basis,
        first_year=first,
        last_year=round_.year,
        merit=merit,
    )


def _refuse_outside(round_, items):
    if any(not in_subtree(item.place.path, round_.body.path) for item in items):
        raise DomainError(f"Chỉ đề nghị cho đảng viên, tổ chức đảng thuộc {round_.body.name}.")


def _of(items):
    return Q(member__in=[item.member_id for item in items if item.member_id]) | Q(
        organisation__in=[item.organisation_id for item in items if item.organisation_id]
    )


def _refuse_twice(round_, items):
    there = round_.items.filter(_of(items)).values_list("name", flat=True)
    if names := list(there[:5]):
        raise DomainError(f"Đã có trong đợt này: {', '.join(names)}. Mỗi người, mỗi tổ chức chỉ có một dòng trong một đợt.")
    same = Commendation.objects.standing() | Commendation.objects.pending()
    wanted = {(item.member_id, item.organisation_id): item for item in items}
    if items[0].basis not in (AwardBasis.YEAR, AwardBasis.TERM):
        return
    rows = same.filter(_of(items), award=items[0].award, basis=items[0].basis, last_year=round_.year).exclude(round=round_)
    names = [row.name for row in rows.only("name", "member", "organisation")[:5] if (row.member_id, row.organisation_id) in wanted]
    if names:
        raise DomainError(f"Đã được khen hoặc đang đề nghị cùng hình thức cho năm {round_.year} ở đợt khác: {', '.join(names)}.")


def _refuse_given(round_, items):
    """What another round gave in the meantime: the same award to the same subject for the same year."""
    key = ("member_id", "organisation_id", "award", "basis", "last_year")
    once = Commendation.objects.standing().filter(_of(items), basis__in=(AwardBasis.YEAR, AwardBasis.TERM)).exclude(round=round_)
    given = set(once.values_list(*key))
    if names := [item.name for item in items if tuple(getattr(item, name) for name in key) in given]:
        raise DomainError(f"Đã được khen cùng hình thức cho năm {round_.year} ở đợt khác: {', '.join(names[:5])}. Hãy bỏ khỏi danh sách này.")


def _refuse_forbidden(told):
    wrong = [(one.item.name, one.forbids[0]) for one in told if one.forbids]
    if wrong:
        first = "; ".join(f"{name}: {finding.says} ({finding.source})" for name, finding in wrong[:3])
        more = f" Còn {len(wrong) - 3} tên khác." if len(wrong) > 3 else ""
        raise DomainError(f"{first}{more}")


def _refuse_silent(told, then=""):
    if silent := [one.item.name for one in told if one.lacks_reason]:
        shown = ", ".join(silent[:5]) + ("…" if len(silent) > 5 else "")
        raise DomainError(f"Còn {len(silent)} tên có điều cần làm rõ mà chưa ghi lý do vẫn đề nghị: {shown}.{then}")


def _revoked_before(item):
    """The revoked award of the same subject and years that this one stands for (điều chỉnh), if none does yet."""
    rows = Commendation.objects.filter(_of([item]), basis=item.basis, last_year=item.last_year, revoked_on__isnull=False, replaced_by=None)
    return rows.order_by("-pk").first()


def save_item(item, *, dossier, merit, reason, case_reason="", by):
    """Keep what was received of the dossier, the merit, and why a name stays in spite of a warning.

    `case_reason` is about an open case: only those who see the case may write it, and only they read it. DomainError once the list was put forward.
    """
    with change(by=by):
        round_ = _writable(item.round, by)
        row = locked(round_.items.filter(pk=item.pk)).get()
        if row.basis in TOLD_BASES and not merit.strip():
            raise DomainError("Hãy ghi thành tích làm căn cứ khen thưởng.", field="merit")
        row.dossier, row.merit, row.reason = sorted(dossier), merit.strip(), reason.strip()
        if row.member_id and sees_open_case(by, row.member):
            row.case_reason = case_reason.strip()
        row.save()
        record("commendation.item_saved", row, summary="Sửa một dòng danh sách khen thưởng.", organisation=round_.body, dossier=row.dossier)
    return row


def remove_item(item, *, by):
    """Take a name off a list that was not put forward."""
    with change(by=by):
        round_ = _writable(item.round, by)
        row = locked(round_.items.filter(pk=item.pk)).first()
        if row is None:
            raise DomainError("Tên này đã được bỏ khỏi danh sách.")
        record("commendation.removed", round_, summary="Bỏ một tên khỏi danh sách khen thưởng.", organisation=round_.body, item=row.pk)
        row.delete()


def save_vote(round_, *, meeting_on, members_total, members_present, votes_for, votes_against, by):
    """Keep the vote of the meeting. DomainError where the numbers do not add up or the day is to come."""
    if meeting_on > today():
        raise DomainError("Ngày họp chưa đến.", field="meeting_on")
    if not (members_present <= members_total and votes_for + votes_against <= members_present):
        raise DomainError("Số phiếu không khớp: đồng ý và không đồng ý cộng lại ≤ có mặt ≤ được triệu tập.", field="votes_for")
    with change(by=by):
        row = _writable(round_, by)
        row.meeting_on, row.members_total, row.members_present = meeting_on, members_total, members_present
        row.votes_for, row.votes_against = votes_for, votes_against
        row.save(update_fields=["meeting_on", "members_total", "members_present", "votes_for", "votes_against"])
        numbers = {"total": members_total, "present": members_present, "for": votes_for, "against": votes_against}
        record("commendation.voted", row, summary="Ghi kết quả biểu quyết khen thưởng.", organisation=row.body, **numbers)
    return row


def propose_round(round_, *, by):
    """Put the list forward, its sums as of today. DomainError with what is missing, what is refused, and whose warning has no reason yet."""
    with change(by=by):
        row = locked(CommendationRound.objects.filter(pk=round_.pk)).select_related("body", "awarding_body").get()
        if not can_prepare_commendation(by, row.body):
            raise PermissionDenied
        told = told_of(row, row.items.select_related("member"), by)
        _refuse_given(row, [one.item for one in told])
        _refuse_forbidden(told)
        _refuse_silent(told)
        done = _advance(round_, "propose", by=by)
        if done:
            _keep_money(told)
    return done


def withdraw_round(round_, reason, *, by):
    return _advance(round_, "withdraw", by=by, note=reason)


def discard_round(round_, *, by):
    """Throw a list away that was not put forward."""
    with change(by=by):
        row = _writable(round_, by)
        record("commendation.discarded", row, summary="Bỏ đợt khen thưởng chưa trình.", organisation=row.body, items=row.items.count())
        row.items.all().delete()
        row.delete()


def forward_round(round_, *, number, issued_on, signer, by):
    """Sign the submission (tờ trình) to the body above. DomainError for who put the list forward, a day before the vote, a used number.

    The paper is entered in the register of numbers, where its number follows the pattern.
    """
    if not can_forward_commendation(by, round_):
        raise PermissionDenied
    with change(by=by):
        row = _held(round_, round_.body)
        if row.state == CommendationState.FORWARDED:
            return False
        _refuse_own(row, by, "ký gửi cấp trên")
        _refuse_document(row, row.body, number, issued_on, DocumentKind.OTHER)
        paper = _document(row, row.body, row.body.committee_name, number, issued_on, signer, DocumentKind.OTHER, by)
        enter_document(paper, by=by)
        CommendationRound.objects.filter(pk=row.pk).update(submission=paper)
        return _advance(round_, "forward", by=by)


def issue_round(round_, *, number, issued_on, signer, by):
    """The leader's decision: the document, every award frozen with the proof of its years and its money; all or nothing.

    The document is entered in the register of numbers, where its number follows the pattern.
    DomainError for who put the list forward, a decision dated before the vote or to come, a number that is used or leaves a gap, and what
    K1 to K4 refuse by now (a result may have been revised), and a warning without a reason (a discipline may have come).
    """
    if not can_issue_commendation(by, round_):
        raise PermissionDenied
    with change(by=by):
        row = _held(round_, round_.awarding_body)
        if row.state == CommendationState.ISSUED:
            return False
        _refuse_own(row, by, "ban hành quyết định")
        _refuse_document(row, row.awarding_body, number, issued_on, DocumentKind.DECISION)
        told = told_of(row, locked(row.items.order_by("pk")).select_related("member"), by, issued_on)
        _refuse_given(row, [one.item for one in told])
        _refuse_forbidden(told)
        _refuse_silent(told, " Hãy để cán bộ rút về, ghi lý do rồi trình lại.")
        paper = _document(row, row.awarding_body, row.awarding_body.committee_name, number, issued_on, signer, DocumentKind.DECISION, by)
        enter_document(paper, by=by)
        CommendationRound.objects.filter(pk=row.pk).update(document=paper)
        done = _advance(round_, "issue", by=by)
        _freeze(told, {one.item.pk for one in told})
        return done


def receive_decision(round_, *, number, issued_on, issuer, signer, granted, by):
    """Record the decision of the provincial committee: `granted` are the ids of the items that it names, the others were not given.

    DomainError when nobody is named, the day lies before the submission or is to come, or the number is on record already.
    """
    if not can_receive_commendation(by, round_):
        raise PermissionDenied
    with change(by=by):
        row = _held(round_, round_.body)
        if row.state == CommendationState.ISSUED:
            return False
        if not granted:
            raise DomainError("Hãy chọn những tên có trong quyết định; nếu không ai được khen thì ghi “Cấp trên không khen”.")
        _refuse_document(row, row.body, number, issued_on, DocumentKind.DECISION, issuer=issuer)
        told = told_of(row, locked(row.items.order_by("pk")).select_related("member"), by, issued_on)
        paper = _document(row, row.body, issuer, number, issued_on, signer, DocumentKind.DECISION, by)
        CommendationRound.objects.filter(pk=row.pk).update(document=paper)
        done = _advance(round_, "receive", by=by)
        _freeze(told, granted)
        return done


def decline_round(round_, reason, *, by):
    """The body above gives nothing; the list stays to be seen."""
    with change(by=by):
        done = _advance(round_, "decline", by=by, note=reason)
        if done:
            round_.items.update(granted=False)
    return done


def revoke_item(item, *, reason, document, by):
    """Take one award back by `document` (unsaved): it stays in the register, and a corrected one may follow in a new round.

    DomainError for an award that does not stand, without reason or document, or one dated before the award.
    """
    with change(by=by):
        row = locked(Commendation.objects.filter(pk=item.pk)).select_related("round__body", "round__awarding_body", "round__document").get()
        if not can_revoke(by, row.round):
            raise PermissionDenied
        if not row.is_standing:
            raise DomainError("Khen thưởng này không còn hiệu lực hoặc chưa được quyết định.")
        if not reason.strip():
            raise DomainError("Hãy ghi lý do thu hồi.", field="reason")
        if document is None:
            raise DomainError("Hãy ghi số, ngày và cơ quan ban hành quyết định thu hồi.", field="document_number")
        if not row.round.document.issued_on <= document.issued_on <= today():
            raise DomainError(f"Ngày quyết định thu hồi phải từ {date_text(row.round.document.issued_on)} đến hôm nay.", field="document_on")
        document.save()
        row.revoked_on, row.revocation_reason, row.revocation = document.issued_on, reason.strip(), document
        row.save()
        record("commendation.revoked", row, summary="Thu hồi khen thưởng.", organisation=row.place, note=row.revocation_reason, document=document.pk)
    return row


def _held(round_, body):
    """The round, locked after the body whose numbers are looked through."""
    locked(Organisation.objects.filter(pk=body.pk), no_key=True).get()
    rows = locked(CommendationRound.objects.filter(pk=round_.pk)).select_related("body", "awarding_body", "submission")
    return rows.get()


def _refuse_own(round_, by, act):
    if round_.proposed_by_id == by.pk:
        raise DomainError(f"Đồng chí đã trình danh sách này nên không tự {act} được; cần một lãnh đạo khác.")


def _refuse_document(round_, body, number, issued_on, kind, issuer=None):
    before = max(filter(None, (round_.meeting_on, round_.submission.issued_on if round_.submission_id else None)), default=date.min)
    if issued_on < before:
        raise DomainError(f"Ngày văn bản không được trước ngày họp, ngày trình ({date_text(before)}).", field="issued_on")
    if issued_on > today():
        raise DomainError("Ngày văn bản chưa đến.", field="issued_on")
    used = Document.objects.filter(organisation=body, kind=kind, issued_on__year=issued_on.year).values_list("number", "issuer")
    if (number.casefold(), (issuer or body.committee_name).casefold()) in {(one.casefold(), who.casefold()) for one, who in used}:
        raise DomainError(f"Số {number} đã được dùng trong năm {issued_on.year}. Hãy kiểm tra lại số văn bản.", field="number")


def _document(round_, body, issuer, number, issued_on, signer, kind, by):
    return Document.objects.create(
        organisation=body, kind=kind, number=number, issued_on=issued_on, issuer=issuer, signer=signer, title=round_.title, created_by=by
    )


def _keep_money(told):
    for one in told:
        sum_ = one.money
        one.item.multiplier, one.item.base_salary, one.item.amount, one.item.money_source = (
            sum_.multiplier,
            sum_.base_salary,
            sum_.amount,
            sum_.source,
        )
    Commendation.objects.bulk_update([one.item for one in told], ["multiplier", "base_salary", "amount", "money_source"], batch_size=300)


def _freeze(told, granted):
    _keep_money(told)
    for one in told:
        one.item.granted = one.item.pk in granted
        one.item.proof = proof_of(one.case) if one.item.granted else []
    Commendation.objects.bulk_update([one.item for one in told], ["granted", "proof"], batch_size=300)


def proof_of(case):
    """The years that an award rests on, each with its level in that year's words and the decision that gave it, as plain values."""
    if case.basis == AwardBasis.FIVE_YEARS and case.run:
        lines = [(line.result, line.says) for line in case.run.lines]
    elif case.basis == AwardBasis.YEAR and counts(case.result, case.subject):
        lines = [(case.result, said(case.result, case.subject))]
    else:
        return []
    return [
        {"year": result.year, "says": says, "number": result.number, "on": date_text(result.decided_on), "decision": result.decision}
        for result, says in lines
    ]


def _advance(round_, action, **kwargs):
    return advance(round_, action, table=COMMENDATION, organisation=round_.body, **kwargs)
