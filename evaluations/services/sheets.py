"""A unit's sheet: roster kept up to date while it is open, sent, accepted or returned."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from evaluations.enums import Subject
from evaluations.models import Review, ReviewSheet
from evaluations.permissions import can_write_sheet, writes_on_behalf
from evaluations.states import SHEET
from khoi_party.audit.services import change, record
from khoi_party.audit.workflow import advance
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError
from members.models import Membership


def roster_changes(sheet):
    """(joiners, leavers) of an open sheet since its roster was copied: memberships without a row, rows without a membership."""
    here = Membership.objects.filter(cell=sheet.organisation).in_force(timezone.localdate())
    rows = sheet.reviews.present().filter(subject=Subject.MEMBER, member__isnull=False)
    joiners = here.exclude(member__in=rows.values("member")).select_related("member").order_by("member__sort_key")
    return joiners, rows.exclude(member__in=here.values("member")).order_by("sort_key")


def remove_leavers(sheet, review_ids, *, by):
    """Strike out rows of members who left; they stay visible. Returns how many. DomainError once the sheet is sent."""
    if not can_write_sheet(by, sheet):
        raise PermissionDenied
    with change(by=by):
        row = locked(ReviewSheet.objects.filter(pk=sheet.pk)).get()
        if not row.is_writable:
            raise DomainError("Danh sách đã chốt khi gửi bảng xếp loại.")
        leavers = roster_changes(sheet)[1].filter(pk__in=review_ids)
        count = Review.objects.filter(pk__in=list(leavers.values_list("pk", flat=True))).update(
            removed_at=timezone.now(), removal_reason="Không còn sinh hoạt tại chi bộ"
        )
        if count:
            record("sheet.roster_updated", sheet, summary="Cập nhật danh sách.", organisation=sheet.organisation, removed=count)
    return count


def submit_sheet(sheet, *, by):
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
