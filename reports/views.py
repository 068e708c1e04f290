from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.models import Term
from cells.permissions import trail_of
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list, wants_fragment
from reports import services
from reports.building import sha256, thaw
from reports.enums import PaperKind
from reports.figures.revisions import revisions_after
from reports.figures.rows import list_behind
from reports.forms import TermReportForm
from reports.models import Paper
from reports.papers.term_sections import write_report
from reports.permissions import can_build, can_change_job


def visible(request, pk):
    return get_object_or_404(Paper.objects.visible_to(request.user).select_related("organisation", "term", "requested_by"), pk=pk)


def buildable_terms(user):
    terms = Term.objects.visible_to(user).select_related("organisation").order_by("organisation__path", "-first_year")
    return terms.filter(pk__in=[term.pk for term in terms if can_build(user, term.organisation)])


COLUMNS = [
    Column("Báo cáo", str, width=40),
    Column("Đảng bộ", lambda row: row.organisation.name, width=48),
    Column("Ngày lập", lambda row: timezone.localdate(row.finished_at or row.requested_at), width=14, kind="date"),
    Column("Lập bởi", lambda row: row.requested_by.full_name, width=28),
    Column("Trạng thái", lambda row: row.get_state_display(), width=18),
]


def report_list(request):
    papers = Paper.objects.visible_to(request.user).for_list()
    context = {"may_build": buildable_terms(request.user).exists()}
    return render_list(request, "reports/report_list.html", rows=papers, title="Báo cáo", columns=COLUMNS, name="bao-cao", context=context)


def report_new(request):
    terms = buildable_terms(request.user)
    if request.method == "POST" and not terms:
        raise PermissionDenied
    form = TermReportForm(request.POST or None, terms=terms)
    if request.method == "POST" and form.is_valid():
        try:
            paper = services.request_term_report(**form.cleaned_data, by=request.user)
        except DomainError as error:
            form.add_domain_error(error)
        else:
            return redirect("reports:report_detail", paper.pk)
    return render(request, "reports/report_new.html", {"form": form, "terms": terms})


def report_detail(request, pk):
    paper = visible(request, pk)
    context = {"paper": paper, "may_change": can_change_job(request.user, paper)}
    if wants_fragment(request):
        answer = render(request, "reports/report_detail.html#progress", context)
        if not paper.is_active:
            answer["HX-Refresh"] = "true"  # the whole page has more to show now
        return answer
    if paper.is_done:
        frozen = thaw(paper.figures)
        context["revised"] = revisions_after(paper)
        context["report"] = write_report(frozen.figures, frozen.framing, link_of(paper))
    context["entries"] = trail_of(request.user, paper, paper.organisation)[:20]
    return render(request, "reports/report_detail.html", context)


def link_of(paper):
    """Addresses of the lists behind the figures of `paper`."""

    def link(topic, year=None, level=None):
        if topic == "base":
            return reverse("cells:organisation_detail", args=[level])
        query = urlencode({name: value for name, value in (("year", year), ("level", level)) if value is not None})
        return reverse("reports:report_rows", args=[paper.pk, topic]) + (f"?{query}" if query else "")

    return link


def report_rows(request, pk, topic):
    paper = visible(request, pk)
    if not paper.is_done:
        raise Http404
    year, level = (int(value) if (value := request.GET.get(name, "")).isdecimal() else None for name in ("year", "level"))
    if level is not None and level > 4:
        raise Http404
    behind = list_behind(thaw(paper.figures).figures, paper.organisation, request.user, topic, year, level)
    if behind is None:
        raise Http404
    context = {"paper": paper, "columns": behind.columns}
    name = f"so-lieu-{paper.pk}"
    return render_list(
        request, "reports/report_rows.html", rows=behind.rows, title=behind.title, columns=list(behind.columns), name=name, context=context
    )


def report_download(request, pk):
    paper = visible(request, pk)
    if not paper.is_done:
        raise Http404
    content = stored(paper)
    name = f"bao-cao-nhiem-ky-{paper.term.label}.pdf" if paper.kind == PaperKind.TERM_REPORT else f"bao-cao-{paper.pk}.pdf"
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def stored(paper):
    """The file's bytes, verified: what is given out is what was made."""
    try:
        with default_storage.open(paper.file.name) as file:
            content = file.read()
    except FileNotFoundError as gone:
        raise DomainError("Không tìm thấy tệp báo cáo trên máy chủ. Hãy báo người quản trị, hoặc lập lại báo cáo.") from gone
    if sha256(content) != paper.file_sha256:
        raise DomainError("Tệp báo cáo đã bị thay đổi so với khi lập nên không tải được. Hãy báo người quản trị, hoặc lập lại báo cáo.")
    return content


@require_POST
def report_cancel(request, pk):
    paper = visible(request, pk)
    services.cancel_paper(paper, by=request.user)
    messages.success(request, "Đã hủy việc lập báo cáo.")
    return redirect("reports:report_detail", pk)


@require_POST
def report_retry(request, pk):
    paper = visible(request, pk)
    services.retry_paper(paper, by=request.user)
    return redirect("reports:report_detail", pk)
