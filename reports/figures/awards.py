"""What a round of commendations gives, as plain values: the list as it was decided, or as it stands proposed."""

import datetime
from dataclasses import dataclass

from cells.enums import BASE_KINDS
from cells.models import Organisation, OrganisationName, Placement
from evaluations.awards.runs import wanted
from evaluations.awards.subjects import MEMBER, subject_of
from evaluations.enums import TOLD_BASES, Award, CommendationState, Subject
from evaluations.models import Review
from khoi_party.common.database import read_snapshot
from khoi_party.common.tree import ancestor_paths


@dataclass(frozen=True)
class Awarded:
    """One line of the list. `amount` in đồng as a whole number, None where it is not known; `place` the organisation it belongs to.

    `cell` and `position` of a member, `superior` of an organisation, `base` the base organisation that it stands in, all as on the day of
    the decision; "" in papers that were frozen before they were read. `earned` is what the years give by their own regulation, None there.
    """

    name: str
    is_member: bool
    place: str
    award: str
    basis: str
    years: str
    merit: str
    amount: int | None
    cell: str = ""
    base: str = ""
    superior: str = ""
    position: str = ""
    earned: str | None = None

    @property
    def has_money(self):
        """Whether money goes with it: praise alone has none."""
        return self.award != Award.PRAISE.label

    @property
    def deed(self):
        """What it is given for: as people wrote it, else what the years say; "" where neither says anything."""
        if self.merit or self.earned == "":
            return self.merit
        years = f"năm {self.years}" if "-" not in self.years else f"các năm {self.years.replace('-', ' - ')}"
        return f"{self.earned or 'Hoàn thành xuất sắc nhiệm vụ'} {years}"


@dataclass(frozen=True)
class Awards:
    """A round: its own words, its vote, and its list: organisations before members, by base organisation in the order of the tree, then by name."""

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
        """The sum of all amounts; None while one is not known, and where no money goes with any of them (biểu dương)."""
        amounts = [one.amount for one in self.items if one.has_money]
        return None if None in amounts or not amounts else sum(amounts)


def collect(round_, as_of, *, award=None):
    """The Awards of a CommendationRound as they stand on `as_of`; `award` narrows them to one kind. Refused and revoked ones are left out."""
    with read_snapshot():
        rows = round_.items.exclude(granted=False).filter(revoked_on=None).select_related("place", "member")
        if award:
            rows = rows.filter(award=award)
        rows = list(rows)
        places = _Places(rows, round_.document.issued_on if round_.document else as_of)
        positions = _positions(rows)
        rows.sort(key=lambda row: (row.member_id is not None, places.order_of(row), row.sort_key, row.pk))
        return Awards(
            as_of=as_of,
            year=round_.year,
            title=round_.title,
            awarder=round_.awarder_name,
            is_issued=round_.state == CommendationState.ISSUED,
            document=f"số {round_.document.number}, ngày {round_.document.issued_on:%d/%m/%Y}" if round_.document else "",
            meeting_on=round_.meeting_on,
            submission=str(round_.submission) if round_.submission else "",
            items=tuple(_awarded(row, places, positions) for row in rows),
        )


def _awarded(row, places, positions):
    is_member = row.member_id is not None
    return Awarded(
        name=row.name,
        is_member=is_member,
        place=row.place_name if row.place_name != row.name else "",
        award=row.get_award_display(),
        basis=row.get_basis_display(),
        years=row.years,
        merit=row.merit,
        amount=None if row.amount is None else int(row.amount),
        cell=places.name_of(row.place_id, row.place.name) if is_member else "",
        base=places.base_of(row),
        superior="" if is_member else places.superior_of(row),
        position=positions.get((row.member_id, row.last_year), row.member.position) if is_member else "",
        earned=_earned(row, places),
    )


def _earned(row, places):
    """What the levels of its years are called, where the award rests on them."""
    if row.award == Award.PRAISE or row.basis in TOLD_BASES:
        return ""
    return wanted(row.last_year, MEMBER if row.member_id else subject_of(places.kind_of(row)))


def _positions(rows):
    """{(member id, year): the post on that year's row}: what the member was in the year that is commended."""
    wanted_rows = Review.objects.present().filter(subject=Subject.MEMBER, member__in=[row.member_id for row in rows if row.member_id])
    found = wanted_rows.filter(sheet__cycle__year__in={row.last_year for row in rows}).exclude(position="")
    return {(member, year): position for member, year, position in found.values_list("member", "sheet__cycle__year", "position")}


class _Places:
    """Where the places of the list stood on the day of the decision, and what all above them was called then; today's place and name where
    that day is not on record. Four queries."""

    def __init__(self, rows, day):
        places = {row.place_id for row in rows}
        stood = Placement.objects.in_force(day).filter(organisation__in=places)
        self.paths = {row.place_id: row.place.path for row in rows} | dict(stood.values_list("organisation", "path"))
        above = {path for own in self.paths.values() for path in (*ancestor_paths(own), own)}
        now = Organisation.objects.filter(path__in=above).values_list("path", "pk", "kind", "name")
        then = Placement.objects.in_force(day).filter(path__in=above).values_list("path", "organisation", "kind", "organisation__name")
        self.by_path = {path: found for path, *found in (*now, *then)}
        called = OrganisationName.objects.in_force(day).filter(organisation__in={pk for pk, _, _ in self.by_path.values()})
        self.names = dict(called.values_list("organisation", "name"))

    def name_of(self, pk, otherwise):
        return self.names.get(pk, otherwise)

    def kind_of(self, row):
        return self.by_path.get(self.paths[row.place_id], (None, row.place.kind, ""))[1]

    def order_of(self, row):
        """Base organisations among themselves first, then what belongs to each, in the order of the tree."""
        base = self._base_path(row)
        return "" if row.member_id is None and base == self.paths[row.place_id] else base

    def base_of(self, row):
        """The name of the base organisation at or above the row's place; "" where there is none."""
        return self._name_at(self._base_path(row))

    def superior_of(self, row):
        above = ancestor_paths(self.paths[row.place_id])
        return self._name_at(above[-1] if above else "")

    def _base_path(self, row):
        own = self.paths[row.place_id]
        return next((path for path in (*ancestor_paths(own), own) if self.by_path.get(path, ("", "", ""))[1] in BASE_KINDS), "")

    def _name_at(self, path):
        pk, _, name = self.by_path.get(path, (None, "", ""))
        return self.names.get(pk, name)
