"""The legal bases that papers name, of every kind and year."""

from datetime import date

import pytest

from khoi_party.rules import Confidence
from reports.enums import PaperKind
from reports.papers.grounds import GROUNDS, WITHOUT, grounds_for, grounds_of

YEARS = range(2014, 2027)


@pytest.mark.parametrize("kind", PaperKind)
def test_every_kind_answers_for_every_year(kind):
    """Issued in January of the next year, as most are."""
    for year in YEARS:
        day = date(year + 1, 1, 10)
        found = grounds_of(kind, year, day)
        assert bool(found) == (kind not in WITHOUT and (kind, year) not in NONE_READ), (kind, year)
        assert all(one.issued_on is None or one.issued_on <= day for one in found)
        assert all(line.startswith("Căn cứ ") and line[-1] not in ".;," for line in grounds_for(kind, year, day))


NONE_READ = {(PaperKind.BADGE_LIST, year) for year in (2014, 2015)}  # what held before the regulation of 2016 was not read


def test_a_base_is_sure_or_says_how_well_it_is_known():
    assert {one.confidence for one in GROUNDS} <= {Confidence.VERIFIED, Confidence.SECONDARY}
    assert len({one.text for one in GROUNDS}) == len(GROUNDS)


@pytest.mark.parametrize(
    ("year", "numbers"),
    [
        (2014, ("27-HD/BTCTW, ngày 25/9/2014",)),
        (2017, ("27-HD/BTCTW, ngày 25/9/2014",)),
        (2018, ("132-QĐ/TW, ngày 08/3/2018", "16-HD/BTCTW, ngày 24/9/2018")),
        (2019, ("132-QĐ/TW, ngày 08/3/2018", "21-HD/BTCTW, ngày 18/10/2019")),
        (2022, ("132-QĐ/TW, ngày 08/3/2018", "21-HD/BTCTW, ngày 18/10/2019")),
        (2023, ("124-QĐ/TW, ngày 04/10/2023", "25-HD/BTCTW, ngày 10/11/2023")),
        (2024, ("124-QĐ/TW, ngày 04/10/2023", "25-HD/BTCTW, ngày 10/11/2023")),
        (2025, ("366-QĐ/TW, ngày 30/8/2025", "43-HD/BTCTW, ngày 31/10/2025")),
        (2026, ("366-QĐ/TW, ngày 30/8/2025", "43-HD/BTCTW, ngày 31/10/2025")),
    ],
)
@pytest.mark.parametrize("kind", [PaperKind.RATING_DECISION, PaperKind.RATING_REVISION])
def test_levels_name_the_regulation_and_the_guidance_of_the_year_rated(kind, year, numbers):
    lines = grounds_for(kind, year, date(year + 1, 1, 10))
    assert lines[0] == "Căn cứ Điều lệ Đảng Cộng sản Việt Nam"
    assert tuple(line.rpartition(" số ")[2] for line in lines[1:]) == numbers
    assert grounds_for(PaperKind.RATING_PROPOSAL, year, date(year + 1, 1, 10)) == lines[1:]


def test_a_guidance_that_came_later_is_not_named():
    assert grounds_for(PaperKind.RATING_DECISION, 2025, date(2025, 10, 30))[1:] == ("Căn cứ Quy định số 366-QĐ/TW, ngày 30/8/2025",)


@pytest.mark.parametrize(
    ("day", "numbers"),
    [
        (date(2016, 7, 24), ("56-HD/VPTW",)),
        (date(2021, 7, 29), ("29-QĐ/TW", "01-HD/TW", "56-HD/VPTW")),
        (date(2021, 7, 30), ("24-QĐ/TW", "01-HD/TW", "56-HD/VPTW")),
        (date(2025, 1, 19), ("24-QĐ/TW", "01-HD/TW", "56-HD/VPTW")),
        (date(2025, 1, 20), ("232-QĐ/TW", "01-HD/TW", "56-HD/VPTW")),
        (date(2025, 6, 30), ("232-QĐ/TW", "01-HD/TW", "56-HD/VPTW")),
        (date(2025, 7, 1), ("294-QĐ/TW", "06-HD/TW", "56-HD/VPTW")),
        (date(2026, 1, 15), ("294-QĐ/TW", "06-HD/TW", "56-HD/VPTW", "19780-CV/VPTW")),
    ],
)
def test_commendations_name_the_rules_of_the_day(day, numbers):
    lines = grounds_for(PaperKind.COMMENDATION_DECISION, day.year - 1, day)
    assert lines[0] == "Căn cứ Điều lệ Đảng Cộng sản Việt Nam"
    assert tuple(line.partition(" số ")[2].partition(",")[0] for line in lines[1:]) == numbers


def test_the_guidance_of_the_day_is_the_one_of_its_date():
    dated = {date(2021, 9, 27): "01-HD/TW, ngày 20/9/2016", date(2021, 9, 28): "01-HD/TW, ngày 28/9/2021"}
    for day, number in dated.items():
        assert any(line.endswith(number) for line in grounds_for(PaperKind.COMMENDATION_DECISION, 2020, day))


def test_what_people_add_comes_after():
    typed = ("Quy chế làm việc", "Xét đề nghị của Ban Tổ chức", "Thực hiện Kế hoạch số 15-KH/ĐUK")
    assert grounds_for(PaperKind.YEAR_REPORT, 2025, date(2026, 1, 10), typed) == ("Căn cứ quy chế làm việc", *typed[1:])
    assert grounds_for(PaperKind.RATING_DECISION, 2025, date(2026, 1, 10), typed)[-3:] == ("Căn cứ quy chế làm việc", *typed[1:])
