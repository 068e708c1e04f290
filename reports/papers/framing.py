"""The frame of a paper of a Party organisation: names, place and signer as they were on the day of issue."""

import datetime
from dataclasses import dataclass

from cells.enums import OrganisationKind
from cells.models import DatedSetting
from cells.models.organisations import committee_of
from reports.papers.formats import Header, Signature

BLANK = "…" * 10
STANDING = {OrganisationKind.UPPER_COMMITTEE, OrganisationKind.PROVINCIAL_COMMITTEE}  # committees with a standing committee that reports


@dataclass(frozen=True)
class Framing:
    """Names as on the day of issue (for an undated paper, the day of its figures). `number`, `issued_on` None where not given yet."""

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
        )

    @property
    def signature(self):
        return Signature(self.authority, self.position.upper(), self.signer)


def framing_of(organisation, as_of, *, congress_on=None, number=None, issued_on=None, position="", name=""):
    """The Framing for papers of `organisation` issued on `issued_on`, or not dated yet and with figures of `as_of`.

    `congress_on` is the day whose name the congress resolution is cited under.
    """
    day = issued_on or as_of
    called = organisation.names.in_force(day).first() or organisation
    committee = committee_of(called.name)
    place = DatedSetting.objects.in_force(day).filter(organisation=organisation, key=DatedSetting.Key.PLACE_NAME).first()
    has_standing = organisation.kind in STANDING
    reporting = f"Ban Thường vụ {committee}" if has_standing else committee
    return Framing(
        organisation=called.name,
        organisation_then=organisation.name_on(congress_on or day),
        committee=committee,
        superior=organisation.superior_name_on(day) or BLANK,
        code=called.paper_code or organisation.paper_code or BLANK[:4],
        place=str(place.value) if place else BLANK,
        number=number,
        issued_on=issued_on,
        reporting_body=reporting,
        authority="T/M BAN THƯỜNG VỤ" if has_standing else "T/M CHI BỘ" if organisation.holds_members else "T/M ĐẢNG ỦY",
        position=position or "Bí thư",
        signer=name,
    )
