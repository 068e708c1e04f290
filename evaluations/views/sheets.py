from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.models import Organisation
from cells.permissions import trail_of
from evaluations.enums import SheetState
from evaluations.forms.sheets import ReasonForm
from evaluations.grids import grid_of, grid_of_body
from evaluations.models import Cycle, Review, ReviewSheet
from evaluations.permissions import DECIDING_KINDS, can_accept_sheet, can_return_sheet, can_see_body_grid, can_write_sheet, writes_on_behalf
from evaluations.services import opinions, sheets
from evaluations.services.quotas import usage
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError, StaleVersion
from members.cell_year import years_of
from members.services.meetings import sheet_and_topic


def visible(request, pk):
    rows = ReviewSheet.objects.visible_to(request.user).select_related("organisation", "cycle__root")
    return get_object_or_404(rows, pk=pk)


def sheet_detail(request, pk):
    return page_of(request, visible(request, pk))


def page_of(request, sheet, typed=None):
    """The sheet's page; `typed` is what a plain form sent and could not be saved, shown again in its cells."""
    grid = grid_of(sheet, request.user)
    if typed:
        keep_typed(grid, typed)
    only_differing = narrowed(request, grid)
    may_write = sheet.is_writable and can_write_sheet(request.user, sheet)
    joiners, leavers = sheets.roster_changes(sheet) if may_write and sheet.holds_members else ([], [])
    context = {
        "sheet": sheet,
        "grid": grid,
        "only_differing": only_differing,
        "may_write": may_write,
        "joiners": joiners,
        "leavers": leavers,
        "on_behalf": writes_on_behalf(request.user, sheet.organisation),
        "can_accept": sheet.state == SheetState.SUBMITTED and can_accept_sheet(request.user, sheet),
        "can_return": sheet.state in (SheetState.SUBMITTED, SheetState.ACCEPTED) and can_return_sheet(request.user, sheet),
        "can_propose": grid.may_propose,
        "reason_form": ReasonForm(),
        "entries": trail_of(request.user, sheet, sheet.organisation)[:20],
        "meetings": meetings_of(sheet),
    }
    return render(request, "evaluations/sheet_detail.html", context)


def narrowed(request, grid):
    """Whether the reader asked for the rows on which voices differ; the grid then holds only those."""
    if request.GET.get("show") != "differing":
        return False
    grid.keep_differing()
    return True


def meetings_of(sheet):
    """What the year's meetings say of the cell, as evidence beside its levels; None for what is no cell."""
    if not sheet.holds_members:
        return None
    year = sheet.cycle.year
    score_sheet, topic = sheet_and_topic(sheet.organisation, sheet.cycle.cutoff_on, year)
    return years_of([sheet.organisation], year, today(), score_sheet.cuts, topic)[0]


def body_grid(request, cycle_pk, body_pk):
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=cycle_pk)
    body = get_object_or_404(Organisation.objects.visible_to(request.user).filter(kind__in=DECIDING_KINDS), pk=body_pk)
    if not can_see_body_grid(request.user, body):
        raise PermissionDenied
    grid = grid_of_body(body, cycle, request.user)
    if request.method == "POST":
        refused = save_typed(request, grid)
        if not refused:
            return redirect("evaluations:body_grid", cycle.pk, body.pk)
        grid = keep_typed(grid_of_body(body, cycle, request.user), refused)
    context = {"cycle": cycle, "body": body, "grid": grid, "only_differing": narrowed(request, grid)}
    return render(request, "evaluations/body_grid.html", context)


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
            exemplary=bool(request.POST.get("exemplary")),
            version=whole_number(request.POST.get("version")) or 0,
            by=request.user,
        )
    except StaleVersion as stale:
        now = stale.current
        current = {
            "level": now.level,
            "reason": now.reason,
            "exemplary": now.exemplary,
            "version": now.version,
            "by": str(now.by),
            "at": clock(now.at),
        }
        return JsonResponse({"message": stale.message, "current": current}, status=409)
    used = usage(review.pool) if review.pool else None
    meter = {"pool": review.pool_id, "used": used.excellent, "limit": used.limit, "base": used.base_count, "over": used.is_over} if used else None
    return JsonResponse({"version": opinion.version, "at": clock(opinion.at), "meter": meter})


def clock(moment):
    return timezone.localtime(moment).strftime("%H:%M") if moment else ""


def whole_number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 15 else None


@require_POST
def sheet_save(request, pk):
    sheet = visible(request, pk)
    refused = save_typed(request, grid_of(sheet, request.user))
    return page_of(request, sheet, refused) if refused else redirect("evaluations:sheet_detail", pk)


def save_typed(request, grid):
    """The whole grid as a plain form, for a browser without script: saves what differs, returns {cell key: (level, reason)} of what was refused."""
    if not grid.is_writable:
        raise PermissionDenied
    changed = [(row, cell) for group in grid.groups for row in group.rows for cell in row.cells if is_changed(cell, request.POST)]
    reviews = Review.objects.select_related("sheet__cycle").in_bulk([int(row.key) for row, _ in changed])
    refused = {}
    for row, cell in changed:
        try:
            opinions.save_opinion(reviews[int(row.key)], cell.voice, **typed_in(cell, request.POST), by=request.user)
        except DomainError as error:
            refused[cell.key] = request.POST[f"level-{cell.key}"], request.POST.get(f"reason-{cell.key}", "")
            messages.error(request, f"{row.name}, {cell.label}: {error.message}")
    saved = len(changed) - len(refused)
    if saved or not refused:
        messages.success(request, f"Đã lưu {saved} ô.")
    return refused


def is_changed(cell, data):
    if not cell.options or f"level-{cell.key}" not in data:
        return False
    same = (data[f"level-{cell.key}"], data.get(f"reason-{cell.key}", cell.reason)) == (cell.level, cell.reason)
    return not same or (cell.can_be_exemplary and bool(data.get(f"exemplary-{cell.key}")) != cell.exemplary)


def typed_in(cell, data):
    return {
        "level": whole_number(data[f"level-{cell.key}"]),
        "reason": data.get(f"reason-{cell.key}", cell.reason)[:400],
        "exemplary": bool(data.get(f"exemplary-{cell.key}")),
        "version": whole_number(data.get(f"version-{cell.key}")) or 0,
    }


def keep_typed(grid, typed):
    """Show in the grid what was typed and refused ({cell key: (level, reason)}), beside the value that stands now. Returns the grid."""
    for group in grid.groups:
        for row in group.rows:
            for cell in row.cells:
                if cell.key in typed and cell.options:
                    cell.typed, cell.reason = typed[cell.key]
                    cell.asks_reason = True
    return grid


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
def sheet_roster(request, pk):
    sheet = visible(request, pk)
    joiners, leavers = ([int(text) for text in request.POST.getlist(name) if whole_number(text)] for name in ("joiner", "leaver"))
    return answer(request, pk, lambda: sheets.update_roster(sheet, joiners=joiners, leavers=leavers, by=request.user), "Đã cập nhật danh sách.")


def answer(request, pk, act, done):
    try:
        act()
        messages.success(request, done)
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("evaluations:sheet_detail", pk)
