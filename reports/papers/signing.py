"""Who signs in whose name: T/M, T/L, K/T and Q.

HD 36-HD/VPTW, quyền hạn, chức vụ của người ký (read as quoted by a legal library): committees, standing committees and inspection
commissions always sign T/M, so that a deputy secretary signs T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ; the head of an advising body signs in person
and the deputy K/T. T/L of an office and Q. of an acting head are known from restatements only.
"""

import unicodedata
from dataclasses import dataclass

from cells.enums import CELL_KINDS, OrganisationKind

STANDING = {OrganisationKind.UPPER_COMMITTEE, OrganisationKind.PROVINCIAL_COMMITTEE}  # committees with a standing committee that reports
BY_ORDER = ("Chánh Văn phòng", "Trưởng Ban Tổ chức", "Trưởng Ban Tuyên giáo và Dân vận")
ACTING = "Q. "
OF_A_BODY = ("đảng ủy", "chi bộ", "ban thường vụ", "ban chấp hành")  # what a position does not repeat
TURN = "Cấp ủy, ban thường vụ luôn ký thay mặt (T/M), không ký thay (K/T): phó bí thư ký T/M {body}, chức vụ PHÓ BÍ THƯ."


class SigningError(ValueError):
    """A way of signing that the guideline does not know; the sentence is for the user."""


@dataclass(frozen=True)
class Office:
    """How one issuer signs. `bodies`: in whose name (T/M), the usual one first; none where the head signs in person.

    `by_order` whether an office may sign for it (T/L).
    """

    bodies: tuple[str, ...]
    head: str
    deputy: str
    by_order: bool = False

    @property
    def usual(self):
        return self.bodies[0].upper() if self.bodies else ""

    def ways(self):
        """((what is kept, what people read), …): each way of signing, the most usual first."""
        posts = (self.head, self.deputy, f"{ACTING}{self.head}")
        found = [(post if body == self.bodies[0] else f"T/M {body}: {post}", f"T/M {body}: {post}") for body in self.bodies for post in posts]
        if not self.bodies:
            found = [(self.head, self.head), (self.deputy, f"K/T {self.head}: {self.deputy}"), (posts[2], posts[2])]
        if self.by_order:
            found += [(f"T/L {post}", f"T/L {self.bodies[0]}: {post}") for post in BY_ORDER]
        return tuple(found)

    def signed(self, kept):
        """(authority, position) of a way of signing as it is kept: ("T/M BAN THƯỜNG VỤ", "Phó bí thư"). SigningError as the guideline says."""
        mark, text = (kept[:3], kept[3:].strip()) if kept[1:2] == "/" else ("", kept)
        body, _, post = text.rpartition(":")
        body, post = body.strip(), post.strip()
        if mark == "K/T" or (not self.bodies and not mark):
            return self._in_turn(mark, post)
        if mark == "T/L":
            return self._by_order(post)
        if not self.bodies:
            raise SigningError(f"Ban, văn phòng không ký {mark}: {self.head.lower()} ký trực tiếp, {self.deputy.lower()} ký K/T.")
        return self._in_the_name_of(body or self.bodies[0], post)

    def _in_turn(self, mark, post):
        if self.bodies:
            raise SigningError(TURN.format(body=self.usual))
        is_deputy = mark == "K/T" or post.casefold() == self.deputy.casefold()
        return (f"K/T {self.head.upper()}" if is_deputy else "", post)

    def _by_order(self, post):
        if not self.by_order:
            raise SigningError("Chỉ ban thường vụ cấp ủy có văn phòng, ban tham mưu mới giao ký thừa lệnh (T/L).")
        return f"T/L {self.usual}", post

    def _in_the_name_of(self, body, post):
        known = next((one for one in self.bodies if one.casefold() == body.casefold()), None)
        if known is None:
            raise SigningError(f"Văn bản này không ký T/M {body.upper()}. Hãy chọn T/M {', T/M '.join(one.upper() for one in self.bodies)}.")
        plain = post.removeprefix(ACTING).casefold()
        if not plain.startswith((self.head.casefold(), self.deputy.casefold())):
            raise SigningError(f"Người ký T/M {known.upper()} là {self.head.lower()}, {self.deputy.lower()} hoặc Q. {self.head.lower()}.")
        if any(name in plain for name in OF_A_BODY):
            raise SigningError(f"Chức vụ không ghi lại tên cơ quan: chỉ ghi {self.head.upper()}.")
        return f"T/M {known.upper()}", post


def office_of(kind, board=""):
    """The Office of a committee of `kind` (an OrganisationKind), or of its advising body called `board`."""
    if board:
        return _office_of_board(board)
    if kind in STANDING:
        return Office(("Ban Thường vụ", "Ban Chấp hành"), "Bí thư", "Phó bí thư", by_order=True)
    if kind in CELL_KINDS:
        return Office(("Chi bộ",), "Bí thư", "Phó bí thư")
    return Office(("Đảng ủy", "Ban Thường vụ", "Ban Chấp hành"), "Bí thư", "Phó bí thư")


def _office_of_board(name):
    if name.startswith("Ủy ban"):
        return Office((name,), "Chủ nhiệm", "Phó chủ nhiệm")
    if name.startswith("Văn phòng"):
        return Office((), "Chánh Văn phòng", "Phó Chánh Văn phòng")
    return Office((), "Trưởng ban", "Phó trưởng ban")


def board_name(board):
    """The name that a board issues papers under: the office of the inspection commission writes for the commission."""
    return board.name.removeprefix("Cơ quan ")


def board_code(name, committee_code):
    """The issuer in the symbol of a board's papers: BTCĐUK of Ban Tổ chức, UBKTĐUK, VPĐUK."""
    letters = (unicodedata.normalize("NFD", word)[0].upper() for word in name.split() if word != "và")
    return "".join(letters) + committee_code
