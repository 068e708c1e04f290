from django.db import models
from django.db.models import F, Q

from khoi_party.common.fields import ByteField, LineField
from khoi_party.common.names import person_sort_key, search_text
from members.enums import ACTIVE_STATES, Gender, MemberState
from members.querysets import MemberQuerySet


class Member(models.Model):
    """A Party member (đảng viên): identity and Party dates. The lý lịch is a secret file and stays outside."""

    full_name = LineField("họ và tên", max_length=120)
    gender = models.CharField("giới tính", max_length=10, choices=Gender)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    ethnicity = LineField("dân tộc", max_length=40, default="Kinh")
    cell = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="members", verbose_name="chi bộ")
    position = LineField("chức vụ, công việc", max_length=200, blank=True)
    is_civil_servant = models.BooleanField("là cán bộ, công chức, viên chức", default=True)
    decided_on = models.DateField("ngày quyết định kết nạp", null=True, blank=True)
    admitted_on = models.DateField("ngày vào Đảng (lễ kết nạp)")
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    card_number = LineField("số thẻ đảng viên", max_length=20, blank=True, help_text="Ví dụ: 12.345678.")
    state = models.CharField("tình trạng", max_length=20, choices=MemberState)
    is_exempt = models.BooleanField("được miễn công tác và sinh hoạt đảng", default=False, editable=False)
    sort_key = ByteField(max_length=400, editable=False, default="")
    search_text = models.CharField(max_length=200, editable=False, default="")
    version = models.PositiveIntegerField(default=1, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_records", verbose_name="đã gộp vào"
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = "đảng viên"
        verbose_name_plural = "đảng viên"
        indexes = [
            models.Index(fields=["cell", "sort_key"], name="member_by_cell"),
            models.Index(fields=["state", "sort_key"], name="member_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["card_number"],
                condition=~Q(card_number=""),
                name="member_card_unique",
                violation_error_message="Số thẻ đảng viên này đã có trong danh sách.",
            ),
            models.CheckConstraint(
                condition=Q(official_on__isnull=True) | Q(official_on__gt=F("admitted_on")),
                name="member_official_after_admission",
                violation_error_message="Ngày chính thức phải sau ngày vào Đảng.",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True) | Q(decided_on__lte=F("admitted_on")),
                name="member_decision_before_ceremony",
                violation_error_message="Ngày quyết định kết nạp không được sau ngày tổ chức lễ kết nạp.",
            ),
            models.CheckConstraint(
                condition=Q(born_on__isnull=True) | Q(born_on__lt=F("admitted_on")),
                name="member_born_before_admission",
                violation_error_message="Ngày sinh phải trước ngày vào Đảng.",
            ),
            models.CheckConstraint(
                condition=~Q(state=MemberState.OFFICIAL) | Q(official_on__isnull=False),
                name="member_official_has_date",
                violation_error_message="Đảng viên chính thức phải có ngày chính thức.",
            ),
        ]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self):
        self.sort_key = person_sort_key(self.full_name)
        self.search_text = search_text(f"{self.full_name} {self.card_number}")[:200]

    @property
    def is_active(self):
        return self.state in ACTIVE_STATES
