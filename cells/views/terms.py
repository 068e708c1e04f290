from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cells.forms import TargetForm, TermForm
from cells.models import Organisation, Target, Term
from cells.permissions import can_edit_organisation
from cells.services import terms
from cells.views.organisations import readable
from khoi_party.common.errors import DomainError


def visible_term(request, pk):
    return get_object_or_404(Term.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def term_list(request, pk):
    organisation = readable(request, pk)
    context = {
        "organisation": organisation,
        "terms": organisation.terms.prefetch_related("targets"),
        "may_edit": can_edit_organisation(request.user, organisation),
    }
    return render(request, "cells/term_list.html", context)


def term_new(request, pk):
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    form = TermForm(request.POST or None)
    return keep(request, organisation, form, "Thêm nhiệm kỳ", lambda data: terms.save_term(organisation, data, by=request.user))


def term_edit(request, pk):
    term = visible_term(request, pk)
    form = TermForm(request.POST or None, instance=term)
    title = f"Sửa nhiệm kỳ {term.label}"
    return keep(request, term.organisation, form, title, lambda data: terms.save_term(term.organisation, data, term=fresh(term), by=request.user))


def target_new(request, pk):
    term = visible_term(request, pk)
    form = TargetForm(request.POST or None, initial={"position": term.targets.count() + 1})
    title = f"Thêm chỉ tiêu nhiệm kỳ {term.label}"
    return keep(request, term.organisation, form, title, lambda data: terms.save_target(term, data, by=request.user))


def target_edit(request, pk):
    target = get_object_or_404(Target.objects.visible_to(request.user).select_related("term__organisation"), pk=pk)
    term = target.term
    form = TargetForm(request.POST or None, instance=target)
    title = f"Sửa chỉ tiêu nhiệm kỳ {term.label}"
    return keep(request, term.organisation, form, title, lambda data: terms.save_target(term, data, target=fresh(target), by=request.user))


def fresh(row):
    """The row as it is stored: the form has written what was typed into its own copy."""
    return type(row).objects.get(pk=row.pk)


def keep(request, organisation, form, title, service):
    if not can_edit_organisation(request.user, organisation):
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            service(form.cleaned_data)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            messages.success(request, "Đã lưu.")
            return redirect("cells:term_list", organisation.pk)
    return render(request, "cells/term_form.html", {"organisation": organisation, "form": form, "title": title})


@require_POST
def target_remove(request, pk):
    target = get_object_or_404(Target.objects.visible_to(request.user).select_related("term__organisation"), pk=pk)
    organisation = target.term.organisation
    terms.remove_target(target, by=request.user)
    messages.success(request, "Đã bỏ chỉ tiêu.")
    return redirect("cells:term_list", organisation.pk)
