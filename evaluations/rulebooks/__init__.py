"""The regulation of each year. Pure functions and data: nothing here touches the database, the clock or settings."""

from . import hd16, hd21, hd27, qd124, qd366

ALL = (hd27.BOOK, hd16.BOOK, hd21.BOOK, qd124.BOOK, qd366.BOOK)


class YearWithoutRuleBook(LookupError):
    """Asked for a year before 2014; the sentence is for the user."""


def rulebook_for(year):
    """The rule book by which the work of `year` is rated. Raises YearWithoutRuleBook before 2014."""
    for book in ALL:
        if book.covers(year):
            return book
    raise YearWithoutRuleBook(f"Chưa có quy định đánh giá, xếp loại cho năm {year}; phần mềm áp dụng từ năm 2014.")
