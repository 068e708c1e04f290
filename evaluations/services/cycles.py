"""Opening a year and its review: the calendar, one registration and one sheet per unit, the rosters of the cells."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cells.enums import BASE_KINDS, CELL_KINDS, OrganisationKind
from cells.models import DatedSetting, Organisation
from evaluations.enums import QuotaBase, Rounding, StageKind, Subject
from evaluations.models import Cycle, QuotaPool, Registration, Review, ReviewSheet, Stage
from evaluations.permissions import can_open_cycle
from evaluations.rulebooks import YearWithoutRuleBook, rulebook_for
from evaluations.rulebooks.book import MemberFacts
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError
from khoi_party.common.tree import STEP
from members.enums import MembershipKind
from members.models import Membership, MembershipEvent


def default_stages(year):
    """(kind, first day, deadline) of each stage. 31/12 is the regulations' own from 2023; the others are habit and editable."""
    return [
        (StageKind.PREPARATION, date(year, 1, 1), date(year, 1, 31)),
        (StageKind.REGISTRATION, date(year, 1, 15), date(year, 3, 31)),
        (StageKind.REVIEW, date(year, 11, 1), date(year, 12, 15)),
        (StageKind.CLASSIFICATION, date(year, 11, 15), date(year, 12, 31)),
        (StageKind.CLOSING, date(year + 1, 1, 1), date(year + 1, 1, 31)),
    ]


def open_cycle(root, year, *, by, guidance=None, cutoff_on=None, stages=None):
    """Open `year` for `root` and everything below it: the calendar and one draft registration per unit. Returns the Cycle.

    `guidance` is a cells.Document (a new one is saved with the year) or None, `cutoff_on` the day that decides who is on a
    roster (31/12 by default), `stages` a list like `default_stages`. DomainError when the year is open already or no
    regulation is known for it.
    """
    if not can_open_cycle(by, root):
        raise PermissionDenied
    try:
        book = rulebook_for(year)
    except YearWithoutRuleBook as unknown:
        raise DomainError(str(unknown), field="year") from unknown
    with change(by=by):
        locked(Organisation.objects.filter(pk=root.pk)).get()
        if Cycle.objects.filter(root=root, year=year).exists():
            raise DomainError(f"Năm {year} đã được mở.", field="year")
        if guidance is not None and guidance.pk is None:
            guidance.save()
        cycle = Cycle.objects.create(
            root=root, year=year, rulebook=book.key, guidance=guidance, cutoff_on=cutoff_on or date(year, 12, 31), opened_by=by
        )
        Stage.objects.bulk_create(Stage(cycle=cycle, kind=kind, starts_on=start, due_on=due) for kind, start, due in stages or default_stages(year))
        units = _units_of(cycle)
        names = {unit.pk: unit.committee_name for unit in [root, *units]}
        Registration.objects.bulk_create(
            (Registration(cycle=cycle, organisation=unit, superior_name=names.get(unit.parent_id, "")) for unit in units), batch_size=500
        )
        record("cycle.opened", cycle, summary=f"Mở năm đánh giá {year}.", organisation=root, year=year, rulebook=book.key, units=len(units))
    return cycle


def _units_of(cycle):
    return list(Organisation.objects.below(cycle.root).filter(dissolved_on__isnull=True).order_by("path"))


def open_review(cycle, *, by):
    """Open the review: one sheet per unit with its roster copied (names, positions, who is exempt and why), and the quota pools.

    Returns the number of sheets. DomainError when it is open already.
    """
    if not can_open_cycle(by, cycle.root):
        raise PermissionDenied
    with change(by=by):
        cycle = locked(Cycle.objects.filter(pk=cycle.pk)).select_related("root").get()
        if cycle.review_opened_at:
            raise DomainError(f"Năm {cycle.year} đã mở kiểm điểm.")
        units = _units_of(cycle)
        sheets = _make_sheets(cycle, units)
        rows = _Rows(cycle, units)
        Review.objects.bulk_create([row for unit in units for row in rows.of(unit, sheets[unit.pk])], batch_size=1000)
        cycle.review_opened_at = timezone.now()
        cycle.save(update_fields=["review_opened_at"])
        record("cycle.review_opened", cycle, summary=f"Mở kiểm điểm năm {cycle.year}.", organisation=cycle.root, sheets=len(sheets))
    return len(sheets)


