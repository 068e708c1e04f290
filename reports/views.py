from difflib import SequenceMatcher
from itertools import zip_longest
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cells.models.organisations import committee_of
from cells.paper_numbers import number_text
from cells.permissions import trail_of
from cells.services.numbers import next_number
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import CONTENT_TYPE, Column
from khoi_party.common.forms import DateField
from khoi_party.common.lists import render_list, wants_fragment
from khoi_party.common.names import one_line
from reports import services
from reports.building import sha256, thaw
from reports.enums import About, FileFormat, PaperKind
from reports.figures.revisions import revisions_after
from reports.forms import IssueForm, MarksForm, PaperForm, WordsForm
from reports.models import Paper
from reports.papers.catalogue import RECIPES, recipe_of
from reports.permissions import can_change_job, can_issue
from reports.signers import doubt_about, office_on, usual_signer
from reports.subjects import choices_of, chosen, has_choices

CONTENT_TYPES = {
    FileFormat.PDF: "application/pdf",
    FileFormat.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileFormat.EXCEL: CONTENT_TYPE,
}


def visible(request, pk):
    return get_object_or_404(Paper.objects.visible_to(request.user).select_related(*Paper.ABOUT, "organisation", "requested_by", "issued_by"), pk=pk)


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
    """All papers one may read, those that wait with their place in the queue."""
    papers = Paper.objects.visible_to(request.user).for_list()
    context = {"may_build": any(has_choices(request.user, recipe) for recipe in RECIPES.values())}
    return render_list(request, "reports/report_list.html", rows=papers, title="Báo cáo, văn bản", columns=COLUMNS, name="van-ban", context=context)


def report_kinds(request):
    """Every kind of paper that one may ask for."""
    offered = [recipe for recipe in RECIPES.values() if has_choices(request.user, recipe)]
    return render(request, "reports/report_kinds.html", {"offered": offered})


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
    context = {
        "paper": paper,
        "may_change": can_change_job(request.user, paper),
        "may_issue": can_issue(request.user, paper),
        "ahead": Paper.objects.ahead_of(paper),
    }
    if wants_fragment(request):
        answer = render(request, "reports/report_detail.html#progress", context)
        if not paper.is_active:
            answer["HX-Refresh"] = "true"  # the whole page has more to show now
        return answer
    if paper.is_done:
        context |= finished(paper)
    context["entries"] = trail_of(request.user, paper, paper.organisation)[:20]
    return render(request, "reports/report_detail.html", context)


def finished(paper):
    """What the page of a finished paper shows besides: its files, what it says, which words are newer than its files or older than its figures."""
    recipe = recipe_of(paper.kind)
    files = [(one.format, one.get_format_display()) for one in paper.files.order_by("-format")]
    shown = {"recipe": recipe, "files": sorted(files, key=lambda one: [*FileFormat.values].index(one[0]))}
    if not recipe.is_readable:
        return shown
    frozen = thaw(paper.figures)
    report, words = frozen.write(link_of(paper)), paper.words()
    places = [(place, words.get(place.place), report.basis_of(place.place)) for place in report.places]
    return shown | {
        "report": report,
        "revised": revisions_after(paper) if paper.kind == PaperKind.TERM_REPORT else [],
        "words": {place.place: {"written": last, "is_stale": bool(last and last.text and last.basis != basis)} for place, last, basis in places},
        "unset": [last for _, last, _ in places if last and frozen.words.get(last.place, "") != last.text],
        "unmarked": any(getattr(frozen.framing, name) != value for name, value in paper.marks.items()),
        "marks": MarksForm(initial={name: getattr(paper, name) for name in MarksForm.base_fields}),
        "unwritten": [place for place, last, _ in places if not (last and last.text)],
    }


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
    behind = recipe_of(paper.kind).behind(thaw(paper.figures).figures, paper, request.user, topic, year, level)
    if behind is None:
        raise Http404
    context = {"paper": paper, "columns": behind.columns}
    name = f"so-lieu-{paper.pk}"
    return render_list(
        request, "reports/report_rows.html", rows=behind.rows, title=behind.title, columns=list(behind.columns), name=name, context=context
    )


