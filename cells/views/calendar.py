from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cells.forms import CalendarDayForm
from cells.models import CalendarDay, Organisation
from cells.permissions import can_edit_calendar
from cells.scope import paths_of, within_or_above
from cells.services import calendar
from cells.working_days import LIBRARY_LACKS, MAKE_UP_KNOWN_TO, WEEKEND, working_days_of
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError

WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", *WEEKEND.values())


def root_of_user(request, pk):
    """The root `pk`, for those who read in it or below it: its calendar counts their limits too."""
    roots = Organisation.objects.filter(within_or_above("path", paths_of(request.user)), parent__isnull=True)
    return get_object_or_404(roots, pk=pk)


def calendar_year(request, pk):
    root = root_of_user(request, pk)
    typed = request.GET.get("year", "")
    year = int(typed) if typed.isdecimal() and calendar.FIRST_YEAR <= int(typed) <= calendar.LAST_YEAR else today().year
    days = working_days_of(root)
    context = {
        "organisation": root,
        "year": year,
        "days": [(day, WEEKDAYS[day.weekday()], kind, reason, source_of(day, row), row) for day, kind, reason, row in days.special_days(year)],
        "swaps_known": days.swaps_known(year),
        "known_to": MAKE_UP_KNOWN_TO,
        "tabs": [tab_of(root, other, year) for other in range(year - 2, year + 3) if calendar.FIRST_YEAR <= other <= calendar.LAST_YEAR],
        "may_edit": can_edit_calendar(request.user, root),
    }
    return render(request, "cells/calendar_year.html", context)


def source_of(day, row):
    if row:
        return f"do đảng ủy đặt, {row.document}" if row.document else "do đảng ủy đặt"
    return "theo thông báo của Bộ Nội vụ" if day in LIBRARY_LACKS or day in LIBRARY_LACKS.values() else "theo thư viện"


def address_of(root, year):
    return f"{reverse('cells:calendar_year', args=[root.pk])}?year={year}"


def tab_of(root, year, current):
    return {"url": address_of(root, year), "label": f"Năm {year}", "is_current": year == current}


def calendar_new(request, pk):
    root = root_of_user(request, pk)
    if not can_edit_calendar(request.user, root):
        raise PermissionDenied
    form = CalendarDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("day", "kind", "reason")}
        try:
            row = calendar.set_calendar_day(root, document=form.document(root, request.user), by=request.user, **values)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, f"Đã đặt: {row}. Các thời hạn tính theo ngày làm việc đã tính lại.")
            return redirect(address_of(root, row.day.year))
    return render(request, "cells/calendar_form.html", {"organisation": root, "form": form})


@require_POST
def calendar_remove(request, pk):
    row = get_object_or_404(CalendarDay.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    calendar.remove_calendar_day(row, by=request.user)
    messages.success(request, "Đã bỏ; ngày đó lại theo lịch chung.")
    return redirect(address_of(row.organisation, row.day.year))