def _make_sheets(cycle, units):
    names = {unit.pk: unit.committee_name for unit in [cycle.root, *units]}
    made = ReviewSheet.objects.bulk_create(
        (
            ReviewSheet(
                cycle=cycle,
                organisation=unit,
                organisation_name=unit.name,
                organisation_kind=unit.kind,
                superior_name=names.get(unit.parent_id, ""),
                path=unit.path,
            )
            for unit in units
        ),
        batch_size=500,
    )
    return {sheet.organisation_id: sheet for sheet in made}


class _Rows:
    """Makes the review rows of each unit; holds what they share, so that no unit costs a query of its own."""

    def __init__(self, cycle, units):
        self.cycle, self.book = cycle, rulebook_for(cycle.year)
        self.by_path = {unit.path: unit for unit in [cycle.root, *units]}
        self.pools = {}
        self.memberships = {}
        in_force = Membership.objects.in_subtree(cycle.root).in_force(min(cycle.cutoff_on, timezone.localdate()))
        for membership in in_force.select_related("member"):
            self.memberships.setdefault(membership.cell_id, []).append(membership)
        self.exempt = set(MembershipEvent.objects.exempt_on(cycle.cutoff_on).values_list("member_id", flat=True))
        self.settings = {setting.key: setting for setting in DatedSetting.objects.filter(organisation=cycle.root).in_force(date(cycle.year, 12, 31))}

    def of(self, unit, sheet):
        rows = [self.organisation_row(unit, sheet)]
        if unit.kind in CELL_KINDS:
            rows += [self.member_row(membership, unit, sheet) for membership in self.memberships.get(unit.pk, ())]
        return rows

    def organisation_row(self, unit, sheet):
        body = unit.parent if unit.kind in BASE_KINDS else self.base_of(unit)
        body = self.by_path[body.path]
        return Review(
            sheet=sheet,
            subject=Subject.ORGANISATION,
            organisation=unit,
            name=unit.name,
            sort_key=unit.sort_key,
            decided_by=body,
            pool=self.pool(body, Subject.ORGANISATION, DatedSetting.Key.QUOTA_ORGANISATIONS),
        )

    def member_row(self, membership, cell, sheet):
        member = membership.member
        body = self.base_of(cell)
        is_temporary = membership.kind == MembershipKind.TEMPORARY
        found = self.book.eligibility(MemberFacts(member.admitted_on, self.cycle.cutoff_on, member.pk in self.exempt, is_temporary))
        return Review(
            sheet=sheet,
            subject=Subject.MEMBER,
            member=member,
            name=member.full_name,
            sort_key=member.sort_key,
            position=member.position,
            is_civil_servant=member.is_civil_servant,
            eligibility=found.kind,
            eligibility_reason=f"{found.reason} ({found.citation})" if found.citation else found.reason,
            decided_by=body,
            pool=self.pool(body, Subject.MEMBER, DatedSetting.Key.QUOTA_MEMBERS),
        )

    def base_of(self, unit):
        """The base organisation at or above `unit`: the đảng ủy cơ sở that decides, or the chi bộ cơ sở itself."""
        while unit.kind not in BASE_KINDS and unit.kind != OrganisationKind.UPPER_COMMITTEE:
            unit = self.by_path[unit.path[:-STEP]]
        return unit

    def pool(self, body, subject, key):
        rule = self.book.quota(subject)
        if rule is None:
            return None
        if (body.pk, subject) not in self.pools:
            setting = self.settings.get(key)
            value = setting.value if setting else {}
            self.pools[body.pk, subject] = QuotaPool.objects.create(
                cycle=self.cycle,
                body=body,
                subject=subject,
                group=f"{Subject(subject).label} do {body.committee_name} quyết định",
                base=value.get("base", QuotaBase(rule.base)),
                rate=value.get("rate", rule.rate),
                rounding=value.get("rounding", Rounding.FLOOR),
                citation=str(rule.citation),
                document=setting.document if setting else None,
            )
        return self.pools[body.pk, subject]
