"""How much of a cap is used, counted over all sheets that share it."""

from dataclasses import dataclass

from django.db.models import Max, Q
from django.db.models.functions import Coalesce

from evaluations.enums import Eligibility, QuotaBase, Voice
from evaluations.rulebooks.quota import ceiling


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


def with_standing_level(reviews):
    """Annotate `standing_level`: the decided level, else the latest voice that gave one."""

    def voiced(voice):
        return Max("opinions__level", filter=Q(opinions__voice=voice))

    order = (Voice.DECIDING, Voice.PROPOSED, Voice.CELL_VOTE, Voice.SELF)
    return reviews.annotate(standing_level=Coalesce("decided_level", *(voiced(voice) for voice in order)))


def usage(pool):
    """The Usage of a QuotaPool, in one query."""
    rows = with_standing_level(pool.reviews.present().filter(eligibility=Eligibility.REQUIRED)).values("standing_level")
    counts = {1: 0, 2: 0}
    for row in rows:
        if row["standing_level"] in counts:
            counts[row["standing_level"]] += 1
    good_or_better = counts[1] + counts[2]
    base_count = counts[2] if pool.base == QuotaBase.GOOD else good_or_better
    return Usage(counts[1], counts[2], ceiling(pool.rate, good_or_better, pool.base, pool.rounding), base_count)
