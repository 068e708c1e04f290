"""A unit's sheet: roster kept up to date while it is open, sent, accepted or returned."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cells.models import Organisation
from evaluations.enums import Subject
from evaluations.models import Review, ReviewSheet
from evaluations.permissions import can_write_sheet, writes_on_behalf
from evaluations.services.facts import ask_former_cells
from evaluations.services.rosters import Roster
from evaluations.states import SHEET
from khoi_party.audit.services import change, record
from khoi_party.audit.workflow import advance
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError
from khoi_party.common.tree import ancestor_paths
from members.models import Membership


def roster_changes(sheet):
    """(joiners, leavers) of an open sheet since its roster was copied: memberships without a row, rows without a membership."""
    here = Membership.objects.filter(cell=sheet.organisation).in_force(timezone.localdate())
    rows = sheet.reviews.present().filter(subject=Subject.MEMBER, member__isnull=False)
    joiners = here.exclude(member__in=rows.values("member")).select_related("member").order_by("member__sort_key")
    return joiners, rows.exclude(member__in=here.values("member")).order_by("sort_key")


def update_roster(sheet, *, joiners=(), leavers=(), by):
    """Take in the memberships `joiners` (ids), strike out the rows `leavers` (ids); struck rows stay visible. Returns how many changed.

    Ids that are not among `roster_changes` do nothing. DomainError without any id, and once the sheet is sent: its roster
    is frozen then.
    """
    if not can_write_sheet(by, sheet):
        raise PermissionDenied
    if not joiners and not leavers:
        raise DomainError("Chưa chọn ai để cập nhật danh sách.")
    with change(by=by):
        row = locked(ReviewSheet.objects.filter(pk=sheet.pk)).get()
        if not row.is_writable:
            raise DomainError("Danh sách đã chốt khi gửi bảng xếp loại.")
        came, went = roster_changes(sheet)
        removed = _strike_out(went.filter(pk__in=leavers))
        added = _take_in(sheet, came.filter(pk__in=joiners))
        if added or removed:
            summary = f"Cập nhật danh sách: thêm {added}, đưa ra {removed}."
            record("sheet.roster_updated", sheet, summary=summary, organisation=sheet.organisation, added=added, removed=removed)
    return added + removed


def _strike_out(rows):
    return Review.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).update(
        removed_at=timezone.now(), removal_reason="Không còn sinh hoạt tại chi bộ"
    )


def _take_in(sheet, memberships):
    """A new row for each membership; somebody who was struck out before gets the old row back, with what was said of him."""
    members = list(memberships.values_list("member", flat=True))
    back = list(sheet.reviews.filter(member__in=members, removed_at__isnull=False).values_list("member", flat=True))
    sheet.reviews.filter(member__in=back).update(removed_at=None, removal_reason="")
    above = Organisation.objects.filter(path__in=ancestor_paths(sheet.path), path__startswith=sheet.cycle.root.path)
    fresh = memberships.exclude(member__in=back)
    roster = Roster(sheet.cycle, [sheet.organisation, *above.exclude(pk=sheet.cycle.root_id)], fresh)
    rows = [roster.member_row(membership, sheet.organisation, sheet) for membership in fresh]
    Review.objects.bulk_create(rows)
    ask_former_cells(sheet.cycle, rows)
    return len(back) + len(rows)


def submit_sheet(sheet, *, by):
    """Send a complete sheet. Holds its rows, so that no cell is emptied between the check and the sending."""
    with change(by=by):
        locked(ReviewSheet.objects.filter(pk=sheet.pk)).get()
        list(locked(sheet.reviews.order_by("pk")))
        return _advance(sheet, "submit", by=by, on_behalf=writes_on_behalf(by, sheet.organisation))


def accept_sheet(sheet, *, by):
    return _advance(sheet, "accept", by=by)


def return_sheet(sheet, reason, *, by):
    """Give a sheet back with a reason (required). DomainError when one of its rows is decided already."""
    with change(by=by):
        done = _advance(sheet, "return", by=by, note=reason)
        if done:
            ReviewSheet.objects.filter(pk=sheet.pk).update(return_reason=reason.strip())
    return done


def _advance(sheet, action, **kwargs):
    return advance(sheet, action, table=SHEET, organisation=sheet.organisation, **kwargs)
