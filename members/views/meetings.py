from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cells.enums import CELL_KINDS
from cells.models import Organisation
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list
from members.cell_year import told, years_of
from members.forms.meetings import MeetingForm
from members.models import Meeting, Member
from members.permissions import can_edit_members_of
from members.services.meetings import FIELDS, cuts_on, save_meeting
from members.views.rolls import readable

FIRST_YEAR = 2014
MONTHS = range(1, 13)


def meeting_year(request, pk, year):
    """Twelve months on one line for each cell below an organisation."""
    organisation = readable(request, pk)
    if not FIRST_YEAR <= year <= today().year:
        raise Http404
    cells = Organisation.objects.in_subtree(organisation).filter(kind__in=CELL_KINDS, established_on__year__lte=year)
    cells = [cell for cell in cells.select_related("parent").order_by("path") if cell.dissolved_on is None or cell.dissolved_on.year > year]
    lines = years_of(cells, year, today(), cuts_on(organisation, min(date(year, 12, 31), today())))
    columns = [Column("Chi bộ", lambda line: line.cell.name, width=44)]
    columns += [Column(f"T{month}", lambda line, n=month - 1: in_words(line.months[n]), width=8) for month in MONTHS]
    columns += [
        Column("Thường kỳ", lambda line: line.regular, width=10, kind="int"),
        Column("Chuyên đề", lambda line: line.thematic, width=10, kind="int"),
        Column("Tỷ lệ dự", lambda line: line.attendance / 100 if line.attendance is not None else None, width=10, kind="percent"),
    ]
    context = {
        "organisation": organisation,
        "year": year,
        "months": MONTHS,
        "tabs": [{"url": f"../{one}/", "label": f"Năm {one}", "is_current": one == year} for one in range(today().year - 2, today().year + 1)],
        "may_add": organisation.holds_members and can_edit_members_of(request.user, organisation),
    }
    title, name = f"Sinh hoạt chi bộ năm {year}", f"sinh-hoat-chi-bo-{year}"
    return render_list(request, "members/meeting_year.html", rows=lines, title=title, columns=columns, name=name, context=context)


def in_words(month):
    _, held, is_missing = month
    return "thiếu" if is_missing else ", ".join(one.grade.label if one.grade else "có" for one in held)


def meeting_new(request, pk):
    cell = readable(request, pk)
    if cell.kind not in CELL_KINDS:
        raise Http404
    if not can_edit_members_of(request.user, cell):
        raise PermissionDenied
    return edited(request, cell, MeetingForm(request.POST or None, initial=usual(cell)), None)


def usual(cell):
    """What the cell's last meeting was like, and how many must come now: most of the form is filled before one begins."""
    last = Meeting.objects.filter(cell=cell).order_by("-held_on", "-pk").first()
    expected = Member.objects.active().filter(cell=cell, is_exempt=False, is_suspended=False).count()
    known = {"minutes": last.minutes} if last else {}
    return known | {"held_on": today(), "expected": expected, "present": expected, "excused": 0, "unexcused": 0}


def meeting_edit(request, pk):
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).select_related("cell"), pk=pk)
    if not can_edit_members_of(request.user, meeting.cell):
        raise PermissionDenied
    return edited(request, meeting.cell, MeetingForm(request.POST or None, instance=meeting), meeting)


def edited(request, cell, form, meeting):
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            saved = save_meeting(cell, {name: data[name] for name in FIELDS}, meeting=meeting, version=data["version"], by=request.user)
            messages.success(request, f"Đã ghi kỳ sinh hoạt ngày {saved.held_on:%d/%m/%Y}.")
            for sentence in told(saved, cuts_on(cell, saved.held_on)).says:
                messages.warning(request, sentence)
            return redirect("members:meeting_year", cell.pk, saved.held_on.year)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/meeting_form.html", {"cell": cell, "form": form, "meeting": meeting, "year": today().year})
