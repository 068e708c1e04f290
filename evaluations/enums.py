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
    CELL_VOTE = "cell_vote", "Chi bộ bỏ phiếu"
    PROPOSED = "proposed", "Đề xuất"
    DECIDING = "deciding", "Dự kiến quyết định"


SHEET_VOICES = (Voice.SELF, Voice.AGENCY, Voice.CELL_VOTE)  # what the unit itself writes; the rest is its superior's


class DecisionState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    PROPOSED = "proposed", "Đã trình"
    ISSUED = "issued", "Đã ban hành"
    PUBLISHED = "published", "Đã công bố"


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
