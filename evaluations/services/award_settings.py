"""Dated figures and rules that commendations depend on; each stands on a document, none is made up."""

from django.core.exceptions import PermissionDenied
from django.db.models import F

from cells.models import Organisation
from evaluations.enums import AWARD_CHOICES
from evaluations.models import AwardSetting
from evaluations.permissions import can_set_awards
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import date_text
from khoi_party.common.errors import DomainError


def set_award_setting(root, key, value, *, from_day, document, by):
    """Let `key` be `value` (a Decimal) from `from_day` on, as `document` (unsaved) says; what held before keeps its days. Returns the AwardSetting.

    One that was typed wrongly is replaced when the new one begins on the same day: it holds for no day and stays to be seen. DomainError
    without a document, for a figure that is not above 0, and for a day before the present value's first. Awards that were decided keep their sums.
    """
    if not can_set_awards(by, root):
        raise PermissionDenied
    if document is None:
        raise DomainError("Hãy ghi số, ngày và cơ quan ban hành văn bản quy định.", field="document_number")
    if key not in AWARD_CHOICES and value <= 0:
        raise DomainError("Giá trị phải lớn hơn 0.", field="value")
    with change(by=by):
        locked(Organisation.objects.filter(pk=root.pk), no_key=True).get()
        rows = AwardSetting.objects.filter(root=root, key=key)
        present = rows.open().first()
        if present and from_day < present.valid_from:
            raise DomainError(
                f"Giá trị hiện nay có từ {date_text(present.valid_from)}; giá trị mới phải có từ ngày đó hoặc sau đó.", field="from_day"
            )
        if present:
            rows.open().update(valid_to=F("valid_from") if present.valid_from == from_day else from_day)
        document.save()
        setting = AwardSetting.objects.create(root=root, key=key, value=value, valid_from=from_day, document=document)
        summary = f"Khen thưởng, đặt: {setting.get_key_display()}."
        record("award_setting.changed", setting, summary=summary, organisation=root, key=key, value=value, document=document.pk)
    return setting
