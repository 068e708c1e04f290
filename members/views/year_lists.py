from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cells.enums import CELL_KINDS
from cells.models import Organisation
from cells.standing import FIRST_YEAR
from cells.views.organisations import readable
from khoi_party.common.dates import date_text, today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import export_asked, render_list
from members.classes import due_for
from members.enums import ClassKind, PaperKind
from members.forms.year_lists import CardsForm, CertifyForm, ClassForm, PapersForm
from members.models import AnnualPaper, Participant, StudyClass
from members.permissions import can_edit_members_of
from members.permissions import can_import as can_keep_lists
from members.services import cards, classes, papers

CARD_COLUMNS = [
    Column("Họ và tên", lambda row: row.full_name, width=28),
    Column("Ngày sinh", lambda row: row.born_text, width=12),
    Column("Chi bộ", lambda row: row.cell.name, width=36),
    Column("Đảng bộ cơ sở", lambda row: row.cell.parent.name if row.cell.parent else "", width=36),
    Column("Ngày vào Đảng", lambda row: row.admitted_text, width=14),
    Column("Ngày chính thức", lambda row: row.official_text, width=14),
]
MISSING_COLUMNS = [
    Column("Họ và tên", lambda row: row[0].full_name, width=28),
    Column("Chi bộ", lambda row: row[1].name, width=36),
    Column("Còn thiếu", lambda row: "; ".join(PaperKind(kind).label for kind in row[2]), width=60),
]


def class_list(request, pk):
    """The classes an organisation keeps lists of, and who is due for the next ones."""
    organisation = readable(request, pk)
    rows = StudyClass.objects.visible_to(request.user).filter(organisation=organisation).prefetch_related("participants")
    context = {
        "organisation": organisation,
        "rows": rows,
        "due": [(kind.label, due_for(kind, organisation, request.user, today())) for kind in ClassKind],
        "may_edit": can_keep_lists(request.user, organisation),
    }
    return render(request, "members/class_list.html", context)


def class_new(request, pk):
    organisation = readable(request, pk)
    if not can_keep_lists(request.user, organisation):
        raise PermissionDenied
    form = ClassForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        try:
            one = classes.open_class(organisation, **form.cleaned_data, by=request.user)
            messages.success(request, "Đã lập lớp. Hãy chọn người học từ danh sách cần học.")
            return redirect("members:class_detail", one.pk)
        except DomainError as error:
            form.add_domain_error(error)
    return render(request, "members/class_form.html", {"organisation": organisation, "form": form})


def visible_class(request, pk):
    return get_object_or_404(StudyClass.objects.visible_to(request.user).select_related("organisation"), pk=pk)


def people_of(study_class, user):
    """The participants whom `user` sees, by name: a class of the committee above holds people of other units."""
    rows = study_class.participants.select_related("admission__cell", "member__cell", "study_class__organisation")
    mine = rows.filter(pk__in=[one.pk for one in rows if sees(user, one)])
    return sorted(mine, key=lambda one: one.person.sort_key)


def sees(user, participant):
    return type(participant.person).objects.visible_to(user).filter(pk=participant.person.pk).exists()


def class_detail(request, pk):
    """The list of a class: who goes, who has the certificate; the staff add who is due and record certificates."""
    one = visible_class(request, pk)
    may_edit = can_keep_lists(request.user, one.organisation)
    people = people_of(one, request.user)
    form = CertifyForm(request.POST or None, participants=people, initial={"certified_on": one.ends_on}) if may_edit else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and certified(request, form):
            return redirect("members:class_detail", pk)
    taken = {f"file-{who.admission_id}" if who.admission_id else f"member-{who.member_id}" for who in people}
    due = [who for who in due_for(one.kind, one.organisation, request.user, today()) if who.key not in taken] if may_edit else []
    context = {"one": one, "people": people, "form": form, "due": due, "may_edit": may_edit}
    return render(request, "members/class_detail.html", context)


def certified(request, form):
    """Whether every typed certificate could be recorded; what could not keeps its number and its sentence."""
    done = 0
    for participant, number in form.numbers().items():
        try:
            classes.certify(participant, number=number, certified_on=form.cleaned_data["certified_on"], by=request.user)
            done += 1
        except DomainError as error:
            form.add_error(f"number-{participant.pk}", error.message)
    if done:
        messages.success(request, f"Đã ghi {done} giấy chứng nhận; hồ sơ kết nạp đã có bước này.")
    return not form.errors


@require_POST
def class_enrol(request, pk):
    one = visible_class(request, pk)
    try:
        added = classes.enrol(one, request.POST.getlist("who"), by=request.user)
        messages.success(request, f"Đã thêm {added} người vào danh sách lớp.")
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("members:class_detail", pk)


