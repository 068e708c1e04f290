"""Number, day, signer and marks of a paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cells.models.organisations import committee_of
from cells.paper_numbers import number_text
from cells.services.numbers import next_number
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.forms import DateField
from khoi_party.common.lists import wants_fragment
from khoi_party.common.names import one_line
from reports import services
from reports.forms import IssueForm, MarksForm
from reports.papers.catalogue import recipe_of
from reports.permissions import can_issue
from reports.signers import doubt_about, office_on, usual_signer
from reports.verifying import frozen_of

from .papers import changeable, finished, visible


@require_POST
def report_marks(request, pk):
    """What is printed on a draft besides its text; the files carry it once they are set again."""
    paper = changeable(request, pk)
    form = MarksForm(request.POST)
    if form.is_valid():
        services.mark_paper(paper, **form.cleaned_data, by=request.user)
        messages.success(request, "Đã lưu dấu chỉ dẫn.")
    else:
        messages.error(request, "Chưa lưu được dấu chỉ dẫn: phần mềm không có dấu này.")
    return redirect("reports:report_detail", pk)


def report_issue(request, pk):
    """Number, day and signer, with what holds on that day; a doubt about the signer is shown before anything is issued."""
    paper = visible(request, pk)
    if not can_issue(request.user, paper):
        raise PermissionDenied
    recipe = recipe_of(paper.kind)
    if not recipe.is_issued_here or not paper.is_done or paper.is_issued:
        raise Http404
    organisation, day = paper.organisation, typed_day(request)
    form = IssueForm(request.POST or None, initial=proposed(paper, recipe, day), organisation=organisation, code=recipe.code, day=day)
    context = {"paper": paper, "form": form} | facts_of(organisation, recipe, day)
    if wants_fragment(request):
        context["doubt"] = doubt_about(organisation, day, request.POST.get("signer_position", ""), one_line(request.POST.get("signer_name", "")))
        return render(request, "reports/report_issue.html#facts", context)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        context["doubt"] = doubt_about(organisation, given["issued_on"], given["signer_position"], given["signer_name"])
        is_clear = context["doubt"] in ("", request.POST.get("checked"))  # a doubt that was read is left to people
        if is_clear and issued(request, paper, form):
            return redirect("reports:report_detail", pk)
    return render(request, "reports/report_issue.html", context | {"unwritten": finished(paper).get("unwritten")})


def typed_day(request):
    """The day of issue that is being typed; today while there is none."""
    try:
        return DateField(required=False).clean(request.POST.get("issued_on")) or today()
    except ValidationError:
        return today()


def proposed(paper, recipe, day):
    """What the form begins with: the next number and the secretary of `day`, and who usually receives such a paper."""
    recipients = frozen_of(paper).write().recipients
    return {
        "number": next_number(paper.organisation, recipe.code, day),
        "issued_on": day,
        "signer_position": office_on(paper.organisation, day).head,
        "signer_name": usual_signer(paper.organisation, day),
        "recipients": "\n".join(recipients),
    }


def facts_of(organisation, recipe, day):
    """What holds on the day of issue that is being typed: name, next number with its symbol, secretary."""
    return {
        "day": day,
        "called": committee_of(organisation.name_on(day)),
        "next_number": number_text(next_number(organisation, recipe.code, day), recipe.code, organisation.paper_code_on(day)),
        "secretary": usual_signer(organisation, day),
    }


def issued(request, paper, form):
    """Issue the paper as the valid `form` says; False where that is refused, with the reason in the form."""
    names = ("number", "issued_on", "signer_position", "signer_name")
    given = {name: form.cleaned_data[name] for name in names} | {"board": form.cleaned_data.get("board")}
    try:
        services.issue_paper(paper, **given, recipients=form.lines("recipients"), grounds=form.lines("grounds"), by=request.user)
    except DomainError as error:
        form.add_domain_error(error)
        return False
    messages.success(request, "Đã ban hành; phần mềm đang dàn trang bản chính thức.")
    return True
