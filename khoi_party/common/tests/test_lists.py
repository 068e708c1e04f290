import copy
import io
import zipfile

import django_filters
import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponse
from django_htmx.middleware import HtmxMiddleware

from khoi_party.common.excel import Column
from khoi_party.common.lists import Chip, active_filters, paginate, render_list

pytestmark = pytest.mark.django_db

TEMPLATE = """<h1>{{ title }}</h1>{% if filterset %}{% include "components/_filters.html" %}{% endif %}
<div id="results">{% partialdef results inline %}{% include "components/_result_bar.html" %}
{% for row in rows %}<p>{{ row.model }}</p>{% endfor %}{% include "components/_pagination.html" %}{% endpartialdef %}</div>"""


class ProbeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="model", lookup_expr="contains", label="Tìm")
    app = django_filters.ChoiceFilter(field_name="app_label", choices=[("odd", "Số lẻ"), ("even", "Số chẵn")], label="Loại")

    class Meta:
        model = ContentType
        fields = []


@pytest.fixture
def probes():
    ContentType.objects.bulk_create(ContentType(app_label="odd" if n % 2 else "even", model=f"row{n:03d}") for n in range(1, 121))
    return ContentType.objects.filter(app_label__in=["odd", "even"]).order_by("model")


@pytest.fixture
def ask(rf, probes, settings, tmp_path):
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(tmp_path)
    settings.TEMPLATES = templates
    (tmp_path / "probe_list.html").write_text(TEMPLATE)

    def ask(address="/probe/", headers=None, **options):
        request = rf.get(address, headers=headers)
        HtmxMiddleware(lambda request: HttpResponse())(request)
        options = {"rows": probes, "filterset": ProbeFilter, "columns": [Column("Tên", lambda row: row.model)], "name": "dong"} | options
        return render_list(request, "probe_list.html", title="Các dòng", **options)

    return ask


def models_in(response):
    text = response.content.decode()
    return [piece.split("</p>")[0] for piece in text.split("<p>")[1:]]


@pytest.mark.parametrize(
    ("asked", "number", "first"), [("", 1, "row001"), ("2", 2, "row051"), ("99", 3, "row101"), ("0", 3, "row101"), ("x", 1, "row001")]
)
def test_paginate(rf, probes, asked, number, first):
    page = paginate(rf.get("/", {"page": asked}), probes)
    assert (page.number, page.object_list[0].model) == (number, first)


def test_list_shows_fifty_rows_and_where_one_is(ask):
    response = ask()
    assert models_in(response) == [f"row{n:03d}" for n in range(1, 51)]
    text = response.content.decode()
    assert "<h1>Các dòng</h1>" in text
    assert "120 dòng" in text
    assert "Dòng 1–50 trong 120" in text
    assert response["Vary"] == "HX-Request"


def test_list_keeps_filters_in_its_links(ask):
    text = ask("/probe/?app=odd&page=2&export=").content.decode()
    assert 'href="?app=odd&amp;page=1"' in text
    assert 'href="?app=odd&amp;export=xlsx"' in text


def test_list_for_htmx_is_only_the_results(ask):
    response = ask("/probe/?q=row00", headers={"HX-Request": "true"})
    assert models_in(response) == [f"row{n:03d}" for n in range(1, 10)]
    assert b"<h1>" not in response.content
    assert b"kp-filters" not in response.content


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_list_for_htmx_that_needs_the_page(ask, header):
    assert b"<h1>" in ask(headers={"HX-Request": "true", header: "true"}).content


def test_list_export_holds_all_filtered_rows_not_just_the_page(ask):
    response = ask("/probe/?app=odd&page=2&export=xlsx")
    sheet = zipfile.ZipFile(io.BytesIO(response.content)).read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count(">row") == 60
    assert "row001" in sheet
    assert "row119" in sheet


def test_list_without_columns_has_no_export(ask):
    response = ask("/probe/?export=xlsx", columns=None)
    assert len(models_in(response)) == 50
    assert "Xuất Excel" not in response.content.decode()


def test_list_takes_a_bound_filterset_too(ask, rf, probes):
    request = rf.get("/", {"q": "row12"})
    assert models_in(ask(filterset=ProbeFilter(request.GET, queryset=probes, request=request))) == ["row120"]


def test_list_without_filterset_or_rows(ask, probes):
    assert "Không có dòng nào" in ask(rows=probes.filter(model="x")).content.decode()
    assert len(models_in(ask(filterset=None))) == 50


def test_active_filters_are_chips_that_take_themselves_out(rf, probes):
    request = rf.get("/", {"q": "row", "app": "odd", "page": "2"})
    filterset = ProbeFilter(request.GET, queryset=probes, request=request)
    assert active_filters(request, filterset) == [Chip("Tìm", "row", "?app=odd"), Chip("Loại", "Số lẻ", "?q=row")]


def test_active_filters_leave_out_what_was_refused(rf, probes):
    request = rf.get("/", {"q": "", "app": "nothing"})
    assert active_filters(request, ProbeFilter(request.GET, queryset=probes, request=request)) == []
    assert active_filters(request, None) == []


class TickFilter(django_filters.FilterSet):
    boxed = django_filters.BooleanFilter(label="Được miễn", widget=forms.CheckboxInput, method="keep")
    chosen = django_filters.BooleanFilter(label="Đã nộp", method="keep")

    class Meta:
        model = ContentType
        fields = []

    def keep(self, rows, name, value):
        return rows


@pytest.mark.parametrize(
    ("asked", "chips"),
    [
        ("", []),
        ("chosen=false", [Chip("Đã nộp", "không", "?")]),
        ("boxed=on", [Chip("Được miễn", "có", "?")]),
    ],
)
def test_active_filters_of_yes_and_no(rf, probes, asked, chips):
    request = rf.get(f"/?{asked}")
    assert active_filters(request, TickFilter(request.GET, queryset=probes, request=request)) == chips
