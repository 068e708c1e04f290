"""Papers that were frozen before their figures knew more: they read back and are written again, without what nobody had read for them."""

import json
from pathlib import Path

import pytest

from reports.building import freeze, thaw
from reports.setting.pages import to_html

FROZEN = Path(__file__).parent / "frozen"


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("year_report", "Có 02/03 tổ chức cơ sở đảng được đánh giá, xếp loại, đạt 66,67% tổng số"),
        ("statistics", "có 06 đảng viên, trong đó 05 chính thức, 01 dự bị"),
        ("commendation_decision", "Tặng giấy khen cho 02 đảng viên"),
    ],
)
def test_figures_of_the_old_shape_thaw_and_are_written(name, says):
    text = (FROZEN / f"{name}.json").read_text()
    frozen = thaw(text)
    assert says in to_html(frozen.write())
    _same(json.loads(text), json.loads(freeze(frozen)))


def _same(old, now):
    """What was frozen is in the figures of today with the same values; what is new beside it stands at its default."""
    if isinstance(old, dict):
        for key, value in old.items():
            _same(value, now[key])
    elif isinstance(old, list):
        assert len(old) == len(now)
        for one, other in zip(old, now, strict=True):
            _same(one, other)
    else:
        assert old == now


def test_an_old_year_report_says_nothing_of_what_was_not_read_then():
    written = thaw((FROZEN / "year_report.json").read_text()).write()
    headings = [block.text for section in written.sections for block in section.blocks if block.kind == "subheading"]
    assert "3. Đảng viên" in headings
    assert not any("Tập thể lãnh đạo" in one or "Khiếu nại" in one for one in headings)
