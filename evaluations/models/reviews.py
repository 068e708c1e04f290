from django.conf import settings
from django.db import models
from django.db.models import Q

from cells.enums import CELL_KINDS, OrganisationKind
from evaluations.enums import WRITABLE_SHEET_STATES, Eligibility, SheetState, Subject, Voice
from evaluations.querysets import OpinionQuerySet, ReviewQuerySet, SheetQuerySet
from khoi_party.common.fields import ByteField, LineField

from .cycles import Cycle
from .quotas import QuotaPool

LEVELS = (1, 4)


class ReviewSheet(models.Model):
    """What one unit prepares in a year (bảng xếp loại): its members, if it is a cell, and itself. Placement frozen at opening."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="sheets")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="sheets", verbose_name="tổ chức đảng")
    organisation_name = LineField(max_length=200)
    organisation_kind = models.CharField(max_length=30, choices=OrganisationKind)
    superior_name = LineField(max_length=200, blank=True)
    path = ByteField(max_length=60)
    state = models.CharField("trạng thái", max_length=12, choices=SheetState, default=SheetState.OPEN)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    return_reason = models.TextField("lý do trả lại", blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = "bảng xếp loại"
        verbose_name_plural = "bảng xếp loại"
        indexes = [models.Index(fields=["cycle", "path"], name="sheet_by_path")]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "organisation"], name="sheet_once"),
            models.CheckConstraint(
                condition=~Q(state__in=(SheetState.SUBMITTED, SheetState.ACCEPTED)) | Q(submitted_at__isnull=False),
                name="sheet_submitted_has_time",
            ),
            models.CheckConstraint(condition=~Q(state=SheetState.ACCEPTED) | Q(accepted_at__isnull=False), name="sheet_accepted_has_time"),
        ]

    def __str__(self):
        return f"{self.organisation_name}, năm {self.cycle.year}"

    @property
    def is_writable(self):
        return self.state in WRITABLE_SHEET_STATES

    @property
    def holds_members(self):
        return self.organisation_kind in CELL_KINDS


class Review(models.Model):
    """One subject in one year (xếp loại một đảng viên, một tổ chức hay tập thể), with names and positions as they were."""

    sheet = models.ForeignKey(ReviewSheet, models.PROTECT, related_name="reviews")
    subject = models.CharField(max_length=12, choices=Subject)
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="reviews")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="reviews")
    name = LineField("họ tên, tên gọi", max_length=200)
    sort_key = ByteField(max_length=400, default="")
    position = LineField("chức vụ", max_length=200, blank=True)
    is_civil_servant = models.BooleanField(default=False)
    eligibility = models.CharField("diện", max_length=12, choices=Eligibility, default=Eligibility.REQUIRED)
    eligibility_reason = LineField("lý do", max_length=400, blank=True)
    eligibility_rule = LineField("mã quy tắc", max_length=10, blank=True)
    decided_by = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+", verbose_name="cấp quyết định")
    pool = models.ForeignKey(QuotaPool, models.PROTECT, null=True, blank=True, related_name="reviews")
    decided_level = models.PositiveSmallIntegerField("mức xếp loại", null=True, blank=True)
    exemplary = models.BooleanField("tiêu biểu", default=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    removal_reason = LineField(max_length=200, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng xếp loại"
        verbose_name_plural = "dòng xếp loại"
        indexes = [models.Index(fields=["sheet", "subject", "sort_key"], name="review_by_sheet")]
        constraints = [
            models.CheckConstraint(
                condition=Q(subject=Subject.MEMBER, organisation__isnull=True)
                | Q(subject=Subject.ORGANISATION, organisation__isnull=False, member__isnull=True)
                | Q(subject=Subject.COLLECTIVE, member__isnull=True),
                name="review_subject_matches",
            ),
            models.UniqueConstraint(fields=["sheet", "member"], condition=Q(member__isnull=False), name="review_member_once"),
            models.UniqueConstraint(fields=["sheet", "organisation"], condition=Q(subject=Subject.ORGANISATION), name="review_organisation_once"),
            models.CheckConstraint(
                condition=Q(decided_level__isnull=True) | Q(decided_level__range=LEVELS, eligibility=Eligibility.REQUIRED),
                name="review_level_only_when_required",
                violation_error_message="Chỉ người, tổ chức thuộc diện phải xếp loại mới có mức xếp loại.",
            ),
            models.CheckConstraint(
                condition=Q(exemplary=False) | Q(decided_level=1),
                name="review_exemplary_is_excellent",
                violation_error_message="Chỉ chọn tiêu biểu trong số được xếp loại cao nhất.",
            ),
        ]


class Opinion(models.Model):
    """The level one voice gives (ý kiến của một chủ thể). One row per review and voice, so that two columns never collide."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="opinions")
    voice = models.CharField(max_length=12, choices=Voice)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = LineField("lý do", max_length=400, blank=True)
    exemplary = models.BooleanField("đề nghị tiêu biểu", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    on_behalf = models.BooleanField(default=False)
    ballot = models.ForeignKey("evaluations.BallotRound", models.PROTECT, null=True, blank=True, related_name="opinions")
    at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến xếp loại"
        verbose_name_plural = "ý kiến xếp loại"
        constraints = [
            models.UniqueConstraint(fields=["review", "voice"], name="opinion_once"),
            models.CheckConstraint(condition=Q(level__isnull=True) | Q(level__range=LEVELS), name="opinion_level_known"),
            models.CheckConstraint(
                condition=Q(exemplary=False) | Q(level=1, voice=Voice.PROPOSED),
                name="opinion_exemplary_is_proposed_best",
                violation_error_message="Chỉ đề nghị tiêu biểu trong số được đề xuất mức cao nhất.",
            ),
        ]
