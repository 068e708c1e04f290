from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render

from evaluations.cutline import TRIED, cut_line
from evaluations.models import QuotaPool
from evaluations.permissions import sees_unpublished
from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.book import MEMBER
from evaluations.views.sheets import whole_number


def pool_detail(request, pk):
    """One pool: used, limit, base, who competes at the cut line. `to1`, `to2`, `to3` are ids of rows tried at another level."""
    pools = QuotaPool.objects.visible_to(request.user).select_related("body", "cycle__root", "document")
    pool = get_object_or_404(pools, pk=pk)
    if not sees_unpublished(request.user, pool.body):
        raise PermissionDenied
    moves = {number: level for level in TRIED for text in request.GET.getlist(f"to{level}") if (number := whole_number(text))}
    book = rulebook_for(pool.cycle.year)
    found = cut_line(pool, moves)
    context = {
        "pool": pool,
        "book": book,
        "rule": book.quota(pool.subject),
        "found": found,
        "parts": [(level, book.level_name(level, pool.subject), rows) for level, rows in found.rows.items() if rows],
        "siblings": QuotaPool.objects.filter(cycle=pool.cycle, body=pool.body, subject=pool.subject).exclude(pk=pool.pk).order_by("part"),
        "is_of_members": pool.subject == MEMBER,
    }
    return render(request, "evaluations/pool_detail.html", context)
