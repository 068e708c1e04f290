"""What people write in a paper, version by version."""

import re
from difflib import SequenceMatcher
from itertools import zip_longest

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from khoi_party.common.errors import DomainError, StaleVersion
from khoi_party.common.lists import wants_fragment
from reports import services
from reports.forms import WordsForm
from reports.papers.catalogue import recipe_of
from reports.verifying import frozen_of

from .papers import changeable, staleness

WORD = re.compile(r"\S+|\n")


def report_words(request, pk, place):
    """One place of a paper: what people write there, kept as a draft while they type, and all its versions."""
    paper, report, spot = spot_of(request, pk, place)
    versions = list(paper.words_written.filter(place=place).select_related("written_by").order_by("-version"))
    last = versions[0] if versions else None
    form = WordsForm(request.POST or None, title=spot.title, initial={"text": last.text, "version": last.version} if last else {"version": 0})
    context = {"paper": paper, "form": form, "spot": spot}
    if request.method == "POST" and form.is_valid():
        try:
            kept = services.write_words(paper, place, form.cleaned_data["text"], version=form.cleaned_data["version"], by=request.user)
            return answered(request, pk, kept)
        except StaleVersion as conflict:
            context["conflict"] = conflict
            context["theirs"] = difference(form.cleaned_data["text"], conflict.current.text if conflict.current else "")
            if wants_fragment(request):
                return render(request, "reports/report_words.html#conflict", context)
        except DomainError as error:
            if wants_fragment(request):
                return HttpResponse(error.message)
            form.add_domain_error(error)
    context |= staleness(report, last) | {
        "section": next(one for one in report.sections if any(block == spot for block in one.blocks)),
        "last": last,
        "versions": [(one, difference(before.text if before else "", one.text)) for one, before in zip_longest(versions, versions[1:])],
    }
    return render(request, "reports/report_words.html", context)


@require_POST
def report_words_restore(request, pk, place, version):
    """An old version once more, as a new one."""
    paper, _, _ = spot_of(request, pk, place)
    read = request.POST.get("version", "")
    kept = services.restore_words(paper, place, version, version=int(read) if read.isdecimal() else 0, by=request.user)
    messages.success(request, f"Đã lấy lại bản {version} thành bản {kept.version}; các bản khác vẫn được giữ.")
    return redirect("reports:report_words", pk, place)


def spot_of(request, pk, place):
    """(Paper, WrittenPaper, Words) of a place that one may write at; 404 where the paper does not have it."""
    paper = changeable(request, pk)
    if not paper.is_done or not recipe_of(paper.kind).is_readable:
        raise Http404
    report = frozen_of(paper).write()
    spot = next((one for one in report.places if one.place == place), None)
    if spot is None:
        raise Http404
    return paper, report, spot


def answered(request, pk, words):
    """After each save the draft's line says so, with the version that the next one needs; after "Lưu" the paper follows."""
    detail = reverse("reports:report_detail", args=[pk])
    if not wants_fragment(request):
        return redirect(detail)
    if "done" in request.POST:
        return HttpResponse(headers={"HX-Redirect": detail})
    said = f"Đã lưu nháp lúc {timezone.localtime(words.written_at):%H:%M:%S}."
    return HttpResponse(f'{said}<input type="hidden" name="version" value="{words.version}" id="id_version" hx-swap-oob="true">')


def difference(before, after):
    """[(kind, words)] from `before` to `after`: kind is same, gone or new; line ends are kept."""
    old, new = WORD.findall(before), WORD.findall(after)
    parts = []
    for kind, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", " ".join(old[a:b])))
            continue
        parts += [(label, " ".join(words)) for label, words in (("gone", old[a:b]), ("new", new[c:d])) if words]
    return parts
