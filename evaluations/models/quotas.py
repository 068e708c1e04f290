from django.db import models

from evaluations.enums import QuotaBase, Rounding, Subject
from evaluations.querysets import OfBodyQuerySet
from khoi_party.common.fields import LineField

from .cycles import Cycle


class QuotaPool(models.Model):
    """Those who compete for one share of the best level (nhóm tính trần): the row that a decision locks."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="pools")
    body = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+", verbose_name="cấp quyết định")
    subject = models.CharField(max_length=12, choices=Subject)
    group = LineField("nhóm", max_length=120)
    base = models.CharField("cách tính", max_length=16, choices=QuotaBase)
    rate = models.PositiveSmallIntegerField("tỷ lệ phần trăm")
    rounding = models.CharField(max_length=10, choices=Rounding, default=Rounding.FLOOR)
    citation = LineField("căn cứ", max_length=300)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản xác nhận")

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm tính trần"
        verbose_name_plural = "nhóm tính trần"
        constraints = [models.UniqueConstraint(fields=["cycle", "body", "subject", "group"], name="pool_once")]

    def __str__(self):
        return self.group

    @property
    def blocks(self):
        """Over the cap always warns; it blocks only once the root has confirmed base, group and rounding with a document."""
        return self.document_id is not None
