from django.conf import settings
from django.db import models

from khoi_party.audit.append_only import AppendOnly
from khoi_party.common.fields import LineField
from members.querysets import OfCellQuerySet


class RosterSignOff(AppendOnly):
    """A cell confirms its register at the end of a quarter (đối chiếu Mẫu 7-HSĐV): the counts and the lines as they stood, never changed."""

    cell = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="sign_offs", verbose_name="chi bộ")
    quarter_end = models.DateField("ngày cuối quý")
    official = models.PositiveSmallIntegerField("đảng viên chính thức")
    probationary = models.PositiveSmallIntegerField("đảng viên dự bị")
    rows = models.JSONField(default=list)  # the fourteen texts of each line; numbers are masked in them
    note = LineField("ghi chú", max_length=400, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name="người xác nhận")
    signed_at = models.DateTimeField(auto_now_add=True)
    on_behalf = models.BooleanField("ghi thay, theo bản giấy", default=False)

    objects = OfCellQuerySet.as_manager()

    class Meta:
        verbose_name = "xác nhận danh sách theo quý"
        verbose_name_plural = "xác nhận danh sách theo quý"
        ordering = ["-quarter_end", "cell"]
        constraints = [
            models.UniqueConstraint(
                fields=["cell", "quarter_end"], name="sign_off_once", violation_error_message="Chi bộ đã xác nhận danh sách của quý này."
            )
        ]
