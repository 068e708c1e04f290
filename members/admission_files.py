"""Admission files as the rules see them, in a handful of queries for a whole list; and the deadlines and targets that follow."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from cells.enums import Indicator, Operator, OrganisationKind, Span
from cells.models import Term
from cells.working_days import working_days_of
from khoi_party.common.dates import due_text
from khoi_party.common.tree import STEP
from members.admission_pace import months_left, pace_text
from members.admission_rules import BY_KEY, CERTIFICATE_MONTHS, DOSSIER_MONTHS, File, Step, announced, deadlines, lacking_kinds
from members.badges import months_away
from members.enums import Introducer, Stage, StepKind
from members.models import Admission, AdmissionStep, Member, MembershipEvent


@dataclass(frozen=True)
class Card:
    """One file on the board on the day `today`."""

    admission: Admission
    file: File
    today: date

    @property
    def age(self):
        """Days since the file was opened."""
        return (self.today - self.admission.opened_on).days

    @property
    def next_kind(self):
        return next(iter(lacking_kinds(self.file)), None)

    @property
    def next_due(self):
        return next(iter(deadlines(self.file)), None) if self.admission.is_open else None

    @property
    def is_near(self):
        """Whether the next deadline has been announced: 90 days ahead or less."""
        return self.next_due is not None and announced(self.next_due.due_on, self.today) is not None

    @property
    def due_words(self):
        return due_text(self.next_due.due_on, self.today) if self.next_due else ""

    @property
    def is_overdue(self):
        return self.next_due is not None and self.next_due.due_on < self.today


def step_of(row, members=None):
    """A Step of an AdmissionStep row (saved or not); `members` are the introducers by key, read at once for many."""
    member = row.values.get("member") if row.values.get("introducer") == Introducer.MEMBER else None
    official = None
    if member:
        one = members.get(member) if members is not None else Member.objects.filter(pk=member).first()
        official = bool(one and one.is_active and one.official_on and one.official_on <= row.done_on)
    return Step(row.kind, row.done_on, row.values, official)


def file_of(admission, steps, days, members=None):
    """The File that the rules judge: `steps` are its standing rows, `days` the WorkingDays of its committee."""
    names = ("born_on", "schooling", "area_approval", "has_youth_union", "is_youth_age")
    return File(
        rules=BY_KEY[admission.rules],
        **{name: getattr(admission, name) for name in names},
        is_base_cell=admission.cell.kind == OrganisationKind.BASE_CELL,
        steps=tuple(step_of(row, members) for row in steps),
        add=days.add,
        between=days.between,
    )


def cards_of(admissions, today):
    """Cards for a queryset of Admissions, by stage, the oldest first."""
    rows = list(admissions.select_related("cell", "helper"))
    steps = {row.pk: [] for row in rows}
    for step in AdmissionStep.objects.standing().filter(admission__in=rows):
        steps[step.admission_id].append(step)
    members = Member.objects.in_bulk([one.values["member"] for many in steps.values() for one in many if one.values.get("member")])
    calendars = {}
    for row in rows:
        root = row.cell.path[:STEP]
        if root not in calendars:
            calendars[root] = working_days_of(row.cell)
    order = {stage: number for number, stage in enumerate(Stage)}
    cards = [Card(row, file_of(row, steps[row.pk], calendars[row.cell.path[:STEP]], members), today) for row in rows]
    return sorted(cards, key=lambda card: (order[card.admission.state], card.admission.opened_on, card.admission.pk))


def due_cards(user, today):
    """(Card, Deadline) of every open file that `user` sees whose next deadline was announced (90, 60, 30, 15 or 7 days ahead) or has passed."""
    cards = cards_of(Admission.objects.visible_to(user).open(), today)
    return [(card, card.next_due) for card in cards if card.is_near]


@dataclass(frozen=True)
class TargetLine:
    """A target of admissions beside its result: what for, how many, reached so far, the sentence on the pace."""

    label: str
    goal: int
    result: int
    pace: str


def target_lines(organisation, today):
    """TargetLines of the running term of `organisation`: of the whole term, and of the year where the congress named a yearly average."""
    terms = Term.objects.filter(Q(next_congress_on__isnull=True) | Q(next_congress_on__gt=today), organisation=organisation, congress_on__lte=today)
    term = terms.order_by("-congress_on").first()
    targets = term.targets.filter(indicator=Indicator.ADMISSIONS) if term else ()
    return [_target_line(organisation, target, term, today) for target in targets]


def _target_line(organisation, target, term, today):
    if target.span == Span.TERM:
        first, last = term.congress_on, date(term.last_year, 12, 31)
        if term.next_congress_on:
            last = term.next_congress_on - timedelta(1)
        label = f"Nhiệm kỳ {term.label}"
    else:
        first, last = date(today.year, 1, 1), date(today.year, 12, 31)
        label = f"Năm {today.year}"
    goal = math.floor(target.low) + 1 if target.operator == Operator.MORE_THAN else math.ceil(target.low)
    result = MembershipEvent.objects.admitted_into(organisation, first, min(last, today)).count()
    return TargetLine(label, goal, result, pace_text(goal, result, months_left(today, last)))


def validity(file):
    """The papers of `file` that grow old or have to be there: (label, dated, valid until or None)."""
    months = {StepKind.CERTIFICATE: CERTIFICATE_MONTHS, StepKind.APPLICATION: DOSSIER_MONTHS}
    kinds = (StepKind.CERTIFICATE, StepKind.APPLICATION, StepKind.CERTIFIED, StepKind.OPINIONS, StepKind.NEW_CLASS)
    held = [step for step in map(file.last, kinds) if step]
    return [(StepKind(one.kind).label, one.done_on, months_away(one.done_on, months[one.kind]) if one.kind in months else None) for one in held]
