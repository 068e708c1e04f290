"""The one pattern of every list: filters from the address, 50 rows a page, HTMX swaps the results, the same rows as Excel.

A list's template writes, inside its content block:

    {% include "components/_filters.html" %}
    <div id="results">{% partialdef results inline %}
      {% include "components/_result_bar.html" %}
      ... the table over `rows`, or _empty.html ...
      {% include "components/_pagination.html" %}
    {% endpartialdef %}</div>
"""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.forms import Select
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.choices import flatten_choices
from django.utils.module_loading import import_string

from .dates import date_text
from .excel import workbook_response

PER_PAGE = 50
SEARCHED = "searched"  # in the address: a private search of this session is in force


@dataclass(frozen=True)
class Chip:
    """One active filter: its label, its value in words, and the query string of the list without it."""

    label: str
    text: str
    without: str


def _searched(request, filterset):
    """Keep what was searched for in the session and lead on to the list: a name belongs into no address and no log of addresses."""
    request.session[f"search:{request.path}"] = {name: request.POST.get(name, "") for name in filterset.private}
    shown = {name: value for name, value in request.POST.items() if value and name not in (*filterset.private, "csrfmiddlewaretoken")}
    return redirect(f"{request.path}?{urlencode(shown | {SEARCHED: 1})}")


def _asked(request, filterset):
    """The address's parameters, with the private ones from the session where the address says that they are meant."""
    data = request.GET.copy()
    kept = request.session.get(f"search:{request.path}", {}) if SEARCHED in data else {}
    for name in getattr(filterset, "private", ()):
        data.pop(name, None)
        if kept.get(name):
            data[name] = kept[name]
    return data


def paginate(request, queryset, per_page=PER_PAGE):
    """The page that `?page=` asks for: the first without a number, the last beyond the end."""
    return Paginator(queryset, per_page).get_page(request.GET.get("page"))


def render_list(request, template, *, rows, title, filterset=None, columns=None, name=None, per_page=PER_PAGE, context=None, shown=None):
    """The list as a page; only its `results` partial for HTMX; an Excel file of all filtered rows for `?export=xlsx`.

    rows: ordered queryset. filterset: FilterSet class or bound instance; the fields named in its `private` are posted, and kept in the
    session instead of the address. columns: Excel columns; without them no export.
    name: ASCII slug of the Excel file, needed with columns.
    shown(rows): what is listed instead of the filtered queryset. The template gets page, rows, count, filterset, chips, title, can_export.
    """
    if isinstance(filterset, type):
        if request.method == "POST":
            return _searched(request, filterset)
        filterset = filterset(_asked(request, filterset), queryset=rows, request=request)
    if filterset is not None:
        rows = filterset.qs
    if shown:
        rows = shown(rows)
    if columns and wants_excel(request):
        return workbook_response(name, title, columns, rows, notes=notes_of(request, filterset, (context or {}).get("organisation")))
    page = paginate(request, rows, per_page)
    own = {
        "title": title,
        "page": page,
        "rows": page.object_list,
        "count": page.paginator.count,
        "filterset": filterset,
        "chips": active_filters(request, filterset),
        "can_export": bool(columns),
    }
    response = render(request, f"{template}#results" if wants_fragment(request) else template, own | (context or {}))
    patch_vary_headers(response, ["HX-Request"])
    return response


def wants_excel(request):
    return request.GET.get("export") == "xlsx"


def export_asked(request, *, name, title, columns, rows, notes=None, is_numbered=False):
    """The Excel file of `rows` where the address asks for it, else None.

    notes: the lines under its title; None for the unit that the reader acts for. Otherwise as khoi_party.common.excel.workbook_response.
    """
    if not wants_excel(request):
        return None
    notes = notes_of(request) if notes is None else notes
    return workbook_response(name, title, columns, rows, notes=notes, is_numbered=is_numbered)


def notes_of(request, filterset=None, organisation=None):
    """What stands under the title of an exported list: whose it is (the organisation shown, else what the reader acts for), the filters."""
    unit = str(organisation) if organisation else import_string(settings.LIST_UNIT)(getattr(request, "user", None))
    filters = "; ".join(f"{chip.label}: {chip.text}" for chip in active_filters(request, filterset))
    return [line for line in (unit, f"Điều kiện lọc: {filters}" if filters else "") if line]


def wants_fragment(request):
    """Whether HTMX asks for a part of the page: not for a boosted link, nor when Back needs the whole page again."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def active_filters(request, filterset):
    """The filters in force, in the order of the form."""
    if filterset is None or not filterset.is_bound:
        return []
    form = filterset.form
    form.is_valid()  # fills cleaned_data; a value that was refused is not in force
    return [
        Chip(str(form[name].label), _in_words(field, form.cleaned_data[name]), _without(request, name))
        for name, field in form.fields.items()
        if name in form.cleaned_data and not form[name].is_hidden and not _is_empty(field, form.cleaned_data[name])
    ]


def _is_empty(field, value):
    if value is False:
        return not isinstance(field.widget, Select)  # a box left unticked asks for nothing, a chosen “không” does
    return value in (None, "") or (isinstance(value, list | tuple | QuerySet) and not value)


def _in_words(field, value):
    if isinstance(value, list | tuple | QuerySet):
        return ", ".join(_in_words(field, one) for one in value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return date_text(value)
    if isinstance(value, Model):
        return str(value)
    words = {str(key): str(label) for key, label in flatten_choices(getattr(field, "choices", ()))}
    return words.get(str(value), str(value))


def _without(request, name):
    query = request.GET.copy()
    private = name not in query
    for key in (name, "page", "export", *([SEARCHED] if private else [])):
        query.pop(key, None)
    return f"?{query.urlencode()}"
