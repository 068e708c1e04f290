from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cells.enums import CELL_KINDS, OrganisationKind
from cells.models import Organisation
from cells.standing import FIRST_YEAR
from cells.views.organisations import readable
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list
from members.cell_year import told, years_of
from members.forms.meetings import MeetingForm, typed_day
from members.models import Meeting, Member
from members.permissions import can_edit_members_of
from members.services.meetings import save_meeting, sheet_and_topic, sheet_on

MONTHS = range(1, 13)
KINDS = (*CELL_KINDS, OrganisationKind.BASE_COMMITTEE)


def in_words(month):
    _, held, is_missing = month
    return "thiếu" if is_missing else ", ".join(one.grade.label if one.grade else "có" for one in held)


COLUMNS = [
    Column("Chi bộ", lambda line: line.cell.name, width=44),
    *(Column(f"T{month}", lambda line, n=month - 1: in_words(line.months[n]), width=8) for month in MONTHS),
    Column("Thường kỳ", lambda line: line.regular, width=10, kind="int"),
    Column("Chuyên đề", lambda line: line.thematic, width=10, kind="int"),
    Column("Nghị quyết chuyên đề", lambda line: line.resolutions, width=12, kind="int"),
    Column("Tỷ lệ dự", lambda line: line.attendance / 100 if line.attendance is not None else None, width=10, kind="percent"),
    Column("Cả năm", lambda line: line.grade.label if line.grade else "", width=14),
    Column("Điều cần xem", lambda line: "; ".join(line.says), width=60),
]


def meeting_year(request, pk, year):
    """Twelve months on one line for each cell below an organisation, and each base committee above them; for one cell its meetings besides."""
    organisation = readable(request, pk)
    if not FIRST_YEAR <= year <= today().year:
        raise Http404
    below = Organisation.objects.in_subtree(organisation).filter(kind__in=KINDS, established_on__year__lte=year).select_related("parent")
    standing = [one for one in below.order_by("path") if one.dissolved_on is None or one.dissolved_on.year > year]
    sheet, topic = sheet_and_topic(organisation, date(year, 12, 31), year)
    lines = years_of(standing, year, today(), sheet.cuts, topic)
    for line in lines:
        line.may_edit = can_edit_members_of(request.user, line.cell)
    context = {
        "organisation": organisation,
        "year": year,
        "months": MONTHS,
        "topic": topic,
        "alone": lines[0] if len(lines) == 1 else None,
        "tabs": [{"url": f"../{one}/", "label": f"Năm {one}", "is_current": one == year} for one in range(today().year - 2, today().year + 1)],
        "may_add": organisation.kind in KINDS and can_edit_members_of(request.user, organisation),
    }
    title, name = f"Sinh hoạt chi bộ năm {year}", f"sinh-hoat-chi-bo-{year}"
    return render_list(request, "members/meeting_year.html", rows=lines, title=title, columns=COLUMNS, name=name, context=context)


def meeting_new(request, pk):
    cell = readable(request, pk)
    if cell.kind not in KINDS:
        raise Http404
    if not can_edit_members_of(request.user, cell):
        raise PermissionDenied
    return edited(request, cell, form_of(request, cell, today(), initial=usual(cell)), None)


def form_of(request, cell, day, **given):
    """The form by the score sheet and the topic of the day of the meeting: the typed one, else `day`."""
    day = typed_day(request.POST) or day
    sheet, topic = sheet_and_topic(cell, day, day.year)
    return MeetingForm(request.POST or None, sheet=sheet, topic=topic, **given)


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
    return edited(request, meeting.cell, form_of(request, meeting.cell, meeting.held_on, instance=meeting), meeting)


def edited(request, cell, form, meeting):
    if request.method == "POST" and form.is_valid():
        given = {"scores": form.scores(), "resolutions": form.resolutions(), "version": form.cleaned_data["version"]}
        try:
            saved = save_meeting(cell, form.values(), **given, meeting=meeting, by=request.user)
            messages.success(request, f"Đã ghi kỳ sinh hoạt ngày {saved.held_on:%d/%m/%Y}.")
            for sentence in told(saved, sheet_on(cell, saved.held_on).cuts).says:
                messages.warning(request, sentence)
            return redirect("members:meeting_year", cell.pk, saved.held_on.year)
        except DomainError as error:
            form.add_domain_error(error)
    year = meeting.held_on.year if meeting else today().year
    return render(request, "members/meeting_form.html", {"cell": cell, "form": form, "meeting": meeting, "year": year})
