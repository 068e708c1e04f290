"""How much of the caps on the best level is used, as plain values."""

from dataclasses import dataclass

from evaluations.services.quotas import usages


@dataclass(frozen=True)
class Cap:
    """One group that competes: how many stand at the best level and how many at it or the next, the most that the cap allows.

    `rate` in percent of `base_count`, whose words are `base`; `is_confirmed` once the root has fixed the way of counting by a document.
    """

    name: str
    excellent: int
    good_or_better: int
    base: str
    base_count: int
    rate: int
    limit: int
    citation: str
    is_confirmed: bool

    @property
    def is_over(self):
        return self.excellent > self.limit


def caps_of(pools):
    """The Caps of `pools` (QuotaPools), in their order; one query."""
    pools = list(pools)
    used = usages(pools)
    return tuple(_cap(pool, used[pool.pk]) for pool in pools)


def _cap(pool, used):
    part = f", {pool.part_label.lower()}" if pool.part_label else ""
    return Cap(
        name=f"{pool.noun.capitalize()}{part}",
        excellent=used.excellent,
        good_or_better=used.good_or_better,
        base=pool.get_base_display(),
        base_count=used.base_count,
        rate=pool.rate,
        limit=used.limit,
        citation=pool.citation,
        is_confirmed=pool.document_id is not None,
    )
