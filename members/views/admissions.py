from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cells.enums import READING_ROLES
from cells.models import Organisation
from cells.scope import roles_of
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list
from members.admission_files import cards_of, target_lines, validity
from members.admission_rules import BY_KEY, RULES, citation, confidence, deadlines, lacking, lacking_kinds
from members.admission_steps import BALLOTS, REPEATED, SCHEMA
from members.enums import Degree, StepKind
from members.filters import AdmissionFilter
from members.forms.admissions import AdmissionForm, MoveFileForm, StepForm
from members.forms.movements import TakeBackForm
from members.models import Admission, AdmissionStep, Discipline, Member
from members.permissions import can_edit_admission, can_edit_members_of
from members.services import admissions
from members.views.people import writable_cells

COLUMNS = [
    Column("Họ và tên", lambda row: row.admission.full_name, width=28),
    Column("Chi bộ", lambda row: row.admission.cell.name, width=40),
    Column("Đảng viên giúp đỡ", lambda row: row.admission.helper.full_name, width=28),
    Column("Giai đoạn", lambda row: row.admission.get_state_display(), width=22),
    Column("Ngày lập hồ sơ", lambda row: row.admission.opened_on, width=14, kind="date"),
    Column("Số ngày", lambda row: row.age, width=10, kind="int"),
    Column("Việc có hạn", lambda row: row.next_due.what if row.next_due else "", width=36),
    Column("Hạn", lambda row: row.next_due.due_on if row.next_due else None, width=14, kind="date"),
    Column("Còn", lambda row: row.due_words, width=18),
]
MOST = 500


def admission_board(request):
    day = today()
    cells = list(writable_cells(request.user))
    mine = [assignment.organisation for assignment in roles_of(request.user) if assignment.role in READING_ROLES]
    chosen = request.GET.get("unit", "")
    if chosen.isdigit():  # a unit that was chosen in the filter shows its own targets
        mine = list(Organisation.objects.visible_to(request.user).filter(pk=chosen))
    context = {"cells": cells, "targets": [(place, lines) for place in mine if (lines := target_lines(place, day))]}
    return render_list(
        request,
        "members/admission_board.html",
        rows=Admission.objects.visible_to(request.user),
        title="Kết nạp đảng viên",
        filterset=AdmissionFilter,
        columns=COLUMNS,
        name="ket-nap",
        per_page=MOST,
        context=context,
        shown=lambda rows: cards_of(rows, day),
    )


