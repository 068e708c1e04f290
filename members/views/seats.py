from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from cells.forms import EndForm
from cells.views.organisations import readable
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from members.forms.seats import SeatForm
from members.models import Seat
from members.permissions import can_edit_members_of
from members.services import seats


def seat_list(request, pk):
    """The committee of an organisation, of today and before; who may write adds a seat here."""
    organisation = readable(request, pk)
    may_edit = can_edit_members_of(request.user, organisation)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = SeatForm(request.POST or None, members=seats.candidates_for(organisation), initial={"from_day": today()}) if may_edit else None
    if request.method == "POST" and form.is_valid():
        try:
            one = seats.give_seat(organisation, **form.cleaned_data, by=request.user)
            messages.success(request, f"Đã ghi {one.member.full_name}: {one.get_post_display().lower()}.")
            return redirect("members:seat_list", pk)
        except DomainError as error:
            form.add_domain_error(error)
    rows = Seat.objects.filter(organisation=organisation).select_related("member__cell")
    context = {"organisation": organisation, "now": rows.open(), "before": rows.filter(valid_to__isnull=False).order_by("-valid_to"), "form": form}
    return render(request, "members/seat_list.html", context)


def seat_end(request, pk):
    seat = get_object_or_404(Seat.objects.visible_to(request.user).open().select_related("member", "organisation"), pk=pk)
    if not can_edit_members_of(request.user, seat.organisation):
        raise PermissionDenied
    form = EndForm(request.POST or None, initial={"on_day": today()})
    form.fields["on_day"].help_text = ""
    if request.method == "POST" and form.is_valid():
        try:
            seats.end_seat(seat, **form.cleaned_data, by=request.user)
            messages.success(request, f"Đã ghi: {seat.member.full_name} thôi {seat.get_post_display().lower()}.")
            return redirect("members:seat_list", seat.organisation_id)
        except DomainError as error:
            form.add_domain_error(error)
    title = f"Thôi {seat.get_post_display().lower()}: {seat.member.full_name}"
    return render(request, "members/member_form.html", {"form": form, "title": title, "place": seat.organisation})
