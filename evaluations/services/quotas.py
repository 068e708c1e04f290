"""Quota pools: who competes with whom, how much of a cap is used over all sheets that share it, and what a change would make of it."""

from dataclasses import dataclass

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from cells.enums import OrganisationKind
from cells.models import DatedSetting
from evaluations.enums import Eligibility, QuotaBase, QuotaGroup, QuotaPart, Rounding, Subject, Voice
from evaluations.models import QuotaPool, Review
from evaluations.rulebooks.positions import leads
from evaluations.rulebooks.quota import ceiling

QUOTA_KEYS = {Subject.MEMBER: DatedSetting.Key.QUOTA_MEMBERS, Subject.ORGANISATION: DatedSetting.Key.QUOTA_ORGANISATIONS}
ORDER = (Voice.DECIDING, Voice.PROPOSED, Voice.CELL_VOTE, Voice.COMMITTEE, Voice.SELF)  # the first that gave a level stands


@dataclass(frozen=True)
class Usage:
    """`excellent` at level 1 and `good` at level 2 in the pool, `limit` the most that the cap allows at level 1, of a
    base of `base_count`."""

    excellent: int
    good: int
    limit: int
    base_count: int

    @property
    def is_over(self):
        return self.excellent > self.limit

    @property
    def good_or_better(self):
        return self.excellent + self.good


def with_standing_level(reviews):
    """Annotate `standing_level`: the decided level, else the latest voice that gave one."""

    def voiced(voice):
        return Max("opinions__level", filter=Q(opinions__voice=voice))

    return reviews.annotate(standing_level=Coalesce("decided_level", *(voiced(voice) for voice in ORDER)))


def usage(pool):
    """The Usage of a QuotaPool, in one query."""
    return counted(pool, competing(pool).values_list("standing_level", flat=True))


def usages(pools):
    """{pool id: Usage} of several QuotaPools, in one query."""
    levels = {pool.pk: [] for pool in pools}
    rated = Review.objects.present().filter(pool__in=levels, eligibility=Eligibility.REQUIRED)
    for pool, level in with_standing_level(rated).values_list("pool_id", "standing_level"):
        levels[pool].append(level)
    return {pool.pk: counted(pool, levels[pool.pk]) for pool in pools}


def competing(pool):
    """The rows of `pool` that are rated, over all sheets, with `standing_level`."""
    return with_standing_level(pool.reviews.present().filter(eligibility=Eligibility.REQUIRED))


def counted(pool, levels):
    """The Usage of `levels` (1 to 4 or None each) under the rate, base and rounding of `pool`."""
    levels = list(levels)
    excellent, good = levels.count(1), levels.count(2)
    base_count = good if pool.base == QuotaBase.GOOD else excellent + good
    return Usage(excellent, good, ceiling(pool.rate, excellent + good, pool.base, pool.rounding), base_count)


def part_of(grouping, review):
    """The part of its body's rows that `review` competes in: "" for all together, else members by their post, organisations by their kind."""
    if grouping == QuotaGroup.BODY or review.subject == Subject.COLLECTIVE:
        return ""
    if review.subject == Subject.ORGANISATION:
        return review.sheet.organisation_kind
    return QuotaPart.LEADING if leads(review.position) else QuotaPart.OTHERS


def group_name(body, subject, part):
    """What a pool is called: “Đảng viên giữ chức vụ lãnh đạo, quản lý do Đảng ủy X quyết định”."""
    who = OrganisationKind(part).label if subject == Subject.ORGANISATION and part else Subject(subject).label
    if subject == Subject.MEMBER and part:
        who = f"{who} {QuotaPart(part).label}"
    return f"{who} do {body.committee_name} quyết định"


def new_pool(cycle, body, subject, part, *, grouping, rule, setting):
    """Make the pool of one `part`: rate, base and rounding of the DatedSetting `setting` (or None), else of the QuotaRule `rule`."""
    value = setting.value if setting else {}
    return QuotaPool.objects.create(
        cycle=cycle,
        body=body,
        subject=subject,
        grouping=grouping,
        part=part,
        group=group_name(body, subject, part),
        base=value.get("base", QuotaBase(rule.base)),
        rate=value.get("rate", rule.rate),
        rounding=value.get("rounding", Rounding.FLOOR),
        citation=str(rule.citation),
        document=setting.document if setting else None,
    )


def grouping_of(rule, setting):
    """How the rows of a body are parted: as the root has set it, else as the regulation of the year says."""
    value = setting.value if setting else {}
    return QuotaGroup(value.get("group", rule.grouping))
