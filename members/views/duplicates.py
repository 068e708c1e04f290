"""Two records of one person: the list of pairs, and two records side by side."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render

from cells.enums import Role
from cells.scope import paths_of, within
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import export_asked
from members.forms.duplicates import MergeForm
from members.models import Member
from members.permissions import can_merge
from members.services import duplicates
from members.views.people import visible

COLUMNS = [
    Column("Hồ sơ thứ nhất", lambda pair: pair.first.full_name, width=28),
    Column("Sinh", lambda pair: pair.first.born_text, width=14),
    Column("Chi bộ", lambda pair: pair.first.cell.name, width=40),
    Column("Hồ sơ thứ hai", lambda pair: pair.second.full_name, width=28),
    Column("Sinh (hai)", lambda pair: pair.second.born_text, width=14),
    Column("Chi bộ (hai)", lambda pair: pair.second.cell.name, width=40),
    Column("Vì sao", lambda pair: pair.why, width=30),
]


def duplicate_list(request):
    scopes = paths_of(request.user, (Role.STAFF,))
    if not scopes:
        raise PermissionDenied
    pairs = duplicates.candidates(Member.objects.filter(within("cell__path", scopes)))
    if file := export_asked(request, name="ho-so-trung", title="Hồ sơ có thể trùng", columns=COLUMNS, rows=pairs):
        return file
    page = Paginator(pairs, 50).get_page(request.GET.get("page"))
    return render(request, "members/duplicate_list.html", {"page": page, "rows": page.object_list, "count": len(pairs)})


def duplicate_pair(request, pk, other_pk):
    first, second = visible(request, pk), visible(request, other_pk)
    if first == second:
        raise Http404
    if not can_merge(request.user, first, second):
        raise PermissionDenied
    form = MergeForm(request.POST or None, first=first, second=second)
    if request.method == "POST" and form.is_valid():
        keep, other = (first, second) if form.cleaned_data["keep"] == first.pk else (second, first)
        try:
            duplicates.merge(keep, other, form.values(), reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Đã gộp hai hồ sơ; hồ sơ bị gộp vẫn xem được qua hồ sơ này.")
            return redirect("members:member_detail", keep.pk)
        except DomainError as error:
            form.add_domain_error(error)
    events = [one.events.select_related("from_cell", "to_cell", "reversed_by") for one in (first, second)]
    context = {"form": form, "first": first, "second": second, "events": list(zip((first, second), events, strict=True))}
    return render(request, "members/duplicate_pair.html", context)
