from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khoi_party.common.fields import LineField
from members.badges import MILESTONES
from members.enums import BadgeKind, BadgeState
from members.querysets import OfMemberQuerySet

from .people import Member


class PartyBreak(models.Model):
    """Time outside the Party that does not count towards Party age: expelled, struck off, out of contact, a gap in a transfer."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="party_breaks", verbose_name="đảng viên")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến trước ngày")
    reason = LineField("lý do", max_length=200)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản")

    objects = OfMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "thời gian không tham gia sinh hoạt đảng"
        verbose_name_plural = "thời gian không tham gia sinh hoạt đảng"
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="party_break_in_order",
                violation_error_message="Ngày trở lại phải sau ngày bắt đầu.",
            ),
        ]


class BadgeAward(models.Model):
    """A Huy hiệu Đảng of one member: proposed, then awarded by the provincial committee's decision."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="badges", verbose_name="đảng viên")
    years = models.PositiveSmallIntegerField("Huy hiệu", choices=[(years, f"{years} năm tuổi Đảng") for years in MILESTONES])
    ceremony_on = models.DateField("đợt trao")
    kind = models.CharField("hình thức", max_length=12, choices=BadgeKind, default=BadgeKind.NORMAL)
    reason = LineField("lý do", max_length=200, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=BadgeState, default=BadgeState.PROPOSED)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định")
    badge_number = LineField("số Huy hiệu", max_length=20, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    objects = OfMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "Huy hiệu Đảng"
        verbose_name_plural = "Huy hiệu Đảng"
        ordering = ["years"]
        indexes = [models.Index(fields=["ceremony_on", "state"], name="badge_by_ceremony")]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "years"],
                name="badge_once",
                violation_error_message="Huy hiệu này của đảng viên đã được đề nghị hoặc đã tặng.",
            ),
            models.CheckConstraint(
                condition=Q(years__in=MILESTONES),
                name="badge_of_a_milestone",
                violation_error_message="Huy hiệu Đảng có các mốc 30, 40, 45, 50 và mỗi 5 năm đến 90 năm; không có 35 năm.",
            ),
            models.CheckConstraint(
                condition=~Q(kind=BadgeKind.EARLY) | ~Q(reason=""),
                name="badge_early_has_reason",
                violation_error_message="Đề nghị tặng sớm phải ghi lý do bệnh nặng.",
            ),
            models.CheckConstraint(
                condition=~Q(state=BadgeState.AWARDED) | Q(document__isnull=False),
                name="badge_awarded_has_decision",
                violation_error_message="Huy hiệu đã tặng phải có quyết định.",
            ),
        ]

    def __str__(self):
        return f"Huy hiệu {self.years} năm tuổi Đảng"
