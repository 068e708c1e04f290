import hashlib
import json

from django.conf import settings
from django.db import models

from khoi_party.common.fields import ByteField

from .append_only import AppendOnly


class AuditEntryQuerySet(models.QuerySet):
    def about(self, obj):
        return self.filter(object_type=obj._meta.label_lower, object_id=obj.pk)


class AuditEntry(AppendOnly):
    """One act of one person (mục nhật ký), chained to the one before it by its hash."""

    number = models.PositiveBigIntegerField("số thứ tự", unique=True)
    at = models.DateTimeField("lúc")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+", verbose_name="người thực hiện")
    actor_name = models.CharField("họ tên người thực hiện", max_length=120)
    action = models.CharField("hành động", max_length=60)
    summary = models.CharField("nội dung", max_length=400, blank=True)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)  # no foreign key: the trail lies below the organisations
    organisation_path = ByteField(max_length=60, blank=True)
    on_behalf = models.BooleanField("thay mặt, theo phiếu giấy", default=False)
    note = models.TextField("lý do", blank=True)
    text = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AuditEntryQuerySet.as_manager()

    CHAINED = (
        "number",
        "actor_id",
        "actor_name",
        "action",
        "summary",
        "object_type",
        "object_id",
        "organisation_id",
        "organisation_path",
        "on_behalf",
        "note",
        "text",
        "previous_hash",
    )

    class Meta:
        verbose_name = "mục nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-number"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "number"], name="entry_by_object"),
            models.Index(fields=["organisation_path", "number"], name="entry_by_path"),
            models.Index(fields=["actor", "number"], name="entry_by_actor"),
        ]

    def __str__(self):
        return self.summary or self.action

    def computed_hash(self):
        """sha256 over the canonical text of all that the entry says, the previous entry's hash included."""
        said = {name: getattr(self, name) for name in self.CHAINED}
        said["at"] = self.at.isoformat(timespec="microseconds")
        return hashlib.sha256(canonical(said).encode()).hexdigest()


class AuditHead(models.Model):
    """The last link of the chain: one row, locked last by every change."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    class Meta:
        verbose_name = "đầu chuỗi nhật ký"
        verbose_name_plural = "đầu chuỗi nhật ký"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="audit_head_is_one_row")]


def canonical(data):
    """One text for one content: keys sorted, no spaces, everything that is not a JSON type as its string."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
