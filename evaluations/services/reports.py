"""A unit's review report while it is written, and the file of papers that the superior receives."""

from django.core.exceptions import PermissionDenied

from evaluations.enums import DossierKind, SheetState
from evaluations.models import DossierPaper, ReviewReport, ReviewSheet
from evaluations.permissions import can_accept_sheet, can_write_sheet
from evaluations.report_outline import outline_of
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError, StaleVersion

MOST = 10_000  # characters of one section


def save_report(sheet, texts, *, version, by):
    """Keep `texts` {section key: text} of the report; a draft saved every few seconds while one types.

    version: of the report that was read, 0 where there was none. Returns the ReviewReport. StaleVersion when somebody else saved in between;
    DomainError once the sheet was accepted, and for a section that is too long or that the form of the year does not have.
    """
    if not can_write_sheet(by, sheet):
        raise PermissionDenied
    sections = {section.key: section for section in outline_of(sheet.cycle.year)[0]}
    for key, text in texts.items():
        if key not in sections:
            raise DomainError("Mẫu báo cáo của năm này không có mục đó.")
        if len(text) > MOST:
            raise DomainError(f"Mục “{sections[key].title}” dài quá {MOST} ký tự; hãy đính kèm bản đầy đủ trong hồ sơ giấy.", field=key)
    with change(by=by):
        row = locked(ReviewSheet.objects.filter(pk=sheet.pk)).get()
        if row.state == SheetState.ACCEPTED:
            raise DomainError("Bảng xếp loại đã được tiếp nhận nên không sửa báo cáo được.")
        report = ReviewReport.objects.filter(sheet=row).first() or ReviewReport(sheet=row)
        if report.version != version:
            raise StaleVersion(
                "Báo cáo vừa được người khác sửa. Nội dung đồng chí gõ còn trên trang; hãy mở trang ở cửa sổ khác để so.", current=report
            )
        if {key: text for key, text in texts.items() if report.texts.get(key, "") != text}:
            is_new = report.version == 0
            report.texts, report.saved_by = report.texts | texts, by
            report.version += 1
            report.save()
            if is_new:  # one entry for the report, not one for every few seconds
                record("report.begun", row, summary="Bắt đầu soạn báo cáo kiểm điểm.", organisation=sheet.organisation)
    return report


def pointed_out(sheet):
    """What was pointed out a year ago: (the faults that the unit named then, what the superior suggested then); "" each where nothing is known."""
    before = ReviewSheet.objects.filter(organisation=sheet.organisation, cycle__year=sheet.cycle.year - 1).first()
    if before is None:
        return "", ""
    report, plan = getattr(before, "report", None), getattr(before, "plan", None)
    return (report.texts.get("faults", "") if report else ""), (plan.suggestion if plan else "")


def receive_papers(sheet, kinds, *, received_on, note="", by):
    """The superior notes which papers (DossierKinds) of the unit's file are there; others are taken off again. Returns how many are there."""
    if not can_accept_sheet(by, sheet):
        raise PermissionDenied
    if received_on > today():
        raise DomainError("Ngày nhận chưa đến.", field="received_on")
    kinds = {DossierKind(kind) for kind in kinds}
    with change(by=by):
        locked(ReviewSheet.objects.filter(pk=sheet.pk)).get()
        there = set(DossierPaper.objects.filter(sheet=sheet).values_list("kind", flat=True))
        DossierPaper.objects.filter(sheet=sheet).exclude(kind__in=kinds).delete()
        new = [kind for kind in DossierKind if kind in kinds and kind not in there]
        DossierPaper.objects.bulk_create(DossierPaper(sheet=sheet, kind=kind, received_on=received_on, note=note, received_by=by) for kind in new)
        if new or there - kinds:
            summary = f"Nhận hồ sơ kiểm điểm: {len(kinds)}/{len(DossierKind)} giấy tờ."
            record("dossier.received", sheet, summary=summary, organisation=sheet.organisation, kinds=sorted(kinds))
    return len(kinds)
