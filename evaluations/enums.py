from django.db import models


class Subject(models.TextChoices):
    MEMBER = "member", "Đảng viên"
    ORGANISATION = "organisation", "Tổ chức đảng"
    COLLECTIVE = "collective", "Tập thể lãnh đạo, quản lý"


class StageKind(models.TextChoices):
    PREPARATION = "preparation", "Chuẩn bị"
    REGISTRATION = "registration", "Đăng ký"
    REVIEW = "review", "Kiểm điểm"
    CLASSIFICATION = "classification", "Xếp loại"
    CLOSING = "closing", "Kết thúc"


class RegistrationState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã gửi"
    NOTED = "noted", "Đã tiếp nhận"
    RETURNED = "returned", "Trả lại"


class SheetState(models.TextChoices):
    OPEN = "open", "Đang lập"
    SUBMITTED = "submitted", "Đã gửi"
    ACCEPTED = "accepted", "Đã tiếp nhận"
    RETURNED = "returned", "Trả lại"


WRITABLE_SHEET_STATES = (SheetState.OPEN, SheetState.RETURNED)


class Eligibility(models.TextChoices):
    REQUIRED = "required", "Phải xếp loại"
    REVIEW_ONLY = "review_only", "Kiểm điểm, không xếp loại"
    EXEMPT = "exempt", "Miễn"
    NOT_SUBJECT = "not_subject", "Không thuộc diện"
    NOT_YET = "not_yet", "Chưa"


class Voice(models.TextChoices):
    SELF = "self", "Tự xếp loại"
    AGENCY = "agency", "Mức công chức, viên chức"
    COMMITTEE = "committee", "Chi ủy đề nghị"
    CELL_VOTE = "cell_vote", "Chi bộ bỏ phiếu"
    PROPOSED = "proposed", "Đề xuất"
    DECIDING = "deciding", "Dự kiến quyết định"


SHEET_VOICES = (Voice.SELF, Voice.AGENCY, Voice.COMMITTEE, Voice.CELL_VOTE)  # what the unit itself writes; the rest is its superior's
ON_MEMBERS = (Voice.AGENCY, Voice.COMMITTEE)  # given on members only


class DecisionState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    PROPOSED = "proposed", "Đã trình"
    ISSUED = "issued", "Đã ban hành"
    PUBLISHED = "published", "Đã công bố"


class RevisionKind(models.TextChoices):
    """What happens to a result that was announced (QĐ 366-QĐ/TW, Điều 13 and 15; HD 43-HD/BTCTW, Mẫu 03)."""

    ADJUST = "adjust", "Điều chỉnh kết quả"
    CANCEL = "cancel", "Hủy bỏ kết quả và xếp loại lại"


class ComplaintSource(models.TextChoices):
    SUBJECT = "subject", "Chính đảng viên, tổ chức được xếp loại"
    MEMBER = "member", "Đảng viên, tổ chức đảng khác"
    BODY = "body", "Cơ quan, đơn vị, đoàn thể"
    PEOPLE = "people", "Nhân dân"


class ComplaintOutcome(models.TextChoices):
    KEPT = "kept", "Giữ nguyên kết quả"
    REVISED = "revised", "Xếp loại lại"


class QuotaBase(models.TextChoices):
    GOOD = "good", "số hoàn thành tốt nhiệm vụ"
    GOOD_OR_BETTER = "good_or_better", "số hoàn thành tốt nhiệm vụ trở lên"


class QuotaGroup(models.TextChoices):
    """Who competes with whom for the best level, among those that one body decides."""

    BODY = "body", "chung một nhóm"
    POSITION = "position", "từng nhóm tương đồng"


class QuotaPart(models.TextChoices):
    """The part of a body's rows that a pool of similar members holds; pools of organisations are parted by OrganisationKind."""

    LEADING = "leading", "giữ chức vụ lãnh đạo, quản lý"
    OTHERS = "others", "không giữ chức vụ lãnh đạo, quản lý"


class Rounding(models.TextChoices):
    FLOOR = "floor", "bỏ phần lẻ"
    NEAREST = "nearest", "làm tròn"
    CEILING = "ceiling", "lấy tròn lên"


class OutsideKind(models.TextChoices):
    """Whose result it is: of a member (the first two) or of a body beside a Party organisation."""

    CIVIL_SERVANT = "civil_servant", "Cán bộ, công chức, viên chức"
    LEADING_CADRE = "leading_cadre", "Cán bộ lãnh đạo, quản lý"
    LEADERSHIP_COLLECTIVE = "leadership_collective", "Tập thể lãnh đạo, quản lý"
    AGENCY = "agency", "Chính quyền, cơ quan cùng cấp"
    MASS_BODY = "mass_body", "Mặt trận, đoàn thể"


MEMBER_KINDS = (OutsideKind.CIVIL_SERVANT, OutsideKind.LEADING_CADRE)
BODY_KINDS = (OutsideKind.LEADERSHIP_COLLECTIVE, OutsideKind.AGENCY)  # one of each beside an organisation; of mass bodies there are several


class OutsideLevel(models.IntegerChoices):
    """The four levels as the State's agencies and the mass organisations call them."""

    EXCELLENT = 1, "Hoàn thành xuất sắc nhiệm vụ"
    GOOD = 2, "Hoàn thành tốt nhiệm vụ"
    DONE = 3, "Hoàn thành nhiệm vụ"
    NOT_DONE = 4, "Không hoàn thành nhiệm vụ"


