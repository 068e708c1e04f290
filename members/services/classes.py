"""Classes: the list is made from those who are due; a certificate recorded here is the step of the admission file, never a second truth."""

from django.core.exceptions import PermissionDenied

from khoi_party.audit.services import change, record
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from members.classes import due_for
from members.enums import CERTIFIED_BY
from members.models import Participant, StudyClass
from members.permissions import can_import as can_keep_lists
from members.services.admissions import add_step


def open_class(organisation, *, kind, name, organiser, starts_on, ends_on, by):
    """A class of which `organisation` keeps the list. Returns the StudyClass; PermissionDenied for others than its staff."""
    if not can_keep_lists(by, organisation):
        raise PermissionDenied
    if ends_on < starts_on:
        raise DomainError("Ngày bế giảng không được trước ngày khai giảng.", field="ends_on")
    with change(by=by):
        dates = {"starts_on": starts_on, "ends_on": ends_on}
        one = StudyClass.objects.create(organisation=organisation, kind=kind, name=name, organiser=organiser, **dates)
        record("class.opened", one, summary=f"Lập danh sách lớp: {one.get_kind_display()}.", organisation=organisation)
    return one


def enrol(study_class, keys, *, by):
    """Put the due people with these `keys` (classes.Candidate) on the list. Returns how many are new; unknown keys are refused."""
    if not can_keep_lists(by, study_class.organisation):
        raise PermissionDenied
    due = {one.key for one in due_for(study_class.kind, study_class.organisation, by, today())}
    if strange := set(keys) - due:
        raise DomainError(f"{len(strange)} người không còn trong danh sách cần học. Hãy mở lại trang.")
    added = 0
    with change(by=by):
        for key in dict.fromkeys(keys):
            what, pk = key.split("-")
            _, is_new = Participant.objects.get_or_create(study_class=study_class, **{"admission_id" if what == "file" else "member_id": int(pk)})
            added += is_new
        record("class.enrolled", study_class, summary=f"Thêm {added} người vào lớp.", organisation=study_class.organisation, added=added)
    return added


def certify(participant, *, number, certified_on, by):
    """Record the certificate of one participant; with an admission file it becomes the step of the file, under the rules of the file."""
    study_class = participant.study_class
    if not can_keep_lists(by, study_class.organisation):
        raise PermissionDenied
    if participant.certified_on:
        raise DomainError("Giấy chứng nhận của người này đã ghi.")
    if not study_class.starts_on <= certified_on <= today():
        raise DomainError("Ngày cấp giấy chứng nhận phải từ ngày khai giảng đến hôm nay.", field="certified_on")
    with change(by=by):
        if participant.admission:
            values = {"issuer": study_class.organiser} if CERTIFIED_BY[study_class.kind] == "certificate" else {}
            note = f"Số {number}" if number else ""
            add_step(participant.admission, CERTIFIED_BY[study_class.kind], done_on=certified_on, values=values, note=note, by=by)
        participant.certificate_number, participant.certified_on = number, certified_on
        participant.save(update_fields=["certificate_number", "certified_on"])
        record("class.certified", study_class, summary="Ghi giấy chứng nhận của lớp.", organisation=study_class.organisation)
    return participant


def leave_class(participant, *, by):
    """Take somebody off the list who has no certificate yet."""
    study_class = participant.study_class
    if not can_keep_lists(by, study_class.organisation):
        raise PermissionDenied
    if participant.certified_on:
        raise DomainError("Người này đã có giấy chứng nhận nên không bỏ khỏi danh sách được.")
    with change(by=by):
        participant.delete()
        record("class.left", study_class, summary="Bỏ một người khỏi danh sách lớp.", organisation=study_class.organisation)
