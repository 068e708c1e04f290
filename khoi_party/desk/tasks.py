"""Việc cần làm: what waits for a person, found by the same rights that let the person do it."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from cells.enums import Role
from cells.scope import roles_of
from evaluations.enums import CommendationState, DecisionState, Eligibility, RegistrationState, SheetState, StageKind
from evaluations.models import CommendationRound, Decision, FormerCellRemark, Registration, ReviewSheet, Stage
from evaluations.permissions import can_forward_commendation, can_issue_commendation, can_receive_commendation
from khoi_party.common.dates import today
from members.admission_files import due_cards
from members.enums import Stage as AdmissionStage
from members.models import Admission

MOST = 50


@dataclass(frozen=True)
class Task:
    """`title` what to do, `unit` for which unit, `due_on` until when (None where no deadline is set), `url` the place to do it."""

    title: str
    unit: str
    due_on: date | None
    url: str


def tasks_of(user):
    """Every Task of `user`, the most urgent first."""
    deadlines = {(stage.cycle_id, stage.kind): stage.due_on for stage in Stage.objects.filter(cycle__closed_on__isnull=True)}
    tasks = [*_as_secretary(user, deadlines), *_as_staff(user, deadlines), *_as_leader(user, deadlines), *_admissions(user), *_commendations(user)]
    return sorted(tasks, key=lambda task: (task.due_on or date.max, task.unit))


def _units(user, role):
    return [assignment.organisation_id for assignment in roles_of(user) if assignment.role == role]


def _as_secretary(user, deadlines):
    units = _units(user, Role.SECRETARY)
    if not units:
        return
    own = {"organisation__in": units, "cycle__closed_on__isnull": True}
    drafts = Registration.objects.filter(**own, state__in=(RegistrationState.DRAFT, RegistrationState.RETURNED))
    for row in drafts.select_related("organisation", "cycle"):
        title = f"Đăng ký mức phấn đấu năm {row.cycle.year}" + (" (bị trả lại)" if row.state == RegistrationState.RETURNED else "")
        url = reverse("evaluations:registration_detail", args=[row.pk])
        yield Task(title, row.organisation.name, deadlines.get((row.cycle_id, StageKind.REGISTRATION)), url)
    sheets = ReviewSheet.objects.filter(**own, state__in=(SheetState.OPEN, SheetState.RETURNED))
    for sheet in sheets.select_related("cycle"):
        title = f"Nhập kết quả xếp loại năm {sheet.cycle.year}" + (" (bị trả lại)" if sheet.state == SheetState.RETURNED else "")
        url = reverse("evaluations:sheet_detail", args=[sheet.pk])
        yield Task(title, sheet.organisation_name, deadlines.get((sheet.cycle_id, StageKind.REVIEW)), url)
    yield from _remarks_due(units, deadlines)


def _remarks_due(units, deadlines):
    """Members who left one of `units` during an open year: the cell that rates them waits for a remark."""
    due = FormerCellRemark.objects.filter(cell__in=units, given_at=None, review__decided_level=None, review__sheet__cycle__closed_on__isnull=True)
    for one in due.select_related("cell", "review__sheet__cycle")[:MOST]:
        cycle = one.review.sheet.cycle
        url = reverse("evaluations:remark", args=[one.pk])
        yield Task(f"Nhận xét đảng viên đã chuyển: {one.review.name}", one.cell.name, deadlines.get((cycle.pk, StageKind.REVIEW)), url)


def _as_staff(user, deadlines):
    units = _units(user, Role.STAFF)
    if not units:
        return
    waiting = Registration.objects.filter(organisation__parent__in=units, state=RegistrationState.SUBMITTED, cycle__closed_on__isnull=True)
    for row in waiting.select_related("organisation", "cycle")[:MOST]:
        url = reverse("evaluations:registration_detail", args=[row.pk])
        yield Task(f"Tiếp nhận đăng ký năm {row.cycle.year}", row.organisation.name, deadlines.get((row.cycle_id, StageKind.REGISTRATION)), url)
    sheets = ReviewSheet.objects.filter(organisation__parent__in=units, state=SheetState.SUBMITTED, cycle__closed_on__isnull=True)
    for sheet in sheets.select_related("cycle")[:MOST]:
        url = reverse("evaluations:sheet_detail", args=[sheet.pk])
        yield Task(
            f"Tiếp nhận bảng xếp loại năm {sheet.cycle.year}",
            sheet.organisation_name,
            deadlines.get((sheet.cycle_id, StageKind.CLASSIFICATION)),
            url,
        )


def _as_leader(user, deadlines):
    units = _units(user, Role.LEADER)
    for decision in Decision.objects.filter(body__in=units, state=DecisionState.PROPOSED).select_related("body", "cycle"):
        url = reverse("evaluations:decision_detail", args=[decision.pk])
        yield Task("Xem xét, ban hành quyết định xếp loại", decision.body.name, deadlines.get((decision.cycle_id, StageKind.CLASSIFICATION)), url)


def _admissions(user):
    """Deadlines of admission files from 90 days ahead on, and ballots that failed three times, for those who keep the files."""
    if not any(assignment.role in (Role.SECRETARY, Role.STAFF) for assignment in roles_of(user)):
        return
    due = sorted(due_cards(user, today()), key=lambda pair: pair[1].due_on)
    for card, deadline in due[:MOST]:
        url = reverse("members:admission_detail", args=[card.admission.pk])
        yield Task(f"Kết nạp, {card.admission.full_name}: {deadline.what.lower()}", card.admission.cell.name, deadline.due_on, url)
    for one in Admission.objects.visible_to(user).filter(state=AdmissionStage.REPORTED).select_related("cell")[:MOST]:
        url = reverse("members:admission_detail", args=[one.pk])
        yield Task(f"Kết nạp, {one.full_name}: ba lần biểu quyết không đạt, báo cáo cấp trên", one.cell.name, None, url)


def _commendations(user):
    """Lists of commendations that wait for a leader's decision or signature, or for the decision from above to be recorded."""
    ours = CommendationRound.objects.visible_to(user).filter(state__in=(CommendationState.PROPOSED, CommendationState.FORWARDED))
    for one in ours.select_related("body", "awarding_body").order_by("pk"):
        if title := _commendation_step(user, one):
            yield Task(f"{title}: {one.title}", one.body.name, None, reverse("evaluations:commendation_detail", args=[one.pk]))


