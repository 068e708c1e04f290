from django.db import models


class PaperKind(models.TextChoices):
    TERM_REPORT = "term_report", "Báo cáo tổng kết nhiệm kỳ"
    YEAR_REPORT = "year_report", "Báo cáo kết quả kiểm điểm, đánh giá, xếp loại"
    RATING_PROPOSAL = "rating_proposal", "Tờ trình kết quả đánh giá, xếp loại"
    RATING_DECISION = "rating_decision", "Quyết định công nhận kết quả xếp loại"
    RATING_NOTICE = "rating_notice", "Thông báo kết quả xếp loại"
    RATING_REVISION = "rating_revision", "Điều chỉnh, hủy kết quả xếp loại (Mẫu 03)"
    APPRAISAL_LIST = "appraisal_list", "Danh sách thẩm định trình ban thường vụ"
    CELL_SHEET = "cell_sheet", "Bảng xếp loại của chi bộ"
    DOSSIER = "dossier", "Danh mục hồ sơ kiểm điểm (Mẫu 04)"
    REGISTRATION_FORM = "registration_form", "Bản đăng ký mức phấn đấu"
    REGISTRATION_SUMMARY = "registration_summary", "Tổng hợp đăng ký mức phấn đấu"
    BALLOT_PAPERS = "ballot_papers", "Phiếu xếp loại"
    BALLOT_MINUTES = "ballot_minutes", "Biên bản kiểm phiếu"
    COMMENDATION_DECISION = "commendation_decision", "Quyết định khen thưởng"
    CERTIFICATES = "certificates", "Giấy khen"
    BADGE_LIST = "badge_list", "Danh sách xét tặng Huy hiệu Đảng"
    STATISTICS = "statistics", "Thống kê đảng viên, kết nạp"
    ROSTER = "roster", "Danh sách đảng viên (Mẫu 7-HSĐV)"


class About(models.TextChoices):
    """Which row a paper is about, besides its organisation. The value is the name of the field of Paper."""

    TERM = "term", "Nhiệm kỳ"
    CYCLE = "cycle", "Năm đánh giá"
    SHEET = "sheet", "Bảng xếp loại"
    REGISTRATION = "registration", "Bản đăng ký"
    BALLOT = "ballot", "Lần bỏ phiếu"
    DECISION = "decision", "Quyết định xếp loại"
    ROUND = "round", "Đợt khen thưởng"
    DAY = "as_of", "Số liệu đến ngày"


class Circulation(models.TextChoices):
    """Who may have a copy, as it is printed. There is no mark of secrecy: secret papers are not made here."""

    RECALLED = "recalled", "Tài liệu thu hồi"
    RETURN_AFTER_MEETING = "after_meeting", "Xong hội nghị trả lại"
    RETURN_AFTER_READING = "after_reading", "Xem xong trả lại"
    INTERNAL = "internal", "Lưu hành nội bộ"


class Urgency(models.TextChoices):
    URGENT = "urgent", "Khẩn"
    VERY_URGENT = "very_urgent", "Thượng khẩn"
    EXPRESS = "express", "Hỏa tốc"


class FileFormat(models.TextChoices):
    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"


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
    SETTING = "setting", "Dàn trang các tệp"
    STORING = "storing", "Lưu tệp"
