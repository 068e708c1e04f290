from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khoi_party.common.fields import LineField
from members.enums import Degree, Precision
from members.querysets import DisciplineQuerySet

from .people import Member


class Discipline(models.Model):
    """A disciplinary decision on a member or an organisation (kỷ luật), or a case that is still open. Written by the inspection board."""

    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="disciplines", verbose_name="đảng viên")
    organisation = models.ForeignKey(
        "cells.Organisation", models.PROTECT, null=True, blank=True, related_name="disciplines", verbose_name="tổ chức đảng"
    )
    place = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+", verbose_name="nơi ghi")
    degree = models.CharField("hình thức", max_length=12, choices=Degree, blank=True)
    violated_on = models.DateField("ngày vi phạm", null=True, blank=True)
    violated_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    is_duty_related = models.BooleanField("do vi phạm chức trách, nhiệm vụ", default=True)
    act_at = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="nơi vi phạm")
    act_outside = LineField("nơi vi phạm ngoài đảng bộ", max_length=200, blank=True)
    is_self_detected = models.BooleanField("tự phát hiện, tự nhận và đã khắc phục", default=False)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản")
    withdrawn_on = models.DateField("ngày hủy bỏ", null=True, blank=True)
    withdrawal_reason = LineField("lý do hủy bỏ", max_length=400, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    objects = DisciplineQuerySet.as_manager()

    class Meta:
        verbose_name = "kỷ luật"
        verbose_name_plural = "kỷ luật"
        ordering = ["-decided_on", "-pk"]
        indexes = [models.Index(fields=["decided_on"], name="discipline_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=True, organisation__isnull=False) | Q(member__isnull=False, organisation__isnull=True),
                name="discipline_of_one",
                violation_error_message="Kỷ luật ghi cho một đảng viên hoặc một tổ chức đảng.",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | (~Q(degree="") & Q(document__isnull=False)),
                name="discipline_decided_is_complete",
                violation_error_message="Kỷ luật đã quyết định phải có hình thức và văn bản.",
            ),
            models.CheckConstraint(
                condition=Q(violated_on__isnull=True) | Q(decided_on__isnull=True) | Q(violated_on__lte=F("decided_on")),
                name="discipline_after_violation",
                violation_error_message="Ngày quyết định không được trước ngày vi phạm.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | ~Q(withdrawal_reason=""),
                name="discipline_withdrawn_has_reason",
                violation_error_message="Hãy ghi lý do hủy bỏ.",
            ),
        ]

    def __str__(self):
        return f"{self.get_degree_display()} ngày {self.decided_on:%d/%m/%Y}" if self.decided_on else "Đang xem xét kỷ luật"

    @property
    def is_open(self):
        return self.decided_on is None and self.withdrawn_on is None

    def lapses_on(self):
        """The day from which it no longer counts: a year after the decision, if nothing new came (M14, by a digest only)."""
        if self.decided_on is None:
            return None
        try:
            return self.decided_on.replace(year=self.decided_on.year + 1)
        except ValueError:  # 29 February
            return self.decided_on.replace(year=self.decided_on.year + 1, month=3, day=1)
