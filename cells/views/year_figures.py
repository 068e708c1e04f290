from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cells.enums import BASE_KINDS
from cells.forms import TaskFiguresForm, UnitFiguresForm
from cells.models import Organisation, YearFigure
from cells.permissions import can_edit_organisation, can_type_figures
from cells.services import year_figures as figures
from cells.standing import FIRST_YEAR, bases_on, counting_day
from cells.views.organisations import readable
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list

ALL = len(YearFigure.Key)


@dataclass(frozen=True)
class Line:
    """One unit's row of the year: what it has given."""

    unit: Organisation
    name: str
    values: dict

    @property
    def given(self):
        return len(self.values)

    @property
    def lacks(self):
        return ALL - self.given


def refuse_other_years(year):
    if not FIRST_YEAR <= year <= today().year:
        raise Http404


def lines_of(organisation, year):
    """A Line of each base organisation that stood below in that year, or of the organisation itself where it is one."""
    units = [(organisation, organisation.name)] if organisation.kind in BASE_KINDS else bases_on(organisation, counting_day(year, today()))
    values = {}
    rows = YearFigure.objects.known().filter(year=year, organisation__in=[unit.pk for unit, _ in units])
    for unit, key, value in rows.values_list("organisation", "key", "value"):
        values.setdefault(unit, {})[key] = int(value)
    return [Line(unit, name, values.get(unit.pk, {})) for unit, name in units]


def summed(key, lines):
    """(label, the sum of what was given, how many units are missing): what is not known is not counted as none."""
    given = [line.values[key.value] for line in lines if key.value in line.values]
    return key.label, sum(given), len(lines) - len(given)


def year_figures(request, pk, year):
    """Who has given what of a year's figures, the sums, and how many units are missing from each."""
    organisation = readable(request, pk)
    refuse_other_years(year)
    lines = lines_of(organisation, year)
    may_edit, is_base = can_edit_organisation(request.user, organisation), organisation.kind in BASE_KINDS
    columns = [Column("Tổ chức cơ sở đảng", lambda line: line.name, width=48)]
    columns += [Column(key.label, lambda line, key=key: line.values.get(key.value), width=14, kind="int") for key in YearFigure.Key]
    sums = [(group, [summed(key, lines) for key in keys]) for group, keys in YearFigure.GROUPS]
    context = {
        "organisation": organisation,
        "year": year,
        "sums": sums,
        "units": len(lines),
        "may_type": is_base and can_type_figures(request.user, organisation),
        "may_type_below": may_edit and not is_base,
        "is_base": is_base,
        "tabs": [{"url": f"../{one}/", "label": f"Năm {one}", "is_current": one == year} for one in range(year - 2, min(year + 2, today().year) + 1)],
    }
    template, name = "cells/year_figures.html", f"so-lieu-{year}"
    return render_list(request, template, rows=lines, title=f"Số liệu năm {year}", columns=columns, name=name, context=context)


def year_unit(request, pk, year):
    """One unit's figures of a year, typed with their source."""
    unit = get_object_or_404(Organisation.objects.visible_to(request.user).filter(kind__in=BASE_KINDS), pk=pk)
    refuse_other_years(year)
    if not can_type_figures(request.user, unit):
        raise PermissionDenied
    known = list(YearFigure.objects.filter(organisation=unit, year=year))
    form = UnitFiguresForm(request.POST or None, known=known, version=figures.version_of(known))
    if request.method == "POST" and form.is_valid():
        given = {"source": form.cleaned_data["source"], "version": form.cleaned_data["version"]}
        try:
            count = figures.save_unit_figures(unit, year, form.values(), **given, by=request.user)
            messages.success(request, f"Đã lưu số liệu năm {year}, {count} mục thay đổi.")
            return redirect("cells:year_figures", unit.pk, year)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "cells/year_unit.html", {"unit": unit, "year": year, "form": form})


def year_tasks(request, pk, year):
    """The one answer that the committee types for all its agencies from one paper."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    refuse_other_years(year)
    if not can_edit_organisation(request.user, organisation):
        raise PermissionDenied
    bases = bases_on(organisation, counting_day(year, today()))
    rows = list(YearFigure.objects.filter(key=YearFigure.Key.AGENCY_TASK_DONE_WELL, year=year, organisation__in=[base for base, _ in bases]))
    form = TaskFiguresForm(request.POST or None, bases=bases, figures=rows, version=figures.version_of(rows))
    if request.method == "POST" and form.is_valid():
        given = {"source": form.cleaned_data["source"], "version": form.cleaned_data["version"]}
        try:
            count = figures.save_task_figures(organisation, year, form.answers(), **given, by=request.user)
            messages.success(request, f"Đã lưu, {count} đơn vị thay đổi.")
            return redirect("cells:year_figures", organisation.pk, year)
        except DomainError as error:
            form.add_domain_error(error)
    context = {"organisation": organisation, "form": form, "year": year, "known": sum(one.value is not None for one in rows)}
    return render(request, "cells/year_tasks.html", context)
