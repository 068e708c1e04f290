from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from evaluations.enums import BODY_KINDS, MEMBER_KINDS, OutsideKind, OutsideLevel
from evaluations.querysets import OutsideRatingQuerySet
from khoi_party.common.fields import LineField
from khoi_party.common.names import search_text

KIND_MATCHES = (
    Q(kind__in=MEMBER_KINDS, member__isnull=False, organisation__isnull=True, body_name="")
    | Q(kind__in=BODY_KINDS, member__isnull=True, organisation__isnull=False, body_name="")
    | (Q(kind=OutsideKind.MASS_BODY, member__isnull=True, organisation__isnull=False) & ~Q(body_name=""))
)
KIND_MATCHES_SENTENCE = (
    "Kết quả của cá nhân phải ghi cho một đảng viên; của tập thể, cơ quan phải ghi cho một tổ chức đảng; của Mặt trận, đoàn thể phải có thêm tên."
)


class OutsideRating(models.Model):
    """A result that others decided and the rules ask about (kết quả xếp loại nơi khác): of a year or a quarter, with its source."""

    year = models.PositiveSmallIntegerField("năm")
    quarter = models.PositiveSmallIntegerField("quý", null=True, blank=True)  # null: the whole year
    kind = models.CharField("đối tượng", max_length=24, choices=OutsideKind)
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="outside_ratings", verbose_name="đảng viên")
    organisation = models.ForeignKey(
        "cells.Organisation", models.PROTECT, null=True, blank=True, related_name="outside_ratings", verbose_name="tổ chức đảng"
    )
    body_name = LineField("tên Mặt trận, đoàn thể", max_length=200, blank=True)
    body_search_text = models.CharField(max_length=200, editable=False, default="")
    level = models.PositiveSmallIntegerField("mức", choices=OutsideLevel)
    points = models.DecimalField("điểm", max_digits=4, decimal_places=1, null=True, blank=True)
    document = models.ForeignKey("cells.Document", models.PROTECT, related_name="+", verbose_name="văn bản nguồn")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = OutsideRatingQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả xếp loại nơi khác"
        verbose_name_plural = "kết quả xếp loại nơi khác"
        indexes = [models.Index(fields=["year", "kind"], name="outside_by_year")]
        constraints = [
            models.CheckConstraint(condition=KIND_MATCHES, name="outside_kind_matches", violation_error_message=KIND_MATCHES_SENTENCE),
            models.UniqueConstraint(
                "member",
                "year",
                "kind",
                Coalesce("quarter", 0),
                condition=Q(member__isnull=False),
                name="outside_member_once",
                violation_error_message="Đảng viên này đã có kết quả của kỳ này. Hãy mở kết quả đó để sửa.",
            ),
            models.UniqueConstraint(
                "organisation",
                "year",
                "kind",
                "body_name",
                Coalesce("quarter", 0),
                condition=Q(organisation__isnull=False),
                name="outside_body_once",
                violation_error_message="Tập thể, cơ quan, đoàn thể này đã có kết quả của kỳ này. Hãy mở kết quả đó để sửa.",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2014), name="outside_year_known", violation_error_message="Chỉ ghi được kết quả từ năm 2014."
            ),
            models.CheckConstraint(
                condition=Q(quarter__isnull=True) | Q(quarter__range=(1, 4)),
                name="outside_quarter_known",
                violation_error_message="Quý là từ 1 đến 4, hoặc để trống nếu là kết quả cả năm.",
            ),
            models.CheckConstraint(
                condition=Q(level__range=(1, 4)), name="outside_level_known", violation_error_message="Hãy chọn một trong bốn mức xếp loại."
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__range=(0, 100)),
                name="outside_points_in_range",
                violation_error_message="Điểm phải từ 0 đến 100.",
            ),
        ]

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self):
        self.body_search_text = search_text(self.body_name)[:200]

    @property
    def place(self):
        """The organisation that the result belongs to: a member's is the present cell."""
        return self.organisation if self.organisation_id else self.member.cell

    @property
    def name(self):
        """Who was rated, in words."""
        if self.member_id:
            return self.member.full_name
        return self.body_name or f"{self.get_kind_display()}: {self.organisation.agency or self.organisation.name}"

    @property
    def period(self):
        return f"Quý {self.quarter}" if self.quarter else "Cả năm"
