"""The boards that advise a committee: their names are dated, because they are merged and renamed."""

from django.core.exceptions import PermissionDenied

from cells.models import AdvisingBoard
from cells.permissions import can_edit_boards
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError


def add_board(organisation, *, name, short_name, from_day, by):
    """Add a board of `organisation` from `from_day` on. Returns it; DomainError where one of that name stands already."""
    if not can_edit_boards(by, organisation):
        raise PermissionDenied
    with change(by=by):
        if AdvisingBoard.objects.filter(organisation=organisation, name=name, valid_to__isnull=True).exists():
            raise DomainError("Ban này đang có trong danh sách.", field="name")
        board = AdvisingBoard.objects.create(organisation=organisation, name=name, short_name=short_name, valid_from=from_day)
        record("board.added", board, summary=f"Thêm ban tham mưu: {name}.", organisation=organisation)
    return board


def end_board(board, on_day, *, by):
    """The board stands up to, not including, `on_day`; what it said stays under its name. DomainError for a day before its first."""
    if not can_edit_boards(by, board.organisation):
        raise PermissionDenied
    with change(by=by):
        row = locked(AdvisingBoard.objects.filter(pk=board.pk)).get()
        if on_day < row.valid_from:
            raise DomainError(f"Ngày kết thúc không được trước ngày bắt đầu ({row.valid_from:%d/%m/%Y}).", field="on_day")
        if row.valid_to is None:
            row.valid_to = on_day
            row.save(update_fields=["valid_to"])
            record("board.ended", row, summary=f"Kết thúc ban tham mưu: {row.name}.", organisation=board.organisation, on_day=str(on_day))
