"""Every three months a cell says that its register is right (HD 12-HD/BTCTW, Mẫu 7-HSĐV); the list it looked at is kept with its word."""

from django.core.exceptions import PermissionDenied

from cells.enums import Role
from cells.models import Organisation
from cells.scope import holds
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from members.models import RosterSignOff
from members.permissions import can_edit_members_of
from members.quarters import first_day, is_quarter_end, quarter_text
from members.register import register_of, standing_counts


def sign_off(cell, quarter_end, *, note="", seen, by):
    """Confirm the register of `cell` for the quarter that ends on `quarter_end`. Returns the RosterSignOff.

    seen: (official, probationary) as the page showed them. PermissionDenied by right; DomainError before the quarter has ended, the second
    time, for a day that ends no quarter, and when the list has changed since the page was read.
    """
    if not can_edit_members_of(by, cell):
        raise PermissionDenied
    if not is_quarter_end(quarter_end):
        raise DomainError("Chỉ xác nhận danh sách đến ngày cuối quý: 31/3, 30/6, 30/9, 31/12.")
    if quarter_end > today():
        raise DomainError(f"Chưa hết {quarter_text(quarter_end)} nên chưa xác nhận được danh sách.")
    with change(by=by):
        locked(Organisation.objects.filter(pk=cell.pk), no_key=True).get()
        if RosterSignOff.objects.filter(cell=cell, quarter_end=quarter_end).exists():
            raise DomainError("Chi bộ đã xác nhận danh sách của quý này.")
        counts = standing_counts(cell, quarter_end)
        if counts != tuple(seen):
            raise DomainError("Danh sách vừa thay đổi. Hãy xem lại rồi xác nhận.")
        done = RosterSignOff.objects.create(
            cell=cell,
            quarter_end=quarter_end,
            official=counts[0],
            probationary=counts[1],
            rows=[list(entry.texts) for entry in register_of(cell, first_day(quarter_end), quarter_end)],
            note=note.strip(),
            signed_by=by,
            on_behalf=not holds(by, (Role.SECRETARY,), cell, exactly=True),
        )
        summary = f"Xác nhận danh sách đảng viên {quarter_text(quarter_end)}."
        record("roster.signed_off", done, summary=summary, organisation=cell, official=counts[0], probationary=counts[1])
    return done
