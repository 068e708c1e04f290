from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cells.enums import DocumentKind, Role
from cells.models import Document
from cells.scope import roles_of
from evaluations.forms import CycleForm
from evaluations.models import Cycle, Registration, ReviewSheet
from evaluations.permissions import can_open_cycle, can_prepare_decision
from evaluations.rulebooks import rulebook_for
from evaluations.services import cycles
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.lists import paginate


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
    if not data["guidance_number"]:
        return None
    return Document(
        organisation=root,
        kind=DocumentKind.GUIDANCE,
        number=data["guidance_number"],
        issued_on=data["guidance_on"],
        issuer=root.committee_name,
        created_by=user,
    )


def cycle_detail(request, pk):
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=pk)
    units = Registration.objects.visible_to(request.user).filter(cycle=cycle).select_related("organisation").order_by("organisation__path")
    page = paginate(request, units)
    sheets = {sheet.organisation_id: sheet for sheet in ReviewSheet.objects.filter(cycle=cycle, organisation__in=[r.organisation_id for r in page])}
    bodies = [a.organisation for a in roles_of(request.user) if can_prepare_decision(request.user, a.organisation)]
    context = {
        "cycle": cycle,
        "stages": cycle.stages.all(),
        "today": today(),
        "book": rulebook_for(cycle.year),
        "page": page,
        "rows": [(registration, sheets.get(registration.organisation_id)) for registration in page],
        "can_open": can_open_cycle(request.user, cycle.root),
        "bodies": bodies,
        "decisions": cycle.decisions.visible_to(request.user).select_related("body", "document"),
    }
    return render(request, "evaluations/cycle_detail.html", context)


@require_POST
def review_open(request, pk):
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user).select_related("root"), pk=pk)
    count = cycles.open_review(cycle, by=request.user)
    messages.success(request, f"Đã mở kiểm điểm năm {cycle.year}: lập {count} bảng xếp loại.")
    return redirect("evaluations:cycle_detail", cycle.pk)
