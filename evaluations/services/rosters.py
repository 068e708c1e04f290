"""The sheets of a year and the rows on them: who stands where on the day the list is closed, and why somebody is not rated."""

from datetime import date

from django.utils import timezone

from cells.enums import BASE_KINDS, CELL_KINDS, OrganisationKind
from cells.models import DatedSetting
from evaluations.enums import Eligibility, Subject
from evaluations.models import Review, ReviewSheet
from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.facts import CELL, COMMITTEE, MEMBER
from evaluations.rulebooks.judging import standing
from evaluations.rulebooks.measures import whole_months
from evaluations.services.quotas import QUOTA_KEYS, grouping_of, new_pool, part_of
from khoi_party.common.tree import STEP
from members.enums import MembershipKind
from members.models import Membership, MembershipEvent


def make_sheets(cycle, units, everybody):
    """One empty sheet for each of `units`, named and placed as they are; `everybody` are all units of the year, for the names of the superiors.
    Returns {organisation id: sheet}."""
    names = {unit.pk: unit.committee_name for unit in [cycle.root, *everybody]}
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


class Roster:
    """Makes the review rows of each unit; holds what they share, so that no unit costs a query of its own. Rows are not saved yet."""

    def __init__(self, cycle, units, memberships=None):
        self.cycle, self.book = cycle, rulebook_for(cycle.year)
        self.by_path = {unit.path: unit for unit in [cycle.root, *units]}
        self.pools = {(pool.body_id, pool.subject, pool.part): pool for pool in cycle.pools.all()}
        self.groupings = {(body, subject): pool.grouping for (body, subject, _), pool in self.pools.items()}  # a body keeps its own
        self.memberships = {}
        if memberships is None:
            memberships = Membership.objects.in_subtree(cycle.root).in_force(min(cycle.cutoff_on, timezone.localdate()))
        for membership in memberships.select_related("member"):
            self.memberships.setdefault(membership.cell_id, []).append(membership)
        self.exempt = set(MembershipEvent.objects.exempt_on(cycle.cutoff_on).values_list("member_id", flat=True))
        self.suspended = set(MembershipEvent.objects.suspended_on(cycle.cutoff_on).values_list("member_id", flat=True))
        self.settings = {setting.key: setting for setting in DatedSetting.objects.filter(organisation=cycle.root).in_force(date(cycle.year, 12, 31))}

    @property
    def members_by_cell(self):
        """Whether the cell itself decides its members' levels: the regulation leaves it open, the root's setting says so."""
        setting = self.settings.get(DatedSetting.Key.MEMBERS_DECIDED_BY)
        return bool(setting) and setting.value == "cell"

    def rows_of(self, unit, sheet):
        rows = [self.organisation_row(unit, sheet)]
        if unit.kind in CELL_KINDS:
            rows += [self.member_row(membership, unit, sheet) for membership in self.memberships.get(unit.pk, ())]
        return rows

    def organisation_row(self, unit, sheet):
        body = unit.parent if unit.kind in BASE_KINDS else self.base_of(unit)
        body = self.by_path[body.path]
        kind = CELL if unit.kind in CELL_KINDS else COMMITTEE
        row = Review(
            sheet=sheet,
            subject=Subject.ORGANISATION,
            organisation=unit,
            name=unit.name,
            sort_key=unit.sort_key,
            decided_by=body,
            **self.standing(kind, {"months_since_founding": whole_months(unit.established_on, self.cycle.cutoff_on)}),
        )
        return self.compete(row)

    def standing(self, subject, facts):
        """The fields that say whether the row is rated, by the clauses of the year."""
        found = standing(self.cycle.year, subject, facts)
        if found.kind == "unknown":
            return {"eligibility": Eligibility.NOT_YET, "eligibility_reason": "Chưa đủ thông tin để biết có phải xếp loại không."}
        return {"eligibility": found.kind, "eligibility_reason": found.reason, "eligibility_rule": found.rule.id if found.rule else ""}

    def member_row(self, membership, cell, sheet):
        member = membership.member
        body = cell if self.members_by_cell else self.base_of(cell)
        facts = {
            "exempt": member.pk in self.exempt,
            "suspended": member.pk in self.suspended,
            "temporary_here": membership.kind == MembershipKind.TEMPORARY,
            "months_since_admission": whole_months(member.admitted_on, self.cycle.cutoff_on),
        }
        row = Review(
            sheet=sheet,
            subject=Subject.MEMBER,
            member=member,
            name=member.full_name,
            sort_key=member.sort_key,
            position=member.position,
            is_civil_servant=member.is_civil_servant,
            decided_by=body,
            **self.standing(MEMBER, facts),
        )
        return self.compete(row)

    def base_of(self, unit):
        """The base organisation at or above `unit`: the đảng ủy cơ sở that decides, or the chi bộ cơ sở itself."""
        while unit.kind not in BASE_KINDS and unit.kind != OrganisationKind.UPPER_COMMITTEE:
            unit = self.by_path[unit.path[:-STEP]]
        return unit

    def compete(self, review):
        """Put `review` into the pool it competes in: the one there is, else a new one. Returns the row."""
        rule = self.book.quota(review.subject)
        if rule is not None:
            body, subject = review.decided_by, review.subject
            setting = self.settings.get(QUOTA_KEYS[subject])
            grouping = self.groupings.setdefault((body.pk, subject), grouping_of(rule, setting))
            part = part_of(grouping, review)
            if (body.pk, subject, part) not in self.pools:
                self.pools[body.pk, subject, part] = new_pool(self.cycle, body, subject, part, grouping=grouping, rule=rule, setting=setting)
            review.pool = self.pools[body.pk, subject, part]
        return review
