from django.db import models
from django.db.models import Q

from cells.models.dated import Dated, dates_in_order
from members.enums import Post
from members.querysets import SeatQuerySet

from .people import Member


class Seat(Dated):
    """A post in a committee (cấp ủy viên)."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="seats", verbose_name="đảng viên")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="seats", verbose_name="tổ chức đảng")
    post = models.CharField("chức vụ", max_length=20, choices=Post)
    position = models.PositiveSmallIntegerField(default=9)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "cấp ủy viên"
        verbose_name_plural = "cấp ủy viên"
        ordering = ["position", "pk"]
        constraints = [
            dates_in_order("seat_dates_in_order"),
            models.UniqueConstraint(
                fields=["member", "organisation"],
                condition=Q(valid_to__isnull=True),
                name="seat_held_once",
                violation_error_message="Đảng viên này đang giữ một chức vụ trong cấp ủy đó.",
            ),
        ]
