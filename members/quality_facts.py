"""The Facts of what somebody sees, in a fixed number of queries; the Findings on them, and how they add up for each organisation."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import F, Q

from cells.enums import Role
from cells.models import CalendarDay, Organisation, Term
from cells.scope import paths_of, within
from cells.working_days import WorkingDays
from khoi_party.common.tree import STEP, subtree_q
from members.enums import ACTIVE_STATES, EventKind, Severity
from members.models import BadgeAward, Discipline, Member, Membership, MembershipEvent, MissedMonth, PartyBreak, Seat
from members.quality import RULES, Award, Event, Facts, Found, Penalty, Person, QualityRule, SeatHeld, TermHeld
from members.states import EXITS

TOLD = (
    *(EventKind.SENT_AWAY, EventKind.CAME_BACK, EventKind.MOVED, EventKind.PAUSED, EventKind.EXEMPTED, EventKind.RESUMED),
    *(EventKind.SUSPENDED, EventKind.REINSTATED, EventKind.READMITTED, *EXITS),
    *(EventKind.RETURNED, EventKind.TRANSFERRED_IN),
)
PERSON = ("pk", "full_name", "cell", "cell__path", "state", *Person._fields[5:])
EVENT = ("member", "kind", "effective_on", *Event._fields[3:])
SEAT = ("organisation", "post", "member__full_name", "member__state")
ORDER = {severity: place for place, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Finding:
    """One thing to mend: which rule says what of whom."""

    rule: QualityRule
    found: Found
    organisation: Organisation

    @property
    def severity(self):
        return self.found.severity

    @property
    def says(self):
        return self.found.says

    @property
    def person(self):
        return self.found.about if isinstance(self.found.about, Person) else None


def facts_for(user, today, place=None):
    """The Facts of all that `user` reads, or of the part of it inside `place` (an Organisation)."""

    def seen(name):
        return within(name, paths_of(user)) & (subtree_q(name, place.path) if place else Q())

    organisations = Organisation.objects.filter(seen("path")).annotate(parent_kind=F("parent__kind")).order_by("path")
    people = Member.objects.filter(seen("cell__path")).order_by("cell__path", "sort_key", "pk")
    events = MembershipEvent.objects.standing().filter(seen("member__cell__path"), member__state__in=ACTIVE_STATES)
    events = events.filter(Q(kind__in=TOLD) | Q(kind=EventKind.RECOGNISED) & ~Q(note="")).order_by("effective_on", "sequence", "pk")
    spans = Membership.objects.official().open().filter(seen("member__cell__path"), member__state__in=ACTIVE_STATES)
    stray = Membership.objects.official().open().exclude(member__state__in=ACTIVE_STATES)
    calendar = defaultdict(list)
    for day in CalendarDay.objects.select_related("organisation"):
        calendar[day.organisation.path].append(day)
    known = {}

    def working_days(path):
        return known.setdefault(path[:STEP], WorkingDays(calendar[path[:STEP]]))

    return Facts(
        today=today,
        organisations={one.pk: one for one in organisations},
        people=_rows(Person, people.active(), PERSON),
        gone=_rows(Person, people.filter(pk__in=stray.values("member")), PERSON),
        spans=dict(spans.values_list("member", "cell")),
        events=_grouped(_rows(Event, events, EVENT), "member"),
        seats=_grouped(_rows(SeatHeld, Seat.objects.open().filter(seen("organisation__path")), SEAT), "organisation"),
        terms=_rows(TermHeld, Term.objects.filter(seen("organisation__path"))),
        awards=_rows(Award, BadgeAward.objects.filter(seen("member__cell__path"))),
        breaks=_breaks(PartyBreak.objects.filter(seen("member__cell__path"))),
        penalties=_rows(Penalty, Discipline.objects.visible_to(user).standing().filter(seen("place__path"))),
        working_days=working_days,
        missed=_missed(MissedMonth.objects.filter(seen("member__cell__path"), year=today.year)),
    )


def _rows(shape, rows, names=None):
    return [shape._make(row) for row in rows.values_list(*(names or shape._fields))]


def _grouped(rows, name):
    groups = defaultdict(list)
    for row in rows:
        groups[getattr(row, name)].append(row)
    return dict(groups)


def _missed(rows):
    found = defaultdict(Counter)
    for member, duty in rows.values_list("member", "duty"):
        found[member][duty] += 1
    return dict(found)


def _breaks(rows):
    found = defaultdict(list)
    for member, start, end in rows.values_list("member", "valid_from", "valid_to"):
        found[member].append((start, end))
    return dict(found)


def findings_of(facts):
    """Every Finding of the register on `facts`: errors first, then in the order of the tree and of the rules."""
    found = [
        Finding(rule, one, facts.organisations[one.about.cell] if isinstance(one.about, Person) else one.about)
        for rule in RULES.values()
        for one in rule.check(facts)
    ]
    return sorted(found, key=lambda one: (ORDER[one.severity], one.organisation.path))


@dataclass(frozen=True)
class Score:
    """How an organisation stands with all below it. `clean` of `members` have neither an error nor a warning in their record."""

    organisation: Organisation
    members: int
    clean: int
    counts: Counter  # {severity: findings, on records and on organisations}

    @property
    def percent(self):
        """Whole per cent, cut off: 100 only where every record is clean. None where there is nobody."""
        return self.clean * 100 // self.members if self.members else None


def scores(facts, findings, organisations):
    """A Score for each of `organisations`."""
    grave = {(one.person.pk, one.person.path) for one in findings if one.person and one.severity != Severity.REMINDER}
    active = {person.pk for person in facts.people}
    faulty = Counter(path for pk, path in grave if pk in active)
    counts = Counter((one.organisation.path, one.severity) for one in findings)
    made = []
    for unit in organisations:
        inside = Counter()
        for (path, severity), number in counts.items():
            if path.startswith(unit.path):
                inside[severity] += number
        members = facts.members[unit.pk]
        made.append(Score(unit, members, members - sum(number for path, number in faulty.items() if path.startswith(unit.path)), inside))
    return made


def errors_in_own_units(user, today):
    """How many errors lie in the units that `user` keeps as staff or secretary; None for who keeps none."""
    kept = paths_of(user, (Role.STAFF, Role.SECRETARY))
    if not kept:
        return None
    found = findings_of(facts_for(user, today))
    return sum(one.severity == Severity.ERROR and one.organisation.path.startswith(tuple(kept)) for one in found)
