from datetime import date

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render

from cells.enums import READING_ROLES
from cells.models import Organisation, Term
from cells.scope import holds
from evaluations.admission_plan import plan_of
from evaluations.models import Cycle
from khoi_party.common.dates import today
from khoi_party.common.excel import Column, workbook_response
from khoi_party.common.tree import ancestor_paths

COLUMNS = [
    Column("Đơn vị", lambda line: line.name, width=48),
    Column("Đăng ký", lambda line: line.planned, width=10, kind="int"),
    Column("Kết nạp trong năm", lambda line: line.year, width=12, kind="int"),
    Column("Tỷ lệ", lambda line: line.share, width=10, kind="percent"),
    Column("Kết nạp trong nhiệm kỳ", lambda line: line.term, width=12, kind="int"),
    Column("Hồ sơ đang làm", lambda line: line.under_way, width=12, kind="int"),
    Column("Nhịp độ còn cần", lambda line: line.pace, width=40),
]


def admission_plan(request, cycle_pk, organisation_pk):
    """Admissions of a year: registered, reached, under way, unit by unit."""
    cycle = get_object_or_404(Cycle.objects.visible_to(request.user), pk=cycle_pk)
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=organisation_pk)
    if not holds(request.user, READING_ROLES, organisation):
        raise PermissionDenied
    running = Term.objects.filter(
        organisation__path__in=[*ancestor_paths(organisation.path), organisation.path], congress_on__lte=date(cycle.year, 12, 31)
    )
    term = running.order_by("-congress_on").first()
    lines = plan_of(organisation, cycle.year, term.congress_on if term else None, today())
    title = f"Kết nạp đảng viên năm {cycle.year}"
    if request.GET.get("export") == "xlsx":
        return workbook_response("ket-nap-theo-don-vi", title, COLUMNS, lines, notes=[organisation.name])
    context = {"cycle": cycle, "organisation": organisation, "term": term, "whole": lines[0], "rows": lines[1:], "title": title}
    return render(request, "evaluations/admission_plan.html", context)
