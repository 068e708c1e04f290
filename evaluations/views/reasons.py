from django.shortcuts import get_object_or_404, render

from evaluations.known import known_facts, subject_of
from evaluations.models import Review
from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.facts import BY_NAME
from evaluations.rulebooks.judging import judge
from khoi_party.rules import Kind

HEADINGS = (
    (Kind.FORBIDS, "Quy định không cho phép"),
    (Kind.WARNS, "Cần làm rõ"),
    (Kind.INFORMS, "Lưu ý"),
)


def review_why(request, pk):
    """Why: what the regulation of the year says of one row, by what is known, each sentence with its source."""
    rows = Review.objects.visible_to(request.user).select_related("sheet__cycle__root", "member", "organisation", "pool", "decided_by")
    review = get_object_or_404(rows, pk=pk)
    year = review.sheet.cycle.year
    facts = known_facts(review, request.user)
    verdict = judge(year, subject_of(review), facts)
    book = rulebook_for(year)
    unknown = [finding for finding in verdict.findings if finding.kind == Kind.NOT_KNOWN]
    context = {
        "review": review,
        "book": book,
        "groups": [(heading, [one for one in verdict.findings if one.kind == kind]) for kind, heading in HEADINGS],
        "known": [(BY_NAME[name].meaning, said(value), BY_NAME[name].unit) for name, value in facts.items()],
        "unknown": [(finding, [BY_NAME[name].meaning for name in finding.missing]) for finding in unknown],
        "forced": book.level_name(verdict.forced, review.subject),
        "ceiling": book.level_name(verdict.ceiling, review.subject),
    }
    return render(request, "evaluations/review_why.html", context)


def said(value):
    return {True: "có", False: "không"}[value] if isinstance(value, bool) else value
