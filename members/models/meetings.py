from django.conf import settings
from django.db import models
from django.db.models import F, Q

from khoi_party.common.fields import LineField
from members.enums import MeetingKind
from members.querysets import OfCellQuerySet


class Meeting(models.Model):
    """A meeting of a cell (sinh hoạt chi bộ): length, counts of attendance, resolution, points of the local sheet."""

    cell = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="meetings", verbose_name="chi bộ")
    kind = models.CharField("loại", max_length=10, choices=MeetingKind, default=MeetingKind.REGULAR)
    held_on = models.DateField("ngày họp")
    minutes = models.PositiveSmallIntegerField("thời lượng (phút)", null=True, blank=True)
    expected = models.PositiveSmallIntegerField("số đảng viên phải dự")
    present = models.PositiveSmallIntegerField("có mặt")
    excused = models.PositiveSmallIntegerField("vắng có lý do", default=0)
    unexcused = models.PositiveSmallIntegerField("vắng không có lý do", default=0)
    posted_on = models.DateField("ngày gửi tài liệu", null=True, blank=True)
    topic = LineField("chuyên đề, nội dung chính", max_length=300, blank=True)
    superior = LineField("cấp ủy viên cấp trên dự", max_length=120, blank=True)
    studied = models.BooleanField("có học tập chuyên đề của năm", default=False)
    scores = models.JSONField(default=list, blank=True)  # [[item, maximum, points], …] of the sheet that held on the day
    points = models.DecimalField("điểm", max_digits=4, decimal_places=1, null=True, blank=True)
    is_vetoed = models.BooleanField("vi phạm điều kiện loại trừ của phiếu chấm", default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = OfCellQuerySet.as_manager()

    class Meta:
        verbose_name = "kỳ sinh hoạt chi bộ"
        verbose_name_plural = "kỳ sinh hoạt chi bộ"
        ordering = ["held_on", "pk"]
        indexes = [models.Index(fields=["cell", "held_on"], name="meeting_by_cell")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expected=F("present") + F("excused") + F("unexcused")),
                name="meeting_attendance_adds_up",
                violation_error_message="Có mặt + vắng có lý do + vắng không lý do phải bằng số phải dự.",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__range=(0, 100)),
                name="meeting_points_known",
                violation_error_message="Điểm từ 0 đến 100.",
            ),
            models.UniqueConstraint(fields=["cell", "held_on", "kind"], name="meeting_once", violation_error_message="Kỳ sinh hoạt này đã được ghi."),
        ]


class Resolution(models.Model):
    """A resolution that a meeting passed (nghị quyết): of the month, or on one topic (chuyên đề)."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="resolutions")
    number = LineField("số nghị quyết", max_length=60)
    is_thematic = models.BooleanField("nghị quyết chuyên đề", default=False)
    title = LineField("trích yếu", max_length=300, blank=True)

    class Meta:
        verbose_name = "nghị quyết chi bộ"
        verbose_name_plural = "nghị quyết chi bộ"
        ordering = ["meeting", "is_thematic", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "is_thematic"], name="resolution_once", violation_error_message="Nghị quyết này đã được ghi."),
            models.CheckConstraint(condition=~Q(number=""), name="resolution_has_number", violation_error_message="Hãy ghi số nghị quyết."),
        ]
