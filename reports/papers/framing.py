"""The frame of a paper of a Party organisation: names, place and signer as they were on the day of issue."""

import datetime
from dataclasses import dataclass

from cells.models import DatedSetting
from cells.models.organisations import committee_of
from khoi_party.common.tree import ancestor_paths
from members.enums import Post
from members.models import Seat
from reports.papers.formats import Header, Marking, Signature
from reports.papers.signing import board_code, board_name, office_of

BLANK = "…" * 10
POSTS = {Post.SECRETARY: "Bí thư", Post.DEPUTY_SECRETARY: "Phó bí thư"}  # seats that sign


@dataclass(frozen=True)
class Framing:
    """Names as on the day of issue (for an undated paper, the day of its figures). `number`, `issued_on` None where not given yet.

    `printed_number` is a number that was given elsewhere, as it stands there ("12-QĐ/ĐUK").
    `recipients` and `grounds` (further legal bases) are what people typed for this paper, `draft` the number of the draft (0 once issued).
    Of an advising body's paper `committee` is the body and `superior` the committee that it advises. New fields need a default: papers
    that were frozen before them are thawed into this.
    """

    organisation: str
    organisation_then: str  # at the term's congress
    committee: str
    superior: str
    code: str
    place: str
    number: int | None
    issued_on: datetime.date | None
    reporting_body: str
    authority: str
    position: str
    signer: str
    recipients: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    draft: int = 0
    for_meeting: bool = False
    is_demo: bool = False
    printed_number: str = ""
    circulation: str = ""
    urgency: str = ""
    two_sided: bool = False

    @property
    def marking(self):
        marks = {"circulation": self.circulation, "urgency": self.urgency, "two_sided": self.two_sided}
        return Marking(demo=self.is_demo, draft=self.draft, meeting=self.for_meeting, **marks)

    @property
    def office(self):
        """Who carries a decision out in the committee's name; a cell has no office."""
        return self.committee if self.authority.endswith("CHI BỘ") else f"Văn phòng {self.committee}"

    @property
    def usual_recipients(self):
        """Who receives a report unless people say otherwise: the superior, the units, the file."""
        superior = committee_of(self.superior)
        first = f"Ban Thường vụ {superior}" if self.authority.endswith("BAN THƯỜNG VỤ") else superior
        kept_by = self.office if self.authority.endswith("BAN THƯỜNG VỤ") else self.committee
        return (first, "Các tổ chức đảng trực thuộc", f"Lưu {kept_by}")

    def header(self, kind_code):
        """The head of a paper of `kind_code` ("BC")."""
        return Header(
            superior=self.superior.upper(),
            issuer=self.committee.upper(),
            kind_code=kind_code,
            issuer_code=self.code,
            place=self.place,
            issued_on=self.issued_on,
            number=self.number,
            printed_number=self.printed_number,
        )

    @property
    def signature(self):
        return Signature(self.authority, self.position.upper(), self.signer)


def _place(path, day):
    """Where papers of what stood at `path` are dated: as set for it, else for the nearest superior; "" where nobody has."""
    rows = DatedSetting.objects.in_force(day).filter(organisation__path__in=[path, *ancestor_paths(path)], key=DatedSetting.Key.PLACE_NAME)
    return str(max(rows.values_list("organisation__path", "value"), key=lambda found: len(found[0]), default=("", ""))[1])


def _post_of(organisation, name, day):
    """The position of `name`, who signed on `day` where only the name is on record: that of the seat held then.

    A blank to be filled in where the committee's seats of that day are on record and the name is not among them.
    """
    seats = Seat.objects.in_force(day).filter(organisation=organisation, post__in=POSTS).values_list("member__full_name", "post")
    held = dict(seats)
    return POSTS[held[name]] if name in held else BLANK if held else ""


def kind_and_path(organisation, day):
    """What kind of organisation it was on `day`, and where in the tree."""
    placed = organisation.placements.in_force(day).first() or organisation
    return placed.kind, placed.path


def framing_of(organisation, as_of, *, congress_on=None, number=None, issued_on=None, position="", name="", board=None, **typed):
    """The Framing for papers of `organisation` issued on `issued_on`, or not dated yet and with figures of `as_of`.

    `congress_on` is the day whose name the congress resolution is cited under; `position` a way of signing as reports.papers.signing keeps
    it, `board` the AdvisingBoard that issues the paper instead of its committee; `typed`: recipients, grounds, draft, for_meeting,
    circulation, urgency, two_sided, printed_number. Names, kind, superior and place are those of that day.
    """
    day = issued_on or as_of
    called = organisation.names.in_force(day).first() or organisation
    kind, path = kind_and_path(organisation, day)
    issuer = _issuer(organisation, committee_of(called.name), day, board)
    office = office_of(kind, board_name(board) if board else "")
    position = position or (_post_of(organisation, name, day) if name and issued_on else "")
    authority, position = (f"T/M {office.usual}", BLANK) if position == BLANK else office.signed(position or office.head)
    return Framing(
        organisation=called.name,
        organisation_then=organisation.name_on(congress_on or day),
        place=_place(path, day) or BLANK[:5],
        number=number,
        issued_on=issued_on,
        reporting_body=_reporting_body(issuer, authority, board),
        authority=authority,
        position=position,
        signer=name,
        is_demo=DatedSetting.objects.open().filter(key=DatedSetting.Key.DEMO).exists(),
        **issuer,
        **typed,
    )


def _issuer(organisation, committee, day, board):
    """Committee, superior and code of the head: the committee's own, or those of its board."""
    code = organisation.paper_code_on(day) or BLANK[:4]
    if board:
        name = board_name(board)
        return {"committee": name, "superior": committee, "code": board_code(name, code)}
    return {"committee": committee, "superior": organisation.superior_name_on(day) or BLANK, "code": code}


def _reporting_body(issuer, authority, board):
    if board:
        return f"{issuer['committee']} {issuer['superior']}"
    return f"Ban Thường vụ {issuer['committee']}" if authority.endswith("BAN THƯỜNG VỤ") else issuer["committee"]
