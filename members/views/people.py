from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cells.enums import CELL_KINDS, Role
from cells.models import Organisation
from cells.scope import paths_of
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list
from members.filters import MemberFilter
from members.forms.people import MemberForm
from members.models import Discipline, Member
from members.models.people import known_date
from members.permissions import can_edit_member, can_edit_members_of, can_record_discipline, can_reveal
from members.services import records
from members.states import kinds_for

COLUMNS = [
    Column("Họ và tên", lambda row: row.full_name, width=28),
    Column("Giới tính", lambda row: row.get_gender_display(), width=10),
    Column("Ngày sinh", lambda row: known_date(row.born_on, row.born_precision), width=12, kind="date"),
    Column("Chi bộ", lambda row: row.cell.name, width=40),
    Column("Chức vụ, công việc", lambda row: row.position, width=30),
    Column("Ngày vào Đảng", lambda row: known_date(row.admitted_on, row.admitted_precision), width=14, kind="date"),
    Column("Ngày chính thức", lambda row: known_date(row.official_on, row.official_precision), width=14, kind="date"),
    Column("Tình trạng", lambda row: row.get_state_display(), width=22),
]


def visible(request, pk):
    return get_object_or_404(Member.objects.visible_to(request.user).select_related("cell"), pk=pk)


def writable_cells(user):
    cells = Organisation.objects.visible_to(user).filter(kind__in=CELL_KINDS, dissolved_on__isnull=True).select_related("parent").order_by("path")
    return cells.filter(pk__in=[cell.pk for cell in cells if can_edit_members_of(user, cell)])


def member_list(request):
    rows = Member.objects.visible_to(request.user).for_list()
    cells = writable_cells(request.user)
    chosen = request.GET.get("cell", "")
    context = {"admit_cell": cells.filter(pk=chosen).first() if chosen.isdigit() else (cells[0] if len(cells) == 1 else None)}
    context["may_import"] = bool(paths_of(request.user, (Role.STAFF,)))
    return render_list(
        request,
        "members/member_list.html",
        rows=rows,
        title="Đảng viên",
        filterset=MemberFilter,
        columns=COLUMNS,
        name="dang-vien",
        context=context,
    )


def member_detail(request, pk, numbers=None):
    member = visible(request, pk)
    may_edit = can_edit_member(request.user, member)
    latest = member.events.standing().order_by("effective_on", "sequence", "pk").last()
    context = {
        "member": member,
        "events": member.events.select_related("from_cell", "to_cell", "document", "reversed_by"),
        "merged_records": member.merged_records.visible_to(request.user),
        "may_edit": may_edit,
        "may_happen": bool(kinds_for(member)),
        "revocable": latest if may_edit else None,
        "numbers": numbers,
        "may_reveal": can_reveal(request.user, member),
        "disciplines": Discipline.objects.visible_to(request.user).filter(member=member).select_related("document", "act_at"),
        "may_discipline": can_record_discipline(request.user, member.cell),
        "today": today(),
    }
    return render(request, "members/member_detail.html", context)


@require_POST
def member_reveal(request, pk):
    """The whole card, lý lịch and identity numbers, once, on record."""
    return member_detail(request, pk, records.reveal_numbers(visible(request, pk), by=request.user))


def member_edit(request, pk):
    member = visible(request, pk)
    if not can_edit_member(request.user, member):
        raise PermissionDenied
    form = MemberForm(request.POST or None, instance=member)
    if request.method != "POST":
        records.reveal_numbers(member, by=request.user)  # the form shows them whole
    elif form.is_valid():
        document = form.document(member.cell, request.user)
        given = {"version": form.cleaned_data["version"], "reason": form.cleaned_data["reason"], "document": document}
        try:
            records.edit_member(visible(request, pk), form.values(), **given, by=request.user)
            messages.success(request, "Đã lưu thông tin đảng viên.")
            return redirect("members:member_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/member_form.html", {"form": form, "title": "Sửa thông tin đảng viên", "place": member.cell})
