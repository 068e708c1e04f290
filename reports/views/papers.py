"""The papers one may read: their list, what may be asked for, each one with its figures, lists and files."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cells.permissions import trail_of
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import CONTENT_TYPE, Column
from khoi_party.common.lists import render_list, wants_fragment
from reports import lists, queue, services
from reports.building import made_with
from reports.differences import said_differently
from reports.enums import About, FileFormat, PaperKind
from reports.figures.revisions import revisions_after
from reports.filters import PaperFilter
from reports.forms import MarksForm, PaperForm
from reports.models import Paper
from reports.papers.catalogue import RECIPES, recipe_of
from reports.permissions import can_change_job, can_issue
from reports.subjects import choices_of, chosen, has_choices
from reports.verifying import frozen_of, stored

CONTENT_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.EXCEL: CONTENT_TYPE,
}


def visible(request, pk):
    people = ("requested_by", "asked_by", "issued_by")
    return get_object_or_404(Paper.objects.visible_to(request.user).select_related(*Paper.ABOUT, "organisation", *people), pk=pk)


def changeable(request, pk):
    """The paper, for those who may write in it, issue it or have it made anew."""
    paper = visible(request, pk)
    if not can_change_job(request.user, paper):
        raise PermissionDenied
    return paper


COLUMNS = [
    Column("Văn bản", str, width=60),
    Column("Cơ quan ban hành", lambda row: row.organisation.name, width=48),
    Column("Số", lambda row: row.number, width=8, kind="int"),
    Column("Ngày ban hành", lambda row: row.issued_on, width=14, kind="date"),
    Column("Ngày lập", lambda row: timezone.localdate(row.finished_at or row.requested_at), width=14, kind="date"),
    Column("Lập bởi", lambda row: row.requested_by.full_name, width=28),
    Column("Trạng thái", lambda row: row.state_text, width=18),
]


def report_list(request):
    """All papers one may read; above them what waits to be made."""
    papers = Paper.objects.visible_to(request.user).for_list()
    context = {"may_build": any(has_choices(request.user, recipe) for recipe in RECIPES.values()), "waiting": queue.queue_of(request.user)}
    given = {"title": "Báo cáo, văn bản", "columns": COLUMNS, "name": "van-ban", "filterset": PaperFilter}
    return render_list(request, "reports/report_list.html", rows=papers, context=context, **given)


def report_kinds(request):
    """Every kind of paper that one may ask for, by what it is about."""
    offered = [recipe for recipe in RECIPES.values() if has_choices(request.user, recipe)]
    groups = [(about.label, [recipe for recipe in offered if recipe.about == about]) for about in About]
    return render(request, "reports/report_kinds.html", {"groups": [group for group in groups if group[1]]})


def report_new(request, kind):
    recipe = RECIPES.get(kind.replace("-", "_"))
    if recipe is None:
        raise Http404
    choices = choices_of(request.user, recipe, wanted=request.POST.get("about") or request.GET.get("about", ""))
    if request.method == "POST" and not choices:
        raise PermissionDenied
    form = PaperForm(request.POST or None, recipe=recipe, choices=choices, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        one = chosen(request.user, recipe, form.cleaned_data["about"])
        subject = form.cleaned_data["day"] if recipe.about == About.DAY else one.subject
        try:
            paper = services.request_paper(recipe.kind, one.organisation, subject, by=request.user, options=form.options())
            return redirect("reports:report_detail", paper.pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "reports/report_new.html", {"form": form, "recipe": recipe, "choices": choices})


def report_detail(request, pk):
    paper = visible(request, pk)
    context = {"paper": paper, "may_change": can_change_job(request.user, paper), "may_issue": can_issue(request.user, paper)}
    if paper.is_active:
        context |= {"waiting": queue.place_of(request.user, paper), "is_untaken": queue.is_untaken()}
    if wants_fragment(request):
        answer = render(request, "reports/report_detail.html#progress", context)
        if not paper.is_active:
            answer["HX-Refresh"] = "true"  # the whole page has more to show now
        return answer
    if paper.is_done:
        context |= finished(paper)
        context["may_reset_same"] = context["may_change"] and not paper.is_issued and bool(context.get("unset") or context.get("unmarked"))
    context["entries"] = trail_of(request.user, paper, paper.organisation)[:20]
    return render(request, "reports/report_detail.html", context)


def finished(paper):
    """What the page of a finished paper shows besides: its files, what it says, which words are newer than its files or older than its figures."""
    recipe = recipe_of(paper.kind)
    files = sorted(paper.files.all(), key=lambda one: [*FileFormat.values].index(one.format))
    shown = {"recipe": recipe, "files": files, "lists_kept": paper.lists.count()}
    try:
        frozen = frozen_of(paper)
    except DomainError as changed:
        return shown | {"refusal": changed.message}
    shown |= {"made_with": frozen.made_with, "is_made_with_this": frozen.made_with == made_with()}
    return shown | (read_on_screen(paper, frozen) if recipe.is_readable else {})


def read_on_screen(paper, frozen):
    """The paper itself and how its words stand: {place: written (PaperWords or None), is_stale, changes [(sentence then, now)]}."""
    report, words = frozen.write(link_of(paper)), paper.words()
    places = [(place, words.get(place.place)) for place in report.places]
    return {
        "report": report,
        "revised": revisions_after(paper) if paper.kind == PaperKind.TERM_REPORT else [],
        "words": {place.place: {"written": last} | staleness(report, last) for place, last in places},
        "unset": [last for _, last in places if last and frozen.words.get(last.place, "") != last.text],
        "unmarked": any(getattr(frozen.framing, name) != value for name, value in paper.marks.items()),
        "marks": MarksForm(initial={name: getattr(paper, name) for name in MarksForm.base_fields}),
        "unwritten": [place for place, last in places if not (last and last.text)],
    }


def staleness(report, words):
    """Whether the figures around `words` (the last PaperWords of a place, or None) changed after they were written, and in which sentences."""
    if not (words and words.text) or words.basis == report.basis_of(words.place):
        return {"is_stale": False, "changes": []}
    return {"is_stale": True, "changes": said_differently(words.around, report.around(words.place)) if words.around else []}


def link_of(paper):
    """Addresses of the lists behind the figures of `paper`."""

    def link(topic, year=None, level=None):
        if topic == "base":
            return reverse("cells:organisation_detail", args=[level])
        query = urlencode({name: value for name, value in (("year", year), ("level", level)) if value is not None})
        return reverse("reports:report_rows", args=[paper.pk, topic]) + (f"?{query}" if query else "")

    return link


def report_rows(request, pk, topic):
    """The list behind one figure: as it was kept with the paper, or, asked for by `now` and where none was kept, as it is today."""
    paper = visible(request, pk)
    if not paper.is_done:
        raise Http404
    year, level = (int(value) if (value := request.GET.get(name, "")).isdecimal() else None for name in ("year", "level"))
    if level is not None and level > 4:
        raise Http404
    kept = paper.lists.filter(key=lists.key_of(topic, year, level)).first()
    is_now = kept is None or "now" in request.GET
    behind = behind_now(request, paper, topic, year, level) if is_now else lists.opened(kept)
    if behind is None:
        raise Http404
    context = {"paper": paper, "columns": behind.columns, "kept": kept, "is_now": is_now}
    given = {"title": behind.title, "columns": list(behind.columns), "name": f"so-lieu-{paper.pk}"}
    return render_list(request, "reports/report_rows.html", rows=behind.rows, context=context, **given)


def behind_now(request, paper, topic, year, level):
    return recipe_of(paper.kind).behind(frozen_of(paper).figures, paper, request.user, topic, year, level)


def report_download(request, pk, kind):
    paper = visible(request, pk)
    if not paper.is_done:
        raise Http404
    file = get_object_or_404(paper.files, format=kind)
    content = stored(file)
    frozen_of(paper)
    name = f"{recipe_of(paper.kind).file_name(paper)}.{file.format}"
    return HttpResponse(content, content_type=CONTENT_TYPES[file.format], headers={"Content-Disposition": f'attachment; filename="{name}"'})
