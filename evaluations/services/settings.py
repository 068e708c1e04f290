"""Local rules of a root organisation: dated, proved by a document, and taken over by the year that is open."""

from django.core.exceptions import PermissionDenied

from cells.models import DatedSetting, Organisation
from evaluations.enums import DecisionState, Subject
from evaluations.models import QuotaPool
from evaluations.permissions import can_open_cycle
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError

SUBJECTS = {DatedSetting.Key.QUOTA_MEMBERS: Subject.MEMBER, DatedSetting.Key.QUOTA_ORGANISATIONS: Subject.ORGANISATION}


def set_setting(organisation, key, value, *, from_day, document=None, by):
    """Let `key` be `value` from `from_day` (a date) on; what held before keeps its days. Returns the DatedSetting.

    A quota also reaches the pools of open years, except those that a decision was issued on. DomainError when `from_day` is not after
    the day that the present value holds from.
    """
    if not can_open_cycle(by, organisation):
        raise PermissionDenied
    with change(by=by):
        locked(Organisation.objects.filter(pk=organisation.pk)).get()
        current = organisation.settings.open().filter(key=key).first()
        if current and current.valid_from >= from_day:
            raise DomainError(f"Giá trị hiện nay có từ {current.valid_from:%d/%m/%Y}; giá trị mới phải có từ ngày sau đó.", field="from_day")
        if document is not None and document.pk is None:
            document.save()
        organisation.settings.open().filter(key=key).update(valid_to=from_day)
        setting = DatedSetting.objects.create(organisation=organisation, key=key, value=value, valid_from=from_day, document=document)
        if key in SUBJECTS:
            _reach_open_pools(organisation, SUBJECTS[key], setting)
        record("setting.changed", setting, summary=f"Thiết lập: {setting.get_key_display()}.", organisation=organisation, key=key, value=value)
    return setting


def _reach_open_pools(root, subject, setting):
    issued = (DecisionState.ISSUED, DecisionState.PUBLISHED)
    pools = QuotaPool.objects.filter(cycle__root=root, cycle__closed_on__isnull=True, subject=subject, cycle__year__gte=setting.valid_from.year)
    free = pools.exclude(reviews__items__decision__state__in=issued)
    free.filter(pk__in=list(free.values_list("pk", flat=True))).update(**setting.value, document=setting.document)
