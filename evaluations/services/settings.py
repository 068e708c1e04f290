"""Local rules of a root organisation: dated, proved by a document, and taken over by the year that is open."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import F

from cells.models import DatedSetting, Organisation
from evaluations.enums import DecisionState
from evaluations.models import Cycle, QuotaPool, Review, ReviewSheet
from evaluations.permissions import can_open_cycle
from evaluations.rulebooks import rulebook_for
from evaluations.services.quotas import QUOTA_KEYS, grouping_of, new_pool, part_of
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError

SUBJECTS = {key: subject for subject, key in QUOTA_KEYS.items()}
PRINTED_ONLY = (DatedSetting.Key.PLACE_NAME, DatedSetting.Key.ESCALATION)  # judges nothing, so it may be put right for closed years too
USUAL_RATE = 20  # per cent; more needs the authority's decision (Quy định 366-QĐ/TW, Điều 11, điểm 1.5)


def set_setting(organisation, key, value, *, from_day, document=None, by):
    """Let `key` be `value` from `from_day` (a date) on; what held before keeps its days. Returns the DatedSetting.

    A value that was typed wrongly is replaced when the new one begins on its own first day, or when that day has not passed yet: it
    ends where it began and stays in the trail. A quota also reaches the pools of open years (see `_reach_open_pools`).
    DomainError when `from_day` lies before the present value's first day otherwise, when it lies in or before a year that is closed (a
    closed year is never judged again by newer rules), and for a share above 20 per cent without the authority's decision.
    """
    if not can_open_cycle(by, organisation):
        raise PermissionDenied
    if key in SUBJECTS and value["rate"] > USUAL_RATE and document is None:
        raise DomainError(
            f"Tỷ lệ {value['rate']}% chỉ áp dụng khi cấp có thẩm quyền cho phép; hãy ghi số, ngày và cơ quan ban hành quyết định đó.",
            field="document_number",
        )
    with change(by=by):
        locked(Organisation.objects.filter(pk=organisation.pk), no_key=True).get()
        cycles = list(locked(Cycle.objects.filter(root=organisation).order_by("pk"), no_key=True))
        if key not in PRINTED_ONLY:
            _refuse_closed_year(cycles, from_day)
        _end_present(organisation.settings.filter(key=key), from_day)
        if document is not None and document.pk is None:
            document.save()
        setting = DatedSetting.objects.create(organisation=organisation, key=key, value=value, valid_from=from_day, document=document)
        if key in SUBJECTS:
            _reach_open_pools([one for one in cycles if one.is_open and one.year >= from_day.year], SUBJECTS[key], setting)
        record("setting.changed", setting, summary=f"Thiết lập: {setting.get_key_display()}.", organisation=organisation, key=key, value=value)
    return setting


def _refuse_closed_year(cycles, from_day):
    closed = max((cycle.year for cycle in cycles if not cycle.is_open), default=0)
    if from_day.year <= closed:
        first = date(closed + 1, 1, 1)
        raise DomainError(
            f"Năm {closed} đã kết thúc và không xét lại theo cách tính mới. Hãy chọn ngày từ {first:%d/%m/%Y}, hoặc mở lại năm {closed} trước.",
            field="from_day",
        )


def _end_present(settings, from_day):
    """End the open one of `settings` (rows of one key) before `from_day`; one that was typed wrongly holds for no day at all."""
    present = settings.open().first()
    if present is None or present.valid_from < from_day:
        settings.open().update(valid_to=from_day)
        return
    if present.valid_from > from_day and present.valid_from < today():
        raise DomainError(
            f"Giá trị hiện nay có từ {present.valid_from:%d/%m/%Y}; giá trị mới phải có từ ngày đó (để sửa giá trị nhập sai) hoặc sau đó.",
            field="from_day",
        )
    before = settings.filter(valid_to=present.valid_from, valid_from__lt=F("valid_to")).first()
    if before and before.valid_from >= from_day:
        raise DomainError(f"Giá trị trước đó có từ {before.valid_from:%d/%m/%Y}; giá trị mới phải có từ ngày sau đó.", field="from_day")
    settings.open().update(valid_to=F("valid_from"))
    if before:
        settings.filter(pk=before.pk).update(valid_to=from_day)


def _reach_open_pools(cycles, subject, setting):
    """Rate, base, rounding and document reach every pool of `cycles` that no decision was issued on; the rows are parted anew at the
    bodies none of whose pools has one. Locks sheets, reviews and pools in that order, and only then looks what was issued."""
    list(locked(ReviewSheet.objects.filter(cycle__in=cycles).order_by("pk")))
    reviews = Review.objects.filter(sheet__cycle__in=cycles, subject=subject, pool__isnull=False)
    list(locked(reviews.order_by("pk")).values_list("pk", flat=True))
    pools = QuotaPool.objects.filter(cycle__in=cycles, subject=subject)
    list(locked(pools.order_by("pk")))
    issued = pools.filter(reviews__items__decision__state__in=(DecisionState.ISSUED, DecisionState.PUBLISHED))
    fixed, fixed_bodies = set(issued.values_list("pk", flat=True)), set(issued.values_list("cycle", "body"))
    values = {name: value for name, value in setting.value.items() if name != "group"}
    pools.exclude(pk__in=fixed).update(**values, document=setting.document)
    for cycle in cycles:
        rule = rulebook_for(cycle.year).quota(subject)
        free = [pool for pool in pools.filter(cycle=cycle).select_related("body") if (cycle.pk, pool.body_id) not in fixed_bodies]
        if rule is not None:
            _regroup(cycle, [pool for pool in free if pool.grouping != grouping_of(rule, setting)], rule, setting)


def _regroup(cycle, pools, rule, setting):
    """Part the rows of `pools` (all pools of some bodies) anew, and drop these pools."""
    bodies = {pool.body_id: pool.body for pool in pools}
    grouping, made, moved = grouping_of(rule, setting), {}, []
    for review in Review.objects.filter(pool__in=pools).select_related("sheet", "pool").order_by("pk"):
        body, subject = bodies[review.pool.body_id], review.subject
        key = body.pk, part_of(grouping, review)
        if key not in made:
            made[key] = new_pool(cycle, body, subject, key[1], grouping=grouping, rule=rule, setting=setting)
        review.pool = made[key]
        moved.append(review)
    Review.objects.bulk_update(moved, ["pool"], batch_size=500)
    QuotaPool.objects.filter(pk__in=[pool.pk for pool in pools]).delete()


def in_force(organisation, day):
    """{key: DatedSetting} of `organisation` that hold on `day`."""
    settings = DatedSetting.objects.filter(organisation=organisation).in_force(day).select_related("document")
    return {setting.key: setting for setting in settings}
