"""The pages of every kind of paper look as they did when people last looked at them (reports/tests/golden/, written by tools/golden.py)."""

import shutil

import pytest
from django.conf import settings
from PIL import Image

from reports.papers.recipes import Recipe
from reports.rendering import html_to_pdf
from reports.setting.measures import measures_of
from reports.setting.pages import to_html
from reports.setting.pdf import to_pdf
from reports.tests.every_paper import KINDS
from reports.tests.pictures import (
    GOLDEN,
    GUIDE,
    difference,
    drawn_pages,
    first_page,
    golden_pages,
    guide_name,
    kept_files,
    nearest,
    shown_difference,
)
from reports.tests.sample import sample_report

FAILED = settings.BASE_DIR / "var" / "golden-failed"
TABLE_PAGE = 2


@pytest.mark.parametrize("kind", KINDS)
def test_pages_look_as_they_did(kind):
    pages, kept, room = golden_pages(kind), kept_files(kind), FAILED / kind
    shutil.rmtree(room, ignore_errors=True)
    assert set(kept) == set(pages), f"other pages than those kept: look at them, run tools/golden.py {kind}"
    changed = []
    for name, drawn in pages.items():
        was, found = nearest(kept[name], drawn)
        if not found.is_small:
            room.mkdir(parents=True, exist_ok=True)
            drawn.save(room / name)
            shown_difference(was, drawn).save(room / f"difference-{name}")
            changed.append(f"{name} ({found})")
    assert not changed, f"pages have changed, as drawn now and where they differ in {room}: {', '.join(changed)}"


def test_nothing_is_kept_that_no_kind_has():
    assert {path.name for path in GOLDEN.glob("*.png")} == {path.name for kind in KINDS for paths in kept_files(kind).values() for path in paths}


@pytest.mark.parametrize("kind", KINDS)
def test_the_guide_shows_the_first_page_as_it_is(kind):
    name = guide_name(kind)
    assert f"(images/{name})" in (GUIDE / "../van-ban.md").read_text()
    with Image.open(GUIDE / name) as shown:
        assert difference(shown.convert("L"), first_page(kind).convert("L")).is_small, "look at the page, then run tools/golden.py"


def page(css=""):
    """A page of the sample report with a chart, text and a table, `css` added."""
    paper = sample_report()
    content = html_to_pdf(to_html(paper), title="x", css=measures_of(paper) + css).bytes if css else to_pdf(paper, Recipe.template).bytes
    return drawn_pages(content, [TABLE_PAGE])[TABLE_PAGE]


@pytest.fixture(scope="module")
def sound():
    return page()


def moved(picture, box, down):
    """`picture` with what stands in `box` moved down by dots."""
    changed = picture.copy()
    changed.paste(255, box)
    changed.paste(picture.crop(box), (box[0], box[1] + down))
    return changed


def lines_of(picture):
    """The bands (top, bottom) of rows of dots between blank ones: lines of text, and tables."""
    rows = [picture.crop((0, y, picture.width, y + 1)).getextrema()[0] < 128 for y in range(picture.height)]
    starts = [y for y in range(1, len(rows)) if rows[y] and not rows[y - 1]]
    return [(top, next(y for y in range(top, len(rows)) if not rows[y])) for top in starts]


def blurred_shift(picture, part):
    """`picture` moved by a part of a dot to the right and down, as another text library may place its letters."""
    return picture.transform(picture.size, Image.Transform.AFFINE, (1, 0, -part, 0, 1, -part), Image.Resampling.BICUBIC, fillcolor=255)


def test_another_drawing_of_the_same_page_is_the_same(sound):
    assert difference(sound, sound).mean == 0
    for part in (0.4, -0.4):
        assert difference(sound, blurred_shift(sound, part)).is_small


@pytest.mark.parametrize(
    "fault",
    [
        "td:nth-child(3) { color: transparent !important }",
        "td { font-size: 11.5pt !important }",
        "td { font-weight: bold !important }",
        "h2, h3 { font-weight: normal !important }",
        "body { font-style: italic !important }",
        "td { text-align: left !important }",
        "td, th { border: 0 !important }",
        "p { text-indent: 8mm !important }",
    ],
)
def test_a_planted_fault_is_seen(sound, fault):
    assert not difference(page("h1 { color: black }"), page(fault)).is_small


def test_a_moved_line_a_lost_one_and_another_size_of_page_are_seen(sound):
    text = [(top, bottom) for top, bottom in lines_of(sound) if 6 < bottom - top < 16 and top > 60]
    for top, bottom in text[:4]:
        box = (0, top, sound.width, bottom)
        assert not difference(sound, moved(sound, box, 3)).is_small
        lost = sound.copy()
        lost.paste(255, box)
        assert not difference(sound, lost).is_small
    assert not difference(sound, sound.resize((sound.width, sound.height + 1))).is_small
