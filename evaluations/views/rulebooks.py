from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from cells.scope import paths_of
from evaluations.forms.cycles import CompareForm
from evaluations.rulebooks.comparing import compare
from khoi_party.common.dates import today


def rulebook_compare(request):
    """Two years' regulations side by side. They are nobody's data: whoever has a role in evaluations reads them."""
    if not paths_of(request.user):
        raise PermissionDenied
    usual = {"a": today().year - 1, "b": today().year}
    form = CompareForm(request.GET if "a" in request.GET or "b" in request.GET else usual)
    years = form.cleaned_data if form.is_valid() else usual
    context = {"form": form, "a": years["a"], "b": years["b"], "found": compare(years["a"], years["b"])}
    return render(request, "evaluations/rulebook_compare.html", context)
