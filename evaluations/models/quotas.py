from django.db import models

from cells.enums import OrganisationKind
from evaluations.enums import QuotaBase, QuotaGroup, QuotaPart, Rounding, Subject
from evaluations.querysets import OfBodyQuerySet
from khoi_party.common.fields import LineField

from .cycles import Cycle


class QuotaPool(models.Model):
    """Those who compete for one share of the best level (nhóm tính trần): the row that a decision locks.

    `grouping` says how the rows of the body are parted, `part` which of the parts this is ("" where there is one), `group` what it
    was called when it was made.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="pools")
    body = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+", verbose_name="cấp quyết định")
    subject = models.CharField(max_length=12, choices=Subject)
    grouping = models.CharField("cách chia nhóm", max_length=10, choices=QuotaGroup, default=QuotaGroup.BODY)
    part = models.CharField(max_length=30, blank=True)
    group = LineField("nhóm", max_length=400)
    base = models.CharField("cách tính", max_length=16, choices=QuotaBase)
    rate = models.PositiveSmallIntegerField("tỷ lệ phần trăm")
    rounding = models.CharField(max_length=10, choices=Rounding, default=Rounding.FLOOR)
    citation = LineField("căn cứ", max_length=300)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản xác nhận")

    objects = OfBodyQuerySet.as_manager()

    class Meta:
        verbose_name = "nhóm tính trần"
        verbose_name_plural = "nhóm tính trần"
        constraints = [models.UniqueConstraint(fields=["cycle", "body", "subject", "part"], name="pool_once")]

    def __str__(self):
        return self.group

    @property
    def part_label(self):
        """Which part of the body's rows it holds, in words; "" where it holds them all."""
        return (dict(QuotaPart.choices) | dict(OrganisationKind.choices)).get(self.part, "")

    @property
    def noun(self):
        return "đảng viên" if self.subject == Subject.MEMBER else "tổ chức đảng" if self.subject == Subject.ORGANISATION else "tập thể"

    @property
    def blocks(self):
        """Over the cap always warns; it blocks only once the root has confirmed base, group and rounding with a document."""
        return self.document_id is not None
