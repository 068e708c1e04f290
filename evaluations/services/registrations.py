"""A unit's registration: saved as a draft, sent to the directly superior committee, noted or returned."""

from collections import Counter

from django.core.exceptions import PermissionDenied

from evaluations.enums import RegistrationState
from evaluations.models import MemberRegistration, Registration
from evaluations.permissions import can_write_registration, writes_on_behalf
from evaluations.states import REGISTRATION
from khoi_party.audit.services import change, record
from khoi_party.audit.workflow import advance
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError, StaleVersion
from members.models import Member

FIELDS = (
    "level",
    "planned_1",
    "planned_2",
    "planned_3",
    "planned_4",
    "admissions_planned",
    "thematic_meetings_planned",
    "commitments",
)


def save_registration(registration, values, *, version, by):
    """Keep `values` (of FIELDS) in a draft or returned registration. `version` is the one that the form showed.

    StaleVersion when another person saved in between, DomainError once it is sent, PermissionDenied by right.
    """
    if not can_write_registration(by, registration):
        raise PermissionDenied
    with change(by=by):
        row = _writable(registration, version)
        for name in FIELDS:
            setattr(row, name, values[name])
        row.on_behalf = writes_on_behalf(by, row.organisation)
        row.version += 1
        row.save(update_fields=[*FIELDS, "on_behalf", "version"])
        record("registration.saved", row, summary="Lưu bản đăng ký.", organisation=row.organisation, on_behalf=row.on_behalf, level=row.level)
    return row


def _writable(registration, version):
    """The locked row, if it may still be written and is the one that was read."""
    row = locked(Registration.objects.filter(pk=registration.pk)).select_related("organisation", "cycle").get()
    if row.state not in (RegistrationState.DRAFT, RegistrationState.RETURNED):
        raise DomainError("Bản đăng ký đã gửi nên không sửa được. Hãy đề nghị cấp trên trả lại nếu cần sửa.")
    if row.version != version:
        raise StaleVersion("Bản đăng ký vừa được người khác sửa. Nội dung mới ở bên cạnh; nội dung đồng chí vừa nhập vẫn giữ.", current=row)
    return row


def members_to_register(registration):
    """The members who belong to the unit today, in the order of their names."""
    return Member.objects.active().filter(cell=registration.organisation_id).order_by("sort_key", "pk")


def save_member_levels(registration, levels, *, version, by):
    """Keep what each member of the cell strives for: `levels` {member id: 1 to 4 or None}. The planned numbers become their counts.

    Returns the Registration. StaleVersion and DomainError as for `save_registration`; members of other cells are refused.
    """
    if not can_write_registration(by, registration):
        raise PermissionDenied
    with change(by=by):
        row = _writable(registration, version)
        given = {member: level for member, level in levels.items() if level}
        strangers = set(given) - set(members_to_register(row).values_list("pk", flat=True))
        if strangers or any(level not in (1, 2, 3, 4) for level in given.values()):
            raise DomainError("Danh sách đảng viên của chi bộ đã thay đổi. Hãy mở lại trang rồi ghi.")
        row.members.all().delete()
        MemberRegistration.objects.bulk_create(MemberRegistration(registration=row, member_id=pk, level=level) for pk, level in given.items())
        counts = Counter(given.values())
        for level in (1, 2, 3, 4):
            setattr(row, f"planned_{level}", counts[level])
        row.on_behalf = writes_on_behalf(by, row.organisation)
        row.version += 1
        row.save(update_fields=["planned_1", "planned_2", "planned_3", "planned_4", "on_behalf", "version"])
        record(
            "registration.members_saved",
            row,
            summary="Ghi đăng ký của đảng viên.",
            organisation=row.organisation,
            on_behalf=row.on_behalf,
            members=len(given),
        )
    return row


def submit_registration(registration, *, by):
    return _advance(registration, "submit", by=by, on_behalf=writes_on_behalf(by, registration.organisation))


def note_registration(registration, *, by):
    return _advance(registration, "note", by=by)


def return_registration(registration, reason, *, by):
    """Give it back with a reason (required); the unit may then change and send it again.

    False when it was given back already with that reason; DomainError for another one, which the unit would not see.
    """
    with change(by=by):
        done = _advance(registration, "return", by=by, note=reason)
        if done:
            Registration.objects.filter(pk=registration.pk).update(return_reason=reason.strip())
        elif reason.strip() != registration.return_reason:
            raise DomainError("Bản đăng ký đã được trả lại, đơn vị chưa gửi lại. Lý do mới chưa được ghi; hãy trao đổi trực tiếp với đơn vị.")
    return done


def _advance(registration, action, **kwargs):
    return advance(registration, action, table=REGISTRATION, organisation=registration.organisation, **kwargs)
