"""A paper as a PDF: set in one piece, or in parts on all cores where it has a long register, then bound and stamped."""

from khoi_party.common.memory import no_garbage_collection
from reports.papers.formats import profile_of
from reports.rendering import html_to_pdf, own_files, tell_of_refused
from reports.setting.binding import Insert, bind
from reports.setting.measures import measures_of
from reports.setting.pieces import cut
from reports.setting.press import Order, SetPdf
from reports.setting.presses import set_all
from reports.setting.stamps import DRAFT_WORD, Stamping


def to_pdf(paper, template, *, numbered=True, shelf=None, on_part=lambda done, of: None):
    """`paper` (what a recipe writes) as a SetPdf, PDF/A-3a and tagged.

    `numbered` whether its pages get running numbers; `shelf` (a Shelf) keeps parts for the next time; `on_part` is told how many parts are done.
    Raises RenderingError.
    """
    html, pieces = cut(paper, template)
    if pieces:
        body, inserts = _set_in_parts(paper, html, pieces, shelf, on_part)
    else:
        body, inserts = html_to_pdf(html, title=paper.file_title, css=measures_of(paper)), []
    with no_garbage_collection():
        content, pages = bind(body.bytes, inserts, stamping=stamping_of(paper, numbered=numbered))
    return SetPdf(content, pages)


def stamping_of(paper, *, numbered=True):
    """The Stamping of `paper`: its line at the foot, the word behind the text of a draft, numbers by its own profile."""
    marking = paper.marking
    return Stamping(numbered, marking.text, DRAFT_WORD if marking.draft else "", profile_of(paper), marking.two_sided)


def _set_in_parts(paper, html, pieces, shelf, on_part):
    """The body as a SetPdf, and the Inserts of `pieces` in their order; what the shelf has is not set again."""
    files, css = own_files(), measures_of(paper)
    orders = [Order(html, files, paper.file_title, css), *(Order(one.html, files, css=css) for one in pieces)]
    contents = [None, *(shelf.take(order) if shelf else None for order in orders[1:])]
    missing = [place for place, content in enumerate(contents) if content is None]
    body = None
    for done, (place, answer) in enumerate(set_all([orders[place] for place in missing]), 1):
        tell_of_refused(answer)
        on_part(len(orders) - len(missing) + done, len(orders))
        place = missing[place]
        if place == 0:
            body = answer
            continue
        contents[place] = answer.bytes
        if shelf:
            shelf.keep(orders[place], answer.bytes)
    if shelf:
        shelf.tidy()
    return body, [Insert(_last_page(body, one.appendix), content, one.name) for one, content in zip(pieces, contents[1:], strict=True)]


def _last_page(body, appendix):
    """The page (from 0) on which the appendix with this number ends: before the next one begins, or the last."""
    return body.places.get(f"phu-luc-{appendix + 1}", body.pages) - 1
