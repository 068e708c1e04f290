from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cells.models import Organisation
from cells.permissions import trail_of
from evaluations.enums import OutsideKind, OutsideLevel
from evaluations.filters import OutsideFilter
from evaluations.forms.outside import OutsideForm, OutsideValuesForm, PlaceChoiceForm, RemoveForm
from evaluations.models import Cycle, OutsideRating
from evaluations.permissions import can_write_for, can_write_outside_rating, writes_on_behalf
from evaluations.services import outside
from khoi_party.common.errors import DomainError, StaleVersion
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list
from khoi_party.common.numbers import decimal
from members.models import Member


def difference(row):
    """What the sheet's own column says where it says something else."""
    return OutsideLevel(row.opinion_level).label if row.differs else ""


COLUMNS = [
    Column("Tổ chức đảng", lambda row: row.place.name, width=40),
    Column("Đối tượng", lambda row: row.get_kind_display(), width=30),
    Column("Họ và tên, tên tập thể", lambda row: row.name, width=36),
    Column("Kỳ", lambda row: row.period, width=10),
    Column("Mức", lambda row: row.get_level_display(), width=30),
    Column("Điểm", lambda row: row.points, width=10, kind="decimal"),
    Column("Văn bản nguồn", lambda row: row.document.number, width=20),
    Column("Ngày văn bản", lambda row: row.document.issued_on, width=14, kind="date"),
    Column("Cơ quan ban hành", lambda row: row.document.issuer, width=30),
    Column("Mức khác ghi trong bảng xếp loại", difference, width=30),
]


def cycle_of(request, pk):
    return get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=pk)


def visible(request, cycle, pk):
    rows = OutsideRating.objects.visible_to(request.user).of_cycle(cycle).with_opinion(cycle, request.user)
    return get_object_or_404(rows.select_related("member__cell", "organisation", "document", "entered_by"), pk=pk)


def outside_list(request, cycle_pk):
    """What others have decided of the members and bodies of the user's scope, for the year of the cycle."""
    cycle = cycle_of(request, cycle_pk)
    rows = OutsideRating.objects.visible_to(request.user).of_cycle(cycle).with_opinion(cycle, request.user).for_list()
    places = outside.writable_places(request.user, cycle)
    chosen = request.GET.get("organisation", "")
    only = places.filter(pk=chosen).first() if chosen.isascii() and chosen.isdigit() else (places[0] if len(places[:2]) == 1 else None)
    context = {"cycle": cycle, "may_write": places.exists(), "place": only}
    title, template = f"Kết quả xếp loại nơi khác năm {cycle.year}", "evaluations/outside_list.html"
    name = f"ket-qua-noi-khac-{cycle.year}"
    return render_list(request, template, rows=rows, title=title, filterset=OutsideFilter, columns=COLUMNS, name=name, context=context)


def outside_place(request, cycle_pk):
    """Which organisation a new result belongs to: chosen first, because it says who may be chosen then."""
    cycle = cycle_of(request, cycle_pk)
    places = outside.writable_places(request.user, cycle)
    if not places.exists():
        raise PermissionDenied
    form = PlaceChoiceForm(request.GET if "organisation" in request.GET else None, places=places)
    if form.is_bound and form.is_valid():
        return redirect("evaluations:outside_new", cycle.pk, form.cleaned_data["organisation"].pk)
    return render(request, "evaluations/outside_place.html", {"cycle": cycle, "form": form})


def outside_new(request, cycle_pk, organisation_pk):
    cycle = cycle_of(request, cycle_pk)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user).in_subtree(cycle.root), pk=organisation_pk)
    if not can_write_for(request.user, organisation):
        raise PermissionDenied
    members = Member.objects.active().filter(cell=organisation).order_by("sort_key", "pk")
    form = OutsideForm(request.POST or None, organisation=organisation, members=members)
    if request.method == "POST" and form.is_valid():
        rating = keep(request, cycle, form, form.result, organisation)
        if rating:
            messages.success(request, f"Đã ghi kết quả: {rating.get_kind_display().lower()}, {rating.period.lower()}.")
            return redirect("evaluations:outside_list", cycle.pk)
    context = {"cycle": cycle, "organisation": organisation, "form": form, "on_behalf": writes_on_behalf(request.user, organisation)}
    return render(request, "evaluations/outside_new.html", context)


def keep(request, cycle, form, result, place):
    """The OutsideRating that was saved, or None: then the form has the sentence and all that was typed."""
    try:
        return outside.save_outside_rating(cycle.year, result(), document=form.document(place, request.user), by=request.user)
    except StaleVersion as stale:
        form.take_over(stale)
    except DomainError as error:
        form.add_domain_error(error)
    return None


def outside_detail(request, cycle_pk, pk):
    cycle = cycle_of(request, cycle_pk)
    rating = visible(request, cycle, pk)
    may_write = can_write_outside_rating(request.user, rating)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = values_form(request, rating) if may_write else None
    if form and request.method == "POST" and form.is_valid() and keep(request, cycle, form, lambda: form.result(rating), rating.place):
        messages.success(request, "Đã lưu kết quả.")
        return redirect("evaluations:outside_list", cycle.pk)
    context = {
        "cycle": cycle,
        "rating": rating,
        "form": form,
        "remove_form": RemoveForm(initial={"version": rating.version}, prefix="remove"),
        "sheet_level": OutsideLevel(rating.opinion_level).label if rating.kind == OutsideKind.CIVIL_SERVANT and rating.opinion_level else "",
        "entries": trail_of(request.user, rating, rating.place)[:20],
    }
    return render(request, "evaluations/outside_detail.html", context)


def values_form(request, rating):
    document = rating.document
    source = {"document_number": document.number, "document_on": document.issued_on, "document_issuer": document.issuer}
    points = None if rating.points is None else decimal(rating.points, 1)  # 92, not 92,0
    values = {"level": rating.level, "points": points, "version": rating.version}
    return OutsideValuesForm(request.POST or None, initial=values | source)


@require_POST
def outside_remove(request, cycle_pk, pk):
    cycle = cycle_of(request, cycle_pk)
    rating = visible(request, cycle, pk)
    form = RemoveForm(request.POST, prefix="remove")
    form.is_valid()  # a missing reason is the service's to refuse
    data = form.cleaned_data
    try:
        outside.remove_outside_rating(rating, data.get("reason", ""), version=data.get("version") or 0, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("evaluations:outside_detail", cycle.pk, pk)
    messages.success(request, "Đã bỏ kết quả. Nhật ký giữ lý do.")
    return redirect("evaluations:outside_list", cycle.pk)
