from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cells.models import DatedSetting, Organisation
from evaluations.forms.settings import SETTING_FORMS, setting_text
from evaluations.permissions import can_open_cycle
from evaluations.services.settings import in_force, set_setting
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError


def owned(request, pk):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not can_open_cycle(request.user, organisation):
        raise PermissionDenied
    return organisation


def setting_list(request, pk):
    organisation = owned(request, pk)
    rows = DatedSetting.objects.filter(organisation=organisation).select_related("document").order_by("-valid_from", "-pk")
    history = {key: [(row, setting_text(row)) for row in rows if row.key == key] for key in SETTING_FORMS}
    settings = [(key, key.label, SETTING_FORMS[key].consequence, history[key]) for key in SETTING_FORMS]
    return render(request, "evaluations/setting_list.html", {"organisation": organisation, "settings": settings})


def setting_change(request, pk, key):
    organisation = owned(request, pk)
    if key not in SETTING_FORMS:
        raise Http404
    present = in_force(organisation, today()).get(key)
    form = SETTING_FORMS[key](request.POST or None, initial=present.value if present and isinstance(present.value, dict) else None)
    if request.method == "POST" and form.is_valid():
        document = form.document(organisation, request.user)
        try:
            set_setting(organisation, key, form.value(), from_day=form.cleaned_data["from_day"], document=document, by=request.user)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, f"Đã lưu thiết lập. {form.outcome()}")
            return redirect("evaluations:setting_list", pk)
    context = {"organisation": organisation, "form": form, "title": DatedSetting.Key(key).label}
    return render(request, "evaluations/setting_form.html", context)