def admission_new(request, cell_pk):
    cell = get_object_or_404(Organisation.objects.visible_to(request.user), pk=cell_pk)
    if not can_edit_members_of(request.user, cell):
        raise PermissionDenied
    form = AdmissionForm(request.POST or None, cell=cell, initial={"opened_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            one = admissions.open_admission(cell=cell, by=request.user, **form.cleaned_data)
            messages.success(request, "Đã lập hồ sơ.")
            return redirect("members:admission_detail", one.pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/admission_form.html", {"form": form, "title": "Lập hồ sơ kết nạp", "place": cell.name, "button": "Lập hồ sơ"})


def visible(request, pk):
    return get_object_or_404(Admission.objects.visible_to(request.user).select_related("cell", "helper", "member"), pk=pk)


def admission_detail(request, pk):
    admission = visible(request, pk)
    card = cards_of(Admission.objects.filter(pk=pk), today())[0]
    may_edit = can_edit_admission(request.user, admission)
    wanted = lacking_kinds(card.file) if admission.is_open else []
    rules = BY_KEY[admission.rules]
    context = {
        "admission": admission,
        "file_age": card.age,
        "wanted": wanted,
        "lacking": lacking(card.file) if admission.is_open else [],
        "deadlines": [(one, one.due_on < today()) for one in deadlines(card.file)] if admission.is_open else [],
        "papers": [(*paper, bool(paper[2]) and paper[2] < today() and not card.file.last(StepKind.CELL_VOTE)) for paper in validity(card.file)],
        "steps": timeline(admission),
        "may_edit": may_edit,
        "again": again(card, wanted) if may_edit and admission.is_open else [],
        "rules": rules,
        "clauses": [(key, says, citation(key, rules), confidence(key, rules).value) for key, (says, *_) in RULES.items()],
        "card": card_of(admission),
        "is_disciplined": bool(admission.member) and reprimanded(admission.member),
        "today": today(),
    }
    return render(request, "members/admission_detail.html", context)


def card_of(admission):
    """After the recognition: whether the card is in the record; None before."""
    member = admission.member
    return {"number": member.masked_card_number, "on": member.card_issued_on} if member and member.official_on else None


def again(card, wanted):
    """The steps that may be recorded once more: papers that are made anew before the ceremony, and a new helper at any time."""
    if card.admission.member_id:
        return [StepKind.HELPER]
    return [kind for kind in REPEATED if kind not in BALLOTS and kind not in wanted]


def reprimanded(member):
    return Discipline.objects.standing().filter(member=member, degree__in=(Degree.REPRIMAND, Degree.WARNING)).exists()


def timeline(admission):
    """The steps in the order of their days, each with what it says in words."""
    rows = list(admission.steps.select_related("document", "reversed_by", "by"))
    keys = [row.values[name] for row in rows for name in ("helper", "member") if row.values.get(name)]
    members = Member.objects.in_bulk(keys)
    return [(row, said_by(row, members)) for row in rows]


def said_by(row, members):
    words = []
    for one in SCHEMA[row.kind]:
        value = row.values.get(one.name)
        if value in (None, ""):
            continue
        match one.kind:
            case "member":
                value = members[value].full_name if value in members else "(không rõ)"
            case "choice":
                value = dict(one.choices).get(value, value)
            case "date":
                value = "/".join(reversed(value.split("-")))
        words.append(f"{one.label}: {value}")
    return words


def admission_step(request, pk, kind):
    admission = visible(request, pk)
    if kind not in StepKind.values:
        raise Http404
    if not can_edit_admission(request.user, admission):
        raise PermissionDenied
    kind = StepKind(kind)
    form = StepForm(request.POST or None, kind=kind, cell=admission.cell)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("done_on", "note")}
        document = form.document(admission.cell, request.user)
        try:
            step = admissions.add_step(admission, kind, values=form.values(), document=document, by=request.user, **given)
            messages.success(request, "Đã ghi.")
            for one in step.findings:
                messages.warning(request, f"{one['says']} ({one['source']})")
            return redirect("members:admission_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    context = {"form": form, "title": kind.label, "place": f"{admission.full_name}, {admission.cell.name}", "button": "Ghi", "admission": admission}
    return render(request, "members/admission_form.html", context)


def admission_step_take_back(request, pk):
    step = get_object_or_404(AdmissionStep.objects.visible_to(request.user).select_related("admission__cell", "event"), pk=pk)
    if not can_edit_admission(request.user, step.admission):
        raise PermissionDenied
    form = TakeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            admissions.take_back_step(step, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Đã hủy bước ghi nhầm.")
            return redirect("members:admission_detail", step.admission_id)
        except DomainError as error:
            form.add_domain_error(error)
    context = {"form": form, "title": f"Hủy: {step.get_kind_display()}", "place": step.admission.full_name, "button": "Hủy bước này"}
    return render(request, "members/admission_form.html", context | {"admission": step.admission})


def admission_move(request, pk):
    """The file goes on at another cell: first where, then who helps there."""
    admission = visible(request, pk)
    if not can_edit_admission(request.user, admission):
        raise PermissionDenied
    cells = writable_cells(request.user).exclude(pk=admission.cell_id)
    chosen = request.GET.get("to", "")
    to_cell = cells.filter(pk=chosen).first() if chosen.isdigit() else None
    if to_cell is None:
        return render(request, "members/admission_move.html", {"admission": admission, "cells": cells})
    form = MoveFileForm(request.POST or None, to_cell=to_cell, initial={"done_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            admissions.move_admission(admission, to_cell=to_cell, **form.cleaned_data, by=request.user)
            messages.success(request, f"Hồ sơ đã chuyển đến {to_cell.name}.")
            return redirect("members:admission_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    place = f"{admission.full_name}, từ {admission.cell.name}"
    context = {"form": form, "title": f"Chuyển hồ sơ đến {to_cell.name}", "place": place, "button": "Chuyển hồ sơ", "admission": admission}
    return render(request, "members/admission_form.html", context)


def admission_close(request, pk):
    admission = visible(request, pk)
    if not can_edit_admission(request.user, admission):
        raise PermissionDenied
    form = TakeBackForm(request.POST or None)
    form.fields["reason"].label, form.fields["reason"].help_text = "Lý do dừng", "Ví dụ: chuyển công tác, rút đơn. Không ghi nội dung thẩm tra."
    if request.method == "POST" and form.is_valid():
        try:
            admissions.close_admission(admission, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, "Đã dừng hồ sơ.")
            return redirect("members:admission_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    context = {"form": form, "title": "Dừng hồ sơ kết nạp", "place": admission.full_name, "button": "Dừng hồ sơ", "admission": admission}
    return render(request, "members/admission_form.html", context)


@require_POST
def admission_reopen(request, pk):
    try:
        admissions.reopen_admission(visible(request, pk), by=request.user)
        messages.success(request, "Đã mở lại hồ sơ.")
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("members:admission_detail", pk)
