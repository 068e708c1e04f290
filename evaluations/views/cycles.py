from datetime import date
from hashlib import sha256
from secrets import token_hex

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cells.enums import CELL_KINDS, DocumentKind, Role
from cells.models import Document
from cells.scope import roles_of
from evaluations.enums import BallotState, DecisionState
from evaluations.forms.cycles import FIRST_YEAR, CloseForm, CycleForm, GuidanceForm, ReopenForm, StagesForm
from evaluations.forms.settings import SETTING_FORMS, setting_text
from evaluations.models import BallotRound, Complaint, Cycle, Decision, Registration, ReviewSheet
from evaluations.permissions import can_open_cycle, can_prepare_decision, can_see_body_grid
from evaluations.rulebooks import rulebook_for
from evaluations.services import cycles
from evaluations.services.settings import in_force
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.lists import paginate

MOST_ROWS = 50  # of those without a level, on the page that closes the year


def root_of(user):
    """The organisation whose year `user` may open: where they are staff, the highest first."""
    return next((a.organisation for a in roles_of(user) if a.role == Role.STAFF and can_open_cycle(user, a.organisation)), None)


def cycle_list(request):
    rows = [(cycle, rulebook_for(cycle.year)) for cycle in Cycle.objects.visible_to(request.user).select_related("root")]
    return render(request, "evaluations/cycle_list.html", {"rows": rows, "root": root_of(request.user)})


def cycle_open(request):
    root = root_of(request.user)
    if root is None:
        raise PermissionDenied
    form = CycleForm(request.POST or None, initial={"year": today().year})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            cycle = cycles.open_cycle(
                root, data["year"], by=request.user, cutoff_on=data["cutoff_on"], guidance=guidance_from(data, root, request.user)
            )
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, f"Đã mở năm {cycle.year}. Các tổ chức đảng đăng ký được ngay.")
            return redirect("evaluations:cycle_detail", cycle.pk)
    return render(request, "evaluations/cycle_open.html", {"form": form, "root": root})


def guidance_from(data, root, user):
    return guidance(root, data["guidance_number"], data["guidance_on"], user) if data["guidance_number"] else None


def guidance(root, number, issued_on, user, file=None):
    document = Document(
        organisation=root, kind=DocumentKind.GUIDANCE, number=number, issued_on=issued_on, issuer=root.committee_name, created_by=user
    )
    if file:
        document.sha256 = sha256(file.read()).hexdigest()
        file.seek(0)
        document.file.save(f"{token_hex(8)}.{file.name.rsplit('.', 1)[-1].lower()}", file, save=False)  # the given name may hold a person's
    return document


def cycle_detail(request, pk):
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=pk)
    units = Registration.objects.visible_to(request.user).filter(cycle=cycle).select_related("organisation").order_by("organisation__path")
    page = paginate(request, units)
    sheets = {sheet.organisation_id: sheet for sheet in ReviewSheet.objects.filter(cycle=cycle, organisation__in=[r.organisation_id for r in page])}
    bodies = [a.organisation for a in roles_of(request.user) if can_prepare_decision(request.user, a.organisation)]
    context = {
        "cycle": cycle,
        "before": max(cycle.year - 1, FIRST_YEAR),
        "stages": cycle.stages.all(),
        "today": today(),
        "book": rulebook_for(cycle.year),
        "page": page,
        "rows": [(registration, sheets.get(registration.organisation_id)) for registration in page],
        "can_open": can_open_cycle(request.user, cycle.root),
        "late": cycles.late_units(cycle) if can_open_cycle(request.user, cycle.root) else [],
        "reopen_form": ReopenForm(),
        "bodies": bodies,
        "committees": committees_of(request.user),
        "decides": any(can_see_body_grid(request.user, a.organisation) for a in roles_of(request.user)),
        "shared": [body for body in dict.fromkeys(a.organisation for a in roles_of(request.user)) if can_see_body_grid(request.user, body)],
        "decisions": cycle.decisions.visible_to(request.user).select_related("body", "document"),
    }
    return render(request, "evaluations/cycle_detail.html", context)


def committees_of(user):
    """The committees of `user`'s roles that have units below them and whose papers the user reads."""
    bodies = dict.fromkeys(a.organisation for a in roles_of(user))
    return [body for body in bodies if body.kind not in CELL_KINDS and can_see_body_grid(user, body)]


