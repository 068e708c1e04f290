"""The pages of every kind of paper look as they did when people last looked at them (reports/tests/golden/, written by tools/golden.py)."""

import shutil

import pytest
from django.conf import settings
from PIL import Image

from reports.rendering import html_to_pdf
from reports.setting.measures import measures_of
from reports.setting.pages import to_html
from reports.tests.every_paper import KINDS
from reports.tests.pictures import GOLDEN, difference, drawn_pages, golden_pages, kept_names, shown_difference
from reports.tests.sample import sample_report

FAILED = settings.BASE_DIR / "var" / "golden-failed"
TABLE_PAGE = 2


@pytest.mark.parametrize("kind", KINDS)
def test_pages_look_as_they_did(kind):
    pages, room = golden_pages(kind), FAILED / kind
    shutil.rmtree(room, ignore_errors=True)
    assert kept_names(kind) == set(pages), f"other pages than those kept: look at them and run tools/golden.py {kind}"
    changed = []
    for name, drawn in pages.items():
        with Image.open(GOLDEN / name) as picture:
            kept = picture.convert("L")
        found = difference(kept, drawn)
        if not found.is_small:
            room.mkdir(parents=True, exist_ok=True)
            drawn.save(room / name)
            shown_difference(kept, drawn).save(room / f"difference-{name}")
            changed.append(f"{name} ({found})")
    assert not changed, f"pages have changed, as drawn now and where they differ in {room}: {', '.join(changed)}"


def page(css=""):
    """The second page of the sample report, where two tables and a chart stand."""
    paper = sample_report()
    return drawn_pages(html_to_pdf(to_html(paper), title="x", css=measures_of(paper) + css).bytes, [TABLE_PAGE])[TABLE_PAGE]


@pytest.fixture(scope="module")
def sound():
    return page()


def moved(picture, box, down):
    """`picture` with what stands in `box` moved down by dots."""
    changed = picture.copy()
    changed.paste(255, box)
    changed.paste(picture.crop(box), (box[0], box[1] + down))
    return changed


def blurred_shift(picture, part):
    """`picture` moved by a part of a dot to the right and down, as another text library may place its letters."""
    return picture.transform(picture.size, Image.Transform.AFFINE, (1, 0, -part, 0, 1, -part), Image.Resampling.BICUBIC, fillcolor=255)


def test_another_drawing_of_the_same_page_is_the_same(sound):
    assert difference(sound, sound).mean == 0
    for same in (blurred_shift(sound, 0.4), blurred_shift(sound, -0.4), sound.point(lambda value: min(255, value + 25))):
        assert difference(sound, same).is_small, difference(sound, same)
