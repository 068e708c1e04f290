from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cells.models import Organisation
from cells.permissions import trail_of
from evaluations.ballots import LEVELS, quorum_note
from evaluations.enums import BallotState, Subject
from evaluations.forms.ballots import BallotForm, CountForm, MinutesForm, RecountForm, SecondBallotForm
from evaluations.models import BallotRound, Cycle
from evaluations.permissions import DECIDING_KINDS, can_see_body_grid, can_write_ballot, can_write_ballot_of, writes_on_behalf
from evaluations.rulebooks import rulebook_for
from evaluations.services import ballots
from evaluations.views.sheets import visible as visible_sheet
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError, StaleVersion


def visible(request, pk):
    return get_object_or_404(BallotRound.objects.visible_to(request.user).for_list(), pk=pk)


def writable(request, pk):
    ballot = visible(request, pk)
    if not can_write_ballot(request.user, ballot):
        raise PermissionDenied
    return ballot


def body_of(request, cycle_pk, body_pk):
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=cycle_pk)
    body = get_object_or_404(Organisation.objects.visible_to(request.user).filter(kind__in=DECIDING_KINDS), pk=body_pk)
    if not can_see_body_grid(request.user, body):
        raise PermissionDenied
    return cycle, body


def sheet_ballots(request, pk):
    sheet = visible_sheet(request, pk)
    return list_of(request, sheet.organisation, sheet.cycle, sheet)


def body_ballots(request, cycle_pk, body_pk):
    cycle, body = body_of(request, cycle_pk, body_pk)
    return list_of(request, body, cycle)


def list_of(request, organisation, cycle, sheet=None):
    found = BallotRound.objects.of_sheet(sheet) if sheet else BallotRound.objects.of_body(organisation, cycle)
    may_write = can_write_ballot_of(request.user, organisation, sheet) and (sheet is None or sheet.is_writable)
    context = {"organisation": organisation, "cycle": cycle, "sheet": sheet, "ballots": found.for_list(), "may_write": may_write}
    return render(request, "evaluations/ballot_list.html", context)


def sheet_ballot_new(request, pk):
    sheet = visible_sheet(request, pk)
    return new_of(request, sheet.organisation, sheet.cycle, sheet)


def body_ballot_new(request, cycle_pk, body_pk):
    cycle, body = body_of(request, cycle_pk, body_pk)
    return new_of(request, body, cycle)


def new_of(request, organisation, cycle, sheet=None):
    if not can_write_ballot_of(request.user, organisation, sheet):
        raise PermissionDenied
    rows = list(ballots.free_rows(organisation, cycle, sheet))
    subjects = [one for one in Subject if any(row.subject == one for row in rows)]
    subject = next((one for one in subjects if one == request.GET.get("subject")), subjects[0] if subjects else "")
    chosen = [row for row in rows if row.subject == subject]
    form = BallotForm(request.POST or None, organisation=organisation, rows=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            ballot = ballots.open_ballot(organisation, cycle, sheet, subject=subject, **form.values(), by=request.user)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, f"Đã mở bỏ phiếu lần {ballot.number}. Hãy in phiếu trước khi họp.")
            return redirect("evaluations:ballot_detail", ballot.pk)
    context = {"organisation": organisation, "cycle": cycle, "sheet": sheet, "form": form, "subjects": subjects, "subject": subject}
    context |= {"names": names_at(organisation), "rule": ballots.rule_on(cycle, today())}
    return render(request, "evaluations/ballot_new.html", context)


def names_at(organisation):
    """Who may preside or count, by name: those who vote at any meeting of the place."""
    found = {
        one.full_name: one.sort_key for meeting in ballots.meetings_of(organisation) for one in ballots.voters_of(organisation, meeting, today())
    }
    return sorted(found, key=found.get)


def ballot_detail(request, pk):
    ballot = visible(request, pk)
    state = ballots.count_state(ballot, request.user)
    holds = state.agreed
    results = ballots.results_of(ballot, holds) if holds else []
    for one in results:
        one.columns = list(zip([*shorts_of(ballot), "Không ghi"], [*one.line.votes, one.line.silent], strict=True))
    may_write = can_write_ballot(request.user, ballot)
    against = ballots.against_filling(ballot) if may_write else []
    has_recount = BallotRound.objects.filter(replaces=ballot).exists()
    context = {
        "ballot": ballot,
        "state": state,
        "results": results,
        "shorts": shorts_of(ballot),
        "without": ballots.left_without(ballot) if ballot.state == BallotState.CONFIRMED else [],
        "quorum": quorum_note(holds.present, ballot.eligible) if holds else "",
        "may_write": may_write,
        "may_count": may_write and ballot.is_open and ballot.held_on <= today() and (ballot.slots == 1 or state.mine or len(state.counts) < 2),
        "may_recount": may_write and ballot.state == BallotState.CONFIRMED and not has_recount and not against,
        "against": against if ballot.is_open else [],
        "names": ballot.subjects.order_by("review__sort_key", "review_id").values_list("review__name", flat=True),
        "entries": trail_of(request.user, ballot, ballot.organisation)[:20],
    }
    return render(request, "evaluations/ballot_detail.html", context)


