"""A paper as HTML, for reports.rendering.html_to_pdf."""

import re

from django.template.loader import render_to_string

from reports.papers.formats import profile_of

NO_BREAK_SPACE = "\u00a0"
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
    return profile_of(paper).spelled(kept_together(html))


def kept_together(html):
    """`html` with "nhiệm kỳ 2015 - 2020", "2015 - 2019" and the President's name unbreakable: no line begins with a dash or within a name."""
    return KEPT_TOGETHER.sub(lambda found: found[0].replace(" ", NO_BREAK_SPACE), html)
