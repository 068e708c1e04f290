"""What a round of commendations gives, as plain values: the list as it was decided, or as it stands proposed."""

import datetime
from dataclasses import dataclass

from evaluations.enums import CommendationState
from khoi_party.common.database import read_snapshot


@dataclass(frozen=True)
class Awarded:
    """One line of the list. `amount` in đồng as a whole number, None where it is not known; `place` the organisation it belongs to."""

    name: str
    is_member: bool
    place: str
    award: str
    basis: str
    years: str
    merit: str
    amount: int | None

    @property
    def deed(self):
        """What it is given for: as people wrote it, else what the years say."""
        years = f"năm {self.years}" if "-" not in self.years else f"các năm {self.years.replace('-', ' - ')}"
        return self.merit or f"Hoàn thành xuất sắc nhiệm vụ {years}"


@dataclass(frozen=True)
class Awards:
    """A round: its own words, its vote, and its list in the order of the tree, organisations before members."""

    as_of: datetime.date
    year: int
    title: str
    awarder: str
    is_issued: bool
    document: str
    meeting_on: datetime.date | None
    submission: str
    items: tuple[Awarded, ...]

    @property
    def organisations(self):
        return tuple(one for one in self.items if not one.is_member)

    @property
    def members(self):
        return tuple(one for one in self.items if one.is_member)

    @property
    def total(self):
        """The sum of all amounts; None while one is not known."""
        amounts = [one.amount for one in self.items]
        return None if None in amounts else sum(amounts)


def collect(round_, as_of, *, award=None):
    """The Awards of a CommendationRound as they stand on `as_of`; `award` narrows them to one kind. Refused and revoked ones are left out."""
    with read_snapshot():
        rows = round_.items.exclude(granted=False).filter(revoked_on=None).select_related("place")
        if award:
            rows = rows.filter(award=award)
        return Awards(
            as_of=as_of,
            year=round_.year,
            title=round_.title,
            awarder=round_.awarder_name,
            is_issued=round_.state == CommendationState.ISSUED,
            document=f"số {round_.document.number}, ngày {round_.document.issued_on:%d/%m/%Y}" if round_.document else "",
            meeting_on=round_.meeting_on,
            submission=str(round_.submission) if round_.submission else "",
            items=tuple(_awarded(row) for row in rows.order_by("member", "place__path", "sort_key", "pk")),
        )


def _awarded(row):
    return Awarded(
        name=row.name,
        is_member=row.member_id is not None,
        place=row.place_name if row.place_name != row.name else "",
        award=row.get_award_display(),
        basis=row.get_basis_display(),
        years=row.years,
        merit=row.merit,
        amount=None if row.amount is None else int(row.amount),
    )
