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
    RETURNED = "returned", "Chuyển về"  # somebody who had been transferred out: the old record goes on
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


class ExitReason(models.TextChoices):
    """Why somebody was outside the Party, as QĐ 294-QĐ/TW, mục 3.5, asks before a readmission."""

    OTHER = "other", "Không thuộc các trường hợp dưới đây"
    HARDSHIP = "hardship", "Tự xin ra vì hoàn cảnh gia đình đặc biệt khó khăn"
    LEFT_BY_WISH = "left_by_wish", "Tự xin ra Đảng"
    ABANDONED = "abandoned", "Tự bỏ sinh hoạt đảng"
    DISUNITY = "disunity", "Gây mất đoàn kết nội bộ nghiêm trọng"
    CORRUPTION = "corruption", "Tham nhũng"
    SERIOUS_CRIME = "serious_crime", "Bị kết án vì tội nghiêm trọng trở lên"


MAY_COME_BACK = (ExitReason.OTHER, ExitReason.HARDSHIP)


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


class Severity(models.TextChoices):
    """How much a finding on stored data weighs; only what was read in its own words may be an error."""

    ERROR = "error", "Lỗi"
    WARNING = "warning", "Cảnh báo"
    REMINDER = "reminder", "Nhắc"


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


class Schooling(models.TextChoices):
    """What an applicant's education is judged by."""

    BELOW = "below", "Chưa tốt nghiệp trung học cơ sở"
    LOWER = "lower", "Tốt nghiệp trung học cơ sở"
    UPPER = "upper", "Tốt nghiệp trung học phổ thông"


class Stage(models.TextChoices):
    """Where an admission file stands: the stored consequence of its steps."""

    LEARNING = "learning", "Bồi dưỡng, giúp đỡ"
    DOSSIER = "dossier", "Lập hồ sơ, thẩm tra"
    CONSIDERED = "considered", "Chi bộ đã xét"
    DECIDED = "decided", "Chờ lễ kết nạp"
    PROBATION = "probation", "Dự bị"
    REPORTED = "reported", "Báo cáo cấp trên"
    RECOGNISED = "recognised", "Đã công nhận chính thức"
    CLOSED = "closed", "Đã dừng"


OPEN_STAGES = (Stage.LEARNING, Stage.DOSSIER, Stage.CONSIDERED, Stage.DECIDED, Stage.PROBATION, Stage.REPORTED)


class StepKind(models.TextChoices):
    """The steps of an admission in the order in which they are usually taken."""

    HELPER = "helper", "Phân công đảng viên chính thức giúp đỡ"
    CERTIFICATE = "certificate", "Giấy chứng nhận bồi dưỡng nhận thức về Đảng"
    APPLICATION = "application", "Đơn xin vào Đảng (mẫu 1-KNĐ)"
    VETTING = "vetting", "Thẩm tra lý lịch"
    CERTIFIED = "certified", "Cấp ủy chứng nhận lý lịch (mẫu 2-KNĐ)"
    INTRODUCTION = "introduction", "Giới thiệu vào Đảng (mẫu 3, 4, 4A-KNĐ)"
    OPINIONS = "opinions", "Tổng hợp ý kiến đoàn thể và nơi cư trú (mẫu 5-KNĐ)"
    CELL_VOTE = "cell_vote", "Nghị quyết của chi bộ đề nghị kết nạp (mẫu 6-KNĐ)"
    PART_REPORT = "part_report", "Báo cáo của đảng ủy bộ phận (nếu có)"
    BASE_VOTE = "base_vote", "Nghị quyết của đảng ủy cơ sở đề nghị kết nạp (mẫu 8-KNĐ)"
    DECISION = "decision", "Quyết định kết nạp (mẫu 9-KNĐ)"
    CEREMONY = "ceremony", "Lễ kết nạp"
    NEW_CLASS = "new_class", "Giấy chứng nhận lớp đảng viên mới"
    SELF_REVIEW = "self_review", "Bản tự kiểm điểm của đảng viên dự bị (mẫu 10-KNĐ)"
    HELPER_REMARK = "helper_remark", "Nhận xét của đảng viên giúp đỡ (mẫu 11-KNĐ)"
    PROBATION_OPINIONS = "probation_opinions", "Ý kiến đoàn thể và nơi cư trú (mẫu 12-KNĐ)"
    CELL_RECOGNITION = "cell_recognition", "Nghị quyết của chi bộ đề nghị công nhận (mẫu 13-KNĐ)"
    BASE_RECOGNITION = "base_recognition", "Nghị quyết của đảng ủy cơ sở đề nghị công nhận (mẫu 15-KNĐ)"
    RECOGNITION = "recognition", "Quyết định công nhận đảng viên chính thức"


class VettedPerson(models.TextChoices):
    """Whom HD 01-HD/TW (2021), 3.4, asks to be looked into. What was found is never kept, only that it was done."""

    SELF = "self", "Người xin vào Đảng"
    PARENTS = "parents", "Cha, mẹ đẻ"
    IN_LAWS = "in_laws", "Cha, mẹ vợ (chồng) hoặc người nuôi dưỡng"
    SPOUSE = "spouse", "Vợ (chồng)"
    CHILDREN = "children", "Con đẻ đủ năng lực hành vi"


class Vetted(models.TextChoices):
    MET = "met", "Đã thẩm tra, đủ điều kiện"
    NONE = "none", "Không có người thuộc diện này"
    OPEN = "open", "Cần thẩm tra bổ sung"
    NOT_MET = "not_met", "Không đủ điều kiện"


class Introducer(models.TextChoices):
    MEMBER = "member", "Đảng viên chính thức"
    YOUTH = "youth", "Ban chấp hành Đoàn cơ sở"
    UNION = "union", "Ban chấp hành công đoàn cơ sở"


class ClassKind(models.TextChoices):
    AWARENESS = "awareness", "Bồi dưỡng nhận thức về Đảng"
    NEW_MEMBERS = "new_members", "Bồi dưỡng đảng viên mới"


CERTIFIED_BY = {ClassKind.AWARENESS: StepKind.CERTIFICATE, ClassKind.NEW_MEMBERS: StepKind.NEW_CLASS}


class PaperKind(models.TextChoices):
    """What a member hands in every year."""

    SELF_REVIEW = "self_review", "Bản kiểm điểm"
    COMMITMENT = "commitment", "Cam kết tu dưỡng, rèn luyện"
    RESIDENCE = "residence", "Nhận xét nơi cư trú"
    SUPPLEMENT = "supplement", "Phiếu bổ sung hồ sơ (3-HSĐV)"


class PaperState(models.TextChoices):
    RECEIVED = "received", "Đã nộp"
    EXEMPT = "exempt", "Được miễn"


class Duty(models.TextChoices):
    """What a member does every month, and may miss without a reason (Điều lệ Đảng, Điều 8.1)."""

    MEETING = "meeting", "Sinh hoạt đảng"
    DUES = "dues", "Đóng đảng phí"


class MeetingKind(models.TextChoices):
    REGULAR = "regular", "Thường kỳ"
    THEMATIC = "thematic", "Chuyên đề"
    COMBINED = "combined", "Thường kỳ kết hợp chuyên đề"
    EXTRA = "extra", "Bất thường"


class MeetingGrade(models.TextChoices):
    GOOD = "good", "Tốt"
    FAIR = "fair", "Khá"
    AVERAGE = "average", "Trung bình"
    POOR = "poor", "Kém"
