from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cells.enums import CELL_KINDS
from cells.models import Organisation
from cells.views.organisations import readable
from khoi_party.common.dates import date_text, today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import export_asked
from members.forms.rolls import OnDayForm, PeriodForm, SignOffForm
from members.models import RosterSignOff
from members.permissions import can_edit_members_of
from members.quarters import before, first_day, is_quarter_end, last_ended, quarter_text
from members.register import HEADINGS, WIDTHS, register_of, standing_counts
from members.services.signoffs import sign_off
from members.statistics import LINES, SHORT, statistics_of

FORM_7 = [Column(title, lambda entry, n=n: entry.texts[n], width=width) for n, (title, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True))]
STATISTICS_COLUMNS = [
    Column("Đơn vị", lambda line: line.name, width=48),
    *(Column(f"{one.block}: {one.label}", lambda line, key=one.key: line.counts[key], width=14, kind="int") for one in LINES),
]


def readable_cell(request, pk):
    cell = readable(request, pk)
    if cell.kind not in CELL_KINDS:
        raise Http404
    return cell


def register(request, pk):
    """Mẫu 7-HSĐV of a cell: the fourteen columns, on the screen, on paper and as Excel."""
    cell = readable_cell(request, pk)
    end = last_ended(today())
    form = PeriodForm(request.GET if "first" in request.GET else None, initial={"first": first_day(end), "last": today()})
    first, last = first_day(end), today()
    if form.is_bound and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    entries = register_of(cell, first, last)
    name, superior = cell.name_on(last), cell.superior_name_on(last)
    notes = list(filter(None, (superior, name, f"Từ {date_text(first)} đến hết {date_text(last)}")))
    asked = {"name": "mau-7-hsdv", "title": "Sổ danh sách đảng viên (mẫu 7-HSĐV)", "notes": notes, "is_numbered": True}
    if file := export_asked(request, columns=FORM_7, rows=entries, **asked):
        return file
    context = {
        "cell": cell,
        "name": name,
        "superior": superior,
        "form": form,
        "first": first,
        "last": last,
        "headings": HEADINGS,
        "entries": entries,
        "counts": standing_counts(cell, last),
        "period": f"first={date_text(first)}&last={date_text(last)}",
        "signed": RosterSignOff.objects.filter(cell=cell).select_related("signed_by")[:8],
        "to_sign": end if can_edit_members_of(request.user, cell) and not RosterSignOff.objects.filter(cell=cell, quarter_end=end).exists() else None,
    }
    return render(request, "members/register.html", context)


def quarter_of(request):
    """The quarter's last day that the address names, else the latest that has ended."""
    try:
        day = date.fromisoformat(request.GET.get("quarter", ""))
    except ValueError:
        return last_ended(today())
    return day if is_quarter_end(day) and day <= today() else last_ended(today())


def sign_off_new(request, pk):
    """The list of the quarter's end, read once more, then confirmed."""
    cell = readable_cell(request, pk)
    if not can_edit_members_of(request.user, cell):
        raise PermissionDenied
    end = quarter_of(request)
    counts = standing_counts(cell, end)
    form = SignOffForm(request.POST or None, initial={"official": counts[0], "probationary": counts[1]})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sign_off(cell, end, note=data["note"], seen=(data["official"], data["probationary"]), by=request.user)
            messages.success(request, f"Đã xác nhận danh sách {quarter_text(end)} của {cell.name}.")
            return redirect("members:register", pk)
        except DomainError as error:
            form.add_domain_error(error)
    entries = [entry for entry in register_of(cell, first_day(end), end) if entry.is_present]
    context = {"cell": cell, "end": end, "quarter": quarter_text(end), "form": form, "entries": entries, "counts": counts}
    return render(request, "members/sign_off.html", context)


def sign_off_list(request, pk):
    """Which cells of an organisation have confirmed their register of a quarter, and whether the sums agree with the roll."""
    organisation = readable(request, pk)
    end = quarter_of(request)
    cells = Organisation.objects.in_subtree(organisation).filter(kind__in=CELL_KINDS, established_on__lte=end).select_related("parent")
    cells = [cell for cell in cells.order_by("path") if cell.dissolved_on is None or cell.dissolved_on > end]
    done = {row.cell_id: row for row in RosterSignOff.objects.in_subtree(organisation).filter(quarter_end=end).select_related("signed_by")}
    (whole,) = statistics_of(organisation, [], end)
    context = {
        "organisation": organisation,
        "end": end,
        "quarter": quarter_text(end),
        "rows": [(cell, done.get(cell.pk)) for cell in cells],
        "missing": sum(cell.pk not in done for cell in cells),
        "signed": (sum(row.official for row in done.values()), sum(row.probationary for row in done.values())),
        "whole": (whole.counts["official"], whole.counts["probationary"]),
        "tabs": quarter_tabs(pk, end),
    }
    return render(request, "members/sign_off_list.html", context)


def quarter_tabs(pk, current):
    ends = [last_ended(today())]
    while len(ends) < 4:
        ends.append(before(ends[-1]))
    address = reverse("members:sign_off_list", args=[pk])
    return [{"url": f"{address}?quarter={end}", "label": f"Quý{quarter_text(end)[3:]}", "is_current": end == current} for end in ends]


def member_statistics(request, pk):
    """Total, women, ethnic minorities, religion, ages, education of an organisation and each unit below it, on any day."""
    organisation = readable(request, pk)
    form = OnDayForm(request.GET if "on" in request.GET else None, initial={"on": today()})
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else today()
    below = list(Organisation.objects.filter(parent=organisation).order_by("path"))
    whole, *units = statistics_of(organisation, below, day)
    name = organisation.name_on(day)
    asked = {"name": "thong-ke-dang-vien", "title": f"Thống kê đảng viên ngày {date_text(day)}", "notes": [name]}
    if file := export_asked(request, columns=STATISTICS_COLUMNS, rows=[whole, *units], **asked):
        return file
    context = {
        "organisation": organisation,
        "name": name,
        "form": form,
        "day": day,
        "lines": [(one, whole.counts[one.key]) for one in LINES],
        "total": whole.counts["all"],
        "short": [one for one in LINES if one.key in SHORT],
        "units": [(unit, [unit.counts[one.key] for one in LINES if one.key in SHORT]) for unit in units if unit.counts["all"]],
    }
    return render(request, "members/statistics.html", context)
