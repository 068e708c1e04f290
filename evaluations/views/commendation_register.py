"""The register of commendations of all of one's scope, and the figures they depend on."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from cells.models import Organisation
from evaluations.awards.money import central
from evaluations.enums import AWARD_CHOICES, AwardSettingKey
from evaluations.filters import AwardFilter
from evaluations.forms.commendations import CHOICES, AwardSettingForm
from evaluations.models import AwardSetting, Commendation
from evaluations.permissions import can_set_awards
from evaluations.services.award_settings import set_award_setting
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list
from khoi_party.common.numbers import decimal

COLUMNS = [
    Column("Tên", lambda row: row.name, width=36),
    Column("Thuộc", lambda row: row.place_name, width=36),
    Column("Hình thức", lambda row: row.get_award_display(), width=14),
    Column("Căn cứ", lambda row: row.get_basis_display(), width=14),
    Column("Năm", lambda row: row.years, width=12),
    Column("Thành tích", lambda row: row.merit, width=40),
    Column("Số quyết định", lambda row: row.round.document.number, width=18),
    Column("Ngày quyết định", lambda row: row.round.document.issued_on, width=14, kind="date"),
    Column("Cấp khen thưởng", lambda row: row.round.document.issuer, width=30),
    Column("Tiền thưởng (đồng)", lambda row: row.amount, width=16, kind="decimal"),
    Column("Thu hồi", lambda row: f"{row.revocation}: {row.revocation_reason}" if row.revoked_on else "", width=40),
]


def commendation_register(request):
    rows = Commendation.objects.visible_to(request.user).given().for_list()
    template = "evaluations/commendation_register.html"
    return render_list(request, template, rows=rows, title="Sổ khen thưởng", filterset=AwardFilter, columns=COLUMNS, name="so-khen-thuong")


def owned(request, pk):
    root = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
    if not can_set_awards(request.user, root):
        raise PermissionDenied
    return root


def commendation_settings(request, pk):
    root = owned(request, pk)
    rows = AwardSetting.objects.filter(root=root).select_related("document")
    found = [(key, key.label, default_of(key), [(row, value_text(row)) for row in rows if row.key == key]) for key in AwardSettingKey]
    return render(request, "evaluations/commendation_settings.html", {"root": root, "settings": found})


def default_of(key):
    """What holds where nothing was set, in words."""
    if key in AWARD_CHOICES:
        return "Văn bản đã đọc không nói; chưa đặt thì phần mềm chỉ nêu điều cần làm rõ."
    if key == AwardSettingKey.BASE_SALARY:
        return "Chưa nhập thì tiền thưởng ghi là chưa rõ."
    figure = central(key, today())
    return (
        f"Hệ số {decimal(figure.value)} ({figure.source})."
        if figure.value is not None
        else "Chưa đọc được trong văn bản; chưa nhập thì tiền thưởng ghi là chưa rõ."
    )


def value_text(row):
    return dict(CHOICES[row.key])[str(int(row.value))] if row.key in CHOICES else decimal(row.value)


def commendation_setting(request, pk, key):
    root = owned(request, pk)
    if key not in AwardSettingKey.values:
        raise Http404
    form = AwardSettingForm(request.POST or None, key=key)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            set_award_setting(root, key, data["value"], from_day=data["from_day"], document=form.document(root, request.user), by=request.user)
            messages.success(request, "Đã lưu. Khen thưởng đã có quyết định không đổi.")
            return redirect("evaluations:commendation_settings", pk)
        except DomainError as error:
            form.add_domain_error(error)
    context = {"root": root, "form": form, "title": AwardSettingKey(key).label, "default": default_of(AwardSettingKey(key))}
    return render(request, "evaluations/commendation_setting.html", context)
