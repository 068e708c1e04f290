from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khoi_party.common.fields import LineField

from .reviews import ReviewSheet


class ReviewPlan(models.Model):
    """How one unit's review is prepared (kế hoạch kiểm điểm): the day, who of the superior attends, what the superior suggests, the draft.

    QĐ 366-QĐ/TW, Điều 7; HD 43-HD/BTCTW, mục 2: suggestions where needed; the draft goes out three working days before.
    """

    sheet = models.OneToOneField(ReviewSheet, models.CASCADE, related_name="plan")
    meets_on = models.DateField("ngày họp kiểm điểm", null=True, blank=True)
    attending = LineField("người của cấp trên dự", max_length=200, blank=True)
    suggestion = models.TextField("gợi ý kiểm điểm", max_length=4000, blank=True)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản gợi ý")
    suggested_at = models.DateTimeField(null=True, blank=True)
    suggested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    draft_sent_on = models.DateField("ngày gửi dự thảo báo cáo", null=True, blank=True)
    held_on = models.DateField("ngày đã họp", null=True, blank=True)
    answer = models.TextField("giải trình theo gợi ý", max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "kế hoạch kiểm điểm"
        verbose_name_plural = "kế hoạch kiểm điểm"
        constraints = [
            models.CheckConstraint(
                condition=Q(suggested_at__isnull=True) | ~Q(suggestion=""),
                name="plan_suggestion_has_text",
                violation_error_message="Hãy ghi nội dung gợi ý kiểm điểm.",
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=True) | Q(draft_sent_on__isnull=True) | Q(held_on__gte=F("draft_sent_on")),
                name="plan_draft_before_meeting",
                violation_error_message="Ngày gửi dự thảo không được sau ngày họp.",
            ),
        ]
