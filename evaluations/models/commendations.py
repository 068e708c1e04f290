from django.conf import settings
from django.db import models
from django.db.models import F, Q

from cells.enums import OrganisationKind
from cells.models.dated import Dated, dates_in_order
from evaluations.enums import AWARD_CHOICES, Award, AwardBasis, AwardSettingKey, CommendationState, Dossier
from evaluations.querysets import AwardSettingQuerySet, CommendationQuerySet, CommendationRoundQuerySet
from khoi_party.common.fields import ByteField, LineField, ProseField
from khoi_party.common.names import search_text


class CommendationRound(models.Model):
    """What one body proposes or gives at one time (đợt khen thưởng): its list, the vote on it, and the decision that came of it.

    `awarding_body` decides; None is the provincial committee outside the product, whose decision is recorded when it arrives.
    """

    body = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="commendation_rounds", verbose_name="cấp lập danh sách")
    awarding_body = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cấp khen thưởng")
    awarder_kind = models.CharField("loại cấp khen thưởng", max_length=30, choices=OrganisationKind)
    year = models.PositiveSmallIntegerField("năm xét")
    title = LineField("trích yếu", max_length=300)
    meeting_on = models.DateField("ngày họp", null=True, blank=True)
    members_total = models.PositiveSmallIntegerField("tổng số được triệu tập", null=True, blank=True)
    members_present = models.PositiveSmallIntegerField("có mặt", null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField("đồng ý", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("không đồng ý", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=12, choices=CommendationState, default=CommendationState.DRAFT)
    submission = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tờ trình")
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định khen thưởng")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    forwarded_at = models.DateTimeField(null=True, blank=True)
    forwarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")

    objects = CommendationRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt khen thưởng"
        verbose_name_plural = "đợt khen thưởng"
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["year", "state"], name="commendation_round_by_year")]
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=2014), name="commendation_year_known", violation_error_message="Chỉ xét khen thưởng từ năm 2014."
            ),
            models.CheckConstraint(
                condition=Q(members_present__isnull=True) | Q(members_total__isnull=True) | Q(members_present__lte=F("members_total")),
                name="commendation_present_within_total",
                violation_error_message="Số có mặt không được lớn hơn số được triệu tập.",
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True) | Q(votes_against__isnull=True) | Q(votes_for__lte=F("members_present") - F("votes_against")),
                name="commendation_votes_within_present",
                violation_error_message="Số đồng ý và không đồng ý cộng lại không được lớn hơn số có mặt.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(CommendationState.DRAFT,)) | Q(proposed_at__isnull=False, meeting_on__isnull=False, votes_for__isnull=False),
                name="commendation_proposed_has_vote",
                violation_error_message="Đợt đã trình phải có kết quả biểu quyết.",
            ),
            models.CheckConstraint(
                condition=~Q(state=CommendationState.ISSUED) | Q(issued_at__isnull=False, document__isnull=False),
                name="commendation_issued_has_document",
                violation_error_message="Quyết định khen thưởng phải có số, ngày và người ký.",
            ),
            models.CheckConstraint(
                condition=Q(awarding_body__isnull=True) | Q(issued_by__isnull=True) | ~Q(issued_by=F("proposed_by")),
                name="commendation_by_another_person",
                violation_error_message="Người trình không được ban hành quyết định khen thưởng.",
            ),
            models.CheckConstraint(
                condition=Q(forwarded_by__isnull=True) | ~Q(forwarded_by=F("proposed_by")),
                name="commendation_forwarded_by_another",
                violation_error_message="Người lập danh sách không được tự ký gửi cấp trên.",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def awarder_name(self):
        return self.awarding_body.committee_name if self.awarding_body_id else "Tỉnh ủy"

    @property
    def is_own(self):
        """Whether the body that lists also decides."""
        return self.awarding_body_id == self.body_id

    @property
    def is_writable(self):
        return self.state == CommendationState.DRAFT


class Commendation(models.Model):
    """One award of one subject in a round (khen thưởng). Once decided it is never changed: it may be revoked, and stays to be seen."""

    round = models.ForeignKey(CommendationRound, models.PROTECT, related_name="items")
    member = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="commendations")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, null=True, blank=True, related_name="commendations")
    place = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="+", verbose_name="tổ chức đảng")
    name = LineField("họ tên, tên gọi", max_length=200)
    place_name = LineField("tên tổ chức đảng khi đề nghị", max_length=420)
    sort_key = ByteField(max_length=400, default="")
    search_text = models.CharField(max_length=200, editable=False, default="")
    award = models.CharField("hình thức", max_length=12, choices=Award)
    basis = models.CharField("căn cứ", max_length=12, choices=AwardBasis)
    first_year = models.PositiveSmallIntegerField("từ năm")
    last_year = models.PositiveSmallIntegerField("đến năm")
    merit = LineField("thành tích", max_length=400, blank=True)
    dossier = models.JSONField("hồ sơ đã nhận", default=list, blank=True)
    reason = LineField("lý do vẫn đề nghị", max_length=400, blank=True)
    case_reason = LineField(max_length=400, blank=True)  # about an open case: only for those who see the case itself
    granted = models.BooleanField("được khen", null=True, blank=True)
    proof = models.JSONField("căn cứ từng năm", default=list, blank=True)
    multiplier = models.DecimalField("hệ số", max_digits=6, decimal_places=2, null=True, blank=True)
    base_salary = models.DecimalField("mức lương cơ sở", max_digits=12, decimal_places=0, null=True, blank=True)
    amount = models.DecimalField("tiền thưởng", max_digits=14, decimal_places=2, null=True, blank=True)
    money_source = ProseField("căn cứ tiền thưởng", blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    revoked_on = models.DateField("ngày thu hồi", null=True, blank=True)
    revocation_reason = LineField("lý do thu hồi", max_length=400, blank=True)
    revocation = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định thu hồi")

    objects = CommendationQuerySet.as_manager()

    class Meta:
        verbose_name = "khen thưởng"
        verbose_name_plural = "khen thưởng"
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=True, organisation__isnull=False) | Q(member__isnull=False, organisation__isnull=True),
                name="commendation_of_one",
            ),
            models.UniqueConstraint(
                fields=["round", "member"], name="commendation_member_once", violation_error_message="Đảng viên này đã có trong đợt."
            ),
            models.UniqueConstraint(
                fields=["round", "organisation"], name="commendation_organisation_once", violation_error_message="Tổ chức đảng này đã có trong đợt."
            ),
            models.CheckConstraint(
                condition=~Q(award=Award.FLAG) | Q(organisation__isnull=False),
                name="commendation_flag_for_organisations",
                violation_error_message="Cờ chỉ tặng tổ chức đảng.",
            ),
            models.CheckConstraint(condition=~Q(award=Award.BADGE), name="commendation_is_no_badge"),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="commendation_years_in_order"),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | (~Q(revocation_reason="") & Q(revocation__isnull=False, granted=True)),
                name="commendation_revoked_has_document",
                violation_error_message="Thu hồi phải có lý do và quyết định.",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(multiplier__isnull=False, base_salary__isnull=False), name="commendation_sum"
            ),
        ]

    def __str__(self):
        return f"{self.get_award_display()}, {self.get_basis_display().lower()}"

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self):
        self.search_text = search_text(self.name)[:200]

    @property
    def years(self):
        return f"{self.first_year}-{self.last_year}" if self.first_year != self.last_year else str(self.last_year)

    @property
    def dossier_words(self):
        """What was received of the dossier, in words."""
        return ", ".join(label.lower() for key, label in Dossier.choices if key in self.dossier)

    @property
    def is_standing(self):
        return self.granted is True and self.revoked_on is None


class AwardSetting(Dated):
    """A dated figure or rule that awards depend on, always with the document it comes from (mức tiền thưởng, cách tính năm)."""

    root = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="award_settings", verbose_name="đảng bộ")
    key = models.CharField("nội dung", max_length=20, choices=AwardSettingKey)
    value = models.DecimalField("giá trị", max_digits=12, decimal_places=2)
    document = models.ForeignKey("cells.Document", models.PROTECT, related_name="+", verbose_name="văn bản")

    objects = AwardSettingQuerySet.as_manager()

    class Meta:
        verbose_name = "mức tiền thưởng, cách tính năm"
        verbose_name_plural = "mức tiền thưởng, cách tính năm"
        ordering = ["key", "-valid_from", "-pk"]
        constraints = [
            dates_in_order("award_setting_dates_in_order"),
            models.UniqueConstraint(fields=["root", "key"], condition=Q(valid_to__isnull=True), name="award_setting_one_open"),
            models.CheckConstraint(
                condition=Q(key__in=AWARD_CHOICES, value__in=(0, 1)) | (~Q(key__in=AWARD_CHOICES) & Q(value__gt=0)),
                name="award_setting_value_known",
                violation_error_message="Giá trị phải lớn hơn 0.",
            ),
        ]
