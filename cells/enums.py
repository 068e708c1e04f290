from django.db import models


class OrganisationKind(models.TextChoices):
    PROVINCIAL_COMMITTEE = "provincial_committee", "Đảng bộ tỉnh"
    UPPER_COMMITTEE = "upper_committee", "Đảng bộ cấp trên trực tiếp của tổ chức cơ sở đảng"
    BASE_COMMITTEE = "base_committee", "Đảng bộ cơ sở"
    BASE_CELL = "base_cell", "Chi bộ cơ sở"
    SUB_COMMITTEE = "sub_committee", "Đảng bộ bộ phận"
    CELL = "cell", "Chi bộ trực thuộc"


BASE_KINDS = (OrganisationKind.BASE_COMMITTEE, OrganisationKind.BASE_CELL)
CELL_KINDS = (OrganisationKind.BASE_CELL, OrganisationKind.CELL)  # the kinds that hold members themselves
WITHOUT_OFFICE = (OrganisationKind.CELL, OrganisationKind.SUB_COMMITTEE)  # their secretaries do what staff and leaders do elsewhere

# Điều lệ Đảng 2011, Điều 10, 21 và 24: which kind may stand under which (rule O3).
PARENT_KINDS = {
    OrganisationKind.PROVINCIAL_COMMITTEE: (),
    OrganisationKind.UPPER_COMMITTEE: (OrganisationKind.PROVINCIAL_COMMITTEE,),
    OrganisationKind.BASE_COMMITTEE: (OrganisationKind.UPPER_COMMITTEE, OrganisationKind.PROVINCIAL_COMMITTEE),
    OrganisationKind.BASE_CELL: (OrganisationKind.UPPER_COMMITTEE, OrganisationKind.PROVINCIAL_COMMITTEE),
    OrganisationKind.SUB_COMMITTEE: (OrganisationKind.BASE_COMMITTEE,),
    OrganisationKind.CELL: (OrganisationKind.BASE_COMMITTEE, OrganisationKind.SUB_COMMITTEE),
}


class Ending(models.TextChoices):
    DISSOLVED = "dissolved", "Giải thể"
    MERGED = "merged", "Hợp nhất, sáp nhập"
    SPLIT = "split", "Chia tách"
    TRANSFERRED = "transferred", "Chuyển giao"
    DISBANDED = "disbanded", "Giải tán"


class Role(models.TextChoices):
    STAFF = "staff", "Cán bộ cơ quan đảng ủy"
    SECRETARY = "secretary", "Bí thư"
    LEADER = "leader", "Thường trực đảng ủy"
    INSPECTOR = "inspector", "Ủy ban kiểm tra"
    ADMINISTRATOR = "administrator", "Quản trị"


READING_ROLES = (Role.STAFF, Role.SECRETARY, Role.LEADER, Role.INSPECTOR)  # the administrator sees no members, no evaluations


class DocumentKind(models.TextChoices):
    DECISION = "decision", "Quyết định"
    RESOLUTION = "resolution", "Nghị quyết"
    GUIDANCE = "guidance", "Hướng dẫn"
    PLAN = "plan", "Kế hoạch"
    MINUTES = "minutes", "Biên bản"
    REPORT = "report", "Báo cáo"
    OTHER = "other", "Văn bản khác"


class Indicator(models.TextChoices):
    ADMISSIONS = "admissions", "Kết nạp đảng viên"
    ORGANISATIONS_GOOD = "organisations_good", "Tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên"
    ORGANISATIONS_EXCELLENT = "organisations_excellent", "Tổ chức cơ sở đảng hoàn thành xuất sắc nhiệm vụ"
    MEMBERS_GOOD = "members_good", "Đảng viên hoàn thành tốt nhiệm vụ trở lên"
    MEMBERS_EXCELLENT = "members_excellent", "Đảng viên hoàn thành xuất sắc nhiệm vụ"
    AGENCIES_TASK = "agencies_task", "Tổ chức cơ sở đảng lãnh đạo cơ quan hoàn thành tốt nhiệm vụ chính trị"


class Span(models.TextChoices):
    TERM = "term", "Cả nhiệm kỳ"
    YEARLY_AVERAGE = "yearly_average", "Bình quân mỗi năm"
    EACH_YEAR = "each_year", "Từng năm"


class Operator(models.TextChoices):
    AT_LEAST = "at_least", "từ … trở lên"
    MORE_THAN = "more_than", "trên"
    BETWEEN = "between", "từ … đến …"
    EXACTLY = "exactly", "bằng"


class Base(models.TextChoices):
    """What a percentage is of; every percentage in the product names one."""

    NONE = "none", "không phải tỷ lệ"
    RATED_ORGANISATIONS = "rated_organisations", "số tổ chức cơ sở đảng được đánh giá, xếp loại"
    GOOD_OR_BETTER_ORGANISATIONS = "good_organisations", "số tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên"
    RATED_MEMBERS = "rated_members", "số đảng viên được đánh giá, xếp loại"
    GOOD_OR_BETTER_MEMBERS = "good_members", "số đảng viên hoàn thành tốt nhiệm vụ trở lên"
    ALL_ORGANISATIONS = "all_organisations", "tổng số tổ chức cơ sở đảng"


class DayKind(models.TextChoices):
    OFF = "off", "Ngày nghỉ"
    MAKE_UP = "make_up", "Ngày làm bù"


class PaperCode(models.TextChoices):
    """The types of papers that are numbered, by the code in the symbol (12-QĐ/ĐUK); a congress numbers all its papers in one series."""

    DECISION = "QĐ", "Quyết định, quy định"
    RESOLUTION = "NQ", "Nghị quyết"
    DIRECTIVE = "CT", "Chỉ thị"
    CONCLUSION = "KL", "Kết luận"
    STATUTE = "QC", "Quy chế"
    CIRCULAR = "TT", "Thông tri"
    GUIDANCE = "HD", "Hướng dẫn"
    ANNOUNCEMENT = "TB", "Thông báo"
    REPORT = "BC", "Báo cáo"
    PLAN = "KH", "Kế hoạch"
    PROGRAMME = "CTr", "Chương trình"
    SCHEME = "ĐA", "Đề án"
    OPTION = "PA", "Phương án"
    SUBMISSION = "TTr", "Tờ trình"
    LETTER = "CV", "Công văn"
    MINUTES = "BB", "Biên bản"
    CONGRESS = "ĐH", "Văn bản của đại hội"


class NumberState(models.TextChoices):
    RESERVED = "reserved", "Giữ số"
    USED = "used", "Đã dùng"
    VOID = "void", "Bỏ số"
