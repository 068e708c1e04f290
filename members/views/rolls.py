from datetime import date

from django.http import Http404
from django.shortcuts import render

from cells.models import Organisation
from cells.views.organisations import readable
from khoi_party.common.dates import date_text, today
from khoi_party.common.excel import Column
from khoi_party.common.lists import export_asked, render_list
from members.balance import LABELS, balances, people_behind
from members.forms.rolls import OnDayForm, PeriodForm
from members.models import Membership
from members.models.people import known_date

ROSTER = [
    Column("Họ và tên", lambda row: row.member.full_name, width=28),
    Column("Ngày sinh", lambda row: known_date(row.member.born_on, row.member.born_precision), width=12, kind="date"),
    Column("Chi bộ", lambda row: row.cell.name, width=40),
    Column("Ngày vào Đảng", lambda row: known_date(row.member.admitted_on, row.member.admitted_precision), width=14, kind="date"),
    Column("Ngày chính thức", lambda row: known_date(row.member.official_on, row.member.official_precision), width=14, kind="date"),
    Column("Từ ngày", lambda row: row.valid_from, width=12, kind="date"),
]
EVENTS = [
    Column("Họ và tên", lambda row: row.member.full_name, width=28),
    Column("Biến động", lambda row: row.get_kind_display(), width=30),
    Column("Ngày", lambda row: row.effective_on, width=12, kind="date"),
    Column("Từ", lambda row: row.from_cell.name if row.from_cell else row.outside, width=40),
    Column("Đến", lambda row: row.to_cell.name if row.to_cell else row.outside, width=40),
    Column("Văn bản", lambda row: str(row.document or ""), width=40),
]


def roster_on(request, pk):
    """Who belonged to an organisation on a day, as far back as the events go."""
    organisation = readable(request, pk)
    form = OnDayForm(request.GET or None, initial={"on": today()})
    day = form.cleaned_data["on"] if form.is_bound and form.is_valid() else today()
    rows = Membership.objects.official().in_force(day).in_subtree(organisation).select_related("member", "cell")
    return render_list(
        request,
        "members/roster_on.html",
        rows=rows.order_by("cell__path", "member__sort_key", "pk"),
        title=f"Danh sách đảng viên {organisation.name} ngày {date_text(day)}",
        columns=ROSTER,
        name="danh-sach-dang-vien",
        context={"organisation": organisation, "form": form, "day": day},
    )


def period_of(request):
    """(form, first day, last day): what was asked, or this year up to now."""
    form = PeriodForm(request.GET if "first" in request.GET else None, initial={"first": date(today().year, 1, 1), "last": today()})
    if form.is_bound and form.is_valid():
        return form, form.cleaned_data["first"], form.cleaned_data["last"]
    return form, date(today().year, 1, 1), today()


def balance(request, pk):
    """At the start + gains − losses = at the end, for an organisation and each unit directly below it."""
    organisation = readable(request, pk)
    form, first, last = period_of(request)
    below = list(Organisation.objects.filter(parent=organisation).order_by("path"))
    lines = balances([organisation, *below], first, last)
    gains, losses = ([kind for kind in LABELS if any(getattr(line, name)[kind] for line in lines)] for name in ("gains", "losses"))
    title, columns = f"Tăng, giảm đảng viên từ {date_text(first)} đến hết {date_text(last)}", balance_columns(gains, losses)
    if file := export_asked(request, name="tang-giam-dang-vien", title=title, columns=columns, rows=lines, notes=[organisation.name]):
        return file
    context = {
        "organisation": organisation,
        "form": form,
        "period": f"first={date_text(first)}&last={date_text(last)}",
        "first": first,
        "last": last,
        "gains": [(kind, LABELS[kind]) for kind in gains],
        "losses": [(kind, LABELS[kind]) for kind in losses],
        "rows": [shown(line, unit, gains, losses) for line, unit in zip(lines, [organisation, *below], strict=True)],
    }
    return render(request, "members/balance.html", context)


def balance_columns(gains, losses):
    columns = [Column("Đơn vị", lambda line: line.name, width=48), Column("Đầu kỳ", lambda line: line.opening, width=10, kind="int")]
    columns += [Column(f"Tăng: {LABELS[kind]}", lambda line, kind=kind: line.gains[kind], width=14, kind="int") for kind in gains]
    columns += [Column(f"Giảm: {LABELS[kind]}", lambda line, kind=kind: line.losses[kind], width=14, kind="int") for kind in losses]
    return [*columns, Column("Cuối kỳ", lambda line: line.closing, width=10, kind="int")]


def shown(line, unit, gains, losses):
    return {
        "unit": unit,
        "line": line,
        "gains": [(kind, line.gains[kind]) for kind in gains],
        "losses": [(kind, line.losses[kind]) for kind in losses],
    }


def balance_rows(request, pk, kind):
    """The movements behind one figure of the balance."""
    organisation = readable(request, pk)
    if kind not in LABELS:
        raise Http404
    _, first, last = period_of(request)
    return render_list(
        request,
        "members/balance_rows.html",
        rows=people_behind(organisation, kind, first, last),
        title=f"{LABELS[kind]}: {organisation.name}, từ {date_text(first)} đến {date_text(last)}",
        columns=EVENTS,
        name="bien-dong-dang-vien",
        context={"organisation": organisation, "label": LABELS[kind], "first": first, "last": last},
    )
