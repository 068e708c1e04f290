import datetime
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template import Context, Origin, Template

from conftest import UndefinedVariableError
from khoi_party.common.dates import today


def rendered(text, **context):
    return Template("{% load kp %}" + text).render(Context(context))


def test_numbers():
    assert (
        rendered("{{ a|decimal }} {{ b|thousands }} {{ 63|percent_of:66 }} {{ 2|two_digits }}", a=Decimal("95.50"), b=4300) == "95,5 4.300 95,45% 02"
    )


def test_paper_dates():
    day = datetime.date(2026, 4, 3)
    assert rendered("{{ day|paper_date }}; {{ day|paper_short_date }}", day=day) == "ngày 03 tháng 4 năm 2026; 03/4/2026"


def test_due():
    assert rendered("{{ day|due }}", day=today() + datetime.timedelta(days=5)) == "còn 5 ngày"
    assert rendered("{{ day|due }}", day=None) == ""


@pytest.mark.parametrize(("level", "expected"), [(1, "kp-level-1"), (4, "kp-level-4"), (None, "kp-level-none"), (5, "kp-level-none")])
def test_level_class(level, expected):
    assert rendered("{{ level|level_class }}", level=level) == expected


def test_query_with_keeps_the_other_parameters(rf):
    request = rf.get("/?q=Hạnh&page=3&export=xlsx")
    assert rendered("{% query_with page=4 %}", request=request) == "?q=H%E1%BA%A1nh&amp;page=4"
    assert rendered("{% query_with page=None %}", request=request) == "?q=H%E1%BA%A1nh"


def test_page_numbers_are_elided_in_the_middle():
    page = Paginator(range(1000), 50).page(10)
    assert rendered("{% for n in page|page_numbers %}{{ n }} {% endfor %}", page=page).split() == ["1", "…", "9", "10", "11", "…", "20"]


def rendered_as(origin, text, **context):
    return Template(text, origin=Origin(str(settings.BASE_DIR / origin))).render(Context(context))


@pytest.mark.parametrize("text", ["{{ nmae }}", "{{ row.nmae }}", "{{ row.nmae|upper }}", "{% with a=nmae %}{{ a }}{% endwith %}"])
def test_unknown_variable_in_our_template_fails_the_test(text):
    with pytest.raises(UndefinedVariableError, match=r"nmae in .*templates/cells/probe\.html"):
        rendered_as("templates/cells/probe.html", text, row={"name": "x"})


@pytest.mark.parametrize("text", ["{% if nmae %}x{% endif %}-", "{{ nmae|default:'-' }}", "{% for a in nmae %}x{% endfor %}-"])
def test_unknown_variable_may_be_asked_for(text):
    assert rendered_as("templates/cells/probe.html", text) == "-"


def test_unknown_variable_in_a_packages_template_prints_nothing():
    assert rendered_as(".venv/package/templates/probe.html", "{{ nmae }}-") == "-"
