"""Time limits of movements (rules M5, M8 to M10, M12, M13), pure: each gives the sentence to say, or None. Only what was read in its own
words and is final refuses; the others are said and left to people."""

from datetime import date

from khoi_party.rules import Citation

from .badges import months_away
from .enums import MAY_COME_BACK, ExitReason

NEGLECTED = 3  # months in a calendar year
QD294 = Citation("Quy định số 294-QĐ/TW", date(2025, 5, 26), "mục 6.3.1")
READMISSION = Citation("Quy định số 294-QĐ/TW", date(2025, 5, 26), "mục 3.5")
SHOWN_WITHIN, STARTED_WITHIN = 30, 60  # working days
SUSPENDED_DAYS, EXTENDED_DAYS = 90, 180


def months_between(start, end):
    """Full months from `start` to `end`; a month that is shorter ends on its last day: twelve from 29/02/2024 end on 28/02/2025."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (months_away(start, months) > end)


def official_late(admitted_on, official_on):
    """M5: official from the day that twelve months end, also when the meeting was late."""
    if official_on > months_away(admitted_on, 12):
        return "Ngày chính thức tính từ ngày hết 12 tháng dự bị, kể cả khi chi bộ họp muộn; nếu ghi ngày khác, hãy ghi lý do (Điều lệ Đảng, Điều 5)."
    return None


def paper_late(working_days, issued_on, shown_on):
    """M8: the paper is shown at the new place within thirty working days of its day (`working_days`: cells.working_days)."""
    if issued_on and working_days.between(issued_on, shown_on) > SHOWN_WITHIN:
        return f"Giấy giới thiệu xuất trình sau {SHOWN_WITHIN} ngày làm việc ({QD294})."
    return None


def start_late(working_days, decided_on, started_on):
    """M8: the transfer is begun within sixty working days of the decision on the work."""
    if decided_on and working_days.between(decided_on, started_on) > STARTED_WITHIN:
        return f"Thủ tục chuyển sinh hoạt bắt đầu sau {STARTED_WITHIN} ngày làm việc kể từ ngày có quyết định chuyển công tác ({QD294})."
    return None


def stay_odd(start, until, *, studies=False):
    """M9: a temporary stay lasts from three months to less than a year, for studies up to two years."""
    if until is None:
        return "Nên ghi ngày hết hạn sinh hoạt tạm thời để phần mềm nhắc."
    months = months_between(start, until)
    most = 24 if studies else 12
    if months < 3 or months > most or (months == most and not studies):
        return "Sinh hoạt tạm thời từ 3 tháng đến dưới 12 tháng (đi học: đến 24 tháng); dài hơn thì chuyển chính thức."
    return None


def pause_long(start, until):
    """M10: a pause is for less than twelve months at a time."""
    if until is None or months_between(start, until) >= 12:
        return "Tạm miễn sinh hoạt mỗi lần dưới 12 tháng; hãy ghi ngày hết hạn."
    return None


def duties_neglected(missed, unpaid):
    """M11, a reminder and never a decision: three meetings missed, or three months of dues unpaid, in one calendar year without a reason."""
    said = [f"{count} tháng {what}" for count, what in ((missed, "không sinh hoạt"), (unpaid, "không đóng đảng phí")) if count >= NEGLECTED]
    if not said:
        return None
    return f"{' và '.join(said)} trong năm không có lý do: chi bộ xem xét, đề nghị xóa tên (Điều lệ Đảng, Điều 8.1)."


def suspension_long(start, until, *, extended=False):
    """M12: ninety days from the first day, with the extension (`extended`: there is a decision on it) 180; longer only where bodies of law
    have the case."""
    if until is None:
        return "Nên ghi ngày hết thời hạn đình chỉ (90 ngày, gia hạn không quá 180 ngày)."
    days = (until - start).days
    if days > EXTENDED_DAYS:
        return "Đình chỉ sinh hoạt quá 180 ngày chỉ khi đang bị cơ quan pháp luật xử lý."
    return "Đình chỉ quá 90 ngày cần quyết định gia hạn." if days > SUSPENDED_DAYS and not extended else None


def readmission_refused(left_on, on_day, times_before, *, reason=ExitReason.OTHER, cleared_on=None):
    """M13, final: thirty-six months after leaving, sixty after a criminal record was cleared (`cleared_on`), once only, and never for the
    reasons that bar it."""
    if reason not in MAY_COME_BACK:
        return f"Không xét kết nạp lại người đã {ExitReason(reason).label[0].lower()}{ExitReason(reason).label[1:]} ({READMISSION})."
    if times_before:
        return f"Chỉ được kết nạp lại một lần ({READMISSION})."
    if months_between(left_on, on_day) < 36:
        return f"Kết nạp lại sau ít nhất 36 tháng kể từ khi ra khỏi Đảng ({READMISSION})."
    if cleared_on and months_between(cleared_on, on_day) < 60:
        return f"Kết nạp lại sau ít nhất 60 tháng kể từ khi được xóa án tích ({READMISSION})."
    return None
