from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from cells.models import Organisation
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from members.forms.discipline import DisciplineForm
from members.forms.movements import TakeBackForm
from members.models import Discipline
from members.permissions import can_record_discipline
from members.services import discipline
from members.views.people import visible


def discipline_new(request, pk):
    """The inspection board records a decision, or a case under examination, of one member."""
    member = visible(request, pk)
    if not can_record_discipline(request.user, member.cell):
        raise PermissionDenied
    places = Organisation.objects.visible_to(request.user).filter(dissolved_on__isnull=True).order_by("path")
    form = DisciplineForm(request.POST or None, subject=member, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            discipline.record_discipline(member, by=request.user, document=form.document(member.cell, request.user), **form.details())
            messages.success(request, "Đã ghi kỷ luật." if form.cleaned_data["decided_on"] else "Đã mở hồ sơ xem xét kỷ luật.")
            return redirect("members:member_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/member_form.html", {"form": form, "title": f"Ghi kỷ luật: {member.full_name}", "place": member.cell})


def discipline_withdraw(request, pk):
    """A decision or case taken back, with its reason."""
    one = get_object_or_404(Discipline.objects.visible_to(request.user).select_related("member", "place"), pk=pk)
    if not can_record_discipline(request.user, one.place):
        raise PermissionDenied
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            discipline.withdraw_discipline(one, form.cleaned_data["reason"], on_day=today(), by=request.user)
            messages.success(request, "Đã ghi hủy bỏ.")
            return redirect("members:member_detail", one.member_id) if one.member else redirect("cells:organisation_detail", one.organisation_id)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/member_form.html", {"form": form, "title": f"Hủy bỏ: {one}", "place": one.member or one.organisation})
