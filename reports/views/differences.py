"""A finished paper beside what its figures would say today."""

from django.http import Http404
from django.shortcuts import render

from khoi_party.common.excel import Column
from khoi_party.common.lists import export_asked, wants_fragment
from reports.differences import differences_now
from reports.enums import PaperKind
from reports.figures.revisions import revisions_after
from reports.verifying import frozen_of

from .papers import visible
from .words import difference

SHOWN = 200
COLUMNS = [
    Column("Chỗ khác", lambda row: row.place, width=60),
    Column("Trong văn bản", lambda row: row.was, width=48),
    Column("Số liệu hiện nay", lambda row: row.now, width=48),
]


def report_differences(request, pk):
    """Reads the figures anew, which may take some seconds: asked by a button, and by the page of an issued paper once it is shown."""
    paper = visible(request, pk)
    if not paper.is_done:
        raise Http404
    frozen = frozen_of(paper)
    found = differences_now(paper, frozen)
    if wants_fragment(request):
        return render(request, "reports/report_differences.html#told", {"paper": paper, "count": len(found)})
    title = "Khác với bản đã ban hành" if paper.is_issued else "Khác với dự thảo"
    notes = [f"{paper}, {paper.organisation.name}"]
    answer = export_asked(request, name=f"khac-{paper.pk}", title=title, columns=COLUMNS, rows=found, notes=notes)
    context = {
        "paper": paper,
        "title": title,
        "day": getattr(frozen.write(), "data_as_of", None),
        "count": len(found),
        "more": max(0, len(found) - SHOWN),
        "chips": [],
        "can_export": True,
        "rows": [(one, difference(one.was, one.now)) for one in found[:SHOWN]],
        "revised": revisions_after(paper) if paper.kind == PaperKind.TERM_REPORT else [],
    }
    return answer or render(request, "reports/report_differences.html", context)
