from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from cells.standing import FIRST_YEAR
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from members.enums import Duty
from members.forms.duties import MissedForm
from members.movement_rules import duties_neglected
from members.permissions import can_edit_member
from members.services.duties import missed_of, save_missed
from members.views.people import visible


def member_duties(request, pk, year):
    """Which months of a year a member missed without a reason; three of one kind remind the cell."""
    member = visible(request, pk)
    if not FIRST_YEAR <= year <= today().year:
        raise Http404
    if not can_edit_member(request.user, member):
        raise PermissionDenied
    known = missed_of(member, year)
    form = MissedForm(request.POST or None, initial={duty.value: [str(month) for month in months] for duty, months in known.items()})
    if request.method == "POST" and form.is_valid():
        try:
            save_missed(member, year, form.months(), by=request.user)
            messages.success(request, f"Đã ghi năm {year}.")
            return redirect("members:member_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    says = duties_neglected(len(known[Duty.MEETING]), len(known[Duty.DUES]))
    years = range(today().year, today().year - 3, -1)
    return render(request, "members/duties.html", {"member": member, "form": form, "year": year, "years": years, "says": says})
