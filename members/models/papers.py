from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khoi_party.common.fields import LineField
from members.enums import PaperKind, PaperState
from members.querysets import OfMemberQuerySet

from .people import Member


class AnnualPaper(models.Model):
    """A paper of one member in one year (giấy tờ hằng năm): handed in, or not asked for in a span of days and why. No row: it is missing."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="papers")
    year = models.PositiveSmallIntegerField("năm")
    kind = models.CharField("loại giấy tờ", max_length=12, choices=PaperKind)
    state = models.CharField("tình trạng", max_length=10, choices=PaperState)
    reason = LineField("lý do miễn", max_length=200, blank=True)
    exempt_from = models.DateField("miễn từ ngày", null=True, blank=True)
    exempt_to = models.DateField("miễn đến ngày", null=True, blank=True)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    marked_at = models.DateTimeField(auto_now=True)

    objects = OfMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy tờ hằng năm"
        verbose_name_plural = "giấy tờ hằng năm"
        constraints = [
            models.UniqueConstraint(fields=["member", "year", "kind"], name="paper_of_member_once"),
            models.CheckConstraint(
                condition=~Q(state=PaperState.EXEMPT) | ~Q(reason=""), name="paper_exempt_has_reason", violation_error_message="Hãy ghi lý do miễn."
            ),
            models.CheckConstraint(
                condition=Q(exempt_to__isnull=True) | Q(exempt_from__isnull=True) | Q(exempt_to__gte=F("exempt_from")),
                name="paper_exempt_in_order",
                violation_error_message="Ngày hết miễn không được trước ngày bắt đầu miễn.",
            ),
        ]
