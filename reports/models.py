from django.conf import settings
from django.db import models
from django.db.models import Q

from khoi_party.audit.append_only import AppendOnly, FrozenRows, changed_columns
from khoi_party.common.dates import today
from khoi_party.common.fields import LineField, ProseField
from reports.enums import ACTIVE_STATES, Circulation, FileFormat, PaperKind, PaperState, Step, Urgency
from reports.querysets import PaperQuerySet

IS_ISSUED = "SELECT 1 FROM reports_paper WHERE id = {row}.paper_id AND issued_at IS NOT NULL AND state = 'done'"
GIVEN_WHEN_ISSUED = (
    *("kind", "organisation_id", "about_key", "number", "issued_on", "signer_position", "signer_name", "board_id"),
    *("for_meeting", "circulation", "urgency", "two_sided", "issued_at", "issued_by_id"),
)


def rows_of_issued():
    """When a row that belongs to a paper may no longer be added, changed or taken away: once the paper is issued and set."""
    old, new = (f"EXISTS ({IS_ISSUED.format(row=row)})" for row in ("OLD", "NEW"))
    return {"INSERT": new, "UPDATE": f"{old} OR {new}", "DELETE": old}


class Paper(FrozenRows):
    """A paper that was asked for, its making and its issue: this row is the job, a broker's message only wakes a worker.

    `figures` is what it was written from, canonical text. Until it is issued the paper is a draft, whose figures may be read anew; once
    it is issued (number, day and signer given) its figures, words and files never change.
    """

    kind = models.CharField("loại văn bản", max_length=30, choices=PaperKind)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="papers", verbose_name="cơ quan ban hành")
    term = models.ForeignKey("cells.Term", models.PROTECT, null=True, blank=True, related_name="papers", verbose_name="nhiệm kỳ")
    cycle = models.ForeignKey("evaluations.Cycle", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="năm đánh giá")
    sheet = models.ForeignKey("evaluations.ReviewSheet", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bảng xếp loại")
    registration = models.ForeignKey("evaluations.Registration", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản đăng ký")
    ballot = models.ForeignKey("evaluations.BallotRound", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="lần bỏ phiếu")
    decision = models.ForeignKey("evaluations.Decision", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định")
    round = models.ForeignKey(
        "evaluations.CommendationRound", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="đợt khen thưởng"
    )
    as_of = models.DateField("số liệu đến ngày", null=True, blank=True)
    about_key = models.CharField(max_length=40, default="")  # the row above as text: two empty columns are never equal to a database
    options = models.JSONField(default=dict, blank=True)  # how it is printed: offsets of a pre-printed blank
    number = models.PositiveSmallIntegerField("số", null=True, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer_position = LineField("chức vụ người ký", max_length=60, blank=True)
    signer_name = LineField("họ và tên người ký", max_length=120, blank=True)
    recipients = models.JSONField("nơi nhận", default=list, blank=True)
    grounds = models.JSONField("căn cứ khác", default=list, blank=True)
    board = models.ForeignKey("cells.AdvisingBoard", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ban ban hành")
    for_meeting = models.BooleanField("tài liệu hội nghị", default=False)
    circulation = models.CharField("phạm vi lưu hành", max_length=20, choices=Circulation, blank=True)
    urgency = models.CharField("mức độ khẩn", max_length=20, choices=Urgency, blank=True)
    two_sided = models.BooleanField("in hai mặt", default=False)
    issued_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name="người ban hành")
    state = models.CharField("trạng thái", max_length=12, choices=PaperState, default=PaperState.QUEUED)
    requested_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name="người yêu cầu")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, null=True, blank=True, related_name="+", verbose_name="người yêu cầu lập lại"
    )
    queued_at = models.DateTimeField()  # when it took its place in the queue
    sent_at = models.DateTimeField(null=True, blank=True)  # when a worker was last told of it; the sweep tells again what nobody took
    started_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)  # only ever counted up: an older number has lost the paper
    tries = models.PositiveSmallIntegerField(default=0)  # since a person last asked
    edition = models.PositiveSmallIntegerField("dự thảo lần", default=1)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField("công đoạn", max_length=12, choices=Step, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    parts_done = models.PositiveIntegerField(default=0)  # of a step that goes part by part
    parts_of = models.PositiveIntegerField(default=0)
    failure = LineField("vì sao không lập được", max_length=300, blank=True)
    finished_at = models.DateTimeField("lập xong lúc", null=True, blank=True)
    keeps_figures = models.BooleanField(default=False)  # the next making sets the frozen figures anew instead of reading
    figures = models.TextField(blank=True)
    figures_sha256 = models.CharField(max_length=64, blank=True)
    figures_read_at = models.DateTimeField("số liệu đọc lúc", null=True, blank=True)
    pages = models.PositiveSmallIntegerField("số trang", default=0)

    FROZEN_WHEN = {
        "UPDATE": f"OLD.issued_at IS NOT NULL AND (OLD.state = 'done' OR {changed_columns(*GIVEN_WHEN_ISSUED)})",
        "DELETE": "OLD.issued_at IS NOT NULL",
    }
    ABOUT = ("term__organisation", "cycle__root", "sheet__cycle", "registration__cycle", "ballot__cycle", "decision__cycle", "round__body")

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        verbose_name_plural = "văn bản"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "queued_at"], name="paper_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organisation", "about_key", "requested_by"],
                condition=Q(state__in=ACTIVE_STATES),
                name="paper_once_at_a_time",
                violation_error_message="Văn bản này đang được lập theo yêu cầu của đồng chí.",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.DONE) | (Q(finished_at__isnull=False) & ~Q(figures="")),
                name="paper_done_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(issued_at__isnull=True)
                | (Q(issued_by__isnull=False, number__isnull=False, issued_on__isnull=False) & ~Q(signer_name="")),
                name="paper_issued_is_signed",
                violation_error_message="Văn bản ban hành phải có số, ngày và người ký.",
            ),
            models.CheckConstraint(condition=Q(issued_at__isnull=True) | Q(keeps_figures=True), name="paper_issued_is_frozen"),
            models.CheckConstraint(condition=~Q(state=PaperState.RUNNING) | Q(heartbeat_at__isnull=False), name="paper_running_has_heartbeat"),
            models.CheckConstraint(condition=~Q(state=PaperState.FAILED) | ~Q(failure=""), name="paper_failed_says_why"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="paper_progress_in_percent"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.about_text}".strip()

    @property
    def subject(self):
        """The row that the paper is about: a Term, a Cycle, a Decision …, or the day of its figures."""
        name = self.about_key.partition(":")[0]
        return getattr(self, name)

    @property
    def about_text(self):
        """The subject in a few words; never a person's name."""
        subject = self.subject
        if subject is None:
            return ""
        if subject == self.term:
            return subject.label
        return f"đến ngày {subject:%d/%m/%Y}" if subject == self.as_of else str(subject).lower() if subject == self.cycle else str(subject)

    @property
    def marks(self):
        """What people chose to have printed besides the text, as framing_of takes it."""
        labels = {"circulation": self.get_circulation_display(), "urgency": self.get_urgency_display()}
        return {"for_meeting": self.for_meeting, "two_sided": self.two_sided} | labels

    @property
    def figures_on(self):
        """The day whose figures it gives."""
        return self.as_of or today()

    @property
    def asker(self):
        """Who last asked for its making."""
        return self.asked_by or self.requested_by

    @property
    def is_active(self):
        return self.state in ACTIVE_STATES

    @property
    def is_done(self):
        return self.state == PaperState.DONE

    @property
    def is_issued(self):
        return self.issued_at is not None

    @property
    def state_text(self):
        """The state as people speak of it: a finished paper is a draft until it is issued, where its kind is issued here at all."""
        if not self.is_done:
            return self.get_state_display()
        from reports.papers.catalogue import recipe_of

        return "Đã ban hành" if self.is_issued else "Dự thảo" if recipe_of(self.kind).is_issued_here else self.get_state_display()

    @property
    def step_text(self):
        """What a worker is doing with it, and how many parts of that are done."""
        if not self.parts_of:
            return self.get_step_display()
        word = "đã dàn" if self.step == Step.SETTING else "đã xong"
        return f"{self.get_step_display()}, {word} {self.parts_done}/{self.parts_of} đơn vị"

    def twins(self):
        """The same paper, asked for by the same person, that waits or is being made."""
        same = {"kind": self.kind, "organisation": self.organisation, "about_key": self.about_key, "requested_by": self.requested_by}
        return Paper.objects.filter(**same, state__in=ACTIVE_STATES).exclude(pk=self.pk)

    def words(self):
        """{place: PaperWords}, the latest version of each."""
        return {one.place: one for one in self.words_written.order_by("place", "version")}


