"""Admission files: opened, brought forward step by step, closed. The ceremony and the recognition are movements of the member too."""

from datetime import date

from django.core.exceptions import PermissionDenied

from cells.working_days import working_days_of
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import date_text, today
from khoi_party.common.errors import DomainError
from khoi_party.rules import Kind
from members.admission_files import file_of, step_of
from members.admission_rules import ASK, judge, probation_ends, rule_set_on
from members.admission_steps import BALLOTS, REPEATED, fault_of
from members.enums import MemberState, Stage, StepKind
from members.models import Admission, AdmissionStep, Member
from members.permissions import can_edit_admission, can_edit_members_of

from .admission_steps import append_step, refresh
from .movements import admit_member, recognise_member, take_back

DETAILS = ("full_name", "gender", "born_on", "work", "schooling", "area_approval", "education", "has_youth_union", "is_youth_age")


def open_admission(*, cell, helper, opened_on, by, **details):
    """A file for an applicant of `cell`, whom `helper` (an official member) helps. Returns the Admission, with its first step.

    The rule set in force on `opened_on` is frozen into it. DomainError for a day to come, a closed cell, or a helper who is not official.
    """
    if not can_edit_members_of(by, cell):
        raise PermissionDenied
    if not cell.holds_members or cell.is_closed:
        raise DomainError("Chỉ chi bộ đang hoạt động mới lập hồ sơ kết nạp.", field="cell")
    if opened_on > today():
        raise DomainError("Ngày lập hồ sơ chưa đến.", field="opened_on")
    if details["born_on"] >= opened_on:
        raise DomainError("Ngày sinh phải trước ngày lập hồ sơ.", field="born_on")
    _refuse_helper(helper.pk, cell, "helper")
    with change(by=by):
        one = Admission.objects.create(cell=cell, helper=helper, opened_on=opened_on, rules=rule_set_on(opened_on).key, **details)
        append_step(one, StepKind.HELPER, opened_on, by, values={"helper": helper.pk})
    return one


def _refuse_helper(pk, cell, field):
    one = Member.objects.filter(pk=pk, cell=cell, state=MemberState.OFFICIAL).first()
    if one is None:
        raise DomainError("Người giúp đỡ phải là đảng viên chính thức của chi bộ.", field=field)
    return one


def add_step(admission, kind, *, done_on, values=None, document=None, note="", by):
    """Bring `admission` forward by a step of `kind`. Returns the AdmissionStep with the findings that warn.

    DomainError names what is wrong: values that do not fit, a step done already, a rule A1-A16 that refuses (with its source). The ceremony
    makes the applicant a probationary member (`member` of the file), the recognition makes that member official.
    """
    values = {name: value for name, value in (values or {}).items() if value not in (None, "")}
    with change(by=by):
        row = _locked(admission, by)
        if not row.is_open:
            raise DomainError(f"Hồ sơ này không còn mở ({row.get_state_display().lower()}).")
        if done_on > today():
            raise DomainError("Ngày chưa đến; hãy ghi khi việc đã diễn ra.", field="done_on")
        if fault := fault_of(kind, values):
            raise DomainError(fault[1], field=fault[0])
        file = file_of(row, row.steps.standing(), working_days_of(row.cell))
        if file.last(kind) and (kind in BALLOTS or kind not in REPEATED):
            raise DomainError("Bước này đã ghi. Nếu ghi nhầm, hãy hủy bước cũ trước.")
        if kind == StepKind.INTRODUCTION and values.get("member"):
            _refuse_stranger(values["member"], row.cell)
        found = judge(file, step_of(AdmissionStep(kind=kind, done_on=done_on, values=values)))
        refused = [one for one in found if one.kind == Kind.FORBIDS]
        if refused:
            asks = refused[0].says.endswith(ASK)
            raise DomainError(f"{refused[0].says} ({refused[0].source})", field="reason" if asks else "done_on")
        event = _move(row, kind, done_on, values, document, by)
        warned = [{"rule": one.rule, "says": one.says, "source": one.source} for one in found]
        return append_step(row, kind, done_on, by, values=values, document=document, note=note, findings=warned, event=event)


def _refuse_stranger(pk, cell):
    if not Member.objects.filter(pk=pk, cell=cell).exists():
        raise DomainError("Hãy chọn đảng viên của chi bộ.", field="member")


def _locked(admission, by):
    row = locked(Admission.objects.filter(pk=admission.pk)).select_related("cell").get()
    if not can_edit_admission(by, row):
        raise PermissionDenied
    return row


