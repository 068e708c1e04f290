from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from cells.enums import PARENT_KINDS, READING_ROLES
from cells.forms import CloseForm, FoundForm, MoveForm, RenameForm
from cells.models import Organisation
from cells.permissions import can_edit_organisation, can_move_organisation, trail_of
from cells.scope import holds
from cells.services import organisations as services
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list
from khoi_party.common.tree import STEP

COLUMNS = [
    Column("Mã", lambda row: row.code, width=16),
    Column("Tổ chức đảng", lambda row: row.name, width=48),
    Column("Loại hình", lambda row: row.get_kind_display(), width=32),
    Column("Ngày thành lập", lambda row: row.established_on, width=16, kind="date"),
]


def visible(request, pk):
    rows = Organisation.objects.visible_to(request.user).select_related("parent", "sector", "established_by", "dissolved_by")
    return get_object_or_404(rows, pk=pk)


def readable(request, pk):
    """The organisation `pk`, for those who read what it writes: 404 for those who do not see it, 403 for those who see no more than its name."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not holds(request.user, READING_ROLES, organisation):
        raise PermissionDenied
    return organisation


def organisation_list(request):
    searched = request.GET.get("q", "")
    rows = Organisation.objects.visible_to(request.user).matching(searched).select_related("sector").order_by("path")
    if not request.GET.get("closed"):
        rows = rows.filter(dissolved_on__isnull=True)
    context = {"searched": searched, "with_closed": bool(request.GET.get("closed")), "step": STEP}
    template = "cells/organisation_list.html"
    return render_list(request, template, rows=rows, title="Tổ chức đảng", columns=COLUMNS, name="to-chuc-dang", context=context)


def organisation_detail(request, pk):
    one = visible(request, pk)
    reads = holds(request.user, READING_ROLES, one)
    context = {
        "organisation": one,
        "reads_members": reads,
        "this_year": today().year,
        "has_terms": reads and (can_edit_organisation(request.user, one) or one.terms.exists()),
        "warnings": warnings_of(one) if reads and not one.is_closed else [],
        "seats": one.seats.open().select_related("member") if reads else [],
        "above": Organisation.objects.visible_to(request.user).filter(pk=one.parent_id).first(),
        "children": one.children.filter(dissolved_on__isnull=True).order_by("sort_key"),
        "names": one.names.select_related("document"),
        "placements": one.placements.select_related("document", "parent"),
        "may_edit": can_edit_organisation(request.user, one) and not one.is_closed,
        "may_move": can_move_organisation(request.user, one) and not one.is_closed,
        "may_found": can_edit_organisation(request.user, one) and any(one.kind in kinds for kinds in PARENT_KINDS.values()),
        "entries": trail_of(request.user, one, one)[:20],
    }
    return render(request, "cells/organisation_detail.html", context)


def warnings_of(organisation):
    return services.warnings_about(organisation, *Organisation.objects.in_subtree(organisation).member_counts())


def organisation_found(request, pk):
    parent = visible(request, pk)
    form = FoundForm(request.POST or None)

    def found():
        names = ("name", "short_name", "code", "kind", "agency", "sector", "established_on")
        values = {name: form.cleaned_data[name] for name in names}
        return services.found_organisation(parent=parent, document=form.document(parent, request.user), by=request.user, **values)

    return act(request, parent, form, "Thành lập tổ chức đảng trực thuộc", can_edit_organisation(request.user, parent), found)


def organisation_rename(request, pk):
    one = visible(request, pk)
    initial = {"name": one.name, "short_name": one.short_name, "paper_code": one.paper_code, "superior_name": one.superior_name_on(today())}
    form = RenameForm(request.POST or None, initial=initial, is_top=one.parent_id is None)

    def rename():
        values = {name: form.cleaned_data[name] for name in form.fields if not name.startswith("document")}
        return services.rename_organisation(one, document=form.document(one, request.user), by=request.user, **values)

    return act(request, one, form, "Đổi tên", can_edit_organisation(request.user, one), rename)


def organisation_move(request, pk):
    one = visible(request, pk)
    parents = Organisation.objects.visible_to(request.user).filter(kind__in=PARENT_KINDS[one.kind], dissolved_on__isnull=True)
    form = MoveForm(request.POST or None, parents=parents.exclude(pk=one.parent_id).order_by("path"))

    def move():
        values = {name: form.cleaned_data[name] for name in ("parent", "from_day")}
        return services.move_organisation(one, document=form.document(one, request.user), by=request.user, **values)

    return act(request, one, form, "Chuyển về tổ chức đảng khác", can_move_organisation(request.user, one), move)


def organisation_close(request, pk):
    one = visible(request, pk)
    heirs = Organisation.objects.visible_to(request.user).filter(dissolved_on__isnull=True).exclude(pk=one.pk).order_by("path")
    form = CloseForm(request.POST or None, heirs=heirs)

    def close():
        values = {name: form.cleaned_data[name] for name in ("ending", "on_day", "successors")}
        return services.close_organisation(one, document=form.document(one, request.user), by=request.user, **values)

    return act(request, one, form, "Kết thúc hoạt động", can_move_organisation(request.user, one), close)


def act(request, organisation, form, title, allowed, service):
    """The one pattern of a dated act on an organisation: right, form, service, its sentence or its page."""
    if not allowed:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            one = service()
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, f"Đã lưu: {one.name}.")
            return redirect("cells:organisation_detail", one.pk)
    return render(request, "cells/organisation_form.html", {"organisation": organisation, "form": form, "title": title})
