from django.conf import settings
from django.db import models
from django.db.models import Q

from cells.enums import NumberState, PaperCode
from cells.paper_numbers import number_text
from cells.querysets import NumberSeriesQuerySet, RegisteredNumberQuerySet
from khoi_party.common.dates import date_text
from khoi_party.common.fields import LineField


class NumberSeries(models.Model):
    """What an organisation's numbers run through: a term of its own, or of its superior, or, without one, all days. The row that is locked."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="number_series", verbose_name="tổ chức đảng")
    term = models.ForeignKey("cells.Term", models.PROTECT, null=True, blank=True, related_name="number_series", verbose_name="nhiệm kỳ")

    objects = NumberSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "sổ đăng ký số văn bản đi"
        verbose_name_plural = "sổ đăng ký số văn bản đi"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "term"], name="number_series_of_term", violation_error_message="Nhiệm kỳ này đã có sổ."),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(term__isnull=True),
                name="number_series_open",
                violation_error_message="Đã có sổ chung cho khi chưa ghi nhiệm kỳ.",
            ),
        ]

    def __str__(self):
        return str(self.term) if self.term else "Chưa ghi nhiệm kỳ"


class RegisteredNumber(models.Model):
    """One number of the register (sổ đăng ký số văn bản đi): kept for a paper, used by one, or left out with a reason; never removed."""

    series = models.ForeignKey(NumberSeries, models.PROTECT, related_name="numbers", verbose_name="sổ")
    code = models.CharField("loại văn bản", max_length=5, choices=PaperCode)
    number = models.PositiveIntegerField("số")
    issuer_code = LineField("ký hiệu cơ quan", max_length=20, blank=True)
    state = models.CharField("tình trạng", max_length=10, choices=NumberState)
    title = LineField("trích yếu", max_length=400, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="registered_numbers", verbose_name="văn bản")
    reserved_for = LineField("lý do giữ số", max_length=200, blank=True)
    void_reason = LineField("lý do bỏ số", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    objects = RegisteredNumberQuerySet.as_manager()

    class Meta:
        verbose_name = "số văn bản"
        verbose_name_plural = "số văn bản"
        ordering = ["series", "code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "code", "number"], name="number_once", violation_error_message="Số này đã có trong sổ."),
            models.CheckConstraint(condition=Q(number__gte=1), name="number_from_one", violation_error_message="Số văn bản bắt đầu từ 01."),
            models.CheckConstraint(
                condition=~Q(state=NumberState.USED) | (Q(issued_on__isnull=False) & ~Q(title="")),
                name="number_used_by_a_paper",
                violation_error_message="Số đã dùng phải có ngày ban hành và trích yếu của văn bản.",
            ),
            models.CheckConstraint(
                condition=~Q(state=NumberState.RESERVED) | ~Q(reserved_for=""),
                name="number_reserved_for_a_reason",
                violation_error_message="Hãy ghi lý do giữ số.",
            ),
            models.CheckConstraint(
                condition=~Q(state=NumberState.VOID) | ~Q(void_reason=""),
                name="number_void_has_reason",
                violation_error_message="Hãy ghi lý do bỏ số.",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def organisation(self):
        return self.series.organisation

    @property
    def label(self):
        """The number and symbol as the paper carries them: 12-QĐ/ĐUK."""
        return number_text(self.number, self.code, self.issuer_code)

    @property
    def is_free(self):
        return self.state == NumberState.RESERVED

    @property
    def may_be_void(self):
        """What a paper on record carries stays used."""
        return self.state != NumberState.VOID and self.document_id is None

    @property
    def warnings(self):
        """Vietnamese sentences that stand against nothing: practice differs, so a number out of the order of days is only pointed out."""
        if self.state != NumberState.USED:
            return []
        latest = self.day_before if hasattr(self, "day_before") else self._meta.model.objects.with_day_before().get(pk=self.pk).day_before
        if latest is None or latest <= self.issued_on:
            return []
        return [f"Số {self.label} ghi ngày {date_text(self.issued_on)}, trước ngày của một số nhỏ hơn ({date_text(latest)})."]
