"""What every write to an admission file shares: append a step, and set the stage that the standing steps lead to."""

from cells.working_days import working_days_of
from khoi_party.audit.services import record
from khoi_party.common.database import locked
from members.admission_files import file_of
from members.admission_rules import stage_of
from members.enums import Stage, StepKind
from members.models import Admission, AdmissionStep


def append_step(admission, kind, done_on, by, **fields):
    """Write a step and its entry in the trail; the stage follows. `admission` must be locked."""
    document = fields.get("document")
    if document is not None and document.pk is None:
        document.save()
    step = AdmissionStep.objects.create(admission=admission, kind=kind, done_on=done_on, by=by, **fields)
    said = "Hủy bước ghi nhầm của hồ sơ kết nạp" if step.reverses_id else "Ghi hồ sơ kết nạp"
    action = "admission.taken_back" if step.reverses_id else f"admission.{kind}"
    summary = f"{said}: {StepKind(kind).label}, ngày {done_on:%d/%m/%Y}."
    record(action, admission, summary=summary, organisation=admission.cell, note=step.note, values=step.values)
    refresh(admission)
    return step


def refresh(admission):
    """Set the stage to what the standing steps say; a closed file stays closed."""
    if admission.state != Stage.CLOSED:
        standing = admission.steps.standing()
        admission.state = stage_of(file_of(admission, standing, working_days_of(admission.cell)))
    admission.save()


def open_again(event, *, reason, by):
    """`event` (a ceremony or recognition) was taken back: so is the step that it belonged to, and the file is open again."""
    for step in AdmissionStep.objects.standing().filter(event=event):
        admission = locked(Admission.objects.filter(pk=step.admission_id)).select_related("cell").get()
        if step.kind == StepKind.CEREMONY:
            admission.member = None
        append_step(admission, step.kind, step.done_on, by, values=step.values, note=reason, reverses=step)