class BallotMeeting(models.TextChoices):
    """Whose meeting votes by secret ballot, and so who is entitled to a paper."""

    CELL = "cell", "Hội nghị chi bộ"
    COMMITTEE = "committee", "Hội nghị cấp ủy (ban chấp hành, chi ủy)"
    STANDING = "standing", "Hội nghị ban thường vụ"


class BallotBase(models.TextChoices):
    CONVENED = "convened", "số người được triệu tập"
    PRESENT = "present", "số người có mặt"
    ISSUED = "issued", "số phiếu phát ra"
    COLLECTED = "collected", "số phiếu thu về"
    VALID = "valid", "số phiếu hợp lệ"


class BallotState(models.TextChoices):
    OPEN = "open", "Đang kiểm phiếu"
    CONFIRMED = "confirmed", "Đã xác nhận"
    REPLACED = "replaced", "Đã thay bằng lần kiểm khác"


class Award(models.TextChoices):
    """What a Party body gives (hình thức khen thưởng), the least first."""

    PRAISE = "praise", "Biểu dương"
    CERTIFICATE = "certificate", "Giấy khen"
    MERIT = "merit", "Bằng khen"
    FLAG = "flag", "Cờ"
    BADGE = "badge", "Huy hiệu Đảng"  # has a room of its own beside the members; here only for the table of authority


class AwardBasis(models.TextChoices):
    YEAR = "year", "Trong năm"
    FIVE_YEARS = "five_years", "5 năm liền"
    TERM = "term", "Nhiệm kỳ"
    SUDDEN = "sudden", "Đột xuất"
    THEME = "theme", "Chuyên đề"


TOLD_BASES = (AwardBasis.TERM, AwardBasis.SUDDEN, AwardBasis.THEME)  # rest on what people write of the merit, not on the levels


class CommendationState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    PROPOSED = "proposed", "Đã trình"
    FORWARDED = "forwarded", "Đã gửi cấp trên"
    ISSUED = "issued", "Đã có quyết định"
    DECLINED = "declined", "Cấp trên không khen"


class Dossier(models.TextChoices):
    """Papers that such files usually hold. No central text with the list was read, so none of them is ever demanded."""

    REQUEST = "request", "Tờ trình kèm danh sách"
    REPORT = "report", "Báo cáo thành tích có xác nhận của cấp trên"
    MINUTES = "minutes", "Biên bản họp có kết quả biểu quyết"
    RATINGS = "ratings", "Bản sao quyết định xếp loại từng năm"


class AwardSettingKey(models.TextChoices):
    """What money and the count of years depend on: the base salary, a multiplier per kind of subject and award, and what no text answers."""

    BASE_SALARY = "base_salary", "Mức lương cơ sở (đồng)"
    MEMBER_BASE = "member_base", "Đảng viên: giấy khen của đảng ủy cơ sở, chi bộ cơ sở"
    MEMBER_UPPER = "member_upper", "Đảng viên: giấy khen của cấp trên trực tiếp tổ chức cơ sở đảng"
    MEMBER_MERIT = "member_merit", "Đảng viên: bằng khen của tỉnh ủy"
    CELL_BASE = "cell_base", "Chi bộ trực thuộc: giấy khen của đảng ủy cơ sở"
    CELL_UPPER = "cell_upper", "Chi bộ trực thuộc: giấy khen của cấp trên trực tiếp tổ chức cơ sở đảng"
    CELL_MERIT = "cell_merit", "Chi bộ trực thuộc: bằng khen của tỉnh ủy"
    PART_BASE = "part_base", "Đảng bộ bộ phận: giấy khen của đảng ủy cơ sở"
    PART_UPPER = "part_upper", "Đảng bộ bộ phận: giấy khen của cấp trên trực tiếp tổ chức cơ sở đảng"
    BASE_UPPER = "base_upper", "Tổ chức cơ sở đảng: giấy khen của cấp trên trực tiếp"
    BASE_MERIT = "base_merit", "Tổ chức cơ sở đảng: bằng khen của tỉnh ủy"
    BASE_FLAG = "base_flag", "Tổ chức cơ sở đảng: cờ của tỉnh ủy"
    RESTART = "restart", "Sau khi được khen 5 năm liền"
    SAME_YEARS = "same_years", "Giấy khen và bằng khen cho cùng 5 năm"
    PREDECESSORS = "predecessors", "Năm của tổ chức đảng tiền thân"


AWARD_CHOICES = (AwardSettingKey.RESTART, AwardSettingKey.SAME_YEARS, AwardSettingKey.PREDECESSORS)  # 1 or 0, all others are figures


class DossierKind(models.TextChoices):
    """The file of a collective's review: HD 43-HD/BTCTW, Mẫu 04."""

    REPORT = "report", "Báo cáo kiểm điểm"
    MINUTES = "minutes", "Biên bản họp kiểm điểm"
    SUGGESTION = "suggestion", "Văn bản gợi ý kiểm điểm (nếu có)"
    RATING = "rating", "Kết quả tự đánh giá, xếp loại kèm phụ lục chấm điểm"
