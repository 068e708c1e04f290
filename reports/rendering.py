"""HTML to PDF: archive quality (PDF/A-3a, tagged), only our own fonts, no way out to the network or the disk."""

import logging
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.contrib.staticfiles import finders

from khoi_party.common.memory import no_garbage_collection
from reports.tagging import finish

logger = logging.getLogger(__name__)

# Relative addresses in a paper's HTML are resolved against this; ".invalid" can never be a host.
BASE_URL = "https://papers.invalid/"
VARIANT = "pdf/a-3a"
STATIC_FILES = {
    "reports/paper.css": "text/css",
    "fonts/tinos/Tinos-Regular.ttf": "font/ttf",
    "fonts/tinos/Tinos-Bold.ttf": "font/ttf",
    "fonts/tinos/Tinos-Italic.ttf": "font/ttf",
    "fonts/tinos/Tinos-BoldItalic.ttf": "font/ttf",
}


class RenderingError(RuntimeError):
    """A file of our own that papers are set with is not there: a paper in another typeface must not go out."""


@dataclass(frozen=True)
class RenderedPdf:
    """The file's bytes and its number of pages."""

    bytes: bytes
    pages: int


def html_to_pdf(html, *, title, css=""):
    """Set `html` (a whole document, lang="vi", linking reports/paper.css) and name the file `title`; `css` holds measures of this one paper.

    Gives a RenderedPdf; the same input gives the same bytes. Raises RenderingError when a style sheet or font of ours is missing.
    Addresses other than STATIC_FILES are refused and left out of the picture.
    """
    from weasyprint import CSS, HTML

    fetcher = _fetcher()
    options = {"pdf_variant": VARIANT, "pdf_tags": True, "presentational_hints": False}
    target = BytesIO()
    with no_garbage_collection():
        document = HTML(string=html, base_url=BASE_URL, url_fetcher=fetcher).render(stylesheets=[CSS(string=css)] if css else None, **options)
        if fetcher.missing:
            raise RenderingError(f"missing static files: {', '.join(sorted(fetcher.missing))}")
        document.metadata.title = title
        with warnings.catch_warnings():
            # The library leaves the file of its colour profile to be closed by the interpreter.
            warnings.simplefilter("ignore", ResourceWarning)
            document.write_pdf(target, finisher=finish, **options)
    if fetcher.refused:
        logger.warning("paper asked for %d addresses that are not ours; all refused", fetcher.refused)
    return RenderedPdf(bytes=target.getvalue(), pages=len(document.pages))


def _fetcher():
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        """Answers for STATIC_FILES and refuses all else; it never opens a connection."""

        def __init__(self):
            super().__init__(allowed_protocols=(), allow_redirects=False)
            self.refused = 0
            self.missing = set()

        def fetch(self, url, headers=None):
            name = url.removeprefix(BASE_URL)
            if name not in STATIC_FILES:
                self.refused += 1
                raise ValueError("refused: not a file of ours")
            path = finders.find(name)
            if path is None:
                self.missing.add(name)
                raise ValueError("missing")
            return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": STATIC_FILES[name]})

        def open(self, url, data=None, timeout=None):
            raise ValueError("refused: no connection is ever opened")

    return OwnFilesOnly()
