"""Pages of papers as small grey pictures: which pages are kept, and when two pictures of a page are the same.

What is kept stands in golden/<kind>-<page>.png and was looked at by people; `tools/golden.py` writes it anew.
"""

import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageStat

from reports.tests.every_paper import made
from reports.tests.pdf_reading import Reading

GOLDEN = Path(__file__).parent / "golden"
DOTS = 60  # to the inch: a line of 14 pt text is 12 dots high
GREYS = 16
BLOCK = 12  # dots along the side of a block, about half a centimetre

# Of 255. Another version of the text and drawing libraries moves letters by parts of a dot: {MEASURED}.
# A line moved by one millimetre, a lost column, bold in place of regular: see test_golden.py.
MEAN_LIMIT = 1.5
BLOCK_LIMIT = 30


@dataclass(frozen=True)
class Difference:
    """How far two pictures are apart: the mean over the page and over the worst block, both 0 to 255."""

    mean: float
    block: int

    @property
    def is_small(self):
        return self.mean <= MEAN_LIMIT and self.block <= BLOCK_LIMIT


def difference(kept, drawn):
    """The Difference of two grey pictures. Edges are softened first: where exactly a letter's edge falls between dots says nothing."""
    if kept.size != drawn.size:
        return Difference(255, 255)
    apart = ImageChops.difference(*(one.filter(ImageFilter.BoxBlur(1)) for one in (kept, drawn)))
    return Difference(ImageStat.Stat(apart).mean[0], apart.reduce(BLOCK).getextrema()[1])


def shown_difference(kept, drawn):
    """A picture of where two pictures differ: white where they are the same."""
    size = tuple(map(max, kept.size, drawn.size))
    sheets = [Image.new("L", size, 255) for _ in range(2)]
    for sheet, one in zip(sheets, (kept, drawn), strict=True):
        sheet.paste(one)
    return ImageChops.invert(ImageChops.difference(*sheets))


def chosen_pages(content):
    """The numbers of the pages that are kept of a PDF: the first, the one with most cells of tables, the last."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        reading = Reading(pdf)
        cells = [0] * len(reading.pages)
        order = {page.obj.objgen: place for place, page in enumerate(reading.pages)}
        for cell in reading.having("TD"):
            cells[order[cell.Pg.objgen]] += 1
    fullest = max(range(len(cells)), key=lambda place: (cells[place], -place))
    return sorted({1, fullest + 1, len(cells)})


def drawn_pages(content, numbers):
    """{page number: grey picture} of the PDF's pages."""
    with pypdfium2.PdfDocument(content) as document:
        return {number: _greys(document[number - 1].render(scale=DOTS / 72, grayscale=True).to_pil().convert("L")) for number in numbers}


def _greys(picture):
    step = 255 // (GREYS - 1)
    return picture.point(lambda value: round(value / step) * step)


def golden_pages(kind):
    """{file name: picture} of what is to be kept of the specimen of `kind`."""
    content = made(kind).pdf
    return {f"{kind}-{number}.png": picture for number, picture in drawn_pages(content, chosen_pages(content)).items()}


def kept_names(kind):
    """The file names that are kept of `kind`."""
    return {path.name for path in GOLDEN.glob(f"{kind}-*.png")}


def write_golden(kind):
    """Write the pictures of `kind` anew; gives their names."""
    for name in kept_names(kind):
        (GOLDEN / name).unlink()
    pages = golden_pages(kind)
    for name, picture in pages.items():
        picture.quantize(GREYS).save(GOLDEN / name, optimize=True)
    return sorted(pages)
