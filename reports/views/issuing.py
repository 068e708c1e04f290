"""Number, day and signer of a paper."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from cells.services.numbers import next_number
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from members.enums import Post
from members.models import Seat
from reports import services
from reports.building import thaw
from reports.forms import IssueForm
from reports.papers.catalogue import recipe_of
from reports.permissions import can_issue

from .papers import finished, visible


def report_issue(request, pk):
    paper = visible(request, pk)
    if not can_issue(request.user, paper):
        raise PermissionDenied
    recipe = recipe_of(paper.kind)
    if not recipe.is_issued_here or not paper.is_done or paper.is_issued:
        raise Http404
    report = thaw(paper.figures).write()
    number = next_number(paper.organisation, recipe.code, today())
    form = IssueForm(
        request.POST or None, initial=usual_signer(paper) | {"number": number, "issued_on": today(), "recipients": "\n".join(report.recipients)}
    )
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("number", "issued_on", "signer_position", "signer_name")}
        try:
            services.issue_paper(paper, **given, recipients=form.lines("recipients"), grounds=form.lines("grounds"), by=request.user)
            messages.success(request, "Đã ban hành; phần mềm đang dàn trang bản chính thức.")
            return redirect("reports:report_detail", pk)
        except DomainError as error:
            form.add_domain_error(error)
    code = f"-{recipe.code}/{report.header.issuer_code}"
    return render(request, "reports/report_issue.html", {"paper": paper, "form": form, "code": code, "unwritten": finished(paper).get("unwritten")})


def usual_signer(paper):
    """The secretary of the organisation today, as a proposal."""
    seat = Seat.objects.in_force(today()).filter(organisation=paper.organisation, post=Post.SECRETARY).select_related("member").first()
    return {"signer_position": "Bí thư", "signer_name": seat.member.full_name if seat else ""}
