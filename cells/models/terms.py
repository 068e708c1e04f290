from django.db import models
from django.db.models import F, Q

from cells.enums import Base, Indicator, Operator, Span
from cells.querysets import OfTermQuerySet, TermQuerySet
from khoi_party.common.fields import LineField
from khoi_party.common.numbers import decimal


class Term(models.Model):
    """A committee's term between two congresses (nhiệm kỳ). Levels count by its years, admissions by the congress dates."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="terms", verbose_name="đảng bộ")
    label = LineField("nhiệm kỳ", max_length=20)
    congress_on = models.DateField("ngày đại hội mở đầu nhiệm kỳ")
    next_congress_on = models.DateField("ngày đại hội kế tiếp", null=True, blank=True)
    congress_ordinal = LineField("đại hội lần thứ", max_length=20, blank=True)
    legal_basis = LineField("căn cứ", max_length=200, default="Nhiệm kỳ 5 năm một lần")
    first_year = models.PositiveSmallIntegerField("năm đánh giá đầu tiên")
    last_year = models.PositiveSmallIntegerField("năm đánh giá cuối cùng")

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = "nhiệm kỳ"
        verbose_name_plural = "nhiệm kỳ"
        ordering = ["-first_year"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "label"], name="term_once", violation_error_message="Nhiệm kỳ này đã có."),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")),
                name="term_years_in_order",
                violation_error_message="Năm cuối không được trước năm đầu.",
            ),
        ]

    def __str__(self):
        return f"Nhiệm kỳ {self.label}"

    @property
    def years(self):
        return range(self.first_year, self.last_year + 1)


class Target(models.Model):
    """A target that the congress set for the term (chỉ tiêu nghị quyết)."""

    term = models.ForeignKey(Term, models.CASCADE, related_name="targets")
    indicator = models.CharField("chỉ tiêu", max_length=30, choices=Indicator)
    span = models.CharField("tính theo", max_length=20, choices=Span)
    operator = models.CharField("so sánh", max_length=10, choices=Operator)
    low = models.DecimalField("giá trị", max_digits=9, decimal_places=2)
    high = models.DecimalField("đến", max_digits=9, decimal_places=2, null=True, blank=True)
    base = models.CharField("tính trên", max_length=30, choices=Base, default=Base.NONE)
    wording = LineField("nguyên văn", max_length=400)
    source = LineField("nguồn", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    objects = OfTermQuerySet.as_manager()

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(operator=Operator.BETWEEN, high__isnull=False, high__gte=F("low"))
                | (~Q(operator=Operator.BETWEEN) & Q(high__isnull=True)),
                name="target_range_complete",
                violation_error_message="Chỉ tiêu từ … đến … phải có đủ hai đầu, đầu sau không nhỏ hơn đầu trước.",
            ),
            models.CheckConstraint(
                condition=Q(indicator=Indicator.ADMISSIONS, base=Base.NONE) | (~Q(indicator=Indicator.ADMISSIONS) & ~Q(base=Base.NONE)),
                name="target_share_names_its_base",
                violation_error_message="Chỉ tiêu tỷ lệ phải ghi rõ tính trên gì; chỉ tiêu kết nạp tính bằng số người.",
            ),
        ]

    def __str__(self):
        return self.wording

    @property
    def goal(self):
        """What is to be reached, in words and without its unit: "trên 95", "450 - 500", "từ 80"."""
        low = decimal(self.low)
        words = {Operator.MORE_THAN: f"trên {low}", Operator.EXACTLY: f"bằng {low}", Operator.BETWEEN: f"{low} - {decimal(self.high)}"}
        return words.get(self.operator, f"từ {low}")
