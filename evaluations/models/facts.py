from django.conf import settings
from django.db import models
from django.db.models import Q

from evaluations.querysets import EnteredFactsQuerySet
from khoi_party.common.fields import LineField, ProseField

from .decisions import Decision
from .reviews import Review


class EnteredFacts(models.Model):
    """What people entered of one row's case (sự việc đã nhập): what the rules of the year ask and the product does not know itself."""

    review = models.OneToOneField(Review, models.CASCADE, related_name="entered")
    values = models.JSONField(default=dict)
    points = models.JSONField(default=dict)
    vetoes = models.JSONField(default=list)
    source = LineField("minh chứng", max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    on_behalf = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = EnteredFactsQuerySet.as_manager()

    class Meta:
        verbose_name = "sự việc đã nhập"
        verbose_name_plural = "sự việc đã nhập"


class FormerCellRemark(models.Model):
    """What the cell that a member left during the year says of him (nhận xét của chi bộ cũ); asked for when the review opens."""

    review = models.OneToOneField(Review, models.CASCADE, related_name="former_remark")
    cell = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chi bộ cũ")
    outside = LineField("nơi chuyển đến từ ngoài đảng bộ", max_length=200, blank=True)
    months = models.PositiveSmallIntegerField("số tháng ở chi bộ cũ trong năm")
    text = ProseField("nhận xét", blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "nhận xét của chi bộ cũ"
        verbose_name_plural = "nhận xét của chi bộ cũ"
        constraints = [
            models.CheckConstraint(
                condition=Q(given_at__isnull=True) | ~Q(text=""),
                name="remark_given_has_text",
                violation_error_message="Hãy ghi nội dung nhận xét.",
            ),
        ]


class Override(models.Model):
    """The deciding body keeps a level that a clause speaks against (quyết định khác): why, and by which document."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="overrides")
    review = models.ForeignKey(Review, models.PROTECT, related_name="overrides")
    rules = models.JSONField(default=list)
    level = models.PositiveSmallIntegerField()
    is_forbidden = models.BooleanField(default=False)
    reason = LineField("lý do", max_length=400)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "quyết định khác với quy định nêu"
        verbose_name_plural = "quyết định khác với quy định nêu"
        constraints = [
            models.UniqueConstraint(fields=["decision", "review"], name="override_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_reason", violation_error_message="Hãy ghi lý do."),
            models.CheckConstraint(
                condition=Q(is_forbidden=False) | Q(document__isnull=False),
                name="override_of_ban_has_document",
                violation_error_message="Quyết định khác với điều quy định không cho phép phải có văn bản.",
            ),
        ]
