"""The facts of a row that people enter: grades, points, tasks, what a former cell says of a member who moved."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from evaluations.enums import Subject
from evaluations.known import subject_of
from evaluations.models import EnteredFacts, FormerCellRemark, Review
from evaluations.permissions import can_give_remark, can_write_facts, writes_on_behalf
from evaluations.rulebooks.facts import FactError, checked
from evaluations.rulebooks.measures import whole_months
from evaluations.rulebooks.scores import ScoreError
from evaluations.services.opinions import IS_PROPOSED, is_proposed
from evaluations.services.scoring import score_sheets
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError, StaleVersion
from members.enums import EventKind, MembershipKind
from members.models import Membership, MembershipEvent


def save_facts(review, values, *, points=None, vetoes=None, source="", version, by):
    """Set what is entered of `review`: `values` {fact: value} as `facts.facts_for` lists them for the year, `points` {item key: number} of the
    score sheet in force, `vetoes` the ticked conditions of that sheet (by their text). Returns the EnteredFacts.

    `version` is the one the page showed, 0 where nothing was entered. Raises PermissionDenied by right or state, DomainError with the sentence
    (and the fact as its field) for a value that cannot be, StaleVersion (with `.current`) when someone saved in between.
    """
    with change(by=by):
        locked(Review.objects.filter(pk=review.pk)).get()
        row = Review.objects.select_related("sheet__organisation", "sheet__cycle", "decided_by").get(pk=review.pk)
        if not can_write_facts(by, row):
            raise PermissionDenied
        if is_proposed(row):
            raise DomainError(IS_PROPOSED)
        values = {name: value for name, value in values.items() if value is not None}
        points = {key: value for key, value in (points or {}).items() if value is not None}
        sheet = _check(row, values, points)
        entered = EnteredFacts.objects.filter(review=row).first() or EnteredFacts(review=row, version=0)
        if entered.version != version:
            raise StaleVersion("Sự việc của dòng này vừa được người khác sửa. Nội dung đồng chí nhập vẫn giữ; lưu lần nữa thì thay.", current=entered)
        changed = sorted(name for name in {*values, *entered.values} if values.get(name) != entered.values.get(name))
        if points != entered.points:
            changed.append("points")
        entered.values, entered.points, entered.source, entered.by = values, points, source.strip(), by
        entered.vetoes = [text for text in sheet.vetoes if text in (vetoes or ())]
        entered.on_behalf = writes_on_behalf(by, row.sheet.organisation)
        entered.version += 1
        entered.save()
        organisation = row.sheet.organisation
        record("facts.saved", row, summary="Nhập sự việc để xét mức.", organisation=organisation, on_behalf=entered.on_behalf, facts=changed)
    return entered


def _check(row, values, points):
    """Refuse what cannot be; gives the score sheet that the points are counted by."""
    subject = subject_of(row.subject, row.sheet.organisation_kind)
    sheet = score_sheets(row.sheet.cycle).of(subject, values.get("leads"))
    try:
        checked(values, row.sheet.cycle.year, subject)
    except FactError as wrong:
        raise DomainError(str(wrong), field=wrong.name or None) from wrong
    if strange := set(points) - {item.key for item in sheet.items}:
        raise DomainError(f"Phiếu chấm điểm của năm không có mục “{sorted(strange)[0]}”. Hãy mở lại trang rồi nhập.")
    try:
        sheet.score(points)
    except ScoreError as wrong:
        raise DomainError(str(wrong), field="points") from wrong
    return sheet


def ask_former_cells(cycle, reviews):
    """One FormerCellRemark for each of `reviews` (member rows, saved) whose member came to the cell during the year; none is asked twice."""
    rows = {row.member_id: row for row in reviews if row.subject == Subject.MEMBER and row.member_id}
    first_day = date(cycle.year, 1, 1)
    came = MembershipEvent.objects.standing().filter(
        member__in=rows, kind__in=(EventKind.MOVED, EventKind.TRANSFERRED_IN, EventKind.RETURNED), effective_on__range=(first_day, cycle.cutoff_on)
    )
    latest = {event.member_id: event for event in came.select_related("member").order_by("effective_on", "sequence")}
    spans = list(Membership.objects.filter(member__in=latest).order_by("valid_from"))
    before = {(one.member_id, one.cell_id): one.valid_from for one in spans}
    there = (one for one in spans if one.kind == MembershipKind.OFFICIAL and one.valid_to)
    before |= {(one.member_id, None): one.valid_to for one in there if one.valid_to <= latest[one.member_id].effective_on}
    FormerCellRemark.objects.bulk_create(
        (
            FormerCellRemark(
                review=rows[member],
                cell_id=event.from_cell_id,
                outside=event.outside,
                months=whole_months(_start(event, first_day, before), event.effective_on),
            )
            for member, event in latest.items()
            if event.to_cell_id == rows[member].sheet.organisation_id
        ),
        ignore_conflicts=True,
    )


def _start(event, first_day, before):
    """The first day of the year that the member was at the former place."""
    there = before.get((event.member_id, event.from_cell_id)) or (None if event.from_cell_id else event.member.admitted_on)
    return max(first_day, there) if there else first_day


def give_remark(remark, text, *, by):
    """The former cell says what it has to say; a paper from outside is typed by the present cell. DomainError without a text or once decided."""
    if not can_give_remark(by, remark):
        raise PermissionDenied
    if not text.strip():
        raise DomainError("Hãy ghi nội dung nhận xét.", field="text")
    with change(by=by):
        row = locked(FormerCellRemark.objects.filter(pk=remark.pk)).get()
        review = Review.objects.select_related("sheet__organisation").get(pk=row.review_id)
        if review.decided_level is not None:
            raise DomainError("Mức của đảng viên này đã được quyết định; nhận xét không sửa được nữa.")
        row.text, row.given_at, row.given_by = text.strip(), timezone.now(), by
        row.save()
        record("remark.given", review, summary="Chi bộ cũ nhận xét.", organisation=row.cell or review.sheet.organisation)
    return row
