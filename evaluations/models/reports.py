from django.conf import settings
from django.db import models

from evaluations.enums import DossierKind
from khoi_party.common.fields import LineField

from .reviews import ReviewSheet


class ReviewReport(models.Model):
    """A unit's review report (báo cáo kiểm điểm) as it is typed: a draft that is kept while one writes, until the sheet is accepted."""

    sheet = models.OneToOneField(ReviewSheet, models.CASCADE, related_name="report")
    texts = models.JSONField(default=dict)  # {section key: text}
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    class Meta:
        verbose_name = "báo cáo kiểm điểm"
        verbose_name_plural = "báo cáo kiểm điểm"


class DossierPaper(models.Model):
    """A paper of a unit's review file (Mẫu 04-HD KĐ.ĐG 2025) that the superior has received."""

    sheet = models.ForeignKey(ReviewSheet, models.CASCADE, related_name="dossier")
    kind = models.CharField("giấy tờ", max_length=12, choices=DossierKind)
    received_on = models.DateField("ngày nhận")
    note = LineField("ghi chú", max_length=200, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "giấy tờ của hồ sơ kiểm điểm"
        verbose_name_plural = "giấy tờ của hồ sơ kiểm điểm"
        constraints = [models.UniqueConstraint(fields=["sheet", "kind"], name="dossier_paper_once")]
