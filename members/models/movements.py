from django.conf import settings
from django.db import models
from django.db.models import Q

from cells.models.dated import Dated, dates_in_order
from khoi_party.audit.append_only import AppendOnly
from khoi_party.common.fields import LineField
from members.enums import EventKind, MembershipKind
from members.querysets import MembershipEventQuerySet, MembershipQuerySet

from .people import Member


class Membership(Dated):
    """In which cell a member was in a span of time (sinh hoạt đảng): the stored consequence of the events."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    cell = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=10, choices=MembershipKind, default=MembershipKind.OFFICIAL)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "sinh hoạt đảng"
        verbose_name_plural = "sinh hoạt đảng"
        ordering = ["valid_from"]
        indexes = [models.Index(fields=["cell", "valid_from"], name="membership_by_cell")]
        constraints = [
            dates_in_order("membership_dates_in_order"),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(valid_to__isnull=True, kind=MembershipKind.OFFICIAL),
                name="membership_one_open_official",
                violation_error_message="Đảng viên này đang sinh hoạt chính thức ở một chi bộ.",
            ),
        ]


class MembershipEvent(AppendOnly):
    """What happened to a membership on a day (biến động): written once, taken back only by a counter-event with a reason."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="events")
    kind = models.CharField("biến động", max_length=20, choices=EventKind)
    effective_on = models.DateField("ngày có hiệu lực")
    sequence = models.PositiveSmallIntegerField(default=1)
    from_cell = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="từ chi bộ")
    to_cell = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đến chi bộ")
    outside = LineField("nơi chuyển đến hoặc chuyển đi ngoài đảng bộ", max_length=200, blank=True)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản")
    note = LineField("ghi chú", max_length=400, blank=True)
    issued_on = models.DateField("ngày giấy giới thiệu", null=True, blank=True)
    until = models.DateField("đến ngày", null=True, blank=True)  # when a pause, a suspension or a temporary stay is to end
    consent = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản đồng ý")
    details = models.JSONField(default=dict)  # what else the movement needs: the dates of a first time in the Party, a day of a work decision
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    objects = MembershipEventQuerySet.as_manager()

    class Meta:
        verbose_name = "biến động đảng viên"
        verbose_name_plural = "biến động đảng viên"
        ordering = ["effective_on", "sequence", "pk"]
        indexes = [models.Index(fields=["kind", "effective_on"], name="event_by_kind")]
        constraints = [models.UniqueConstraint(fields=["member", "effective_on", "sequence"], name="event_order_in_day")]