@require_POST
def class_leave(request, pk):
    participant = get_object_or_404(Participant.objects.select_related("study_class__organisation", "admission", "member"), pk=pk)
    if not (can_keep_lists(request.user, participant.study_class.organisation) or sees(request.user, participant)):
        raise Http404
    try:
        classes.leave_class(participant, by=request.user)
        messages.success(request, "Đã bỏ khỏi danh sách lớp.")
    except DomainError as error:
        messages.error(request, error.message)
    return redirect("members:class_detail", participant.study_class_id)


def card_list(request, pk):
    """Danh sách 1-TĐV: official members without a card; the staff write the numbers of the decision."""
    organisation = readable(request, pk)
    rows = list(cards.without_card(organisation, request.user).order_by("cell__path", "sort_key", "pk"))
    may_edit = can_keep_lists(request.user, organisation)
    title = "Danh sách đề nghị phát thẻ đảng viên (1-TĐV)"
    if file := export_asked(request, name="danh-sach-1-tdv", title=title, columns=CARD_COLUMNS, rows=rows, notes=[organisation.name]):
        return file
    form = CardsForm(request.POST or None, members=rows) if may_edit else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied
        if form.is_valid() and issued(request, form, organisation):
            return redirect("members:card_list", pk)
    context = {"organisation": organisation, "rows": rows, "form": form}
    return render(request, "members/card_list.html", context)


def issued(request, form, organisation):
    given = {"issued_on": form.cleaned_data["issued_on"], "document": form.document(organisation, request.user)}
    done, refused = cards.issue_cards(organisation, form.numbers(), **given, by=request.user)
    for pk, sentence in refused.items():
        form.add_error(f"card-{pk}", sentence)
    if done:
        messages.success(request, f"Đã ghi {done} số thẻ vào hồ sơ.")
    return not form.errors


def year_of(year):
    if not FIRST_YEAR <= year <= today().year:
        raise Http404
    return year


def paper_grid(request, pk, year):
    """Which papers of the year each member of a cell has handed in."""
    cell = readable(request, pk)
    if cell.kind not in CELL_KINDS:
        raise Http404
    members = papers.members_of_year(cell, year_of(year), today())
    stored = {(one.member_id, one.kind): one for one in AnnualPaper.objects.filter(member__in=members, year=year)}
    may_edit = can_edit_members_of(request.user, cell)
    form = PapersForm(request.POST or None, members=members, stored=stored)
    if request.method == "POST":
        if not may_edit:
            raise PermissionDenied
        if form.is_valid() and marked(request, form, cell, year):
            return redirect("members:paper_grid", pk, year)
    missing = Counter(kind for kind in PaperKind for one in members if (one.pk, kind) not in stored)
    context = {"cell": cell, "year": year, "form": form, "may_edit": may_edit, "missing": [(kind.label, missing[kind]) for kind in PaperKind]}
    return render(request, "members/paper_grid.html", context)


def marked(request, form, cell, year):
    data, changes = form.cleaned_data, form.changes()
    exemption = {name: data[name] for name in ("reason", "exempt_from", "exempt_to")}
    try:
        refused = papers.mark_papers(cell, year, changes, **exemption, day=today(), by=request.user)
    except DomainError as error:
        form.add_domain_error(error)
        return False
    for (member, kind), sentence in refused.items():
        form.add_error(f"paper-{member}-{kind}", sentence)
    if len(changes) > len(refused):
        messages.success(request, f"Đã ghi {len(changes) - len(refused)} ô.")
    return not refused


def paper_overview(request, pk, year):
    """Who misses which paper of the year, for each cell below an organisation; as Excel name by name."""
    organisation = readable(request, pk)
    year_of(year)
    cells = Organisation.objects.in_subtree(organisation).filter(kind__in=CELL_KINDS, dissolved_on__isnull=True).select_related("parent")
    lines, missing = papers.overview(list(cells.order_by("path")), year, today())
    title = f"Đảng viên chưa nộp giấy tờ năm {year}, đến ngày {date_text(today())}"
    if file := export_asked(request, name="thieu-giay-to", title=title, columns=MISSING_COLUMNS, rows=missing, notes=[organisation.name]):
        return file
    context = {
        "organisation": organisation,
        "year": year,
        "kinds": [kind.label for kind in PaperKind],
        "years": [{"url": f"../{one}/", "label": f"Năm {one}", "is_current": one == year} for one in range(today().year - 2, today().year + 1)],
    }
    return render_list(request, "members/paper_overview.html", rows=lines, title=f"Giấy tờ hằng năm {year}", context=context)
