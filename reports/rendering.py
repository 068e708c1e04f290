"""HTML to PDF in this process, from the project's own style sheet and fonts."""

import logging

from django.contrib.staticfiles import finders

from khoi_party.common.memory import no_garbage_collection
from reports.setting.press import Order, set_document

logger = logging.getLogger(__name__)

STATIC_FILES = {
    "reports/paper.css": "text/css",
    "fonts/tinos/Tinos-Regular.ttf": "font/ttf",
    "fonts/tinos/Tinos-Bold.ttf": "font/ttf",
    "fonts/tinos/Tinos-Italic.ttf": "font/ttf",
    "fonts/tinos/Tinos-BoldItalic.ttf": "font/ttf",
}


def own_files():
    """All that a paper may be set with: {name: (path, content type)}; the path is empty for one that is not there."""
    return {name: (finders.find(name) or "", content_type) for name, content_type in STATIC_FILES.items()}


def html_to_pdf(html, *, title, css="", tagged=True):
    """Set `html` (a whole document, lang="vi") and name the file `title`; `css` holds measures of this one paper.

    Gives a SetPdf; the same input gives the same bytes. Raises RenderingError when a style sheet or font of ours is missing.
    """
    with no_garbage_collection():
        done = set_document(Order(html, own_files(), title, css, tagged=tagged))
    tell_of_refused(done)
    return done


def tell_of_refused(done):
    """A SetPdf that asked for addresses which are not ours is worth a line: somebody tried something."""
    if done.refused:
        logger.warning("paper asked for %d addresses that are not ours; all refused", done.refused)
