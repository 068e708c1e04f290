"""What stands in a member's record: corrected by hand, with its trail."""

from django.core.exceptions import PermissionDenied

from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import StaleVersion
from members.models import Member
from members.permissions import can_edit_member

EDITABLE = ("full_name", "gender", "born_on", "ethnicity", "position", "is_civil_servant", "card_number")


def edit_member(member, values, *, version, by):
    """Correct identity fields (EDITABLE). StaleVersion when another person saved in between."""
    if not can_edit_member(by, member):
        raise PermissionDenied
    with change(by=by):
        row = locked(Member.objects.filter(pk=member.pk)).select_related("cell").get()
        if row.version != version:
            raise StaleVersion("Hồ sơ vừa được người khác sửa. Hãy xem lại rồi lưu lần nữa; nội dung đồng chí nhập vẫn giữ.", current=row)
        changed = [name for name in EDITABLE if getattr(row, name) != values[name]]
        for name in changed:
            setattr(row, name, values[name])
        row.version += 1
        row.save()
        if changed:
            record("member.edited", row, summary="Sửa thông tin đảng viên.", organisation=row.cell, fields=sorted(changed))
    return row
