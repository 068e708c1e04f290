from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from cells.forms import BoardForm, EndForm
from cells.models import AdvisingBoard, Organisation
from cells.permissions import can_edit_boards
from cells.services import boards
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError


def board_list(request, pk):
    """The advising boards of a committee, of today and before; its staff add one here."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    may_edit = can_edit_boards(request.user, organisation)
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = BoardForm(request.POST or None, initial={"from_day": today()}) if may_edit else None
    if request.method == "POST" and form.is_valid():
        try:
            boards.add_board(organisation, **form.cleaned_data, by=request.user)
            messages.success(request, f"Đã thêm {form.cleaned_data['name']}.")
            return redirect("cells:board_list", pk)
        except DomainError as error:
            form.add_domain_error(error)
    rows = AdvisingBoard.objects.filter(organisation=organisation).order_by("valid_to", "pk")
    return render(request, "cells/board_list.html", {"organisation": organisation, "rows": rows, "form": form, "today": today()})


def board_end(request, pk):
    visible = Organisation.objects.visible_to(request.user)
    board = get_object_or_404(AdvisingBoard.objects.filter(organisation__in=visible).select_related("organisation"), pk=pk)
    if not can_edit_boards(request.user, board.organisation):
        raise PermissionDenied
    form = EndForm(request.POST or None, initial={"on_day": today()})
    if request.method == "POST" and form.is_valid():
        try:
            boards.end_board(board, **form.cleaned_data, by=request.user)
            messages.success(request, f"{board.name} đã kết thúc; ý kiến đã ghi vẫn giữ nguyên tên ban.")
            return redirect("cells:board_list", board.organisation_id)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "cells/board_end.html", {"board": board, "form": form})
