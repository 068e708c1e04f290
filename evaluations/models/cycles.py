from django.conf import settings
from django.db import models
from django.db.models import F, Q

from evaluations.enums import StageKind
from evaluations.querysets import CycleQuerySet


class Cycle(models.Model):
    """One year's evaluation of a root organisation and all below it (đợt đánh giá năm). A calendar, not a lock."""

    root = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="cycles", verbose_name="đảng bộ")
    year = models.PositiveSmallIntegerField("năm đánh giá")
    rulebook = models.CharField("quy định áp dụng", max_length=20)
    guidance = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản hướng dẫn")
    cutoff_on = models.DateField("ngày chốt danh sách")
    opened_at = models.DateTimeField(auto_now_add=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    review_opened_at = models.DateTimeField("mở kiểm điểm lúc", null=True, blank=True)
    closed_on = models.DateField("ngày kết thúc", null=True, blank=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt đánh giá năm"
        verbose_name_plural = "đợt đánh giá năm"
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["root", "year"], name="cycle_once", violation_error_message="Năm này đã được mở."),
            models.CheckConstraint(condition=Q(year__gte=2014), name="cycle_year_known", violation_error_message="Chỉ đánh giá được từ năm 2014."),
        ]

    def __str__(self):
        return f"Năm {self.year}"

    @property
    def is_open(self):
        return self.closed_on is None


class Stage(models.Model):
    """A stretch of the year with its deadline (giai đoạn)."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="stages")
    kind = models.CharField("giai đoạn", max_length=20, choices=StageKind)
    starts_on = models.DateField("từ ngày")
    due_on = models.DateField("hạn")

    class Meta:
        verbose_name = "giai đoạn"
        verbose_name_plural = "giai đoạn"
        ordering = ["starts_on", "due_on"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "kind"], name="stage_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("starts_on")),
                name="stage_dates_in_order",
                violation_error_message="Hạn không được trước ngày bắt đầu.",
            ),
        ]
