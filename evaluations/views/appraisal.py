from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render

from cells.models import AdvisingBoard, Organisation
from cells.permissions import can_edit_boards, can_speak_for
from evaluations.appraisal import appraisal_of
from evaluations.enums import Subject
from evaluations.forms.boards import BoardOpinionsForm
from evaluations.models import BoardOpinion, Cycle
from evaluations.permissions import DECIDING_KINDS, ROOT_KINDS, can_prepare_decision, can_see_body_grid
from evaluations.rulebooks import rulebook_for
from evaluations.services.boards import rows_for, save_board_opinion
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import export_asked


def place_of(request, cycle_pk, body_pk):
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=cycle_pk)
    if cycle.root_id == body_pk and can_see_body_grid(request.user, cycle.root):
        return cycle, cycle.root
    body = get_object_or_404(Organisation.objects.visible_to(request.user).filter(kind__in=DECIDING_KINDS), pk=body_pk)
    if not can_see_body_grid(request.user, body):
        raise PermissionDenied
    return cycle, body


def appraisal_board(request, cycle_pk, body_pk):
    """Every voice on every row that the body decides: who differs, who has not spoken, what must be cleared up."""
    cycle, body = place_of(request, cycle_pk, body_pk)
    subject = Subject.MEMBER if request.GET.get("of") == "members" and body.kind not in ROOT_KINDS else Subject.ORGANISATION
    show = request.GET.get("show", "")
    appraisal = appraisal_of(body, cycle, request.user, subject)
    title, name = f"Thẩm định kết quả năm {cycle.year}", f"tham-dinh-{cycle.year}"
    if file := export_asked(request, name=name, title=title, columns=columns_of(appraisal), rows=appraisal.showing(show), notes=[body.name]):
        return file
    context = {
        "cycle": cycle,
        "body": body,
        "appraisal": appraisal,
        "lines": appraisal.showing(show),
        "tabs": tabs_of(appraisal, show),
        "is_root": body.kind in ROOT_KINDS,
        "is_members": subject == Subject.MEMBER,
        "mine": [board for board in appraisal.boards if cycle.is_open and board.is_open and can_speak_for(request.user, board)],
        "may_prepare": cycle.is_open and can_prepare_decision(request.user, body),
        "may_edit_boards": can_edit_boards(request.user, body),
    }
    return render(request, "evaluations/appraisal_board.html", context)


def columns_of(appraisal):
    """The Excel columns of the board: who, each voice in the order of the page, the decision."""
    voices = [Column(heading, lambda line, place=place: said_of(line, place), width=22) for place, heading in enumerate(appraisal.headings)]
    return [
        Column("Đối tượng", lambda line: line.name, width=40),
        Column("Bảng của", lambda line: line.sheet_name, width=40),
        *voices,
        Column("Quyết định", lambda line: line.decided.name, width=28),
        Column("Ghi chú", lambda line: line.note, width=40),
    ]


def said_of(line, place):
    """What one voice said, the level and its remark."""
    one = line.said[place] if place < len(line.said) else None
    return "; ".join(part for part in (one.name, one.text) if part) if one else ""


def tabs_of(appraisal, show):
    of = "of=members&" if appraisal.subject == Subject.MEMBER else ""
    return [{"url": f"?{of}show={key}", "label": f"{label} ({count})", "is_current": key == show} for key, label, count in appraisal.counted()]


def board_opinions(request, cycle_pk, board_pk):
    """What one advising board says of every row that its committee decides; written by its own people."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=cycle_pk)
    visible = Organisation.objects.visible_to(request.user)
    board = get_object_or_404(AdvisingBoard.objects.filter(organisation__in=visible).select_related("organisation"), pk=board_pk)
    if not can_speak_for(request.user, board):
        raise PermissionDenied
    rows = list(rows_for(board, cycle))
    opinions = {one.review_id: one for one in BoardOpinion.objects.filter(board=board, review__in=rows)}
    form = BoardOpinionsForm(request.POST or None, rows=rows, opinions=opinions, book=rulebook_for(cycle.year))
    if request.method == "POST" and form.is_valid() and saved(request, form, board):
        return redirect("evaluations:board_opinions", cycle.pk, board.pk)
    context = {"cycle": cycle, "board": board, "form": form, "has_ended": not board.covers(today())}
    return render(request, "evaluations/board_opinions.html", context)


def saved(request, form, board):
    """Whether every changed row could be written; what could not stays typed, with its sentence beside it."""
    done = 0
    for row, level, text, version in form.changed():
        try:
            save_board_opinion(row, board, level=level, text=text, version=version, by=request.user)
            done += 1
        except DomainError as error:
            form.add_error(f"level-{row.pk}", error.message)
    if done or form.is_valid():
        messages.success(request, f"Đã ghi ý kiến của {board.name}: {done} dòng.")
    return not form.errors
