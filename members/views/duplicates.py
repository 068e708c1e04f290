"""Two records of one person: the list of pairs, and two records side by side."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render

from cells.enums import Role
from cells.scope import paths_of, within
from khoi_party.common.errors import DomainError
from members.forms.duplicates import MergeForm
from members.models import Member
from members.permissions import can_merge
from members.services import duplicates
from members.views.people import visible


def duplicate_list(request):
    scopes = paths_of(request.user, (Role.STAFF,))
    if not scopes:
        raise PermissionDenied
    pairs = duplicates.candidates(Member.objects.filter(within("cell__path", scopes)))
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
