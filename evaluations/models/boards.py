from django.conf import settings
from django.db import models
from django.db.models import Q

from evaluations.querysets import BoardOpinionQuerySet
from khoi_party.common.fields import LineField

from .reviews import LEVELS, Review


class BoardOpinion(models.Model):
    """What an advising board says of a row before the committee decides (ý kiến thẩm định): a level, a remark, or both."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="board_opinions")
    board = models.ForeignKey("cells.AdvisingBoard", models.PROTECT, related_name="opinions")
    level = models.PositiveSmallIntegerField("mức đề nghị", null=True, blank=True)
    text = LineField("nhận xét", max_length=400, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    on_behalf = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = BoardOpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "ý kiến của ban tham mưu"
        verbose_name_plural = "ý kiến của ban tham mưu"
        constraints = [
            models.UniqueConstraint(fields=["review", "board"], name="board_opinion_once"),
            models.CheckConstraint(condition=Q(level__isnull=True) | Q(level__range=LEVELS), name="board_opinion_level_known"),
        ]
