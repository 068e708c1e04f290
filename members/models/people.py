import calendar
from datetime import date

from django.db import models
from django.db.models import F, Q

from khoi_party.common.fields import ByteField, LineField
from khoi_party.common.names import person_sort_key, search_text
from members.enums import ACTIVE_STATES, Background, Education, Gender, MemberState, Precision, TheoryLevel
from members.querysets import MemberQuerySet
from members.record_rules import identity_number_shape


class Member(models.Model):
    """A Party member (đảng viên): identity and Party dates. The lý lịch is a secret file and stays outside."""

    full_name = LineField("họ và tên", max_length=120)
    birth_name = LineField("họ và tên khai sinh", max_length=120, blank=True)
    gender = models.CharField("giới tính", max_length=10, choices=Gender)
    born_on = models.DateField("ngày sinh", null=True, blank=True)
    born_precision = models.CharField("ngày sinh biết đến", max_length=5, choices=Precision, default=Precision.DAY)
    ethnicity = LineField("dân tộc", max_length=40, default="Kinh")
    religion = LineField("tôn giáo", max_length=40, blank=True, help_text="Để trống nếu không theo tôn giáo nào.")
    home_town = LineField("quê quán", max_length=200, blank=True)
    identity_number = LineField("số căn cước", max_length=12, blank=True, validators=[identity_number_shape])
    general_education = LineField("giáo dục phổ thông", max_length=40, blank=True, help_text="Ví dụ: 12/12.")
    education = models.CharField("trình độ chuyên môn", max_length=12, choices=Education, blank=True)
    speciality = LineField("chuyên ngành", max_length=120, blank=True)
    theory_level = models.CharField("lý luận chính trị", max_length=12, choices=TheoryLevel, blank=True)
    foreign_language = LineField("ngoại ngữ", max_length=80, blank=True)
    occupation_before = LineField("nghề nghiệp trước khi vào Đảng", max_length=120, blank=True)
    background = models.CharField("bộ đội, công an, hưu trí", max_length=10, choices=Background, blank=True)
    cell = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="members", verbose_name="chi bộ")
    position = LineField("chức vụ, công việc", max_length=200, blank=True)
    is_civil_servant = models.BooleanField("là cán bộ, công chức, viên chức", default=True)
    decided_on = models.DateField("ngày quyết định kết nạp", null=True, blank=True)
    decided_precision = models.CharField("ngày quyết định kết nạp biết đến", max_length=5, choices=Precision, default=Precision.DAY)
    admitted_on = models.DateField("ngày vào Đảng (lễ kết nạp)")
    admitted_precision = models.CharField("ngày vào Đảng biết đến", max_length=5, choices=Precision, default=Precision.DAY)
    official_on = models.DateField("ngày chính thức", null=True, blank=True)
    official_precision = models.CharField("ngày chính thức biết đến", max_length=5, choices=Precision, default=Precision.DAY)
    card_number = LineField("số thẻ đảng viên", max_length=20, blank=True, help_text="Ví dụ: 12.345678.")
    card_issued_on = models.DateField("ngày cấp thẻ", null=True, blank=True)
    record_number = LineField("số lý lịch", max_length=12, blank=True, help_text="Sáu chữ số và một đến ba chữ cái, ví dụ: 012345VP.")
    state = models.CharField("tình trạng", max_length=20, choices=MemberState)
    is_exempt = models.BooleanField("được miễn công tác và sinh hoạt đảng", default=False, editable=False)
    is_suspended = models.BooleanField("bị đình chỉ sinh hoạt đảng", default=False, editable=False)
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
            models.UniqueConstraint(
                fields=["record_number"],
                condition=~Q(record_number=""),
                name="member_record_unique",
                violation_error_message="Số lý lịch này đã có trong danh sách.",
            ),
            models.UniqueConstraint(
                fields=["identity_number"],
                condition=~Q(identity_number=""),
                name="member_identity_unique",
                violation_error_message="Số căn cước này đã có trong danh sách.",
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
        self.search_text = search_text(self.full_name)[:200]

    @property
    def masked_card_number(self):
        return masked(self.card_number)

    @property
    def masked_record_number(self):
        return masked(self.record_number)

    @property
    def masked_identity_number(self):
        return masked(self.identity_number)

    @property
    def born_text(self):
        return partial_date_text(self.born_on, self.born_precision)

    @property
    def decided_text(self):
        return partial_date_text(self.decided_on, self.decided_precision)

    @property
    def admitted_text(self):
        return partial_date_text(self.admitted_on, self.admitted_precision)

    @property
    def official_text(self):
        return partial_date_text(self.official_on, self.official_precision)

    @property
    def is_active(self):
        return self.state in ACTIVE_STATES


def masked(number):
    """A number with all but its last three signs hidden."""
    return "•" * (len(number) - 3) + number[-3:] if len(number) > 3 else "•" * len(number)


def partial_date_text(day, precision):
    """A date as far as it is known: 03/02/1985, 02/1985 or 1985; "" for None."""
    if day is None:
        return ""
    return {Precision.YEAR: f"{day.year}", Precision.MONTH: f"{day.month:02d}/{day.year}"}.get(precision, f"{day.day:02d}/{day.month:02d}/{day.year}")


def known_date(day, precision):
    """A date as a list exports it: a real date where all of it is known, else the text of what is; None for None."""
    return day if day is None or precision == Precision.DAY else partial_date_text(day, precision)


def first_of(day, precision):
    """The first day of what is known of `day`: what is stored of a date known in part."""
    if day is None or precision == Precision.DAY:
        return day
    return day.replace(month=1, day=1) if precision == Precision.YEAR else day.replace(day=1)


def last_of(day, precision):
    """The last day that a date known in part may mean."""
    if day is None or precision == Precision.DAY:
        return day
    month = 12 if precision == Precision.YEAR else day.month
    return date(day.year, month, calendar.monthrange(day.year, month)[1])
