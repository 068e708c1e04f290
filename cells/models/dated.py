from django.db import models
from django.db.models import F, Q


class Dated(models.Model):
    """Holds from `valid_from` up to, not including, `valid_to`; open when `valid_to` is null."""

    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày trước ngày", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self):
        return self.valid_to is None

    def covers(self, day):
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def dates_in_order(name):
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        name=name,
        violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
    )
