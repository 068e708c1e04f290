"""Việc cần làm: what waits for a person, found by the same rights that let the person do it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from cells.enums import CELL_KINDS, Role
from cells.models import Organisation
from cells.scope import roles_of
from evaluations.enums import BallotState, CommendationState, DecisionState, Eligibility, RegistrationState, SheetState, StageKind
from evaluations.models import (
    BallotRound,
    CommendationRound,
    Complaint,
    Cycle,
    Decision,
    FormerCellRemark,
    Notice,
    Registration,
    ReviewPlan,
    ReviewSheet,
    Stage,
)
from evaluations.permissions import can_forward_commendation, can_issue_commendation, can_receive_commendation
from evaluations.progress import overdue_below
from evaluations.services.ballots import count_state
from khoi_party.common.dates import today
from members.admission_files import due_cards
from members.enums import Stage as AdmissionStage
from members.meeting_rules import REGULAR
from members.models import Admission, Meeting
from members.quarters import last_ended, quarter_text
from members.reminders import endings_due
from members.services.papers import overview

MOST = 50
PAPERS_FROM = 12  # the month from which missing papers of the year are called for


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
    tasks = [*_as_secretary(user, deadlines), *_as_staff(user, deadlines), *_as_leader(user, deadlines)]
    tasks += [*_ballots(user, deadlines), *_admissions(user), *_endings(user)]
    tasks += _commendations(user)
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
    yield from _notices(units)
    yield from _suggestions(units, deadlines)
    yield from _sign_offs(units)
    yield from _papers(units)
    yield from _meetings(units)


def _meetings(units):
    """The month that is over without a meeting on record."""
    day = today()
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    first = date(year, month, 1)
    held = Meeting.objects.filter(held_on__gte=first, held_on__lt=date(day.year, day.month, 1), kind__in=REGULAR)
    cells = Organisation.objects.filter(pk__in=units, kind__in=CELL_KINDS, dissolved_on__isnull=True, established_on__lt=first)
    for cell in cells.exclude(pk__in=held.values("cell")):
        yield Task(f"Ghi sinh hoạt chi bộ tháng {month}/{year}", cell.name, None, reverse("members:meeting_new", args=[cell.pk]))


def _papers(units):
    """From December on: the papers of the year that members still owe."""
    day = today()
    if day.month < PAPERS_FROM:
        return
    cells = list(Organisation.objects.filter(pk__in=units, kind__in=CELL_KINDS, dissolved_on__isnull=True))
    lines, _ = overview(cells, day.year, day)
    for cell, _, missing in lines:
        if total := sum(number for _, number in missing):
            url = reverse("members:paper_grid", args=[cell.pk, day.year])
            yield Task(f"Thu giấy tờ hằng năm {day.year}: còn thiếu {total}", cell.name, date(day.year, 12, 31), url)


def _sign_offs(units):
    """The register of the latest quarter, which the cell has not confirmed."""
    end = last_ended(today())
    cells = Organisation.objects.filter(pk__in=units, kind__in=CELL_KINDS, established_on__lte=end).exclude(sign_offs__quarter_end=end)
    for cell in cells:
        url = f"{reverse('members:sign_off_new', args=[cell.pk])}?quarter={end}"
        yield Task(f"Đối chiếu, xác nhận danh sách đảng viên {quarter_text(end)}", cell.name, None, url)


def _suggestions(units, deadlines):
    """What the superior suggests to review, until the unit has answered."""
    asked = ReviewPlan.objects.filter(sheet__organisation__in=units, suggested_at__isnull=False, answer="", sheet__cycle__closed_on__isnull=True)
    for one in asked.select_related("sheet__cycle"):
        url = reverse("evaluations:sheet_plan", args=[one.sheet_id])
        title = f"Cấp trên có gợi ý kiểm điểm năm {one.sheet.cycle.year}"
        yield Task(title, one.sheet.organisation_name, deadlines.get((one.sheet.cycle_id, StageKind.REVIEW)), url)


def _notices(units):
    """Published results that the unit has not said it received."""
    unseen = Notice.objects.unseen().filter(sheet__organisation__in=units, decision__state=DecisionState.PUBLISHED)
    for one in unseen.select_related("sheet", "decision__cycle").order_by("-pk")[:MOST]:
        year = one.decision.cycle.year
        url = reverse("evaluations:notice_detail", args=[one.pk])
        yield Task(f"Xem thông báo kết quả xếp loại năm {year}", one.sheet.organisation_name, None, url)


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
    yield from _overdue(user)
    for one in Complaint.objects.open().filter(review__decided_by__in=units).select_related("review")[:MOST]:
        url = reverse("evaluations:complaint_answer", args=[one.pk])
        yield Task(f"Trả lời khiếu nại, kiến nghị nhận ngày {one.received_on:%d/%m/%Y}", one.review.name, None, url)


def _overdue(user):
    """Who below must be reminded: one Task per year and kind of paper, with the first names."""
    places = [a.organisation for a in roles_of(user) if a.role == Role.STAFF and a.organisation.kind not in CELL_KINDS]
    for cycle in Cycle.objects.visible_to(user).open().select_related("root").prefetch_related("stages") if places else ():
        for place in places:
            for what, (names, due) in overdue_below(cycle, place, today()).items():
                first = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
                url = reverse("evaluations:cycle_progress", args=[cycle.pk, place.pk])
                yield Task(f"Nhắc {len(names)} đơn vị chưa gửi {what} năm {cycle.year}", first, due, url)


def _as_leader(user, deadlines):
    units = _units(user, Role.LEADER)
    for decision in Decision.objects.filter(body__in=units, state=DecisionState.PROPOSED).select_related("body", "cycle"):
        url = reverse("evaluations:decision_detail", args=[decision.pk])
        yield Task("Xem xét, ban hành quyết định xếp loại", decision.body.name, deadlines.get((decision.cycle_id, StageKind.CLASSIFICATION)), url)


def _ballots(user, deadlines):
    """Ballots held and not confirmed yet, where the user's own unit or body voted: what the user himself has still to do about them."""
    own = Q(organisation__in=_units(user, Role.SECRETARY), sheet__isnull=False) | Q(organisation__in=_units(user, Role.STAFF))
    held = BallotRound.objects.filter(own, state=BallotState.OPEN, held_on__lte=today(), cycle__closed_on__isnull=True)
    for ballot in held.select_related("organisation", "cycle")[:MOST]:
        state = count_state(ballot, user)
        if state.agreed:
            what, page = "Xác nhận kết quả kiểm phiếu", "ballot_detail"
        elif state.differs and state.mine:
            what, page = "Đối chiếu kết quả kiểm phiếu hai người nhập", "ballot_count"
        elif state.mine is None and len(state.counts) < ballot.slots:
            what, page = "Nhập kết quả kiểm phiếu", "ballot_count"
        else:
            continue
        stage = StageKind.REVIEW if ballot.sheet_id else StageKind.CLASSIFICATION
        url = reverse(f"evaluations:{page}", args=[ballot.pk])
        yield Task(f"{what} lần {ballot.number}", ballot.organisation.name, deadlines.get((ballot.cycle_id, stage)), url)


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


def _endings(user):
    """Temporary stays, pauses and suspensions that end within 30 days or have ended."""
    if any(assignment.role in (Role.SECRETARY, Role.STAFF) for assignment in roles_of(user)):
        for one in endings_due(user, today())[:MOST]:
            url = reverse("members:member_event", args=[one.member.pk])
            yield Task(f"{one.words} ({one.member.full_name})", one.member.cell.name, one.until, url)


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
