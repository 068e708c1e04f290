"""What the advising boards say of the rows that their committee decides."""

from django.core.exceptions import PermissionDenied

from cells.models import RoleAssignment
from cells.permissions import can_speak_for
from evaluations.enums import Eligibility
from evaluations.models import BoardOpinion, Review
from evaluations.services.opinions import IS_PROPOSED, is_proposed
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError, StaleVersion


def rows_for(board, cycle):
    """The rows of `cycle` that the committee of `board` decides and that must be rated, in the order of the tree."""
    rows = Review.objects.present().filter(sheet__cycle=cycle, decided_by=board.organisation_id, eligibility=Eligibility.REQUIRED)
    return rows.select_related("sheet").order_by("sheet__path", "subject", "sort_key", "pk")


def save_board_opinion(review, board, *, level, text="", version=0, by):
    """Write what `board` says of `review`: level 1 to 4 or None, and a remark. Both empty takes the opinion back.

    version: the one that was read, 0 for none. Returns the BoardOpinion or None. StaleVersion when somebody of the board was faster;
    DomainError once the row lies before the leader or is decided, and for a board that has ended.
    """
    if not can_speak_for(by, board) or review.decided_by_id != board.organisation_id:
        raise PermissionDenied
    with change(by=by):
        row = locked(Review.objects.filter(pk=review.pk)).select_related("sheet__cycle").get()
        _refuse(row, board, level)
        found = BoardOpinion.objects.filter(review=row, board=board).select_related("by").first()
        said = (level, text.strip())
        if found and (found.level, found.text) == said:
            return found
        if (found.version if found else 0) != version:
            raise StaleVersion(f"{found.by if found else 'Người khác'} vừa sửa ý kiến này. Hãy xem lại rồi ghi.", current=found)
        return _write(row, board, found, said, by)


def _refuse(row, board, level):
    if not board.covers(today()):
        raise DomainError(f"{board.name} không còn hoạt động nên không ghi ý kiến được.")
    if row.eligibility != Eligibility.REQUIRED or row.removed_at:
        raise DomainError("Dòng này không thuộc diện xếp loại.")
    if row.decided_level is not None:
        raise DomainError("Dòng này đã được quyết định nên không sửa ý kiến được.")
    if is_proposed(row):
        raise DomainError(IS_PROPOSED)
    if level not in (None, 1, 2, 3, 4):
        raise DomainError("Hãy chọn một trong bốn mức.")


def _write(row, board, found, said, by):
    level, text = said
    if not level and not text:
        if found:
            found.delete()
            record("board_opinion.removed", row, summary=f"{board.name} rút ý kiến.", organisation=board.organisation, board=board.pk)
        return None
    on_behalf = not RoleAssignment.objects.in_force(today()).filter(user=by, board=board).exists()
    values = {"level": level, "text": text, "by": by, "on_behalf": on_behalf, "version": (found.version if found else 0) + 1}
    opinion, _ = BoardOpinion.objects.update_or_create(review=row, board=board, defaults=values)
    summary = f"{board.name} ghi ý kiến thẩm định."
    record("board_opinion.saved", row, summary=summary, organisation=board.organisation, board=board.pk, level=level, on_behalf=on_behalf)
    return opinion
