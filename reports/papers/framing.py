"""The frame of a paper of a Party organisation: names, place and signer as they were on the day of issue."""

import datetime
from dataclasses import dataclass

from cells.enums import OrganisationKind
from cells.models import DatedSetting
from cells.models.organisations import committee_of
from khoi_party.common.tree import ancestor_paths
from reports.papers.formats import Header, Marking, Signature

BLANK = "…" * 10
BY_ORDER = "T/L "  # before the position of who signs by order of the standing committee
STANDING = {OrganisationKind.UPPER_COMMITTEE, OrganisationKind.PROVINCIAL_COMMITTEE}  # committees with a standing committee that reports


@dataclass(frozen=True)
class Framing:
    """Names as on the day of issue (for an undated paper, the day of its figures). `number`, `issued_on` None where not given yet.

    `printed_number` is a number that was given elsewhere, as it stands there ("12-QĐ/ĐUK").
    `recipients` and `grounds` (further legal bases) are what people typed for this paper, `draft` the number of the draft (0 once issued).
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

    @property
    def marking(self):
        return Marking(demo=self.is_demo, draft=self.draft, meeting=self.for_meeting)

    @property
    def office(self):
        """Who carries a decision out in the committee's name; a cell has no office."""
        return self.committee if self.authority.endswith("CHI BỘ") else f"Văn phòng {self.committee}"

    @property
    def usual_recipients(self):
        """Who receives a report unless people say otherwise: the superior, the units, the file."""
        superior = committee_of(self.superior)
        first = f"Ban Thường vụ {superior}" if self.authority.endswith("BAN THƯỜNG VỤ") else superior
        return (first, "Các tổ chức đảng trực thuộc", f"Lưu {self.committee}")

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


def _place(organisation, day):
    """Where its papers are dated: as set for it, else for the nearest superior; "" where nobody has."""
    paths = [organisation.path, *ancestor_paths(organisation.path)]
    rows = DatedSetting.objects.in_force(day).filter(organisation__path__in=paths, key=DatedSetting.Key.PLACE_NAME)
    return str(max(rows.values_list("organisation__path", "value"), key=lambda found: len(found[0]), default=("", ""))[1])


def framing_of(organisation, as_of, *, congress_on=None, number=None, issued_on=None, position="", name="", **typed):
    """The Framing for papers of `organisation` issued on `issued_on`, or not dated yet and with figures of `as_of`.

    `congress_on` is the day whose name the congress resolution is cited under; `position` with "T/L " in front is one who signs by order;
    `typed`: recipients, grounds, draft, for_meeting, printed_number.
    """
    day = issued_on or as_of
    called = organisation.names.in_force(day).first() or organisation
    committee = committee_of(called.name)
    place = _place(organisation, day)
    has_standing = organisation.kind in STANDING
    body = "BAN THƯỜNG VỤ" if has_standing else "CHI BỘ" if organisation.holds_members else "ĐẢNG ỦY"
    position = position or "Bí thư"
    return Framing(
        organisation=called.name,
        organisation_then=organisation.name_on(congress_on or day),
        committee=committee,
        superior=organisation.superior_name_on(day) or BLANK,
        code=organisation.paper_code_on(day) or BLANK[:4],
        place=place or BLANK[:5],
        number=number,
        issued_on=issued_on,
        reporting_body=f"Ban Thường vụ {committee}" if has_standing else committee,
        authority=f"{'T/L' if position.startswith(BY_ORDER) else 'T/M'} {body}",
        position=position.removeprefix(BY_ORDER),
        signer=name,
        is_demo=DatedSetting.objects.open().filter(key=DatedSetting.Key.DEMO).exists(),
        **typed,
    )
