from django.conf import settings
from django.db import models
from django.db.models import Q

from khoi_party.common.fields import LineField
from reports.enums import ACTIVE_STATES, PaperKind, PaperState, Step
from reports.querysets import PaperQuerySet


class Paper(models.Model):
    """A paper that was asked for, and its making: this row is the job, a broker's message only wakes a worker.

    `figures` is what it was written from, canonical text that is never changed once the paper is done; `file` the PDF.
    """

    kind = models.CharField("loại văn bản", max_length=20, choices=PaperKind)
    organisation = models.ForeignKey("cells.Organisation", models.PROTECT, related_name="papers", verbose_name="đảng bộ")
    term = models.ForeignKey("cells.Term", models.PROTECT, related_name="papers", verbose_name="nhiệm kỳ")
    number = models.PositiveSmallIntegerField("số", null=True, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    signer_position = LineField("chức vụ người ký", max_length=60, blank=True)
    signer_name = LineField("họ và tên người ký", max_length=120, blank=True)
    state = models.CharField("trạng thái", max_length=12, choices=PaperState, default=PaperState.QUEUED)
    requested_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+", verbose_name="người yêu cầu")
    queued_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)  # only ever counted up: an older number has lost the paper
    tries = models.PositiveSmallIntegerField(default=0)  # since a person last asked
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField("công đoạn", max_length=12, choices=Step, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    failure = LineField("vì sao không lập được", max_length=300, blank=True)
    finished_at = models.DateTimeField("lập xong lúc", null=True, blank=True)
    figures = models.TextField(blank=True)
    figures_sha256 = models.CharField(max_length=64, blank=True)
    file = models.FileField("tệp", upload_to="papers/%Y/", blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField("số trang", default=0)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo"
        verbose_name_plural = "báo cáo"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "queued_at"], name="paper_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "term", "requested_by"],
                condition=Q(state__in=ACTIVE_STATES),
                name="paper_once_at_a_time",
                violation_error_message="Báo cáo này đang được lập theo yêu cầu của đồng chí.",
            ),
            models.CheckConstraint(
                condition=~Q(state=PaperState.DONE) | (Q(finished_at__isnull=False) & ~Q(file="") & ~Q(figures="")),
                name="paper_done_is_whole",
            ),
            models.CheckConstraint(condition=~Q(state=PaperState.RUNNING) | Q(heartbeat_at__isnull=False), name="paper_running_has_heartbeat"),
            models.CheckConstraint(condition=~Q(state=PaperState.FAILED) | ~Q(failure=""), name="paper_failed_says_why"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="paper_progress_in_percent"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.term.label}"

    @property
    def is_active(self):
        return self.state in ACTIVE_STATES

    @property
    def is_done(self):
        return self.state == PaperState.DONE
