from django.conf import settings
from django.db import models
from django.db.models import Q

from khoi_party.common.fields import LineField
from members.enums import ImportJob, ImportPurpose, ImportState, RowKind
from members.imports.columns import BY_KEY
from members.imports.preview import IDENTIFYING
from members.imports.rows import shown
from members.querysets import ImportBatchQuerySet, ImportRowQuerySet

from .people import Member, masked


class ImportBatch(models.Model):
    """A list of members from Excel (lần nhập): the file until it is dealt with, its columns, what it would do, what it did.

    Between the states a worker may be at it: `job` names the work, `heartbeat_at` is empty while it waits. This row is the job's truth.
    """

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="import_batches", verbose_name="phạm vi của danh sách")
    cell = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chi bộ của cả tệp")
    purpose = models.CharField("mục đích", max_length=12, choices=ImportPurpose, default=ImportPurpose.LOAD)
    as_of = models.DateField("danh sách đúng đến ngày")
    state = models.CharField("trạng thái", max_length=12, choices=ImportState, default=ImportState.UPLOADED)
    file = models.FileField("tệp", upload_to="imports/", blank=True)
    file_name = LineField("tên tệp", max_length=120)
    sha256 = models.CharField(max_length=64, editable=False)
    row_count = models.PositiveIntegerField("số dòng của tệp", default=0)
    sheet = models.PositiveSmallIntegerField("trang tính", default=0)
    header_first = models.PositiveIntegerField("dòng tiêu đề đầu", default=0)
    header_last = models.PositiveIntegerField("dòng tiêu đề cuối", default=0)
    titles = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField("tải lên lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name="người tải lên")
    applied_at = models.DateTimeField("ghi vào lúc", null=True, blank=True)
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", verbose_name="người ghi")
    undone_at = models.DateTimeField("lấy lại lúc", null=True, blank=True)
    reason = LineField("lý do sửa thông tin đã chứng nhận", max_length=400, blank=True)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản")
    job = models.CharField(max_length=8, choices=ImportJob, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(default=0)
    failure = LineField("vì sao không xong", max_length=300, blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập danh sách"
        verbose_name_plural = "các lần nhập danh sách"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=(ImportState.APPLIED, ImportState.UNDONE)) | Q(applied_at__isnull=False),
                name="import_applied_has_time",
            ),
            models.CheckConstraint(condition=~Q(state=ImportState.UNDONE) | Q(undone_at__isnull=False), name="import_undone_has_time"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="import_progress_in_percent"),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()}, {self.organisation}"

    @property
    def is_working(self):
        return bool(self.job)

    @property
    def is_reconciliation(self):
        return self.purpose == ImportPurpose.RECONCILE


class ImportRow(models.Model):
    """One row of a list and its fate. `changes` is {field: [old, new]}; `reasons` and `warnings` are [column, sentence]; `raw` the cells of a
    refused row. `member` is whom it means or made; `version` that record's version before it is applied, and the one it left after."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("dòng")
    kind = models.CharField("kết quả", max_length=8, choices=RowKind)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    arrived = models.JSONField(default=list)
    raw = models.JSONField(default=list)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="import_rows")
    cell = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(null=True, blank=True)
    applied_at = models.DateTimeField("đã ghi lúc", null=True, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng của danh sách"
        verbose_name_plural = "các dòng của danh sách"
        ordering = ["number"]
        indexes = [models.Index(fields=["batch", "kind", "number"], name="import_row_by_kind")]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once")]

    @property
    def name(self):
        return self.values.get("full_name") or "Chưa đọc được họ tên"

    @property
    def born(self):
        return shown("born_on", self.values["born_on"]) if self.values.get("born_on") else ""

    @property
    def differences(self):
        """(what, old, new) of each change, as people read it."""
        return [(BY_KEY[key].label, self._said(key, old), self._said(key, new)) for key, (old, new) in self.changes.items()]

    @staticmethod
    def _said(key, value):
        """Numbers masked as everywhere, choices in words."""
        choices = dict(Member._meta.get_field(key).choices or ())
        return masked(value) if key in IDENTIFYING and value else str(choices.get(value) or shown(key, value))


class ColumnMapping(models.Model):
    """How the columns of a form were matched before, per organisation: the same headings are matched so again."""

    organisation = models.ForeignKey("cells.Organisation", models.CASCADE, related_name="+")
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "cách ghép cột"
        verbose_name_plural = "cách ghép cột"
        constraints = [models.UniqueConstraint(fields=["organisation", "signature"], name="column_mapping_once")]
