from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxInput
from django.shortcuts import get_object_or_404, redirect, render

from cells.models import Organisation
from cells.working_days import working_days_of
from khoi_party.common.errors import DomainError
from members import movement_rules
from members.enums import EventKind
from members.forms.movements import AdmitForm, EventForm, TakeBackForm, TransferInForm
from members.models import Member, MembershipEvent
from members.permissions import can_edit_member, can_edit_members_of
from members.services import movements
from members.states import kinds_for
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
    form, known = TransferInForm(request.POST or None, instance=Member(cell=cell)), []
    if request.method == "POST":
        is_valid = form.is_valid()
        known = known_before(form, request.user)
        if is_valid and not known:
            try:
                member = movements.transfer_in(cell=cell, document=form.document(cell, request.user), by=request.user, **form.identity())
                messages.success(request, f"Đã ghi chuyển đến {cell.name}.")
                for sentence in late_papers(cell, form.cleaned_data):
                    messages.warning(request, sentence)
                return redirect("members:member_detail", member.pk)
            except DomainError as error:
                form.add_domain_error(error)
    context = {"form": form, "title": "Ghi đảng viên chuyển đến", "place": cell, "known": known}
    return render(request, "members/member_form.html", context)


def known_before(form, user):
    """Records of people who were transferred out and are probably this one; none once somebody has said that it is another person."""
    data = form.cleaned_data
    if data.get("another_person"):
        return []
    # A number that is taken is no valid one, and yet says whose record it is.
    numbers = {name: (form[name].value() or "").strip() for name in ("card_number", "identity_number")}
    known = movements.returnees(user, **numbers, full_name=data.get("full_name", ""), born_on=data.get("born_on"))
    if known:
        form.fields["another_person"].widget = CheckboxInput(attrs={"class": "form-check-input"})
        form.add_error(None, "Đảng viên này có thể đã từng sinh hoạt ở đây và chuyển đi. Nếu đúng, hãy mở hồ sơ cũ ở dưới và ghi “Chuyển về”.")
    return known


def member_event(request, pk):
    """First what happened, then the form that this needs."""
    member = visible(request, pk)
    if not can_edit_member(request.user, member):
        raise PermissionDenied
    kinds = kinds_for(member)
    kind = next((one for one in kinds if one == request.GET.get("kind")), None)
    if kind is None:
        return render(request, "members/event_kinds.html", {"member": member, "kinds": kinds})
    form = EventForm(request.POST or None, kind=kind, cells=writable_cells(request.user), member=member)
    if request.method == "POST" and form.is_valid():
        try:
            happen(member, kind, form, request.user)
            messages.success(request, f"Đã ghi: {kind.label.lower()}.")
            for sentence in doubts(member, kind, form.cleaned_data):
                messages.warning(request, sentence)
            if kind == EventKind.MOVED and (left := member.admissions.open().first()):
                messages.info(request, "Hồ sơ kết nạp của đảng viên dự bị còn ở chi bộ cũ: hãy chuyển hồ sơ sang chi bộ mới.")
                return redirect("members:admission_move", left.pk)
            return redirect("members:member_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/member_form.html", {"form": form, "title": f"{kind.label}: {member.full_name}", "place": member.cell})


def happen(member, kind, form, user):
    data = form.cleaned_data
    common = {"on_day": data["on_day"], "by": user, "document": form.document(member.cell, user)}
    told = {name: data[name] for name in ("note", "until", "issued_on", "work_decided_on", "outside", "studies", "official_on") if name in data}
    there = {"cell": data.get("to_cell")}
    acts = {
        EventKind.RECOGNISED: lambda: movements.recognise_member(member, **common, **told),
        EventKind.MOVED: lambda: movements.move_member(member, to_cell=data["to_cell"], **common, **told),
        EventKind.SENT_AWAY: lambda: movements.send_temporarily(member, to_cell=data["to_cell"], **common, **told),
        EventKind.CAME_BACK: lambda: movements.return_from_stay(member, **common),
        EventKind.TRANSFERRED_OUT: lambda: movements.transfer_out(member, **common, **told),
        EventKind.RETURNED: lambda: movements.return_member(member, **there, **common, **told),
        EventKind.EXEMPTED: lambda: movements.exempt_member(member, **common),
        EventKind.PAUSED: lambda: movements.pause_member(member, **common, **told),
        EventKind.RESUMED: lambda: movements.resume_member(member, **common),
        EventKind.SUSPENDED: lambda: movements.suspend_member(member, **common, **told),
        EventKind.REINSTATED: lambda: movements.reinstate_member(member, **common),
        EventKind.LEFT: lambda: movements.leave_party(member, **common, **told),
        EventKind.STRUCK_OFF: lambda: movements.strike_off(member, **common, **told),
        EventKind.EXPELLED: lambda: movements.expel(member, **common, **told),
        EventKind.DIED: lambda: movements.record_death(member, **common),
        EventKind.RESTORED: lambda: movements.restore_member(member, **common, **there),
        EventKind.READMITTED: lambda: movements.readmit_member(member, **common, **there, **readmitted(form, member, user)),
    }
    acts[kind]()


def readmitted(form, member, user):
    data = form.cleaned_data
    return {"reason": data["exit_reason"], "cleared_on": data["cleared_on"], "consent": form.consent(member.cell, user)}


def doubts(member, kind, data):
    """What the limits of the texts say of a movement that was recorded: people see it, nothing is refused."""
    day, until = data["on_day"], data.get("until")
    if kind in (EventKind.MOVED, EventKind.TRANSFERRED_OUT, EventKind.RETURNED):
        return late_papers(member.cell, data)
    found = {
        EventKind.RECOGNISED: lambda: None if data["note"] else movement_rules.official_late(member.admitted_on, day),
        EventKind.SENT_AWAY: lambda: movement_rules.stay_odd(day, until, studies=data["studies"]),
        EventKind.PAUSED: lambda: movement_rules.pause_long(day, until),
        EventKind.SUSPENDED: lambda: suspended_long(member, day, until),
    }.get(kind, lambda: None)()
    return [found] if found else []


def suspended_long(member, day, until):
    """M12: an extension that was recorded on `day` counts from the first day of the suspension."""
    began = movements.suspended_since(member) or day
    return movement_rules.suspension_long(began, until, extended=began < day)


def late_papers(cell, data):
    """M8: the two limits of a transfer, counted in working days."""
    days, shown = working_days_of(cell), data["on_day"]
    started = data.get("issued_on") or shown
    late = (movement_rules.paper_late(days, data.get("issued_on"), shown), movement_rules.start_late(days, data.get("work_decided_on"), started))
    return [sentence for sentence in late if sentence]


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