@require_POST
def review_open(request, pk):
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=pk)
    count = cycles.open_review(cycle, by=request.user)
    messages.success(request, f"Đã mở kiểm điểm năm {cycle.year}: lập {count} bảng xếp loại.")
    return redirect("evaluations:cycle_detail", cycle.pk)


@require_POST
def units_add(request, pk):
    cycle = owned(request, pk)
    try:
        count = cycles.add_late_units(cycle, by=request.user)
        messages.success(request, f"Đã bổ sung {count} tổ chức đảng vào năm {cycle.year}.")
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("evaluations:cycle_detail", pk)


def owned(request, pk):
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=pk)
    if not can_open_cycle(request.user, cycle.root):
        raise PermissionDenied
    return cycle


def cycle_stages(request, pk):
    cycle = owned(request, pk)
    form = StagesForm(request.POST or None, stages=cycle.stages.all())
    return keep(request, cycle, form, "Lịch của năm", lambda: cycles.set_stages(cycle, form.stages(), by=request.user))


def cycle_guidance(request, pk):
    cycle = owned(request, pk)
    form = GuidanceForm(request.POST or None, request.FILES or None)

    def save():
        data = form.cleaned_data
        document = guidance(cycle.root, data["number"], data["issued_on"], request.user, data["file"])
        cycles.set_guidance(cycle, document, by=request.user)

    return keep(request, cycle, form, "Văn bản hướng dẫn", save)


def cycle_close(request, pk):
    cycle = owned(request, pk)
    left = cycles.unfinished(cycle)
    unrated = left.rows.count()
    form = CloseForm(request.POST or None, initial={"on_day": today()}, has_unrated=bool(unrated))

    def save():
        data = form.cleaned_data
        cycles.close_cycle(cycle, data["on_day"], reason=data.get("reason", ""), by=request.user)

    if request.method == "POST" and form.is_valid() and tried(form, save):
        messages.success(request, f"Đã kết thúc năm {cycle.year}.")
        return redirect("evaluations:cycle_detail", cycle.pk)
    carried = in_force(cycle.root, date(cycle.year + 1, 1, 1))
    context = {
        "cycle": cycle,
        "form": form,
        "left": left,
        "rows": left.rows[:MOST_ROWS],
        "unrated": unrated,
        "more": max(0, unrated - MOST_ROWS),
        "following": cycle.year + 1,
        "loose": loose_ends(cycle),
        "carried": [(key.label, carried.get(key), setting_text(carried[key]) if key in carried else "") for key in SETTING_FORMS],
    }
    return render(request, "evaluations/cycle_close.html", context)


def loose_ends(cycle):
    """What does not stand against closing and is better done before: [(sentence, [(name, address)])]."""
    ballots = BallotRound.objects.filter(cycle=cycle, state=BallotState.OPEN).select_related("organisation").order_by("organisation__path", "pk")
    unpublished = Decision.objects.filter(cycle=cycle, state=DecisionState.ISSUED).select_related("body").order_by("pk")
    complaints = Complaint.objects.open().filter(review__sheet__cycle=cycle)
    found = [
        (
            "lần bỏ phiếu chưa xác nhận kết quả",
            [(f"{one.organisation.name}, {str(one).lower()}", reverse("evaluations:ballot_detail", args=[one.pk])) for one in ballots],
        ),
        (
            "quyết định đã ban hành chưa công bố",
            [(f"{one.title}, {one.body.committee_name}", reverse("evaluations:decision_detail", args=[one.pk])) for one in unpublished],
        ),
    ]
    if count := complaints.count():
        found.append(("khiếu nại chưa trả lời", [(f"{count} khiếu nại, kiến nghị", reverse("evaluations:complaint_list", args=[cycle.pk]))]))
    return [(what, rows) for what, rows in found if rows]


def tried(form, service):
    """Whether `service` did it; its refusal stands in the form otherwise."""
    try:
        service()
    except DomainError as error:
        form.add_domain_error(error)
        return False
    return True


def keep(request, cycle, form, title, service):
    if request.method == "POST" and form.is_valid() and tried(form, service):
        messages.success(request, "Đã lưu.")
        return redirect("evaluations:cycle_detail", cycle.pk)
    return render(request, "evaluations/cycle_form.html", {"cycle": cycle, "form": form, "title": title})


@require_POST
def cycle_reopen(request, pk):
    cycle = owned(request, pk)
    try:
        cycles.reopen_cycle(cycle, request.POST.get("reason", ""), by=request.user)
        messages.success(request, f"Đã mở lại năm {cycle.year}.")
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("evaluations:cycle_detail", pk)
