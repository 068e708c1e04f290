"""Sets one HTML document as a PDF: archive quality (PDF/A-3a, tagged), only the files it is given, no way out to the network or the disk.

Runs in the process that asks, or as a process of its own that sets one document after the other (`python -m reports.setting.press`, started
by reports.setting.presses). Nothing here needs Django: such a process is small and starts in half a second.
"""

import atexit
import json
import logging
import os
import sys
import warnings
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from reports.setting.tagging import finish

# Relative addresses in a paper's HTML are resolved against this; ".invalid" can never be a host.
BASE_URL = "https://papers.invalid/"
VARIANT = "pdf/a-3a"
STYLE_SHEET = "reports/paper.css"
A_FEW = 4  # documents of one copy: the first costs an eighth more (its memory is shared until touched), and none gives memory back
MOST_MEMORY = 3 * 1024**3  # bytes of address space of a press of its own: a document that grows beyond is a fault


class RenderingError(RuntimeError):
    """A file of our own that papers are set with is not there, or a press broke: a paper in another look must not go out."""


@dataclass(frozen=True)
class Order:
    """What is to be set. `files` {name in the document: (path, content type)}, all that it may use, with the style sheet of all papers among
    them; `css` measures of this one document.
    """

    html: str
    files: dict[str, tuple[str, str]]
    title: str = ""
    css: str = ""
    tagged: bool = True


@dataclass(frozen=True)
class SetPdf:
    """A document that was set: its bytes, how many pages, the page (from 0) on which each anchor stands, how many addresses were refused."""

    bytes: bytes
    pages: int = 0
    places: dict[str, int] = field(default_factory=dict)
    refused: int = 0


def set_document(order):
    """Set an Order. Gives a SetPdf; the same order gives the same bytes. Raises RenderingError when one of its files is missing.

    Addresses other than its files are refused and left out of the picture.
    """
    from weasyprint import HTML

    fetcher = _fetcher(order.files)
    options = {"pdf_variant": VARIANT if order.tagged else "pdf/a-3b", "pdf_tags": order.tagged, "presentational_hints": False}
    target = BytesIO()
    sheets, fonts = _look(tuple(sorted((name, tuple(file)) for name, file in order.files.items())), order.css)
    document = HTML(string=order.html, base_url=BASE_URL, url_fetcher=fetcher).render(font_config=fonts, stylesheets=list(sheets), **options)
    document.metadata.title = order.title
    with warnings.catch_warnings():
        # The library leaves the file of its colour profile to be closed by the interpreter.
        warnings.simplefilter("ignore", ResourceWarning)
        document.write_pdf(target, finisher=finish if order.tagged else None, **options)
    places = {name: number for number, page in enumerate(document.pages) for name in page.anchors}
    return SetPdf(target.getvalue(), len(document.pages), places, fetcher.refused)


@lru_cache(maxsize=2)
def _look(files, css):
    """The style sheets and the fonts of `files` (as sorted pairs) and `css`, read once in a process."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    missing = {name for name, (path, _) in files if not Path(path).is_file()}
    if missing:
        raise RenderingError(f"missing static files: {', '.join(sorted(missing))}")
    fonts = FontConfiguration()
    sheet = CSS(url=BASE_URL + STYLE_SHEET, url_fetcher=_fetcher(dict(files)), font_config=fonts)
    return (sheet, CSS(string=css)), fonts


atexit.register(_look.cache_clear)  # fonts are put away while the interpreter still can


def _fetcher(files):
    """The only source of bytes while a document is set. (WeasyPrint is loaded late: most starts of Django never set one.)"""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFilesOnly(URLFetcher):
        """Answers for the order's files and refuses all else; it never opens a connection."""

        def __init__(self):
            super().__init__(allowed_protocols=(), allow_redirects=False)
            self.refused = 0

        def fetch(self, url, headers=None):
            name = url.removeprefix(BASE_URL)
            if name not in files:
                self.refused += 1
                raise ValueError("refused: not a file of ours")
            path, content_type = files[name]
            return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": content_type})

        def open(self, url, data=None, timeout=None):
            raise ValueError("refused: no connection is ever opened")

    return OwnFilesOnly()


def encoded(order):
    """An Order as one line, for a press of its own."""
    return json.dumps(asdict(order)).encode() + b"\n"


def main():
    """Orders come in as lines; each answer is a line of JSON (`pages`, `places`, `refused`, `size`; or `error`), then the PDF's bytes.

    They are set in a copy of this process, which ends after a few without tidying up: half a million small objects are given back at once.
    Whoever sends orders waits for the answer before the next, so that a copy reads none that is not its own.
    """
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    _stand_back()
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    is_warm = False
    while line := sys.stdin.buffer.readline():
        order = Order(**json.loads(line))
        is_warm = is_warm or _warm_up(order)
        if not (copy := os.fork()):
            _set_a_few(order)
            os._exit(0)
        _, status = os.waitpid(copy, 0)
        if status:
            _write({"error": f"a press ended with status {status}"}, b"")


def _stand_back():
    """People at their pages come first. A press is a session of its own, and Linux may share the processor between sessions, whatever
    the priority of the processes in them: then the session has one too."""
    os.nice(19)
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text("19")


def _set_a_few(order):
    """Answer an Order and those that come after it, up to A_FEW."""
    _answer(order)
    for _ in range(A_FEW - 1):
        if not (line := sys.stdin.buffer.readline()):
            return
        _answer(Order(**json.loads(line)))


def _warm_up(order):
    """Set a short document, so that every copy begins with all modules, style sheets and fonts read. What is missing the copy will say."""
    import gc

    with suppress(RenderingError):
        set_document(Order('<html lang="vi"><body><table><tr><td>Ấ</td></tr></table></body></html>', order.files, css=order.css))
    gc.collect()
    gc.disable()
    return True


def _answer(order):
    try:
        done = set_document(order)
    except Exception as error:
        _write({"error": f"{type(error).__name__}: {error}"[:500]}, b"")
        return
    _write({"pages": done.pages, "places": done.places, "refused": done.refused, "size": len(done.bytes)}, done.bytes)


def _write(head, content):
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
