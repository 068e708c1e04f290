from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.permissions import trail_of
from evaluations.enums import SHEET_VOICES, SheetState, Voice
from evaluations.forms import ReasonForm
from evaluations.grids import grid_of
from evaluations.models import Review, ReviewSheet
from evaluations.permissions import can_accept_sheet, can_return_sheet, can_write_sheet, writes_on_behalf
from evaluations.services import opinions, sheets
from evaluations.services.quotas import usage
from khoi_party.common.errors import DomainError, StaleVersion


def visible(request, pk):
    rows = ReviewSheet.objects.visible_to(request.user).select_related("organisation", "cycle__root")
    return get_object_or_404(rows, pk=pk)


def sheet_detail(request, pk):
    sheet = visible(request, pk)
    grid = grid_of(sheet, request.user)
    may_write = sheet.is_writable and can_write_sheet(request.user, sheet)
    context = {
        "sheet": sheet,
        "grid": grid,
        "voices": Voice.choices,
        "may_write": may_write,
        "leavers": sheets.roster_changes(sheet)[1] if may_write else [],
        "on_behalf": writes_on_behalf(request.user, sheet.organisation),
        "can_accept": sheet.state == SheetState.SUBMITTED and can_accept_sheet(request.user, sheet),
        "can_return": sheet.state in (SheetState.SUBMITTED, SheetState.ACCEPTED) and can_return_sheet(request.user, sheet),
        "can_propose": any(cell.is_writable for row in grid.rows for cell in row.cells if cell.voice not in SHEET_VOICES),
        "reason_form": ReasonForm(),
        "entries": trail_of(request.user, sheet, sheet.organisation)[:20],
    }
    return render(request, "evaluations/sheet_detail.html", context)


@require_POST
def cell_save(request, pk):
    """One cell of the grid, asked by script: answers JSON. A conflict answers 409 with the other person's value."""
    sheet = visible(request, pk)
    rows = Review.objects.present().select_related("sheet__cycle", "pool")
    review = get_object_or_404(rows, sheet=sheet, pk=whole_number(request.POST.get("review")) or 0)
    level = whole_number(request.POST.get("level"))
    if request.POST.get("level") and level is None:
        raise DomainError(f"Năm {sheet.cycle.year} không có mức “{request.POST['level'][:20]}”. Hãy chọn một trong bốn mức.")
    try:
        opinion = opinions.save_opinion(
            review,
            request.POST.get("voice", ""),
            level=level,
            reason=request.POST.get("reason", "")[:400],
            version=whole_number(request.POST.get("version")) or 0,
            by=request.user,
        )
    except StaleVersion as stale:
        now = stale.current
        current = {"level": now.level, "version": now.version, "by": str(now.by), "at": clock(now.at)}
        return JsonResponse({"message": stale.message, "current": current}, status=409)
    used = usage(review.pool) if review.pool else None
    meter = {"pool": review.pool_id, "used": used.excellent, "limit": used.limit, "over": used.is_over} if used else None
    return JsonResponse({"version": opinion.version, "at": clock(opinion.at), "meter": meter})


def clock(moment):
    return timezone.localtime(moment).strftime("%H:%M") if moment else ""


def whole_number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else None


@require_POST
def sheet_save(request, pk):
    """The whole grid as a plain form, for a browser without script: saves what differs, row by row."""
    sheet = visible(request, pk)
    saved, refused, grid = 0, [], grid_of(sheet, request.user)
    if not grid.is_writable:
        raise PermissionDenied
    for row in grid.rows:
        for cell in row.cells:
            key = f"{row.review.pk}-{cell.voice}"
            typed = request.POST.get(f"level-{key}")
            reason = request.POST.get(f"reason-{key}", cell.reason)[:400]
            if typed is None or not cell.is_writable or (whole_number(typed), reason) == (cell.level, cell.reason):
                continue
            version = whole_number(request.POST.get(f"version-{key}")) or 0
            try:
                opinions.save_opinion(row.review, cell.voice, level=whole_number(typed), reason=reason, version=version, by=request.user)
                saved += 1
            except DomainError as error:
                refused.append(f"{row.review.name}: {error.message}")
    for sentence in refused[:10]:
        messages.error(request, sentence)
    messages.success(request, f"Đã lưu {saved} ô.")
    return redirect("evaluations:sheet_detail", pk)


@require_POST
def sheet_submit(request, pk):
    sheet = visible(request, pk)
    return answer(request, pk, lambda: sheets.submit_sheet(sheet, by=request.user), f"Đã gửi {sheet.superior_name}.")


@require_POST
def sheet_accept(request, pk):
    sheet = visible(request, pk)
    return answer(request, pk, lambda: sheets.accept_sheet(sheet, by=request.user), "Đã tiếp nhận bảng xếp loại.")


@require_POST
def sheet_return(request, pk):
    sheet = visible(request, pk)
    reason = request.POST.get("reason", "")
    return answer(request, pk, lambda: sheets.return_sheet(sheet, reason, by=request.user), "Đã trả lại bảng xếp loại.")


@require_POST
def sheet_propose(request, pk):
    sheet = visible(request, pk)
    return answer(request, pk, lambda: opinions.propose_from_vote(sheet, by=request.user), "Đã điền mức đề xuất theo kết quả bỏ phiếu.")


@require_POST
def sheet_remove(request, pk):
    sheet = visible(request, pk)
    chosen = [int(text) for text in request.POST.getlist("review") if whole_number(text)]
    return answer(request, pk, lambda: sheets.remove_leavers(sheet, chosen, by=request.user), "Đã cập nhật danh sách.")


def answer(request, pk, act, done):
    try:
        act()
        messages.success(request, done)
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("evaluations:sheet_detail", pk)
