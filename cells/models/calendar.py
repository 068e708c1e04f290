from django.conf import settings
from django.db import models

from cells.enums import DayKind
from cells.querysets import CalendarDayQuerySet
from khoi_party.common.fields import LineField


class CalendarDay(models.Model):
    """A day that the committee of a root fixes otherwise than the library of holidays: off, or worked to make up for one."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="calendar_days", verbose_name="đảng bộ")
    day = models.DateField("ngày")
    kind = models.CharField("loại", max_length=10, choices=DayKind)
    reason = LineField("lý do", max_length=200)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = "ngày nghỉ, ngày làm bù"
        verbose_name_plural = "ngày nghỉ, ngày làm bù"
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "day"],
                name="calendar_day_once",
                violation_error_message="Ngày này đã được đặt; hãy bỏ rồi đặt lại nếu cần sửa.",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="calendar_day_has_reason", violation_error_message="Hãy ghi lý do."),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.day:%d/%m/%Y}"
