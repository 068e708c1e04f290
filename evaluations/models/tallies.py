from django.db import models
from django.db.models import Q

from cells.enums import OrganisationKind
from evaluations.enums import Eligibility, Subject
from evaluations.querysets import TallyQuerySet
from khoi_party.common.fields import ByteField

from .cycles import Cycle
from .reviews import ReviewSheet

KEYS = ("sheet", "subject", "organisation_kind", "eligibility", "exemplary", "level")


class SheetTally(models.Model):
    """How many rows of one sheet have one level (số tổng hợp): replaced whole at each decision, keyed by the path at opening."""

    sheet = models.ForeignKey(ReviewSheet, models.CASCADE, related_name="tallies")
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="tallies")
    path = ByteField(max_length=60)
    subject = models.CharField(max_length=12, choices=Subject)
    organisation_kind = models.CharField(max_length=30, choices=OrganisationKind, blank=True)
    eligibility = models.CharField(max_length=12, choices=Eligibility)
    level = models.PositiveSmallIntegerField(null=True)
    exemplary = models.BooleanField(default=False)
    count = models.PositiveIntegerField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = "số tổng hợp"
        verbose_name_plural = "số tổng hợp"
        indexes = [models.Index(fields=["cycle", "path"], name="tally_by_path")]
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0), name="tally_not_empty"),
            models.UniqueConstraint(fields=KEYS, condition=Q(level__isnull=False), name="tally_once_per_level"),
            models.UniqueConstraint(fields=KEYS[:-1], condition=Q(level__isnull=True), name="tally_once_without_level"),
        ]
