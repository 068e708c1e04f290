from django.conf import settings
from django.db import models
from django.db.models import Q

from cells.enums import DocumentKind
from cells.querysets import DatedSettingQuerySet, DocumentQuerySet
from khoi_party.common.fields import LineField

from .dated import Dated, dates_in_order


class Document(models.Model):
    """A paper that proves something (văn bản): every decision number in the product points to one."""

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="documents", verbose_name="nơi lưu")
    kind = models.CharField("loại văn bản", max_length=20, choices=DocumentKind)
    number = LineField("số, ký hiệu", max_length=60)
    issued_on = models.DateField("ngày ban hành")
    issuer = LineField("cơ quan ban hành", max_length=200)
    signer = LineField("người ký", max_length=120, blank=True)
    title = LineField("trích yếu", max_length=400, blank=True)
    file = models.FileField("tệp", upload_to="documents/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        indexes = [models.Index(fields=["organisation", "kind", "issued_on"], name="document_by_place")]

    def __str__(self):
        return f"{self.get_kind_display()} số {self.number}, ngày {self.issued_on:%d/%m/%Y}"


class DatedSetting(Dated):
    """A local rule with dates and its document (thiết lập có thời hạn): quota base, who decides, thresholds."""

    class Key(models.TextChoices):
        QUOTA_MEMBERS = "quota_members", "Trần hoàn thành xuất sắc nhiệm vụ: đảng viên"
        QUOTA_ORGANISATIONS = "quota_organisations", "Trần hoàn thành xuất sắc nhiệm vụ: tổ chức đảng"
        MEMBERS_DECIDED_BY = "members_decided_by", "Cấp quyết định xếp loại đảng viên"
        DECISION_MAJORITY = "decision_majority", "Tỷ lệ đồng ý để ban hành quyết định xếp loại"
        ESCALATION = "escalation", "Quá hạn bao nhiêu ngày làm việc thì báo lên cấp trên nữa"
        BALLOT_MAJORITY = "ballot_majority", "Bỏ phiếu kín xếp loại: tính trên gì, bao nhiêu là đạt"
        MEETING_SCORE = "meeting_score", "Phiếu chấm điểm sinh hoạt chi bộ"
        STUDY_TOPIC = "study_topic", "Chuyên đề học tập của năm"
        SCORE_MEMBER = "score_member", "Phiếu chấm điểm: đảng viên không giữ chức vụ lãnh đạo, quản lý"
        SCORE_LEADER = "score_leader", "Phiếu chấm điểm: đảng viên giữ chức vụ lãnh đạo, quản lý"
        SCORE_CELL = "score_cell", "Phiếu chấm điểm: chi bộ"
        SCORE_COMMITTEE = "score_committee", "Phiếu chấm điểm: đảng bộ"
        DEMO = "demo", "Dữ liệu minh họa"
        PLACE_NAME = "place_name", "Địa danh trên văn bản"

    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="settings", verbose_name="đảng bộ")
    key = models.CharField("thiết lập", max_length=40, choices=Key)
    value = models.JSONField("giá trị")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản xác nhận")

    objects = DatedSettingQuerySet.as_manager()

    class Meta:
        verbose_name = "thiết lập"
        verbose_name_plural = "thiết lập"
        constraints = [
            dates_in_order("setting_dates_in_order"),
            models.UniqueConstraint(
                fields=["organisation", "key"],
                condition=Q(valid_to__isnull=True),
                name="setting_one_open",
                violation_error_message="Thiết lập này đang có hiệu lực; hãy kết thúc trước khi đặt giá trị mới.",
            ),
        ]

    def __str__(self):
        return self.get_key_display()