def report_download(request, pk, kind):
    paper = visible(request, pk)
    if not paper.is_done:
        raise Http404
    file = get_object_or_404(paper.files, format=kind)
    content = stored(file)
    name = f"{recipe_of(paper.kind).file_name(paper)}.{file.format}"
    return HttpResponse(content, content_type=CONTENT_TYPES[file.format], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def stored(file):
    """The bytes of a PaperFile, verified: what is given out is what was made."""
    try:
        with default_storage.open(file.file.name) as opened:
            content = opened.read()
    except FileNotFoundError as gone:
        raise DomainError("Không tìm thấy tệp văn bản trên máy chủ. Hãy báo người quản trị, hoặc lập lại văn bản.") from gone
    if sha256(content) != file.sha256:
        raise DomainError("Tệp văn bản đã bị thay đổi so với khi lập nên không tải được. Hãy báo người quản trị, hoặc lập lại văn bản.")
    return content


@require_POST
def report_cancel(request, pk):
    paper = visible(request, pk)
    services.cancel_paper(paper, by=request.user)
    messages.success(request, "Đã hủy việc lập văn bản.")
    return redirect("reports:report_detail", pk)


@require_POST
def report_retry(request, pk):
    paper = visible(request, pk)
    services.retry_paper(paper, by=request.user)
    return redirect("reports:report_detail", pk)


@require_POST
def report_reset(request, pk, figures):
    """Make the draft anew, with "new" figures or the "same"."""
    paper = visible(request, pk)
    if figures not in ("new", "same"):
        raise Http404
    services.reset_paper(paper, new_figures=figures == "new", by=request.user)
    return redirect("reports:report_detail", pk)


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
    recipients = thaw(paper.figures).write().recipients
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


def report_words(request, pk, place):
    """One place of a paper: what people write there, kept as a draft while they type, and all its versions."""
    paper = changeable(request, pk)
    if not paper.is_done or not recipe_of(paper.kind).is_readable:
        raise Http404
    report = thaw(paper.figures).write()
    spot = next((one for one in report.places if one.place == place), None)
    if spot is None:
        raise Http404
    versions = list(paper.words_written.filter(place=place).select_related("written_by").order_by("-version"))
    last = versions[0] if versions else None
    initial = {"text": last.text if last else "", "version": last.version if last else 0}
    form = WordsForm(request.POST or None, title=spot.title, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.write_words(paper, place, form.cleaned_data["text"], version=form.cleaned_data["version"], by=request.user)
            return drafted(kept) if wants_fragment(request) else redirect("reports:report_detail", pk)
        except DomainError as error:
            if wants_fragment(request):
                return HttpResponse(error.message)
            form.add_domain_error(error)
    section = next(one for one in report.sections if any(block == spot for block in one.blocks))
    context = {
        "paper": paper,
        "form": form,
        "spot": spot,
        "section": section,
        "is_stale": bool(last and last.text and last.basis != report.basis_of(place)),
        "versions": [(one, difference(before.text if before else "", one.text)) for one, before in zip_longest(versions, versions[1:])],
    }
    return render(request, "reports/report_words.html", context)


def drafted(words):
    """What the draft's line says after each save, with the version that the next one needs."""
    said = f"Đã lưu nháp lúc {timezone.localtime(words.written_at):%H:%M:%S}."
    return HttpResponse(f'{said}<input type="hidden" name="version" value="{words.version}" id="id_version" hx-swap-oob="true">')


def difference(before, after):
    """[(kind, words)] from `before` to `after`: kind is same, gone or new."""
    old, new = before.split(), after.split()
    parts = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", " ".join(old[a:b])))
            continue
        parts += [(label, " ".join(words)) for label, words in (("gone", old[a:b]), ("new", new[c:d])) if words]
    return parts
