"""Who is due for a Huy hiệu Đảng at one award day, as plain values, by the rules of members.badges; nobody's dates are guessed."""

import datetime
from dataclasses import dataclass

from cells.models import Organisation
from khoi_party.common.database import read_snapshot
from khoi_party.common.dates import today
from khoi_party.common.tree import ancestor_paths
from members.badges import MILESTONES, months_away, party_age
from members.enums import BadgeKind, BadgeState, Precision
from members.models import Member, PartyBreak
from members.rounds import dues_below, of_unknown_age

NEARLY_DUE = MILESTONES[0] * 12 - 12  # months since the ceremony of admission; the decision that counts stands hardly a year before it
NOT_PROPOSED = ""


@dataclass(frozen=True)
class DueBadge:
    """One badge of one member. Dates are texts as far as they are known; `age` (years, months) on the award day, None where it cannot be told.

    `kind` and `state` are values of BadgeKind and BadgeState, `state` NOT_PROPOSED for who has the years and was not proposed.
    """

    unit: str
    name: str
    born: str
    home_town: str
    decided: str
    admitted: str
    official: str
    age: tuple[int, int] | None
    years: int
    card: str
    kind: str
    state: str
    reason: str
    decision: str


@dataclass(frozen=True)
class UnknownAge:
    """An official member long in the Party whose record lacks the day of the decision on admission."""

    unit: str
    name: str
    admitted: str


@dataclass(frozen=True)
class Badges:
    """The list of one award day; `younger` are the members of unknown Party age who were admitted too late to be near a badge."""

    as_of: datetime.date
    name: str
    ceremony: datetime.date
    dues: tuple[DueBadge, ...]
    unknown: tuple[UnknownAge, ...]
    younger: int


def collect(organisation, ceremony):
    """The Badges of `organisation` and all below it at the award day `ceremony`, as the records stand today."""
    with read_snapshot():
        dues = dues_below(organisation, [ceremony])[ceremony]
        unknown = list(of_unknown_age(Member.objects.in_subtree(organisation)))
        near = [member for member in unknown if member.admitted_on <= months_away(ceremony, -NEARLY_DUE)]
        units = _units(organisation, [*(due.member.cell for due in dues), *(member.cell for member in near)])
        breaks = {}
        for one in PartyBreak.objects.filter(member__in=[due.member.pk for due in dues]):
            breaks.setdefault(one.member_id, []).append((one.valid_from, one.valid_to))
        ordered = sorted(dues, key=lambda due: (due.member.cell.path, -due.years, due.member.sort_key, due.member.pk))
        return Badges(
            as_of=today(),
            name=organisation.name,
            ceremony=ceremony,
            dues=tuple(_due(due, units[due.member.cell_id], ceremony, breaks.get(due.member.pk, ())) for due in ordered),
            unknown=tuple(UnknownAge(units[one.cell_id], one.full_name, one.admitted_text) for one in sorted(near, key=lambda one: one.cell.path)),
            younger=len(unknown) - len(near),
        )


def _units(organisation, cells):
    """{cell id: its name with what stands between it and `organisation`}."""
    between = {path for cell in cells for path in ancestor_paths(cell.path) if len(path) > len(organisation.path)}
    names = dict(Organisation.objects.filter(path__in=between).values_list("path", "name"))
    return {cell.pk: ", ".join((cell.name, *(names[path] for path in reversed(ancestor_paths(cell.path)) if path in names))) for cell in cells}


def _due(due, unit, ceremony, breaks):
    member, award = due.member, due.award
    is_known = member.decided_on is not None and member.decided_precision == Precision.DAY
    return DueBadge(
        unit=unit,
        name=member.full_name,
        born=str(member.born_on.year) if member.born_on else "",
        home_town=member.home_town,
        decided=member.decided_text,
        admitted=member.admitted_text,
        official=member.official_text,
        age=party_age(member.decided_on, ceremony, breaks) if is_known else None,
        years=due.years,
        card=member.masked_card_number,
        kind=award.kind if award else BadgeKind.NORMAL.value,
        state=award.state if award else NOT_PROPOSED,
        reason=award.reason if award else "",
        decision=str(award.document) if award and award.state == BadgeState.AWARDED and award.document else "",
    )
