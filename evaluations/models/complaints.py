from django.conf import settings
from django.db import models
from django.db.models import F, Q

from evaluations.enums import ComplaintOutcome, ComplaintSource
from evaluations.querysets import ComplaintQuerySet
from khoi_party.common.fields import LineField

from .decisions import Decision
from .reviews import Review


class Complaint(models.Model):
    """Somebody objects to a result (khiếu nại, kiến nghị): what came, when, and what the deciding body answered. The papers stay in its file."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="complaints")
    source = models.CharField("của ai", max_length=8, choices=ComplaintSource)
    received_on = models.DateField("ngày nhận")
    paper = LineField("số, ký hiệu đơn hoặc công văn", max_length=60, blank=True)
    summary = LineField("nội dung tóm tắt", max_length=400)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField("kết quả", max_length=8, choices=ComplaintOutcome, blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answer = LineField("nội dung trả lời", max_length=400, blank=True)
    decision = models.ForeignKey(Decision, models.SET_NULL, null=True, blank=True, related_name="complaints", verbose_name="quyết định xếp loại lại")

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = "khiếu nại, kiến nghị"
        verbose_name_plural = "khiếu nại, kiến nghị"
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_on__isnull=True, answer="") | (~Q(outcome="") & Q(answered_on__isnull=False) & ~Q(answer="")),
                name="complaint_answer_is_whole",
                violation_error_message="Trả lời phải có kết quả, ngày và nội dung.",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
                name="complaint_answered_after_received",
                violation_error_message="Ngày trả lời không được trước ngày nhận.",
            ),
        ]

    @property
    def is_open(self):
        return not self.outcome
