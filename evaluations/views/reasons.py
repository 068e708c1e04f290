from django.shortcuts import get_object_or_404, render

from evaluations.known import facts_of, rows_of, subject_of
from evaluations.models import Complaint, EnteredFacts, Review
from evaluations.permissions import can_record_complaint, can_write_facts, sees_unpublished
from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.facts import BY_NAME
from evaluations.rulebooks.judging import judge
from evaluations.services.revisions import against_revising, bodies_to_revise
from khoi_party.common.dates import date_text
from khoi_party.rules import Kind

HEADINGS = (
    (Kind.FORBIDS, "Quy định không cho phép"),
    (Kind.WARNS, "Cần làm rõ"),
    (Kind.INFORMS, "Lưu ý"),
)


def review_why(request, pk):
    """Why: what the regulation of the year says of one row, by what is known, each sentence with its source. Once decided, as it was then."""
    rows = Review.objects.visible_to(request.user).select_related("sheet__cycle__root", "member", "organisation", "pool", "decided_by")
    review = get_object_or_404(rows, pk=pk)
    item = decided_item(review, request.user)
    context = {
        "review": review,
        "book": rulebook_for(review.sheet.cycle.year),
        "item": item,
        "may_write": can_write_facts(request.user, review),
        "past": past_of(review, item),
        "may_revise": bool(item) and not against_revising(review) and bool(bodies_to_revise(review, request.user)),
        "may_complain": bool(item) and can_record_complaint(request.user, review),
        "complaints": Complaint.objects.visible_to(request.user).filter(review=review).select_related("decision__document"),
        **(as_decided(item) if item else as_known(review, request.user)),
    }
    return render(request, "evaluations/review_why.html", context)


def decided_item(review, user):
    """The DecisionItem that gave the row its level, as far as `user` may see that it has one: what was said then is never said anew."""
    item = review.items.filter(replaced_by=None).select_related("decision__document", "decision__body").last()
    hidden = item is not None and item.decision.published_at is None and not sees_unpublished(user, item.decision.body)
    return None if hidden else item


def past_of(review, item):
    """The results that came before the standing `item`, newest first: (DecisionItem, the level's name of that year)."""
    book = rulebook_for(review.sheet.cycle.year)
    older = review.items.filter(pk__lt=item.pk).select_related("decision__document").order_by("-pk") if item else ()
    return [(one, book.level_name(one.level, review.subject)) for one in older]


def as_decided(item):
    override = item.decision.overrides.filter(review=item.review_id).select_related("document").first()
    kinds = [(heading, [one for one in item.findings if one["kind"] == kind]) for kind, heading in HEADINGS]
    return {"groups": kinds, "known": said(item.facts), "unknown": [], "override": override}


def as_known(review, user):
    cycle, book = review.sheet.cycle, rulebook_for(review.sheet.cycle.year)
    facts = facts_of(cycle, rows_of(Review.objects.filter(pk=review.pk)), user)[review.pk]
    verdict = judge(cycle.year, subject_of(review.subject, review.sheet.organisation_kind), facts)
    local = local_doubts(review)
    unknown = [finding for finding in verdict.findings if finding.kind == Kind.NOT_KNOWN]
    return {
        "groups": [
            (heading, [one for one in verdict.findings if one.kind == kind] + (local if kind == Kind.WARNS else [])) for kind, heading in HEADINGS
        ],
        "known": said(facts),
        "unknown": [(finding, [BY_NAME[name].meaning for name in finding.missing]) for finding in unknown],
        "forced": book.level_name(verdict.forced, review.subject),
        "ceiling": book.level_name(verdict.ceiling, review.subject),
        "override": None,
    }


def local_doubts(review):
    """The ticked conditions of the local score sheet: they close no level by the regulation, people weigh them."""
    entered = EnteredFacts.objects.filter(review=review).first()
    return [{"says": text, "source": "Điều kiện loại trừ của phiếu chấm điểm"} for text in (entered.vetoes if entered else ())]


def said(facts):
    """[(meaning, value in words, unit)] of the facts that are still listed."""
    return [(BY_NAME[name].meaning, in_words(value), BY_NAME[name].unit.partition(",")[0]) for name, value in facts.items() if name in BY_NAME]


def in_words(value):
    match value:
        case bool():
            return "có" if value else "không"
        case float():
            return f"{value:g}".replace(".", ",")
        case list() if all(isinstance(one, str) for one in value):
            return ", ".join(f"{GRADE_NAMES[grade]} {value.count(grade)}" for grade in GRADE_NAMES if grade in value)
        case list():
            return "; ".join(f"{DEGREE_NAMES.get(one.get('degree'), 'kỷ luật')} ngày {date_text(one['decided_on'])}" for one in value) or "không có"
        case str() if value in GRADE_NAMES:
            return GRADE_NAMES[value]
    return value


GRADE_NAMES = {"XS": "Xuất sắc", "T": "Tốt", "TB": "Trung bình", "K": "Kém"}
DEGREE_NAMES = {"khien_trach": "khiển trách", "canh_cao": "cảnh cáo", "cach_chuc": "cách chức", "khai_tru": "khai trừ", "giai_tan": "giải tán"}