def shorts_of(ballot):
    book = rulebook_for(ballot.cycle.year)
    return [book.level_short(level, ballot.subject) for level in LEVELS]


def ballot_count(request, pk):
    ballot = writable(request, pk)
    state = ballots.count_state(ballot, request.user)
    form = CountForm(request.POST or None, ballot=ballot, state=state)
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            ballots.save_count(ballot, form.totals, form.lines, version=version, by=request.user)
        except StaleVersion as stale:
            form.take_over(stale)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, said_after(ballots.count_state(ballot, request.user)))
            return redirect("evaluations:ballot_detail", pk)
    context = {"ballot": ballot, "form": form, "state": state, "on_behalf": writes_on_behalf(request.user, ballot.organisation)}
    return render(request, "evaluations/ballot_count.html", context)


def said_after(state):
    if state.agreed:
        return "Đã lưu. Các số đã khớp; hãy in biên bản, ký rồi xác nhận kết quả."
    return "Đã lưu. Hai lần nhập còn khác nhau." if state.differs else "Đã lưu. Chờ người thứ hai nhập."


def ballot_confirm(request, pk):
    ballot = writable(request, pk)
    form = MinutesForm(request.POST or None, request.FILES or None, ballot=ballot)
    if request.method == "POST" and form.is_valid():
        try:
            done = ballots.confirm_ballot(ballot, document=form.document(request.user), seen=form.cleaned_data["seen"], by=request.user)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, "Đã xác nhận kết quả và ghi vào bảng xếp loại." if done else "Kết quả đã được xác nhận trước đó.")
            return redirect("evaluations:ballot_detail", pk)
    context = {"ballot": ballot, "form": form, "title": "Xác nhận kết quả kiểm phiếu", "button": "Xác nhận, ghi vào bảng xếp loại"}
    return render(request, "evaluations/ballot_act.html", context)


def ballot_again(request, pk):
    ballot = writable(request, pk)
    rows = [one.review for one in ballots.left_without(ballot)]
    form = SecondBallotForm(request.POST or None, ballot=ballot, rows=rows)
    if request.method == "POST" and form.is_valid():
        try:
            again = ballots.second_ballot(ballot, levels=form.cleaned_data["levels"], **form.values(), by=request.user)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, f"Đã mở bỏ phiếu lần {again.number}. Hãy in phiếu trước khi họp.")
            return redirect("evaluations:ballot_detail", again.pk)
    context = {"ballot": ballot, "form": form, "title": "Bỏ phiếu lần tiếp theo", "button": "Mở lần bỏ phiếu", "names": names_at(ballot.organisation)}
    return render(request, "evaluations/ballot_act.html", context)


def ballot_recount(request, pk):
    ballot = writable(request, pk)
    form = RecountForm(request.POST or None, ballot=ballot)
    if request.method == "POST" and form.is_valid():
        try:
            new = ballots.recount(ballot, form.cleaned_data["reason"], eligible=form.cleaned_data.get("eligible"), by=request.user)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, "Đã mở kiểm phiếu lại. Kết quả cũ còn hiệu lực đến khi kết quả mới được xác nhận.")
            return redirect("evaluations:ballot_detail", new.pk)
    context = {"ballot": ballot, "form": form, "title": "Kiểm phiếu lại", "button": "Mở kiểm phiếu lại"}
    return render(request, "evaluations/ballot_act.html", context)


@require_POST
def ballot_discard(request, pk):
    ballot = writable(request, pk)
    try:
        ballots.discard_ballot(ballot, by=request.user)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("evaluations:ballot_detail", pk)
    messages.success(request, "Đã bỏ lần bỏ phiếu chưa xác nhận.")
    if ballot.sheet_id:
        return redirect("evaluations:sheet_ballots", ballot.sheet_id)
    return redirect("evaluations:body_ballots", ballot.cycle_id, ballot.organisation_id)
