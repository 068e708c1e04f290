"""Who signs for an organisation on a day: the proposal of the form, and what speaks against the name that was typed."""

from cells.models import AdvisingBoard
from khoi_party.common.dates import date_text
from khoi_party.common.names import search_text
from members.enums import Post
from members.models import Seat
from reports.papers.framing import kind_and_path
from reports.papers.signing import board_name, office_of

SEATS = {"bí thư": Post.SECRETARY, "phó bí thư": Post.DEPUTY_SECRETARY}
CODES_OF_BOARDS = ("BC", "TTr", "TB")  # an advising body decides nothing


def boards_of(organisation, code, day):
    """The AdvisingBoards that may issue a paper of type `code` instead of the committee, as they stand on `day`."""
    return AdvisingBoard.objects.in_force(day).filter(organisation=organisation) if code in CODES_OF_BOARDS else AdvisingBoard.objects.none()


def office_on(organisation, day, board=None):
    """How `organisation`, or its `board`, signs on `day`: by the kind that it was then."""
    return office_of(kind_and_path(organisation, day)[0], board_name(board) if board else "")


def holders(organisation, day, position):
    """The names of those who held the seat of `position` ("Phó bí thư") on `day`; none for a position that is no seat of a committee."""
    post = SEATS.get(position.rpartition(":")[2].strip().casefold())
    return list(_seats(organisation, day).filter(post=post).values_list("member__full_name", flat=True)) if post else []


def usual_signer(organisation, day):
    """The secretary on `day`; "" where nobody is on record."""
    return next(iter(holders(organisation, day, "Bí thư")), "")


def doubt_about(organisation, day, position, name):
    """A sentence where the list of seats says that another than `name` held `position` on `day`; "" where it says nothing or agrees."""
    held = holders(organisation, day, position)
    if not held or search_text(name) in map(search_text, held):
        return ""
    post = position.rpartition(":")[2].strip().lower()
    said = "đồng chí " + ", đồng chí ".join(held)
    return f"Theo danh sách cấp ủy, ngày {date_text(day)} {post} là {said}, không phải đồng chí {name}."


def _seats(organisation, day):
    return Seat.objects.in_force(day).filter(organisation=organisation).order_by("position", "pk")
