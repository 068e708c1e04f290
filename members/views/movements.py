from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from cells.models import Organisation
from cells.working_days import working_days_of
from khoi_party.common.errors import DomainError
from members import movement_rules
from members.enums import EventKind
from members.forms import AdmitForm, EventForm, TakeBackForm, TransferInForm
from members.models import Member, MembershipEvent
from members.permissions import can_edit_member, can_edit_members_of
from members.services import movements
from members.views.people import visible, writable_cells


def member_admit(request, cell_pk):
    cell = get_object_or_404(Organisation.objects.visible_to(request.user), pk=cell_pk)
    if not can_edit_members_of(request.user, cell):
        raise PermissionDenied
    form = AdmitForm(request.POST or None, instance=Member(cell=cell, state="probationary"))
    if request.method == "POST" and form.is_valid():
        try:
            member = movements.admit_member(cell=cell, document=form.document(cell, request.user), by=request.user, **form.identity())
            messages.success(request, f"Đã ghi kết nạp vào {cell.name}.")
            return redirect("members:member_detail", member.pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/member_form.html", {"form": form, "title": "Ghi đảng viên mới kết nạp", "place": cell})


def member_transfer_in(request, cell_pk):
    cell = get_object_or_404(Organisation.objects.visible_to(request.user), pk=cell_pk)
    if not can_edit_members_of(request.user, cell):
        raise PermissionDenied
    form = TransferInForm(request.POST or None, instance=Member(cell=cell))
    if request.method == "POST" and form.is_valid():
        try:
            member = movements.transfer_in(cell=cell, document=form.document(cell, request.user), by=request.user, **form.identity())
            messages.success(request, f"Đã ghi chuyển đến {cell.name}.")
            return redirect("members:member_detail", member.pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/member_form.html", {"form": form, "title": "Ghi đảng viên chuyển đến", "place": cell})


def member_event(request, pk):
    member = visible(request, pk)
    if not can_edit_member(request.user, member):
        raise PermissionDenied
    form = EventForm(request.POST or None, cells=writable_cells(request.user), member=member)
    if request.method == "POST" and form.is_valid():
        try:
            happen(member, form, request.user)
            messages.success(request, "Đã ghi biến động.")
            for sentence in doubts(member, form.cleaned_data):
                messages.warning(request, sentence)
            return redirect("members:member_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/member_form.html", {"form": form, "title": f"Ghi biến động: {member.full_name}", "place": member.cell})


def happen(member, form, user):
    data = form.cleaned_data
    common = {"on_day": data["on_day"], "by": user, "document": form.document(member.cell, user)}
    note, until, issued = {"note": data["note"]}, {"until": data["until"]}, {"issued_on": data["issued_on"]}
    cell, outside = {"cell": data["to_cell"]}, {"outside": data["outside"]}
    acts = {
        EventKind.RECOGNISED: lambda: movements.recognise_member(member, **common, **note),
        EventKind.MOVED: lambda: movements.move_member(member, to_cell=data["to_cell"], **common, **issued),
        EventKind.SENT_AWAY: lambda: movements.send_temporarily(member, to_cell=data["to_cell"], **common, **outside, **until, **issued),
        EventKind.CAME_BACK: lambda: movements.return_from_stay(member, **common),
        EventKind.TRANSFERRED_OUT: lambda: movements.transfer_out(member, **common, **outside, **issued),
        EventKind.EXEMPTED: lambda: movements.exempt_member(member, **common),
        EventKind.PAUSED: lambda: movements.pause_member(member, **common, **until, **note),
        EventKind.RESUMED: lambda: movements.resume_member(member, **common),
        EventKind.SUSPENDED: lambda: movements.suspend_member(member, **common, **until),
        EventKind.REINSTATED: lambda: movements.reinstate_member(member, **common),
        EventKind.LEFT: lambda: movements.leave_party(member, **common, **note),
        EventKind.STRUCK_OFF: lambda: movements.strike_off(member, **common, **note),
        EventKind.EXPELLED: lambda: movements.expel(member, **common, **note),
        EventKind.DIED: lambda: movements.record_death(member, **common),
        EventKind.RESTORED: lambda: movements.restore_member(member, **common, **cell),
        EventKind.READMITTED: lambda: movements.readmit_member(member, **common, **cell),
    }
    acts[data["kind"]]()


def doubts(member, data):
    """What the limits of the texts say of a movement that was recorded: people see it, nothing is refused."""
    day, until, issued = data["on_day"], data["until"], data["issued_on"]
    found = {
        EventKind.RECOGNISED: lambda: None if data["note"] else movement_rules.official_late(member.admitted_on, day),
        EventKind.MOVED: lambda: movement_rules.paper_late(working_days_of(member.cell), issued, day),
        EventKind.SENT_AWAY: lambda: movement_rules.stay_odd(day, until),
        EventKind.PAUSED: lambda: movement_rules.pause_long(day, until),
        EventKind.SUSPENDED: lambda: movement_rules.suspension_long(day, until),
    }.get(data["kind"], lambda: None)()
    return [found] if found else []


def event_take_back(request, pk):
    event = get_object_or_404(MembershipEvent.objects.visible_to(request.user).select_related("member__cell", "from_cell", "to_cell"), pk=pk)
    member = event.member
    if not can_edit_member(request.user, member):
        raise PermissionDenied
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            movements.take_back(event, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Đã hủy biến động ghi nhầm.")
            return redirect("members:member_detail", member.pk)
        except DomainError as error:
            form.add_domain_error(error)
    title = f"Hủy biến động: {event.get_kind_display().lower()} ngày {event.effective_on:%d/%m/%Y}"
    return render(request, "members/member_form.html", {"form": form, "title": title, "place": member})
