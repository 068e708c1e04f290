from django.conf import settings
from django.db import models
from django.db.models import F, Q

from evaluations.enums import DecisionState, RevisionKind
from evaluations.querysets import DecisionItemQuerySet, DecisionQuerySet, NoticeQuerySet
from khoi_party.audit.append_only import AppendOnly
from khoi_party.common.fields import LineField

from .cycles import Cycle
from .reviews import LEVELS, Review, ReviewSheet


class Decision(models.Model):
    """A body's decision on the levels of some sheets (quyết định xếp loại): proposed, issued, then published."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="decisions")
    body = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="decisions", verbose_name="cấp quyết định")
    revision = models.CharField("xếp loại lại", max_length=8, choices=RevisionKind, blank=True)  # empty for a first decision
    sheets = models.ManyToManyField(ReviewSheet, related_name="decisions", blank=True)
    title = LineField("trích yếu", max_length=300)
    meeting_on = models.DateField("ngày họp", null=True, blank=True)
    members_total = models.PositiveSmallIntegerField("tổng số được triệu tập", null=True, blank=True)
    members_present = models.PositiveSmallIntegerField("có mặt", null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField("đồng ý", null=True, blank=True)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản quyết định")
    state = models.CharField("trạng thái", max_length=12, choices=DecisionState, default=DecisionState.DRAFT)
    needs_another_person = models.BooleanField(default=False)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "quyết định xếp loại"
        verbose_name_plural = "quyết định xếp loại"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(members_present__isnull=True) | Q(members_total__isnull=True) | Q(members_present__lte=F("members_total")),
                name="decision_present_within_total",
                violation_error_message="Số có mặt không được lớn hơn số được triệu tập.",
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True) | Q(members_present__isnull=True) | Q(votes_for__lte=F("members_present")),
                name="decision_votes_within_present",
                violation_error_message="Số đồng ý không được lớn hơn số có mặt.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(DecisionState.ISSUED, DecisionState.PUBLISHED)) | Q(issued_at__isnull=False, document__isnull=False),
                name="decision_issued_has_document",
                violation_error_message="Quyết định đã ban hành phải có số, ngày và người ký.",
            ),
            models.CheckConstraint(
                condition=Q(needs_another_person=False) | Q(issued_by__isnull=True) | ~Q(issued_by=F("proposed_by")),
                name="decision_by_another_person",
                violation_error_message="Người đề xuất không được ban hành quyết định của chính mình.",
            ),
        ]

    def __str__(self):
        return self.title


class RevisedRow(models.Model):
    """What a revision gives a row that was decided before: the new level and why. The DecisionItem of the issue is the lasting copy."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="revised_rows")
    review = models.ForeignKey(Review, models.PROTECT, related_name="revised_rows")
    level = models.PositiveSmallIntegerField("mức mới")
    exemplary = models.BooleanField("tiêu biểu", default=False)
    reason = LineField("lý do", max_length=400)

    class Meta:
        verbose_name = "dòng xếp loại lại"
        verbose_name_plural = "dòng xếp loại lại"
        constraints = [
            models.UniqueConstraint(fields=["decision", "review"], name="revised_row_once"),
            models.CheckConstraint(condition=Q(level__range=LEVELS), name="revised_row_level_known"),
            models.CheckConstraint(
                condition=Q(exemplary=False) | Q(level=1),
                name="revised_row_exemplary_is_excellent",
                violation_error_message="Chỉ chọn tiêu biểu trong số được xếp loại cao nhất.",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="revised_row_has_reason", violation_error_message="Hãy ghi lý do xếp loại lại."),
        ]


class Notice(models.Model):
    """One unit's notice of a published decision (thông báo kết quả): who of the unit has seen it, and when."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="notices")
    sheet = models.ForeignKey(ReviewSheet, models.PROTECT, related_name="notices")
    seen_at = models.DateTimeField("đã nhận lúc", null=True, blank=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo kết quả"
        verbose_name_plural = "thông báo kết quả"
        constraints = [models.UniqueConstraint(fields=["decision", "sheet"], name="notice_once")]


class DecisionItem(AppendOnly):
    """The level that a decision gives to one review. Never changed: a revision is a new item that replaces it."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="items")
    review = models.ForeignKey(Review, models.PROTECT, related_name="items")
    level = models.PositiveSmallIntegerField()
    exemplary = models.BooleanField(default=False)
    reason = LineField(max_length=400, blank=True)
    facts = models.JSONField(default=dict)  # what was known of the row on that day
    findings = models.JSONField(default=list)  # what the rules said against the level on that day: never judged again
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = DecisionItemQuerySet.as_manager()

    class Meta:
        verbose_name = "mức được quyết định"
        verbose_name_plural = "mức được quyết định"
        constraints = [
            models.UniqueConstraint(fields=["decision", "review"], name="item_once"),
            models.CheckConstraint(condition=Q(level__range=LEVELS), name="item_level_known"),
        ]
