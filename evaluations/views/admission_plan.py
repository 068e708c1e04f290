from datetime import date

from django.shortcuts import get_object_or_404, render

from cells.standing import term_on
from cells.views.organisations import readable
from evaluations.admission_plan import plan_of
from evaluations.models import Cycle
from khoi_party.common.dates import today
from khoi_party.common.excel import Column
from khoi_party.common.lists import export_asked

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
    organisation = readable(request, organisation_pk)
    term = term_on(organisation, date(cycle.year, 12, 31))
    lines = plan_of(organisation, cycle.year, term.congress_on if term else None, today())
    title = f"Kết nạp đảng viên năm {cycle.year}"
    if file := export_asked(request, name="ket-nap-theo-don-vi", title=title, columns=COLUMNS, rows=lines, notes=[organisation.name]):
        return file
    context = {"cycle": cycle, "organisation": organisation, "term": term, "whole": lines[0], "rows": lines[1:], "title": title}
    return render(request, "evaluations/admission_plan.html", context)
