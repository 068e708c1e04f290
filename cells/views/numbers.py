from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Min, Q
from django.shortcuts import get_object_or_404, redirect, render

from cells.enums import NumberState, PaperCode
from cells.filters import NumberFilter
from cells.forms import NumberForm, ReserveForm, VoidForm
from cells.models import NumberSeries, RegisteredNumber
from cells.permissions import can_keep_numbers
from cells.services import numbers
from cells.standing import term_on
from cells.views.organisations import readable
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list

COLUMNS = [
    Column("Số, ký hiệu", lambda row: row.label, width=16),
    Column("Ngày ban hành", lambda row: row.issued_on, width=14, kind="date"),
    Column("Loại văn bản", lambda row: row.get_code_display(), width=22),
    Column("Trích yếu", lambda row: row.title, width=60),
    Column("Tình trạng", lambda row: row.get_state_display(), width=12),
    Column("Lý do giữ số", lambda row: row.reserved_for, width=30),
    Column("Lý do bỏ số", lambda row: row.void_reason, width=30),
    Column("Nhiệm kỳ", lambda row: str(row.series), width=22),
    Column("Người ghi", lambda row: str(row.changed_by), width=24),
    Column("Lưu ý", lambda row: " ".join(row.warnings), width=40),
]


def number_list(request, pk):
    organisation = readable(request, pk)
    rows = (
        RegisteredNumber.objects.filter(series__organisation=organisation)
        .select_related("series__term", "series__organisation", "document", "changed_by")
        .with_day_before()
    )
    context = {
        "organisation": organisation,
        "term": term_on(organisation, today()),
        "counts": counts_of(organisation),
        "may_keep": can_keep_numbers(request.user, organisation) and not organisation.is_closed,
    }
    return render_list(
        request,
        "cells/number_list.html",
        rows=rows.order_by("-series__term__congress_on", "series", "code", "-number"),
        title="Sổ đăng ký số văn bản đi",
        filterset=NumberFilter,
        columns=COLUMNS,
        name="so-van-ban-di",
        context=context,
    )


def counts_of(organisation):
    """One line per type of paper in today's series: from which number on, how many of each state, the next number."""
    series = NumberSeries.objects.filter(organisation=organisation, term=term_on(organisation, today())).first()
    if series is None:
        return []
    states = {state.value: Count("pk", filter=Q(state=state)) for state in NumberState}
    lines = series.numbers.order_by("code").values("code").annotate(first=Min("number"), last=Max("number"), **states)
    return [line | {"label": PaperCode(line["code"]).label, "next": line["last"] + 1} for line in lines]


def number_new(request, pk):
    organisation = readable(request, pk)
    asked = {"code": request.GET.get("code", ""), "number": request.GET.get("number", ""), "day": today()}
    form = NumberForm(request.POST or None, initial=asked)
    done = "Đã vào sổ số {}."
    return kept(request, organisation, form, "Vào sổ văn bản", done, lambda data: [numbers.take_number(organisation, **data, by=request.user)])


def number_reserve(request, pk):
    organisation = readable(request, pk)
    form = ReserveForm(request.POST or None, initial={"day": today()})
    return kept(request, organisation, form, "Giữ số", "Đã giữ số {}.", lambda data: numbers.reserve_numbers(organisation, **data, by=request.user))


def number_void(request, pk):
    row = get_object_or_404(RegisteredNumber.objects.visible_to(request.user).select_related("series__organisation"), pk=pk)
    form = VoidForm(request.POST or None)
    title = f"Bỏ số {row.label}"
    return kept(request, row.organisation, form, title, "Đã bỏ số {}.", lambda data: [numbers.void_number(row, **data, by=request.user)], row=row)


def kept(request, organisation, form, title, done, service, row=None):
    """The pattern of the three forms: right, form, service, its sentence or its page."""
    if not can_keep_numbers(request.user, organisation):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            rows = service(form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, done.format(", ".join(one.label for one in rows)))
            for sentence in (sentence for one in rows for sentence in one.warnings):
                messages.warning(request, f"{sentence} Hãy kiểm tra lại ngày.")
            return redirect("cells:number_list", organisation.pk)
    return render(request, "cells/number_form.html", {"organisation": organisation, "form": form, "title": title, "row": row})
