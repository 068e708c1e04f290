"""The entry grid of a sheet as plain values: a row per subject, a cell per voice, all from a fixed number of queries."""

from dataclasses import dataclass

from evaluations.enums import Eligibility, Subject, Voice
from evaluations.models import Opinion, QuotaPool
from evaluations.permissions import can_write_voice
from evaluations.rulebooks import rulebook_for
from evaluations.services.quotas import Usage, usage


@dataclass
class Cell:
    voice: str
    label: str
    level: int | None
    version: int
    is_writable: bool
    reason: str


@dataclass
class Row:
    review: object
    cells: list
    decided_name: str
    is_rated: bool
    is_missing: bool


@dataclass
class Meter:
    pool: QuotaPool
    usage: Usage


@dataclass
class Grid:
    rows: list
    levels: list  # (number, short name, name) as the year's regulation calls them
    meters: list
    missing: int
    is_writable: bool


def grid_of(sheet, user):
    """The Grid of `sheet` as `user` may see and write it. `sheet` comes with organisation and cycle selected."""
    book = rulebook_for(sheet.cycle.year)
    reviews = list(sheet.reviews.select_related("decided_by", "pool").order_by("subject", "removed_at", "sort_key", "pk"))
    given = {(o.review_id, o.voice): o for o in Opinion.objects.filter(review__sheet=sheet)}
    rows = [_row(review, sheet, user, given, book) for review in reviews]
    pools = {review.pool_id: review.pool for review in reviews if review.pool_id and review.subject == Subject.MEMBER}
    return Grid(
        rows=rows,
        levels=[(n, book.level_short(n, "member"), book.level_name(n, "member")) for n in (1, 2, 3, 4)],
        meters=[Meter(pool, usage(pool)) for pool in pools.values()],
        missing=sum(row.is_missing for row in rows),
        is_writable=any(cell.is_writable for row in rows for cell in row.cells),
    )


def _row(review, sheet, user, given, book):
    review.sheet = sheet
    is_rated = review.eligibility == Eligibility.REQUIRED and review.removed_at is None
    cells = []
    for voice, label in Voice.choices:
        opinion = given.get((review.pk, voice))
        cells.append(
            Cell(
                voice=voice,
                label=label,
                level=opinion.level if opinion else None,
                version=opinion.version if opinion else 0,
                is_writable=is_rated and can_write_voice(user, review, voice),
                reason=opinion.reason if opinion else "",
            )
        )
    levels = {cell.voice: cell.level for cell in cells}
    own = levels[Voice.CELL_VOTE] or (levels[Voice.SELF] if review.subject != Subject.MEMBER else None)
    return Row(review, cells, book.level_name(review.decided_level, review.subject), is_rated, is_rated and own is None)
