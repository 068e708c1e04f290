"""What waits to be made, and what people may do about it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST

from khoi_party.common.lists import wants_fragment
from reports import queue, services

from .papers import visible


def report_queue(request):
    """All papers that wait or are being made, and those that just could not be; asks again by itself."""
    waiting = queue.queue_of(request.user)
    answer = render(request, f"reports/report_queue.html{'#queue' if wants_fragment(request) else ''}", {"waiting": waiting})
    patch_vary_headers(answer, ["HX-Request"])
    before = request.GET.get("before", "")
    if before.isdecimal() and int(before) > waiting.count:
        answer["HX-Trigger"] = "kp:papers-changed"  # one is finished: the list beside it is read again
    return answer


@require_POST
def report_cancel(request, pk):
    paper = visible(request, pk)
    services.cancel_paper(paper, by=request.user)
    messages.success(request, "Đã hủy việc lập văn bản.")
    return redirect(back_to(request, pk))


@require_POST
def report_retry(request, pk):
    paper = visible(request, pk)
    services.retry_paper(paper, by=request.user)
    return redirect(back_to(request, pk))


@require_POST
def report_reset(request, pk, figures):
    """Make the draft anew, with "new" figures or the "same"."""
    paper = visible(request, pk)
    if figures not in ("new", "same"):
        raise Http404
    services.reset_paper(paper, new_figures=figures == "new", by=request.user)
    return redirect("reports:report_detail", pk)


def back_to(request, pk):
    """Where a button of the queue leads back to; the paper's own page for its own buttons."""
    return reverse("reports:report_queue") if request.POST.get("from") == "queue" else reverse("reports:report_detail", args=[pk])
