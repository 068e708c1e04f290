"""Pages of papers as small grey pictures: which pages are kept, and when two pictures of a page are the same.

What is kept stands in golden/<kind>-<page>.png and was looked at by people; `tools/golden.py` writes it anew. A page that another version of
the text library sets otherwise is kept in both ways.
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
GUIDE = Path(__file__).parents[2] / "docs/huong-dan/images"
GUIDE_DOTS = 64
DOTS = 60  # to the inch: a line of 14 pt text is 12 dots high
GREYS = 16
BLOCK = 12  # dots along the side of a block, about half a centimetre

# Of 255, measured on a page of the sample report: the whole page moved by 0.4 of a dot (0.2 mm) gives mean 4.1 and block 18, drawn lighter 4.2
# and 25 % of that in blocks without text; a line of text moved by 3 dots (1.3 mm) gives block 24, letters half a point smaller 27, figures of one
# narrow column gone 34, bold in place of regular 58. Debian 12 and 13 (Pango 1.50 and 1.56) drew 12 of its 13 pages alike to the last dot and
# broke one paragraph of the 13th elsewhere: such a page is kept in both ways, the second as <kind>-<page>+1.png.
MEAN_LIMIT = 4.5
BLOCK_LIMIT = 20


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


def first_page(kind):
    """The first page of the specimen of `kind` as the guide shows it."""
    with pypdfium2.PdfDocument(made(kind).pdf) as document:
        return document[0].render(scale=GUIDE_DOTS / 72).to_pil().convert("RGB")


def write_for_guide(kind):
    """Write the picture of `kind` for the guide anew."""
    first_page(kind).quantize(64).save(GUIDE / guide_name(kind), optimize=True)


def guide_name(kind):
    return f"vb-{kind.replace('_', '-')}.png"


def kept_files(kind):
    """The files that are kept of `kind`: {file name of the page: [its pictures]}."""
    found = {}
    for path in sorted(GOLDEN.glob(f"{kind}-*.png")):
        found.setdefault(path.name.replace("+1", ""), []).append(path)
    return found


def nearest(paths, drawn):
    """(the kept picture that is most like `drawn`, its Difference)."""
    pictures = []
    for path in paths:
        with Image.open(path) as opened:
            pictures.append(opened.convert("L"))
    return min(((kept, difference(kept, drawn)) for kept in pictures), key=lambda found: (found[1].block, found[1].mean))


def write_golden(kind, *, beside=False):
    """Write the pictures of `kind` anew; `beside` keeps those that are there and adds what this machine draws otherwise. Gives their names."""
    kept, pages = kept_files(kind), golden_pages(kind)
    if not beside:
        for path in [path for paths in kept.values() for path in paths]:
            path.unlink()
    written = []
    for name, picture in pages.items():
        if beside and name in kept:
            if nearest(kept[name], picture)[1].is_small:
                continue
            name = name.replace(".png", "+1.png")
        picture.quantize(GREYS).save(GOLDEN / name, optimize=True)
        written.append(name)
    return written
