from django.conf import settings
from django.db import models
from django.db.models import Q

from evaluations.enums import RegistrationState
from evaluations.querysets import RegistrationQuerySet
from khoi_party.common.fields import LineField, ProseField

from .cycles import Cycle


class Registration(models.Model):
    """The target a unit registers for the year (đăng ký)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="registrations")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="registrations", verbose_name="tổ chức đảng")
    superior_name = LineField("cấp ủy cấp trên trực tiếp", max_length=200, blank=True)
    level = models.PositiveSmallIntegerField("mức đăng ký", null=True, blank=True)
    planned_1 = models.PositiveSmallIntegerField(null=True, blank=True)
    planned_2 = models.PositiveSmallIntegerField(null=True, blank=True)
    planned_3 = models.PositiveSmallIntegerField(null=True, blank=True)
    planned_4 = models.PositiveSmallIntegerField(null=True, blank=True)
    admissions_planned = models.PositiveSmallIntegerField("số đảng viên dự kiến kết nạp", null=True, blank=True)
    thematic_meetings_planned = models.PositiveSmallIntegerField("số buổi sinh hoạt chuyên đề dự kiến", null=True, blank=True)
    commitments = ProseField("nội dung cam kết", blank=True)
    state = models.CharField("trạng thái", max_length=12, choices=RegistrationState, default=RegistrationState.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    noted_at = models.DateTimeField(null=True, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    return_reason = ProseField("lý do trả lại", blank=True)
    on_behalf = models.BooleanField("nhập thay, theo phiếu giấy", default=False)
    version = models.PositiveIntegerField(default=1)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = "đăng ký"
        verbose_name_plural = "đăng ký"
        constraints = [
            models.UniqueConstraint(fields=["cycle", "organisation"], name="registration_once"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__range=(1, 4)),
                name="registration_level_known",
                violation_error_message="Mức đăng ký không có trong quy định của năm.",
            ),
            models.CheckConstraint(
                condition=Q(state=RegistrationState.DRAFT) | Q(submitted_at__isnull=False, level__isnull=False),
                name="registration_submitted_is_complete",
            ),
            models.CheckConstraint(condition=~Q(state=RegistrationState.NOTED) | Q(noted_at__isnull=False), name="registration_noted_has_time"),
        ]


class MemberRegistration(models.Model):
    """The level that one member of a cell strives for this year (đăng ký của đảng viên), written through the cell's registration."""

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="members")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="registrations")
    level = models.PositiveSmallIntegerField("mức đăng ký")

    class Meta:
        verbose_name = "đăng ký của đảng viên"
        verbose_name_plural = "đăng ký của đảng viên"
        constraints = [
            models.UniqueConstraint(fields=["registration", "member"], name="member_registration_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="member_registration_level_known"),
        ]
