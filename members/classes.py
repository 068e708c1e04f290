"""Who is due for a class: read from the admission files and the roll."""

from dataclasses import dataclass

from members.admission_rules import CERTIFICATE_MONTHS
from members.badges import months_away
from members.enums import ClassKind, MemberState, Stage, StepKind
from members.models import Admission, AdmissionStep, Member

BEFORE_CEREMONY = (Stage.LEARNING, Stage.DOSSIER, Stage.CONSIDERED)


@dataclass(frozen=True)
class Candidate:
    """Somebody who should go to a class: `key` as forms send it, the cell, and why now."""

    key: str
    name: str
    cell: object
    why: str


def due_for(kind, organisation, user, day):
    """The Candidates below `organisation` whom `user` sees, in the order of the tree.

    Awareness: open files before the ceremony without a certificate that is still good (60 months; secondary source). New members: those on
    probation without the certificate of the class (rule A13), whether they have a file or came with none.
    """
    files = Admission.objects.visible_to(user).in_subtree(organisation).select_related("cell").order_by("cell__path", "sort_key", "pk")
    if kind == ClassKind.AWARENESS:
        good = AdmissionStep.objects.standing().filter(kind=StepKind.CERTIFICATE, done_on__gte=months_away(day, -CERTIFICATE_MONTHS))
        files = files.filter(state__in=BEFORE_CEREMONY).exclude(pk__in=good.values("admission"))
        return [Candidate(f"file-{one.pk}", one.full_name, one.cell, "chưa có giấy chứng nhận còn hạn") for one in files]
    done = AdmissionStep.objects.standing().filter(kind=StepKind.NEW_CLASS).values("admission")
    files = files.filter(state=Stage.PROBATION).exclude(pk__in=done)
    found = [Candidate(f"file-{one.pk}", one.full_name, one.cell, "đang dự bị, chưa học lớp đảng viên mới") for one in files]
    on_probation = Member.objects.visible_to(user).in_subtree(organisation).filter(state=MemberState.PROBATIONARY)
    alone = on_probation.filter(admissions__isnull=True).exclude(classes__study_class__kind=kind, classes__certified_on__isnull=False)
    alone = alone.select_related("cell").order_by("cell__path", "sort_key", "pk")
    return found + [Candidate(f"member-{one.pk}", one.full_name, one.cell, "đang dự bị, không có hồ sơ kết nạp ở đây") for one in alone]
