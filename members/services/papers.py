"""Papers of the year: ticked by the cell, cell by cell, so that two people never write over each other."""

from datetime import date

from django.core.exceptions import PermissionDenied

from cells.models import Organisation
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError
from members.enums import PaperKind, PaperState
from members.models import AnnualPaper, Membership
from members.permissions import can_edit_members_of


def members_of_year(cell, year, day):
    """Who belongs to `cell` on the last day of `year`, or on `day` while the year runs: [Member] by name."""
    last = min(date(year, 12, 31), day)
    spans = Membership.objects.official().in_force(last).filter(cell=cell).select_related("member").order_by("member__sort_key", "member_id")
    return [span.member for span in spans]


def mark_papers(cell, year, changes, *, reason="", exempt_from=None, exempt_to=None, day, by):
    """Write `changes` {(member id, kind): (state before, state now)}, "" for missing. Returns {(member id, kind): sentence} of the refused.

    A cell of the grid that somebody else changed since the page was read is refused and keeps theirs. DomainError when an exemption has no
    reason, or when its days are out of order.
    """
    if not can_edit_members_of(by, cell):
        raise PermissionDenied
    if any(now == PaperState.EXEMPT for _, now in changes.values()) and not reason.strip():
        raise DomainError("Hãy ghi lý do miễn.", field="reason")
    if exempt_from and exempt_to and exempt_to < exempt_from:
        raise DomainError("Ngày hết miễn không được trước ngày bắt đầu miễn.", field="exempt_to")
    mine = {member.pk for member in members_of_year(cell, year, day)}
    refused, done = {}, 0
    with change(by=by):
        locked(Organisation.objects.filter(pk=cell.pk), no_key=True).get()
        stored = {(one.member_id, one.kind): one for one in AnnualPaper.objects.filter(member__in=mine, year=year)}
        for key, (before, now) in changes.items():
            one = stored.get(key)
            if key[0] not in mine or key[1] not in PaperKind.values:
                refused[key] = "Danh sách vừa thay đổi; hãy mở lại trang."
            elif (one.state if one else "") != before:
                refused[key] = "Ô này vừa được người khác sửa; hãy xem lại."
            else:
                _write(one, key, year, now, {"reason": reason.strip(), "exempt_from": exempt_from, "exempt_to": exempt_to}, by)
                done += 1
        if done:
            record("papers.marked", cell, summary=f"Ghi giấy tờ hằng năm {year}: {done} ô.", organisation=cell, year=year, cells=done)
    return refused


def _write(one, key, year, state, exemption, by):
    if not state:
        one.delete()
        return
    exemption = exemption if state == PaperState.EXEMPT else {"reason": "", "exempt_from": None, "exempt_to": None}
    AnnualPaper.objects.update_or_create(member_id=key[0], year=year, kind=key[1], defaults={"state": state, "marked_by": by} | exemption)


def overview(cells, year, day):
    """([(cell, members, [(kind, how many miss it)])], [(Member, cell, kinds missing)]) for `cells`, from two queries."""
    last = min(date(year, 12, 31), day)
    spans = Membership.objects.official().in_force(last).filter(cell__in=cells).select_related("member").order_by("member__sort_key", "member_id")
    have = set(AnnualPaper.objects.filter(year=year, member__memberships__cell__in=cells).values_list("member_id", "kind"))
    by_cell = {cell.pk: [] for cell in cells}
    for span in spans:
        by_cell[span.cell_id].append(span.member)
    lines, missing = [], []
    for cell in cells:
        lacking = {member: [kind for kind in PaperKind if (member.pk, kind.value) not in have] for member in by_cell[cell.pk]}
        lines.append((cell, len(lacking), [(kind.label, sum(kind in kinds for kinds in lacking.values())) for kind in PaperKind]))
        missing += [(member, cell, kinds) for member, kinds in lacking.items() if kinds]
    return lines, missing
