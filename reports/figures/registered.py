"""What units registered for a year, as plain values: one unit's form with the sum of the cells below it, and all units below a committee."""

import datetime
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cells.enums import BASE_KINDS, CELL_KINDS
from cells.models import Organisation, OrganisationName, Placement
from cells.standing import counting_day, path_on
from evaluations.enums import RegistrationState, StageKind, Subject
from evaluations.models import Registration, Review
from khoi_party.common.database import read_snapshot
from khoi_party.common.tree import STEP, subtree_q
from reports.figures.reach import rows_of

LEVELS = (1, 2, 3, 4)
SENT = (RegistrationState.SUBMITTED.value, RegistrationState.NOTED.value)


@dataclass(frozen=True)
class Planned:
    """How many members strive for each level, best first, and what is planned besides; None where the unit wrote nothing."""

    members: tuple[int | None, int | None, int | None, int | None]
    admissions: int | None
    meetings: int | None

    @property
    def total(self):
        """All members that were counted; None while one of the four is not written."""
        return None if None in self.members else sum(self.members)


@dataclass(frozen=True)
class CellsBelow:
    """The cells below a base, summed: `sent` of `units` have registered, `silent` of those without their members' levels."""

    units: int
    sent: int
    silent: int
    planned: Planned


@dataclass(frozen=True)
class MemberAim:
    """What one member of a cell strives for."""

    name: str
    position: str
    level: int


@dataclass(frozen=True)
class UnitForm:
    """One unit's registration. `as_of` is the day whose names it carries (of sending, else `read_on`)."""

    as_of: datetime.date
    read_on: datetime.date
    year: int
    name: str
    superior: str
    sent_on: datetime.date | None
    level: int | None
    planned: Planned
    commitments: str
    below: CellsBelow | None
    members: tuple[MemberAim, ...]


@dataclass(frozen=True)
class UnitAim:
    """One unit in the summary: `level` and `planned` only once it has registered, `level_before` the published result of the year before."""

    organisation_id: int
    name: str
    kind: str
    sector: str
    superior: str
    is_direct: bool
    state: str
    is_late: bool
    level: int | None
    planned: Planned
    level_before: int | None

    @property
    def is_sent(self):
        return self.state in SENT


@dataclass(frozen=True)
class Aims:
    """The registrations of a year below one committee: those that answer to it directly by sector, the others in the order of the tree."""

    organisation_id: int
    cycle_id: int
    name: str
    year: int
    as_of: datetime.date
    due_on: datetime.date | None
    units: tuple[UnitAim, ...]

    @property
    def direct(self):
        return tuple(unit for unit in self.units if unit.is_direct)

    @property
    def deeper(self):
        return tuple(unit for unit in self.units if not unit.is_direct)


def form(registration, read_on):
    """The UnitForm of `registration` (a Registration) as it stands on `read_on`."""
    with read_snapshot():
        unit = registration.organisation
        sent_on = timezone.localdate(registration.submitted_at) if registration.submitted_at and registration.state in SENT else None
        day = sent_on or read_on
        return UnitForm(
            as_of=day,
            read_on=read_on,
            year=registration.cycle.year,
            name=unit.name_on(day),
            superior=registration.superior_name,
            sent_on=sent_on,
            level=registration.level,
            planned=_planned(registration),
            commitments=registration.commitments,
            below=None if unit.kind in CELL_KINDS else _below(registration),
            members=tuple(
                MemberAim(one.member.full_name, one.member.position, one.level)
                for one in registration.members.select_related("member").order_by("member__sort_key", "pk")
            ),
        )


def _planned(row):
    counts = tuple(getattr(row, f"planned_{level}") for level in LEVELS)
    return Planned(counts, row.admissions_planned, row.thematic_meetings_planned)


