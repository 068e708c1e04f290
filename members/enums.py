from django.db import models


class Gender(models.TextChoices):
    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class Precision(models.TextChoices):
    """How much of a date an old file knows; what is stored is the first day of it."""

    DAY = "day", "Đủ ngày, tháng, năm"
    MONTH = "month", "Chỉ tháng, năm"
    YEAR = "year", "Chỉ năm"


class Education(models.TextChoices):
    NONE = "none", "Chưa qua đào tạo"
    PRIMARY = "primary", "Sơ cấp"
    INTERMEDIATE = "intermediate", "Trung cấp"
    COLLEGE = "college", "Cao đẳng"
    BACHELOR = "bachelor", "Đại học"
    MASTER = "master", "Thạc sĩ"
    DOCTOR = "doctor", "Tiến sĩ"


class TheoryLevel(models.TextChoices):
    PRIMARY = "primary", "Sơ cấp"
    INTERMEDIATE = "intermediate", "Trung cấp"
    ADVANCED = "advanced", "Cao cấp"
    BACHELOR = "bachelor", "Cử nhân"


class Background(models.TextChoices):
    ARMY = "army", "Bộ đội"
    POLICE = "police", "Công an"
    RETIRED = "retired", "Hưu trí"


class MemberState(models.TextChoices):
    PROBATIONARY = "probationary", "Đảng viên dự bị"
    OFFICIAL = "official", "Đảng viên chính thức"
    TRANSFERRED_OUT = "transferred_out", "Đã chuyển đi"
    LEFT = "left", "Đã ra khỏi Đảng"
    STRUCK_OFF = "struck_off", "Đã bị xóa tên"
    EXPELLED = "expelled", "Đã bị khai trừ"
    DIED = "died", "Đã từ trần"
    VOID = "void", "Ghi nhầm, đã hủy"  # the event that brought the member in was taken back; nothing stands any more


ACTIVE_STATES = (MemberState.PROBATIONARY, MemberState.OFFICIAL)


class EventKind(models.TextChoices):
    ADMITTED = "admitted", "Kết nạp"
    RECOGNISED = "recognised", "Công nhận chính thức"
    TRANSFERRED_IN = "transferred_in", "Chuyển đến"
    LOADED = "loaded", "Nhập danh sách ban đầu"  # belonged already when the list was loaded; how the member came is not on record
    MOVED = "moved", "Chuyển giữa các chi bộ trong đảng bộ"
    TRANSFERRED_OUT = "transferred_out", "Chuyển đi"
    EXEMPTED = "exempted", "Miễn công tác và sinh hoạt đảng"
    RESUMED = "resumed", "Trở lại sinh hoạt đảng"
    PAUSED = "paused", "Tạm miễn công tác và sinh hoạt đảng"
    SUSPENDED = "suspended", "Đình chỉ sinh hoạt đảng"
    REINSTATED = "reinstated", "Hết đình chỉ sinh hoạt đảng"
    SENT_AWAY = "sent_away", "Chuyển sinh hoạt tạm thời"
    CAME_BACK = "came_back", "Hết sinh hoạt tạm thời"
    LEFT = "left", "Ra khỏi Đảng"
    STRUCK_OFF = "struck_off", "Xóa tên trong danh sách đảng viên"
    EXPELLED = "expelled", "Khai trừ"
    RESTORED = "restored", "Khôi phục đảng tịch"
    READMITTED = "readmitted", "Kết nạp lại"
    DIED = "died", "Từ trần"


class Degree(models.TextChoices):
    """Forms of discipline (hình thức kỷ luật); the values are those that the rules of the year read."""

    REPRIMAND = "khien_trach", "Khiển trách"
    WARNING = "canh_cao", "Cảnh cáo"
    DISMISSAL = "cach_chuc", "Cách chức"
    EXPULSION = "khai_tru", "Khai trừ"
    DISSOLUTION = "giai_tan", "Giải tán"


class MembershipKind(models.TextChoices):
    OFFICIAL = "official", "Sinh hoạt chính thức"
    TEMPORARY = "temporary", "Sinh hoạt tạm thời"


class BadgeKind(models.TextChoices):
    NORMAL = "normal", "Đủ năm"
    EARLY = "early", "Tặng sớm vì bệnh nặng"
    POSTHUMOUS = "posthumous", "Truy tặng"


class BadgeState(models.TextChoices):
    PROPOSED = "proposed", "Đã đề nghị"
    AWARDED = "awarded", "Đã tặng"


class Post(models.TextChoices):
    SECRETARY = "secretary", "Bí thư"
    DEPUTY_SECRETARY = "deputy_secretary", "Phó bí thư"
    STANDING = "standing", "Ủy viên ban thường vụ"
    COMMITTEE = "committee", "Cấp ủy viên"


class ImportPurpose(models.TextChoices):
    LOAD = "load", "Nhập danh sách"
    RECONCILE = "reconcile", "Đối chiếu danh sách"


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", "Chờ chọn cột"
    READY = "ready", "Chờ quyết định"
    APPLIED = "applied", "Đã ghi"
    UNDONE = "undone", "Đã lấy lại"
    DROPPED = "dropped", "Đã bỏ"


class ImportJob(models.TextChoices):
    PREVIEW = "preview", "Đang đọc và so sánh"
    APPLY = "apply", "Đang ghi vào danh sách đảng viên"


class RowKind(models.TextChoices):
    NEW = "new", "Mới"
    CHANGED = "changed", "Thay đổi"
    SAME = "same", "Không đổi"
    REFUSED = "refused", "Bị từ chối"
