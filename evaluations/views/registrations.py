from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.enums import BASE_KINDS, CELL_KINDS, Role
from cells.permissions import trail_of
from cells.scope import roles_of
from evaluations.comparison import lines_of
from evaluations.enums import RegistrationState, StageKind
from evaluations.forms.cycles import FIRST_YEAR
from evaluations.forms.sheets import MemberLevelsForm, ReasonForm, RegistrationForm
from evaluations.models import Cycle, Registration
from evaluations.permissions import can_note_registration, can_return_registration, can_write_registration, writes_on_behalf
from evaluations.rulebooks import rulebook_for
from evaluations.services import registrations
from evaluations.states import missing_for_registration
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError, StaleVersion
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list
from khoi_party.common.tree import in_subtree


def visible(request, pk):
    rows = Registration.objects.visible_to(request.user).select_related("organisation__parent", "cycle__root")
    return get_object_or_404(rows, pk=pk)


def registration_list(request, pk):
    """Who has registered, who has not, who was late."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=pk)
    due_on = cycle.stages.filter(kind=StageKind.REGISTRATION).values_list("due_on", flat=True).first()
    everybody = Registration.objects.visible_to(request.user).filter(cycle=cycle).with_lateness(due_on)
    show = request.GET.get("show", "")
    rows = everybody.showing(show).select_related("organisation").order_by("organisation__path")
    book = rulebook_for(cycle.year)
    columns = [
        Column("Tổ chức đảng", lambda row: row.organisation.name, width=48),
        Column("Gửi", lambda row: row.superior_name, width=36),
        Column("Mức đăng ký", lambda row: book.level_name(row.level, "organisation"), width=30),
        Column("Ngày gửi", lambda row: timezone.localdate(row.submitted_at) if row.submitted_at else None, width=14, kind="date"),
        Column("Trạng thái", lambda row: row.get_state_display(), width=18),
        Column("Muộn", lambda row: "Muộn" if row.is_late else "", width=10),
    ]
    context = {
        "cycle": cycle,
        "due_on": due_on,
        "today": today(),
        "show": show,
        "committee": committee_for(request.user, cycle),
        "counts": everybody.counted(),
        "levels": [(book.level_name(level, "organisation"), count) for level, count in everybody.by_level()],
        "names": {level: book.level_name(level, "organisation") for level in (1, 2, 3, 4)},
        "columns": columns,
    }
    template, name = "evaluations/registration_list.html", f"dang-ky-{cycle.year}"
    return render_list(request, template, rows=rows, title=f"Tình hình đăng ký năm {cycle.year}", columns=columns, name=name, context=context)


def committee_for(user, cycle):
    """The widest committee inside `cycle` that `user` works for; None for those of a cell alone."""
    mine = (one.organisation for one in roles_of(user) if one.role != Role.INSPECTOR)
    return next((one for one in mine if one.kind not in CELL_KINDS and in_subtree(one.path, cycle.root.path)), None)


def registration_detail(request, pk):
    registration = visible(request, pk)
    is_open = registration.state in (RegistrationState.DRAFT, RegistrationState.RETURNED)
    may_write = can_write_registration(request.user, registration)
    if request.method == "POST" and not may_write:
        raise PermissionDenied
    form = RegistrationForm(request.POST or None, instance=registration) if may_write and (is_open or request.method == "POST") else None
    if form and request.method == "POST" and form.is_valid() and keep(request, registration, form):
        return redirect("evaluations:registration_detail", pk)
    registration = visible(request, pk)
    context = {
        "registration": registration,
        "form": form,
        "level_name": rulebook_for(registration.cycle.year).level_name(registration.level, "organisation"),
        "sums": Registration.objects.sums_below(registration),
        "missing": missing_for_registration(registration),
        "is_cell": registration.organisation.kind in CELL_KINDS,
        "member_count": registration.members.count(),
        "may_write_members": is_open and may_write,
        "on_behalf": writes_on_behalf(request.user, registration.organisation),
        "can_note": registration.state == RegistrationState.SUBMITTED and can_note_registration(request.user, registration),
        "can_return": not is_open and can_return_registration(request.user, registration),
        "reason_form": ReasonForm(),
        "entries": trail_of(request.user, registration, registration.organisation)[:20],
    }
    return render(request, "evaluations/registration_detail.html", context)


def keep(request, registration, form):
    """Save, and send when that button was pressed. False leaves the form with the sentence and all that was typed."""
    data = form.cleaned_data
    try:
        row = registrations.save_registration(registration, data, version=data["version"], by=request.user)
        if "submit" in request.POST:
            registrations.submit_registration(row, by=request.user)
    except StaleVersion as stale:
        form.take_over(stale)
        return False
    except DomainError as error:
        form.add_domain_error(error)
        return False
    sent = "submit" in request.POST
    messages.success(request, f"Đã gửi {row.superior_name}." if sent else "Đã lưu. Bản đăng ký chưa gửi.")
    return True


def registration_members(request, pk):
    """What each member of a cell strives for, written by the cell."""
    registration = visible(request, pk)
    if registration.organisation.kind not in CELL_KINDS:
        raise Http404
    if not can_write_registration(request.user, registration):
        raise PermissionDenied
    members = list(registrations.members_to_register(registration))
    form = MemberLevelsForm(request.POST or None, registration=registration, members=members)
    if request.method == "POST" and form.is_valid():
        try:
            registrations.save_member_levels(registration, form.levels(), version=form.cleaned_data["version"], by=request.user)
            messages.success(request, "Đã ghi đăng ký của đảng viên; số theo bốn mức đã tính lại.")
            return redirect("evaluations:registration_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "evaluations/registration_members.html", {"registration": registration, "form": form})


def registration_compare(request, pk):
    """What units registered and what was decided, over the five years up to this one."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=pk)
    years = list(range(max(cycle.year - 4, FIRST_YEAR), cycle.year + 1))
    units = Registration.objects.visible_to(request.user).filter(cycle=cycle).select_related("organisation").order_by("organisation__path")
    show = request.GET.get("show", "")
    if show == "bases":
        units = units.filter(organisation__kind__in=BASE_KINDS)
    columns = [Column("Tổ chức đảng", lambda line: line.name, width=48)]
    for place, year in enumerate(years):
        columns.append(Column(f"Đăng ký {year}", lambda line, place=place: line.years[place].registered_name, width=26))
        columns.append(Column(f"Kết quả {year}", lambda line, place=place: line.years[place].decided_name, width=26))
    title, name = f"Đăng ký và kết quả {years[0]}-{years[-1]}", f"dang-ky-ket-qua-{years[0]}-{years[-1]}"
    context = {"cycle": cycle, "years": years, "show": show}

    def lines(rows):
        return lines_of(list(rows), years, request.user)

    template = "evaluations/registration_compare.html"
    return render_list(request, template, rows=units, title=title, columns=columns, name=name, context=context, shown=lines)


@require_POST
def registration_note(request, pk):
    registration = visible(request, pk)
    registrations.note_registration(registration, by=request.user)
    messages.success(request, f"Đã tiếp nhận bản đăng ký của {registration.organisation.name}.")
    return redirect("evaluations:registration_detail", pk)


@require_POST
def registration_return(request, pk):
    registration = visible(request, pk)
    registrations.return_registration(registration, request.POST.get("reason", ""), by=request.user)
    messages.success(request, f"Đã trả lại bản đăng ký của {registration.organisation.name}.")
    return redirect("evaluations:registration_detail", pk)