def _below(registration):
    below = Registration.objects.filter(subtree_q("organisation__path", registration.organisation.path), cycle=registration.cycle)
    cells = list(below.filter(organisation__kind__in=CELL_KINDS))
    sent = [_planned(row) for row in cells if row.state in SENT]
    return CellsBelow(len(cells), len(sent), sum(one.total is None for one in sent), summed(sent))


def summed(planned):
    """Several Planned as one: what is not written adds nothing, and stays None where nobody wrote it."""
    return Planned(
        tuple(_sum(one.members[level - 1] for one in planned) for level in LEVELS),
        _sum(one.admissions for one in planned),
        _sum(one.meetings for one in planned),
    )


def _sum(numbers):
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def collect(organisation, cycle, as_of):
    """The Aims of all units below `organisation` in `cycle` (a Cycle of it or of a superior) as they stand on the date `as_of`."""
    with read_snapshot():
        due_on = cycle.stages.filter(kind=StageKind.REGISTRATION).values_list("due_on", flat=True).first()
        rows = Registration.objects.filter(rows_of(organisation, {cycle.year: cycle}, path="organisation__path")).exclude(organisation=organisation)
        rows = list(rows.with_lateness(due_on).select_related("organisation__sector").order_by("organisation__path"))
        day = counting_day(cycle.year, as_of)
        places = _places([row.organisation_id for row in rows], day)
        names = _names(
            {pk for row in rows for pk in (row.organisation_id, row.organisation.parent_id)} | {place[1] for place in places.values()}, day
        )
        before = _before(cycle.year - 1, [row.organisation_id for row in rows])
        top = path_on(organisation, date(cycle.year, 12, 31))
        found = [_unit(row, top, places, names, before) for row in rows]
        return Aims(
            organisation_id=organisation.pk,
            cycle_id=cycle.pk,
            name=organisation.name_on(day),
            year=cycle.year,
            as_of=as_of,
            due_on=due_on,
            units=tuple(unit for _, unit in sorted(found, key=lambda pair: pair[0])),
        )


def _places(organisations, day):
    """{organisation id: (kind, parent id, sector's name, its position)} as they stood on `day`."""
    rows = Placement.objects.in_force(day).filter(organisation__in=organisations)
    keys = ("kind", "parent", "sector__name", "sector__position")
    return {pk: tuple(rest) for pk, *rest in rows.values_list("organisation", *keys)}


def _names(organisations, day):
    """{organisation id: its name on `day`, its present one where that day is not on record}."""
    dated = OrganisationName.objects.in_force(day).filter(organisation__in=organisations)
    return dict(Organisation.objects.filter(pk__in=organisations).values_list("pk", "name")) | dict(dated.values_list("organisation", "name"))


def _before(year, organisations):
    """{organisation id: the level that was published for `year`}."""
    rows = Review.objects.present().filter(subject=Subject.ORGANISATION, organisation__in=organisations, sheet__cycle__year=year)
    unpublished = rows.unpublished().values("pk")
    return dict(rows.filter(decided_level__isnull=False).exclude(pk__in=unpublished).values_list("organisation", "decided_level"))


def _unit(row, top, places, names, before):
    """((sort key), UnitAim): direct units by the position of their sector, those without one last."""
    unit = row.organisation
    now = (unit.kind, unit.parent_id, unit.sector.name if unit.sector else None, unit.sector.position if unit.sector else None)
    kind, parent, sector, position = places.get(unit.pk, now)
    is_direct = kind in BASE_KINDS or len(unit.path) == len(top) + STEP
    is_sent = row.state in SENT
    aim = UnitAim(
        organisation_id=unit.pk,
        name=names[unit.pk],
        kind=kind,
        sector=sector or "",
        superior=names.get(parent, ""),
        is_direct=is_direct,
        state=row.state,
        is_late=row.is_late,
        level=row.level if is_sent else None,
        planned=_planned(row) if is_sent else Planned((None,) * 4, None, None),
        level_before=before.get(unit.pk),
    )
    return (not is_direct, is_direct and sector is None, (position or 0) if is_direct else 0, unit.path), aim