def _commendation_step(user, one):
    if one.state == CommendationState.FORWARDED:
        if can_receive_commendation(user, one) and one.body_id in _units(user, Role.STAFF):
            return "Ghi quyết định khen thưởng của cấp trên"
        return "Xem xét khen thưởng" if can_issue_commendation(user, one) else ""
    if one.proposed_by_id == user.pk:
        return ""
    if one.is_own:
        return "Xem xét khen thưởng" if can_issue_commendation(user, one) else ""
    return "Ký tờ trình khen thưởng" if can_forward_commendation(user, one) else ""


def waiting_of(user):
    """What `user` has sent and somebody else has to act on: Tasks that say who, oldest deadline first."""
    deadlines = {(stage.cycle_id, stage.kind): stage.due_on for stage in Stage.objects.filter(cycle__closed_on__isnull=True)}
    found = [*_sent_by_secretary(user, deadlines), *_sent_by_staff(user, deadlines)]
    return sorted(found, key=lambda task: (task.due_on or date.max, task.unit))


def _sent_by_secretary(user, deadlines):
    own = {"organisation__in": _units(user, Role.SECRETARY), "cycle__closed_on__isnull": True}
    for row in Registration.objects.filter(**own, state=RegistrationState.SUBMITTED).select_related("cycle"):
        url = reverse("evaluations:registration_detail", args=[row.pk])
        due_on = deadlines.get((row.cycle_id, StageKind.REGISTRATION))
        yield Task(f"Tiếp nhận đăng ký năm {row.cycle.year}", row.superior_name, due_on, url)
    sent = (SheetState.SUBMITTED, SheetState.ACCEPTED)
    undecided = {"reviews__decided_level__isnull": True, "reviews__eligibility": Eligibility.REQUIRED, "reviews__removed_at__isnull": True}
    for sheet in ReviewSheet.objects.filter(**own, state__in=sent, **undecided).distinct().select_related("cycle"):
        what = "Tiếp nhận bảng xếp loại" if sheet.state == SheetState.SUBMITTED else "Quyết định mức xếp loại"
        due_on = deadlines.get((sheet.cycle_id, StageKind.CLASSIFICATION))
        yield Task(f"{what} năm {sheet.cycle.year}", sheet.superior_name, due_on, reverse("evaluations:sheet_detail", args=[sheet.pk]))


def _sent_by_staff(user, deadlines):
    for decision in Decision.objects.filter(proposed_by=user, state=DecisionState.PROPOSED).select_related("body", "cycle"):
        url = reverse("evaluations:decision_detail", args=[decision.pk])
        due_on = deadlines.get((decision.cycle_id, StageKind.CLASSIFICATION))
        yield Task("Ban hành quyết định xếp loại", f"Lãnh đạo {decision.body.committee_name}", due_on, url)
    waiting = CommendationRound.objects.filter(proposed_by=user, state__in=(CommendationState.PROPOSED, CommendationState.FORWARDED))
    for one in waiting.select_related("body", "awarding_body"):
        who = one.awarder_name if one.state == CommendationState.FORWARDED else f"Lãnh đạo {one.body.committee_name}"
        yield Task("Quyết định khen thưởng", who, None, reverse("evaluations:commendation_detail", args=[one.pk]))