class PaperFile(FrozenRows):
    """One file of a finished paper. `sha256` is of the stored bytes and is compared at each download."""

    FROZEN_WHEN = rows_of_issued()

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="files")
    format = models.CharField("định dạng", max_length=5, choices=FileFormat)
    file = models.FileField("tệp", upload_to="papers/%Y/")
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "tệp văn bản"
        verbose_name_plural = "tệp văn bản"
        constraints = [models.UniqueConstraint(fields=["paper", "format"], name="paper_file_once")]


class PaperList(FrozenRows):
    """The list behind one figure, read right after the figures: it opens with an issued paper as it was, whatever is changed later.

    `packed` is canonical text of its columns and rows, compressed (reports.lists); `sha256` is of those bytes.
    """

    FROZEN_WHEN = rows_of_issued()

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="lists")
    key = models.CharField(max_length=60)  # topic, year and level as in the figure's address
    title = models.CharField(max_length=300)
    count = models.PositiveIntegerField()
    packed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = "danh sách kèm số liệu"
        verbose_name_plural = "danh sách kèm số liệu"
        constraints = [models.UniqueConstraint(fields=["paper", "key"], name="paper_list_once")]


class PaperWords(AppendOnly):
    """What people wrote at one place of a paper. Each saving is a version of its own; none is ever changed or removed.

    `basis` is the checksum of the generated sentences around it at that time (`around`): when they change, the words are marked, not touched.
    """

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="words_written")
    place = models.CharField("mục", max_length=30)
    version = models.PositiveIntegerField()
    text = ProseField("nội dung", max_length=20_000, blank=True)
    basis = models.CharField(max_length=64, blank=True)
    around = models.TextField(default="", blank=True)
    written_at = models.DateTimeField(auto_now_add=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")

    class Meta:
        verbose_name = "phần tự viết"
        verbose_name_plural = "phần tự viết"
        ordering = ["place", "version"]
        constraints = [models.UniqueConstraint(fields=["paper", "place", "version"], name="paper_words_version_once")]
