"""Yearly figures that others run, typed once per unit and year with their source."""

from django.core.exceptions import PermissionDenied

from cells.models import Organisation, YearFigure
from cells.permissions import can_edit_organisation, can_type_figures
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError, StaleVersion


def version_of(figures):
    """What a form that shows `figures` (of one unit and year) was read at: it grows with each of them."""
    return sum(one.version for one in figures)


def save_unit_figures(unit, year, values, *, source, version, by):
    """Keep the figures of one unit for `year`: `values` {key: whole number, or None for not known}; `source` names the paper.

    version: as `version_of` said when they were read. Returns how many changed; a new source of the same figures counts as a change.
    StaleVersion when somebody else saved in between; DomainError for a figure below 0 and for figures without a source.
    """
    if not can_type_figures(by, unit):
        raise PermissionDenied
    for key, value in values.items():
        if value is not None and value < 0:
            raise DomainError("Số liệu không được âm.", field=key)
    _refuse_without_source(values, source)
    with change(by=by):
        locked(Organisation.objects.filter(pk=unit.pk)).get()
        known = {one.key: one for one in YearFigure.objects.filter(organisation=unit, year=year)}
        _refuse_stale(known, version)
        changed = sum(_set(known.get(key), unit, year, key, value, source) for key, value in values.items())
        if changed:
            _told(unit, year, changed)
    return changed


def save_task_figures(organisation, year, answers, *, source, version, by):
    """Keep whether the agencies of base organisations did their political task well in `year`.

    `answers` is {Organisation below `organisation`: 1, 0 or None for not known}; `source` names the paper; `version` is that of the
    figures when they were read. Returns how many changed; a new source of the same answer is a change, too. StaleVersion when somebody else
    saved one of them in between; DomainError for answers without a source.
    """
    if not can_edit_organisation(by, organisation):
        raise PermissionDenied
    _refuse_without_source(answers, source)
    key = YearFigure.Key.AGENCY_TASK_DONE_WELL
    with change(by=by):
        list(locked(Organisation.objects.filter(pk__in=[base.pk for base in answers]).order_by("pk")))
        known = {one.organisation_id: one for one in YearFigure.objects.filter(key=key, year=year, organisation__in=answers)}
        _refuse_stale(known, version)
        changed = sum(_set(known.get(base.pk), base, year, key, answer, source) for base, answer in answers.items())
        if changed:
            _told(organisation, year, changed)
    return changed


def _refuse_without_source(values, source):
    if not source.strip() and any(value is not None for value in values.values()):
        raise DomainError("Hãy ghi nguồn số liệu, ví dụ: Báo cáo số 12-BC/ĐU.", field="source")


def _refuse_stale(known, version):
    if version_of(known.values()) != version:
        raise StaleVersion("Số liệu vừa được người khác sửa. Số đồng chí gõ còn trên trang; hãy mở trang ở cửa sổ khác để so.")


def _set(figure, unit, year, key, value, source):
    """Write one figure; whether it changed. What was never known and is not known now has no row."""
    if figure is None:
        if value is None:
            return False
        YearFigure.objects.create(organisation=unit, year=year, key=key, value=value, source=source)
        return True
    if figure.value == value and (value is None or figure.source == source):
        return False
    figure.value, figure.version = value, figure.version + 1
    figure.source = source if value is not None else figure.source
    figure.save()
    return True


def _told(organisation, year, changed):
    record("year_figure.saved", organisation, summary=f"Nhập số liệu năm {year}.", organisation=organisation, year=year, changed=changed)
