"""Opening a year and its review: the calendar, one registration and one sheet per unit, the rosters of the cells."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cells.models import Organisation
from evaluations.enums import StageKind
from evaluations.models import Cycle, Registration, Review, Stage
from evaluations.permissions import can_open_cycle
from evaluations.rulebooks import YearWithoutRuleBook, rulebook_for
from evaluations.services.facts import ask_former_cells
from evaluations.services.rosters import Roster, make_sheets
from evaluations.services.tallies import replace_tallies
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError


def default_stages(year):
    """(kind, first day, deadline) of each stage. 31/12 is the regulations' own from 2023; the others are habit and editable."""
    return [
        (StageKind.PREPARATION, date(year, 1, 1), date(year, 1, 31)),
        (StageKind.REGISTRATION, date(year, 1, 15), date(year, 3, 31)),
        (StageKind.REVIEW, date(year, 11, 1), date(year, 12, 15)),
        (StageKind.CLASSIFICATION, date(year, 11, 15), date(year, 12, 31)),
        (StageKind.CLOSING, date(year + 1, 1, 1), date(year + 1, 1, 31)),
    ]


def open_cycle(root, year, *, by, guidance=None, cutoff_on=None, stages=None):
    """Open `year` for `root` and everything below it: the calendar and one draft registration per unit. Returns the Cycle.

    `guidance` is a cells.Document (a new one is saved with the year) or None, `cutoff_on` the day that decides who is on a
    roster (31/12 by default), `stages` a list like `default_stages`. DomainError when the year is open already or no
    regulation is known for it.
    """
    if not can_open_cycle(by, root):
        raise PermissionDenied
    try:
        book = rulebook_for(year)
    except YearWithoutRuleBook as unknown:
        raise DomainError(str(unknown), field="year") from unknown
    with change(by=by):
        locked(Organisation.objects.filter(pk=root.pk)).get()
        if Cycle.objects.filter(root=root, year=year).exists():
            raise DomainError(f"Năm {year} đã được mở.", field="year")
        if guidance is not None and guidance.pk is None:
            guidance.save()
        cycle = Cycle.objects.create(
            root=root, year=year, rulebook=book.key, guidance=guidance, cutoff_on=cutoff_on or date(year, 12, 31), opened_by=by
        )
        Stage.objects.bulk_create(Stage(cycle=cycle, kind=kind, starts_on=start, due_on=due) for kind, start, due in stages or default_stages(year))
        units = _units_of(cycle)
        names = {unit.pk: unit.committee_name for unit in [root, *units]}
        Registration.objects.bulk_create(
            (Registration(cycle=cycle, organisation=unit, superior_name=names.get(unit.parent_id, "")) for unit in units), batch_size=500
        )
        record("cycle.opened", cycle, summary=f"Mở năm đánh giá {year}.", organisation=root, year=year, rulebook=book.key, units=len(units))
    return cycle


def _units_of(cycle):
    return list(Organisation.objects.below(cycle.root).filter(dissolved_on__isnull=True).order_by("path"))


def open_review(cycle, *, by):
    """Open the review: one sheet per unit with its roster copied (names, positions, who is exempt and why), and the quota pools.

    Returns the number of sheets. DomainError when it is open already.
    """
    if not can_open_cycle(by, cycle.root):
        raise PermissionDenied
    with change(by=by):
        cycle = locked(Cycle.objects.filter(pk=cycle.pk)).select_related("root").get()
        if cycle.review_opened_at:
            raise DomainError(f"Năm {cycle.year} đã mở kiểm điểm.")
        units = _units_of(cycle)
        sheets = make_sheets(cycle, units)
        roster = Roster(cycle, units)
        rows = Review.objects.bulk_create([row for unit in units for row in roster.rows_of(unit, sheets[unit.pk])], batch_size=1000)
        ask_former_cells(cycle, rows)
        cycle.review_opened_at = timezone.now()
        cycle.save(update_fields=["review_opened_at"])
        record("cycle.review_opened", cycle, summary=f"Mở kiểm điểm năm {cycle.year}.", organisation=cycle.root, sheets=len(sheets))
    return len(sheets)


def set_stages(cycle, stages, *, by):
    """Set the first day and the deadline of the stages: `stages` is {kind: (first day, deadline)}. DomainError for days out of order."""
    if not can_open_cycle(by, cycle.root):
        raise PermissionDenied
    for kind, (start, due) in stages.items():
        if due < start:
            raise DomainError(f"{StageKind(kind).label}: hạn không được trước ngày bắt đầu.", field=f"{kind}_due")
    with change(by=by):
        for kind, (start, due) in stages.items():
            Stage.objects.filter(cycle=cycle, kind=kind).update(starts_on=start, due_on=due)
        days = {kind: [str(start), str(due)] for kind, (start, due) in stages.items()}
        record("cycle.stages_set", cycle, summary=f"Đặt lịch năm {cycle.year}.", organisation=cycle.root, **days)


def set_guidance(cycle, document, *, by):
    """Let `document` (an unsaved cells.Document, with or without its file) be the guidance of the year; the one before stays on record."""
    if not can_open_cycle(by, cycle.root):
        raise PermissionDenied
    with change(by=by):
        document.save()
        Cycle.objects.filter(pk=cycle.pk).update(guidance=document)
        record("cycle.guidance_set", cycle, summary="Cập nhật văn bản hướng dẫn.", organisation=cycle.root, number=document.number)


def close_cycle(cycle, on_day, *, by):
    """Close the year on `on_day`: its rows without a level count as not rated from then on. DomainError before the review was opened."""
    if not can_open_cycle(by, cycle.root):
        raise PermissionDenied
    with change(by=by):
        row = locked(Cycle.objects.filter(pk=cycle.pk)).get()
        if not row.review_opened_at:
            raise DomainError(f"Năm {row.year} chưa mở kiểm điểm nên chưa kết thúc được.")
        if row.is_open:
            replace_tallies(list(row.sheets.all()))
            Cycle.objects.filter(pk=row.pk).update(closed_on=on_day)
            record("cycle.closed", row, summary=f"Kết thúc năm đánh giá {row.year}.", organisation=cycle.root)


def reopen_cycle(cycle, reason, *, by):
    """Open a closed year again, with a reason (required)."""
    if not can_open_cycle(by, cycle.root):
        raise PermissionDenied
    if not reason.strip():
        raise DomainError("Hãy ghi rõ lý do mở lại.", field="reason")
    with change(by=by):
        row = locked(Cycle.objects.filter(pk=cycle.pk)).get()
        if not row.is_open:
            Cycle.objects.filter(pk=row.pk).update(closed_on=None)
            record("cycle.reopened", row, summary=f"Mở lại năm đánh giá {row.year}.", organisation=cycle.root, note=reason.strip())
