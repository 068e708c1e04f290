"""A paper as a PDF: set in one piece, or in parts on all cores where it has a long register, then bound and stamped."""

from contextlib import closing
from itertools import chain

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
    stamping = stamping_of(paper, numbered=numbered)
    if not pieces:
        body = html_to_pdf(html, title=paper.file_title, css=measures_of(paper))
        return SetPdf(*bind(body.bytes, stamping=stamping))
    files, css = own_files(), measures_of(paper)
    orders = chain([Order(html, files, paper.file_title, css)], (Order(one.html(), files, css=css) for one in pieces))
    with closing(_set_in_order(orders, shelf, lambda done: on_part(done, len(pieces) + 1))) as done, no_garbage_collection():
        body = next(done)
        inserts = (Insert(_last_page(body, one.number), part.bytes, one.name) for one, part in zip(pieces, done, strict=True))
        bound = bind(body.bytes, inserts, stamping=stamping)
    if shelf:
        shelf.tidy()
    return SetPdf(*bound)


def stamping_of(paper, *, numbered=True):
    """The Stamping of `paper`: its line at the foot, the word behind the text of a draft, numbers by its own profile."""
    marking = paper.marking
    return Stamping(numbered, marking.text, DRAFT_WORD if marking.draft else "", profile_of(paper), marking.two_sided)


def _set_in_order(orders, shelf, on_part):
    """Yields the SetPdf of each of `orders` in their order, as soon as it and those before it are there; the first is never on the shelf.

    What the shelf has is not set again; what is set is put there.
    """
    ready, drawn = {}, {}

    def missing():
        for place, order in enumerate(orders):
            if shelf and place and (content := shelf.take(order)):
                ready[place] = SetPdf(content)
            else:
                drawn[place] = order
                yield place, order

    with closing(set_all(missing())) as answers:
        place = 0
        while True:
            while place in ready:
                yield ready.pop(place)
                place += 1
                on_part(place)
            if (answer := next(answers, None)) is None:
                break
            number, part = answer
            tell_of_refused(part)
            ready[number] = part
            if shelf and number:
                shelf.keep(drawn[number], part.bytes)
            del drawn[number]


def _last_page(body, appendix):
    """The page (from 0) on which the appendix with this number ends: before the next one begins, or the last."""
    return body.places.get(f"phu-luc-{appendix + 1}", body.pages) - 1
