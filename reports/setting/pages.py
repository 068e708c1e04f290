"""A paper as HTML, for reports.rendering.html_to_pdf."""

import re

from django.template.loader import render_to_string

from reports.papers.formats import profile_of

NO_BREAK_SPACE = "\u00a0"
LONG_WORD = re.compile(r"(?:&#?\w+;|[^\s&<>]){41,}")  # no word of any language, nor most addresses
PIECE = re.compile(r"(?:&#?\w+;|[^\s&<>]){30}")
TEXT_OR_NOT = re.compile(r"<(title|svg)\b.*?</\1>|>[^<]{41,}(?=<)", re.DOTALL)
KEPT_TOGETHER = re.compile(r"(?:nhiệm kỳ )?\b\d{4} - \d{4}\b|Hồ Chí Minh\b")


def to_html(paper, template="reports/papers/paper.html"):
    """`paper` (a WrittenPaper, or what its own `template` takes) as a whole HTML document, spelled as its profile spells.

    It is set with the measures of reports.setting.measures.
    """
    return _as_printed(paper, render_to_string(template, {"report": paper}))


def part_to_html(paper, appendix, table):
    """Some rows (`table`) of an `appendix` of `paper` as a document of their own."""
    return _as_printed(paper, render_to_string("reports/papers/part.html", {"appendix": appendix, "table": table}))


def _as_printed(paper, html):
    return profile_of(paper).spelled(long_words_broken(kept_together(html)))


def kept_together(html):
    """`html` with "nhiệm kỳ 2015 - 2020", "2015 - 2019" and the President's name unbreakable: no line begins with a dash or within a name."""
    return KEPT_TOGETHER.sub(lambda found: found[0].replace(" ", NO_BREAK_SPACE), html)


def long_words_broken(html):
    """`html` with places to break a line in words beyond all measure: unbroken, they would run off the page and take minutes to lay out."""
    return TEXT_OR_NOT.sub(lambda found: found[0] if found[1] else LONG_WORD.sub(_broken, found[0]), html)


def _broken(word):
    return PIECE.sub(r"\g<0><wbr>", word[0])
