from django.db import models
from django.db.models import F, Q

from khoi_party.common.fields import LineField
from members.enums import ClassKind
from members.querysets import StudyClassQuerySet

from .admissions import Admission
from .people import Member


class StudyClass(models.Model):
    """A class for sympathisers or for new members (lớp bồi dưỡng), and who goes to it."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="classes", verbose_name="đảng bộ lập danh sách")
    kind = models.CharField("loại lớp", max_length=12, choices=ClassKind)
    name = LineField("tên lớp", max_length=200)
    organiser = LineField("nơi mở lớp", max_length=200)
    starts_on = models.DateField("khai giảng")
    ends_on = models.DateField("bế giảng")

    objects = StudyClassQuerySet.as_manager()

    class Meta:
        verbose_name = "lớp bồi dưỡng"
        verbose_name_plural = "lớp bồi dưỡng"
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="class_dates_in_order",
                violation_error_message="Ngày bế giảng không được trước ngày khai giảng.",
            )
        ]

    def __str__(self):
        return self.name


class Participant(models.Model):
    """Somebody on the list of a class: an applicant by the admission file, or a probationary member without one."""

    study_class = models.ForeignKey(StudyClass, models.CASCADE, related_name="participants")
    admission = models.ForeignKey(Admission, models.PROTECT, null=True, blank=True, related_name="classes")
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="classes")
    certificate_number = LineField("số giấy chứng nhận", max_length=40, blank=True)
    certified_on = models.DateField("ngày cấp", null=True, blank=True)

    class Meta:
        verbose_name = "học viên"
        verbose_name_plural = "học viên"
        constraints = [
            models.CheckConstraint(
                condition=Q(admission__isnull=False, member__isnull=True) | Q(admission__isnull=True, member__isnull=False),
                name="participant_is_one_person",
            ),
            models.UniqueConstraint(fields=["study_class", "admission"], condition=Q(admission__isnull=False), name="participant_file_once"),
            models.UniqueConstraint(fields=["study_class", "member"], condition=Q(member__isnull=False), name="participant_member_once"),
        ]

    @property
    def person(self):
        return self.admission or self.member
