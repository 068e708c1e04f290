from django.db import models


class PaperKind(models.TextChoices):
    TERM_REPORT = "term_report", "Báo cáo tổng kết nhiệm kỳ"


class PaperState(models.TextChoices):
    QUEUED = "queued", "Đang chờ"
    RUNNING = "running", "Đang lập"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Không lập được"
    CANCELLED = "cancelled", "Đã hủy"


ACTIVE_STATES = (PaperState.QUEUED, PaperState.RUNNING)


class Step(models.TextChoices):
    """What a worker is doing, in order; the percentage that each begins at stands in jobs.BEGINS_AT."""

    READING = "reading", "Tổng hợp số liệu"
    WRITING = "writing", "Soạn nội dung và biểu đồ"
    SETTING = "setting", "Dàn trang tệp PDF"
    STORING = "storing", "Lưu tệp"