def _move(row, kind, done_on, values, document, by):
    """What the step does besides: a new helper, a new probationary member, a member made official. Returns the MembershipEvent or None."""
    match kind:
        case StepKind.HELPER:
            row.helper = _refuse_helper(values["helper"], row.cell, "helper")
        case StepKind.CEREMONY:
            decision = row.steps.standing().filter(kind=StepKind.DECISION).order_by("done_on", "pk").last()
            identity = {"full_name": row.full_name, "gender": row.gender, "born_on": row.born_on, "position": row.work, "education": row.education}
            proof = document or decision.document
            row.member = admit_member(cell=row.cell, admitted_on=done_on, decided_on=decision.done_on, by=by, document=proof, **identity)
            return row.member.events.standing().last()
        case StepKind.RECOGNITION:
            official_on = date.fromisoformat(values["official_on"]) if values.get("official_on") else probation_ends(row.member.admitted_on)
            if official_on > probation_ends(row.member.admitted_on) and not values.get("reason"):
                said = date_text(probation_ends(row.member.admitted_on))
                raise DomainError(f"Ngày chính thức là ngày tròn 12 tháng ({said}); ghi ngày khác phải có lý do.", field="reason")
            recognise_member(row.member, on_day=official_on, by=by, document=document)
            return row.member.events.standing().order_by("effective_on", "sequence", "pk").last()
    return None


def move_admission(admission, *, to_cell, helper, done_on, note="", by):
    """The applicant works elsewhere now: the open file goes on at `to_cell`, where `helper` helps (HD 01-HD/TW; a probationary member's file
    follows once the member was moved). Returns the step, which can be taken back.

    PermissionDenied unless `by` may write in both cells; DomainError for a closed file, the same cell, a helper who is not official there, and
    a probationary member who still belongs elsewhere.
    """
    if not can_edit_members_of(by, to_cell):
        raise PermissionDenied
    with change(by=by):
        row = _locked(admission, by)
        if not row.is_open:
            raise DomainError(f"Hồ sơ này không còn mở ({row.get_state_display().lower()}).")
        if to_cell.pk == row.cell_id or not to_cell.holds_members or to_cell.is_closed:
            raise DomainError("Hãy chọn chi bộ khác đang hoạt động.", field="to_cell")
        if done_on > today():
            raise DomainError("Ngày chưa đến; hãy ghi khi việc đã diễn ra.", field="done_on")
        if row.member_id and row.member.cell_id != to_cell.pk:
            raise DomainError("Hãy ghi chuyển sinh hoạt của đảng viên dự bị đến chi bộ đó trước.", field="to_cell")
        values = {"helper": helper.pk, "from_cell": row.cell_id, "to_cell": to_cell.pk, "from_helper": row.helper_id}
        said = f"Chuyển hồ sơ từ {row.cell.name} đến {to_cell.name}."
        row.helper, row.cell = _refuse_helper(helper.pk, to_cell, "helper"), to_cell
        return append_step(row, StepKind.HELPER, done_on, by, values=values, note=f"{said} {note}".strip())


def take_back_step(step, *, reason, by):
    """Take back a step that was recorded by mistake: a counter-step with its `reason`.

    Of a ceremony or recognition the member's event is taken back with it. DomainError while a decision or ceremony that rests on it stands.
    """
    if not reason.strip():
        raise DomainError("Hãy ghi rõ lý do hủy.", field="reason")
    with change(by=by):
        row = _locked(step.admission, by)
        if not row.steps.standing().filter(pk=step.pk).exists():
            raise DomainError("Bước này đã được hủy.")
        order = list(StepKind)
        later = [kind for kind in (StepKind.DECISION, StepKind.CEREMONY, StepKind.RECOGNITION) if order.index(kind) > order.index(step.kind)]
        in_the_way = row.steps.standing().filter(kind__in=later).order_by("pk").last()
        if in_the_way:
            raise DomainError(f"Hãy hủy bước sau đó trước: “{in_the_way.get_kind_display()}”.")
        if step.event_id:
            take_back(step.event, reason=reason, by=by)
        else:
            if step.values.get("from_cell"):
                row.cell_id, row.helper_id = step.values["from_cell"], step.values["from_helper"]
                row.cell.refresh_from_db()
            append_step(row, step.kind, step.done_on, by, values=step.values, note=reason.strip(), reverses=step)


def close_admission(admission, *, reason, by):
    """Stop a file with a reason. DomainError once the ceremony was held: then it is the member's own state that changes."""
    if not reason.strip():
        raise DomainError("Hãy ghi rõ lý do.", field="reason")
    with change(by=by):
        row = _locked(admission, by)
        if not row.is_open or row.member_id:
            raise DomainError("Chỉ dừng được hồ sơ đang làm, trước lễ kết nạp.")
        row.state, row.closed_on, row.closed_reason = Stage.CLOSED, today(), reason.strip()
        row.save()
        record("admission.closed", row, summary="Dừng hồ sơ kết nạp.", organisation=row.cell, note=row.closed_reason)


def reopen_admission(admission, *, by):
    """Take up a closed file again; its steps stand as they were."""
    with change(by=by):
        row = _locked(admission, by)
        if row.state != Stage.CLOSED:
            raise DomainError("Hồ sơ này đang mở.")
        record("admission.reopened", row, summary="Mở lại hồ sơ kết nạp.", organisation=row.cell, note=row.closed_reason)
        row.state, row.closed_on, row.closed_reason = Stage.LEARNING, None, ""
        refresh(row)
