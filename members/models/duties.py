from django.conf import settings
from django.db import models
from django.db.models import Q

from members.enums import Duty
from members.querysets import OfMemberQuerySet

from .people import Member


class MissedMonth(models.Model):
    """A month in which a member missed the meeting or the dues without a reason. The amounts themselves stay in the cell's books."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="missed_months")
    duty = models.CharField("nghĩa vụ", max_length=8, choices=Duty)
    year = models.PositiveSmallIntegerField("năm")
    month = models.PositiveSmallIntegerField("tháng")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    objects = OfMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "tháng không sinh hoạt, không đóng đảng phí"
        verbose_name_plural = "tháng không sinh hoạt, không đóng đảng phí"
        ordering = ["year", "month", "duty"]
        constraints = [
            models.UniqueConstraint(fields=["member", "duty", "year", "month"], name="missed_month_once"),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="missed_month_known", violation_error_message="Tháng từ 1 đến 12."),
        ]
