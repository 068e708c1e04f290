from django.db import models
from django.db.models import Q

from cells.querysets import DatedQuerySet
from khoi_party.common.fields import LineField

from .dated import Dated, dates_in_order


class AdvisingBoard(Dated):
    """A board that advises a committee (ban tham mưu: tổ chức, kiểm tra, tuyên giáo và dân vận, văn phòng); its name holds for its days."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="boards", verbose_name="đảng bộ")
    name = LineField("tên ban", max_length=120)
    short_name = LineField("tên gọi tắt", max_length=30)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "ban tham mưu"
        verbose_name_plural = "ban tham mưu"
        ordering = ["pk"]
        constraints = [
            dates_in_order("board_dates_in_order"),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(valid_to__isnull=True),
                name="board_once",
                violation_error_message="Ban này đang có trong danh sách.",
            ),
        ]

    def __str__(self):
        return self.name
