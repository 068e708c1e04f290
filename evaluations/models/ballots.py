from django.conf import settings
from django.db import models
from django.db.models import F, Q

from evaluations.ballots import LEVELS as ALL_LEVELS
from evaluations.ballots import Line, Threshold, Totals, base_count, base_words
from evaluations.enums import BallotBase, BallotMeeting, BallotState, Subject
from evaluations.querysets import BallotRoundQuerySet
from khoi_party.common.fields import LineField

from .cycles import Cycle
from .reviews import LEVELS, Review, ReviewSheet


class BallotRound(models.Model):
    """One secret ballot on paper (lần bỏ phiếu): who voted on whom, by which threshold, as it was then.

    With a `sheet` a unit votes on its own rows; without one a body votes on the rows that it decides.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="ballots")
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="ballots", verbose_name="nơi bỏ phiếu")
    sheet = models.ForeignKey(ReviewSheet, models.PROTECT, null=True, blank=True, related_name="ballots")
    subject = models.CharField("đối tượng", max_length=12, choices=Subject)
    meeting = models.CharField("hội nghị", max_length=10, choices=BallotMeeting)
    held_on = models.DateField("ngày họp")
    number = models.PositiveSmallIntegerField("lần bỏ phiếu", default=1)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    reason = LineField("lý do kiểm lại", max_length=400, blank=True)
    eligible = models.PositiveSmallIntegerField("số người có quyền bỏ phiếu")
    spare = models.PositiveSmallIntegerField("phiếu dự phòng", default=0)
    base = models.CharField("tính trên", max_length=10, choices=BallotBase)
    part = models.PositiveSmallIntegerField()
    whole = models.PositiveSmallIntegerField()
    at_least = models.BooleanField()
    is_set = models.BooleanField()  # whether the root had fixed base and share, or the program's own were taken
    slots = models.PositiveSmallIntegerField()  # how many people key the count
    chair = LineField("chủ tọa", max_length=120, blank=True)
    secretary = LineField("thư ký", max_length=120, blank=True)
    head_teller = LineField("tổ trưởng kiểm phiếu", max_length=120, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=BallotState, default=BallotState.OPEN)
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="biên bản kiểm phiếu")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = BallotRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "lần bỏ phiếu"
        verbose_name_plural = "lần bỏ phiếu"
        constraints = [
            models.CheckConstraint(condition=Q(slots__in=(1, 2)), name="ballot_one_or_two_keyers"),
            models.CheckConstraint(condition=Q(part__lt=F("whole"), part__gt=0), name="ballot_share_is_a_share"),
            models.CheckConstraint(
                condition=Q(state=BallotState.OPEN) | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="ballot_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state=BallotState.OPEN) | Q(slots=2) | Q(document__isnull=False),
                name="ballot_confirmed_by_minutes",
                violation_error_message="Kết quả kiểm phiếu phải có biên bản đã ký: hãy ghi số, ngày biên bản.",
            ),
            models.CheckConstraint(
                condition=Q(eligible__gt=0),
                name="ballot_has_voters",
                violation_error_message="Không có ai có quyền bỏ phiếu.",
            ),
        ]

    def __str__(self):
        return f"Lần {self.number}, họp ngày {self.held_on:%d/%m/%Y}"

    @property
    def is_open(self):
        return self.state == BallotState.OPEN

    @property
    def threshold(self):
        return Threshold(self.base, self.part, self.whole, self.at_least)

    @property
    def voters(self):
        """Who votes at such a meeting, as a word in the sentence of a result."""
        return {BallotMeeting.CELL: "đảng viên chính thức", BallotMeeting.COMMITTEE: "cấp ủy viên"}.get(self.meeting, "ủy viên ban thường vụ")

    @property
    def threshold_words(self):
        return f"{self.threshold.share_words} số {base_words(self.base, self.voters)}"

    @property
    def papers(self):
        """How many papers are printed."""
        return self.eligible + self.spare


class BallotSubject(models.Model):
    """One line of the ballot paper: a row that is voted on, with the levels that the paper offers for it, and what came out."""

    round = models.ForeignKey(BallotRound, models.CASCADE, related_name="subjects")
    review = models.ForeignKey(Review, models.PROTECT, related_name="ballot_subjects")
    levels = models.CharField(max_length=4, default="1234")
    result = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = "dòng trên phiếu"
        verbose_name_plural = "dòng trên phiếu"
        constraints = [
            models.UniqueConstraint(fields=["round", "review"], name="ballot_subject_once"),
            models.CheckConstraint(condition=Q(result__isnull=True) | Q(result__range=LEVELS), name="ballot_result_known"),
        ]

    @property
    def allowed(self):
        return tuple(level for level in ALL_LEVELS if str(level) in self.levels)


class BallotCount(models.Model):
    """What one person keyed of a count (kết quả kiểm phiếu). Two of them, by two people, where two must agree."""

    round = models.ForeignKey(BallotRound, models.CASCADE, related_name="counts")
    slot = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    on_behalf = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)
    present = models.PositiveSmallIntegerField("có mặt")
    issued = models.PositiveSmallIntegerField("phiếu phát ra")
    collected = models.PositiveSmallIntegerField("phiếu thu về")
    valid = models.PositiveSmallIntegerField("phiếu hợp lệ")
    invalid = models.PositiveSmallIntegerField("phiếu không hợp lệ")
    printed = models.PositiveSmallIntegerField("phiếu đã in", null=True, blank=True)
    unused = models.PositiveSmallIntegerField("phiếu không dùng", null=True, blank=True)

    class Meta:
        verbose_name = "kết quả kiểm phiếu"
        verbose_name_plural = "kết quả kiểm phiếu"
        ordering = ["slot"]
        constraints = [
            models.UniqueConstraint(fields=["round", "slot"], name="count_slot_once"),
            models.UniqueConstraint(
                fields=["round", "by"],
                name="count_by_two_people",
                violation_error_message="Hai lần nhập phải do hai người khác nhau.",
            ),
            models.CheckConstraint(condition=Q(slot__in=(1, 2)), name="count_slot_known"),
            models.CheckConstraint(
                condition=Q(collected__lte=F("issued"), issued__lte=F("present")),
                name="count_papers_in_order",
                violation_error_message="Thu về ≤ phát ra ≤ có mặt.",
            ),
            models.CheckConstraint(
                condition=Q(collected=F("valid") + F("invalid")),
                name="count_papers_add_up",
                violation_error_message="Hợp lệ + không hợp lệ phải bằng thu về.",
            ),
            models.CheckConstraint(
                condition=Q(printed__isnull=True, unused__isnull=True) | Q(printed=F("issued") + F("unused")),
                name="count_spare_papers_add_up",
                violation_error_message="Phát ra + không dùng phải bằng số đã in.",
            ),
        ]

    @property
    def totals(self):
        return Totals(self.present, self.issued, self.collected, self.valid, self.invalid, self.printed, self.unused)

    def base_count(self, ballot):
        return base_count(ballot.base, self.totals, ballot.eligible)


class BallotLine(models.Model):
    """The votes on one subject in one count: a number per level, and the papers that say nothing (không ghi ý kiến)."""

    count = models.ForeignKey(BallotCount, models.CASCADE, related_name="lines")
    subject = models.ForeignKey(BallotSubject, models.CASCADE, related_name="lines")
    votes_1 = models.PositiveSmallIntegerField()
    votes_2 = models.PositiveSmallIntegerField()
    votes_3 = models.PositiveSmallIntegerField()
    votes_4 = models.PositiveSmallIntegerField()
    silent = models.PositiveSmallIntegerField("không ghi ý kiến")

    class Meta:
        verbose_name = "số phiếu"
        verbose_name_plural = "số phiếu"
        constraints = [models.UniqueConstraint(fields=["count", "subject"], name="ballot_line_once")]

    @property
    def line(self):
        return Line((self.votes_1, self.votes_2, self.votes_3, self.votes_4), self.silent)
