from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khoi_party.audit.append_only import AppendOnly
from khoi_party.common.fields import ByteField, LineField
from khoi_party.common.names import person_sort_key, search_text
from members.enums import OPEN_STAGES, Education, Gender, Schooling, Stage, StepKind
from members.querysets import AdmissionQuerySet, AdmissionStepQuerySet

from .movements import MembershipEvent
from .people import Member


class Admission(models.Model):
    """The file of one applicant (hồ sơ kết nạp), from the assigned helper to the recognition. The lý lịch itself stays outside."""

    full_name = LineField("họ và tên", max_length=120)
    gender = models.CharField("giới tính", max_length=10, choices=Gender)
    born_on = models.DateField("ngày sinh")
    work = LineField("chức vụ, công việc", max_length=200, blank=True)
    schooling = models.CharField("học vấn phổ thông", max_length=10, choices=Schooling, default=Schooling.UPPER)
    area_approval = LineField("văn bản cho phép khi chưa tốt nghiệp trung học cơ sở", max_length=200, blank=True)
    education = models.CharField("trình độ chuyên môn", max_length=12, choices=Education, blank=True)
    has_youth_union = models.BooleanField("nơi công tác có tổ chức Đoàn", default=True)
    is_youth_age = models.BooleanField("trong độ tuổi Đoàn", default=False)
    cell = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="admissions", verbose_name="chi bộ")
    helper = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name="đảng viên giúp đỡ")
    rules = models.CharField("quy định áp dụng", max_length=10, editable=False)
    opened_on = models.DateField("ngày lập hồ sơ")
    state = models.CharField("giai đoạn", max_length=12, choices=Stage, default=Stage.LEARNING, editable=False)
    closed_on = models.DateField("ngày dừng", null=True, blank=True, editable=False)
    closed_reason = LineField("lý do dừng", max_length=400, blank=True, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="admissions", editable=False)
    sort_key = ByteField(max_length=400, editable=False, default="")
    search_text = models.CharField(max_length=200, editable=False, default="")

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        verbose_name = "hồ sơ kết nạp"
        verbose_name_plural = "hồ sơ kết nạp"
        indexes = [models.Index(fields=["state", "opened_on"], name="admission_by_stage")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=Stage.CLOSED, closed_on__isnull=False) & ~Q(closed_reason="") | ~Q(state=Stage.CLOSED) & Q(closed_on__isnull=True),
                name="admission_closed_with_reason",
                violation_error_message="Hồ sơ đã dừng phải có ngày và lý do.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(Stage.PROBATION, Stage.RECOGNISED)) | Q(member__isnull=False),
                name="admission_after_ceremony_has_member",
                violation_error_message="Hồ sơ đã làm lễ kết nạp phải gắn với một đảng viên.",
            ),
            models.CheckConstraint(
                condition=Q(born_on__lt=F("opened_on")),
                name="admission_born_before_opened",
                violation_error_message="Ngày sinh phải trước ngày lập hồ sơ.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.sort_key = person_sort_key(self.full_name)
        self.search_text = search_text(self.full_name)[:200]
        super().save(*args, **kwargs)

    @property
    def is_open(self):
        return self.state in OPEN_STAGES


class AdmissionStep(AppendOnly):
    """One step of a file: written once, taken back only by a counter-step with a reason."""

    admission = models.ForeignKey(Admission, models.PROTECT, related_name="steps")
    kind = models.CharField("bước", max_length=20, choices=StepKind)
    done_on = models.DateField("ngày")
    values = models.JSONField("nội dung", default=dict, blank=True)
    findings = models.JSONField("lưu ý của quy định", default=list, blank=True)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản")
    event = models.ForeignKey(MembershipEvent, models.PROTECT, null=True, blank=True, related_name="admission_steps")
    note = LineField("ghi chú", max_length=400, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    objects = AdmissionStepQuerySet.as_manager()

    class Meta:
        verbose_name = "bước kết nạp"
        verbose_name_plural = "bước kết nạp"
        ordering = ["done_on", "pk"]
