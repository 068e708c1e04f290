from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cells.models.dated import Dated, dates_in_order
from khoi_party.audit.append_only import AppendOnly
from khoi_party.common.fields import ByteField, LineField
from khoi_party.common.names import person_sort_key, search_text

from .enums import ACTIVE_STATES, EventKind, Gender, MembershipKind, MemberState, Post
from .querysets import MemberQuerySet, MembershipEventQuerySet, MembershipQuerySet, SeatQuerySet


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


class Membership(Dated):
    """In which cell a member was in a span of time (sinh hoạt đảng): the stored consequence of the events."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="memberships")
    cell = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="memberships")
    kind = models.CharField(max_length=10, choices=MembershipKind, default=MembershipKind.OFFICIAL)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "sinh hoạt đảng"
        verbose_name_plural = "sinh hoạt đảng"
        ordering = ["valid_from"]
        indexes = [models.Index(fields=["cell", "valid_from"], name="membership_by_cell")]
        constraints = [
            dates_in_order("membership_dates_in_order"),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(valid_to__isnull=True, kind=MembershipKind.OFFICIAL),
                name="membership_one_open_official",
                violation_error_message="Đảng viên này đang sinh hoạt chính thức ở một chi bộ.",
            ),
        ]


class MembershipEvent(AppendOnly):
    """What happened to a membership on a day (biến động): written once, taken back only by a counter-event with a reason."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="events")
    kind = models.CharField("biến động", max_length=20, choices=EventKind)
    effective_on = models.DateField("ngày có hiệu lực")
    sequence = models.PositiveSmallIntegerField(default=1)
    from_cell = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="từ chi bộ")
    to_cell = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đến chi bộ")
    outside = LineField("nơi chuyển đến hoặc chuyển đi ngoài đảng bộ", max_length=200, blank=True)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản")
    note = LineField("ghi chú", max_length=400, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    objects = MembershipEventQuerySet.as_manager()

    class Meta:
        verbose_name = "biến động đảng viên"
        verbose_name_plural = "biến động đảng viên"
        ordering = ["effective_on", "sequence", "pk"]
        indexes = [models.Index(fields=["kind", "effective_on"], name="event_by_kind")]
        constraints = [models.UniqueConstraint(fields=["member", "effective_on", "sequence"], name="event_order_in_day")]


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
