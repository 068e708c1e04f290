"""Who stands where in one quota pool, and what the cap would be if some stood elsewhere. Reads only: trying a level writes nothing."""

from dataclasses import dataclass

from evaluations.enums import Voice
from evaluations.models import Opinion
from evaluations.rulebooks.quota import reckoning
from evaluations.services.quotas import ORDER, Usage, competing, counted

DECIDED = "Đã quyết định"
TRIED = (1, 2, 3)  # the levels that a row at 1 or 2 may be tried at


@dataclass
class Standing:
    """One row at level 1 or 2: `stands` by its `voice`, `level` where it is tried at (the same unless somebody tries another)."""

    pk: int
    sheet_id: int
    name: str
    unit: str
    position: str
    stands: int
    voice: str
    level: int
    is_decided: bool

    @property
    def is_moved(self):
        return self.level != self.stands


@dataclass
class CutLine:
    now: Usage
    tried: Usage
    reckoning: str
    rows: dict  # {level: [Standing]}, in no order but that of units and names
    free: int  # places under the cap that no decision has taken yet
    competing: int  # rows at the best level that are not decided, when there are more than places
    is_tried: bool

    @property
    def excess(self):
        return self.tried.excellent - self.tried.limit


def cut_line(pool, moves):
    """The CutLine of `pool`, with the rows of `moves` ({review id: level}) tried at other levels. Ids of other rows, and of rows that are
    decided, do nothing."""
    reviews = competing(pool).select_related("sheet").order_by("sheet__path", "sort_key", "pk")
    found = [review for review in reviews if review.standing_level]
    voices = _voices([review.pk for review in found])
    shown = [_standing(review, voices, moves) for review in found if review.standing_level <= 2]
    below = [review.standing_level for review in found if review.standing_level > 2]
    now = counted(pool, [row.stands for row in shown] + below)
    tried = counted(pool, [row.level for row in shown] + below)
    rows = {level: [row for row in shown if row.level == level] for level in TRIED}
    rows[1].sort(key=lambda row: not row.is_decided)  # what is decided has its place already; the others keep the order of unit and name
    decided = sum(row.is_decided for row in rows[1])
    return CutLine(
        now=now,
        tried=tried,
        reckoning=reckoning(pool.rate, tried.good_or_better, pool.base, pool.rounding, pool.noun),
        rows=rows,
        free=max(0, tried.limit - decided),
        competing=tried.excellent - decided if tried.is_over else 0,
        is_tried=any(row.is_moved for row in shown),
    )


def _voices(reviews):
    """{review id: the label of the voice whose level stands}."""
    labels = dict(Voice.choices)
    given = {}
    for review, voice in Opinion.objects.filter(review__in=reviews, level__isnull=False).values_list("review", "voice"):
        given.setdefault(review, set()).add(voice)
    return {review: labels[next(voice for voice in ORDER if voice in some)] for review, some in given.items() if some & set(ORDER)}


def _standing(review, voices, moves):
    is_decided = review.decided_level is not None
    return Standing(
        pk=review.pk,
        sheet_id=review.sheet_id,
        name=review.name,
        unit=review.sheet.organisation_name,
        position=review.position,
        stands=review.standing_level,
        voice=DECIDED if is_decided else voices.get(review.pk, ""),
        level=review.standing_level if is_decided else moves.get(review.pk, review.standing_level),
        is_decided=is_decided,
    )
