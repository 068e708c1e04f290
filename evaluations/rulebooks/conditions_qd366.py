"""Quy định 366-QĐ/TW with Hướng dẫn 43-HD/BTCTW (from 2025): 30 + 70 points, shares of tasks, and what the text leaves open."""

from datetime import date

from khoi_party.rules import Citation, Confidence, Effect, Rule
from khoi_party.rules.logic import all_of, any_of, at_least, less_than, none_of, same_as, share_at_least, share_more_than

from .facts import COLLECTIVE, MEMBER, ORGANISATIONS, SUBJECTS
from .measures import finished_in_time, member_eligibility, tasks_below, within
from .qd366 import ARTICLE_5, CAP, ISSUED

ARTICLE_11 = Citation("Quy định số 366-QĐ/TW", ISSUED, "Điều 11")
ARTICLE_12 = Citation("Quy định số 366-QĐ/TW", ISSUED, "Điều 12")
ARTICLE_15 = Citation("Quy định số 366-QĐ/TW", ISSUED, "Điều 15")
ARTICLE_3 = Citation("Quy định số 366-QĐ/TW", ISSUED, "Điều 3")
HD43 = "Hướng dẫn số 43-HD/BTCTW"
HD43_ON = date(2025, 10, 31)


def _hd43(place):
    return Citation(HD43, HD43_ON, place)


def _rule(number, subjects, effect, level, needs, test, says, citation=ARTICLE_11, confidence=Confidence.VERIFIED, **more):
    return Rule(f"R4-{number}", subjects, effect, level, needs, test, says, citation, confidence, 2025, None, **more)


def _all_done(f):
    return same_as(f.tasks_done, f.tasks)


def _all_on_time(f):
    return same_as(f.tasks_on_time, f.tasks)


def _third_exceeded(f):
    """At least 30 per cent."""
    return share_at_least(f.tasks_exceeded, f.tasks, 3, 10)


def _late_within_fifth(f):
    return share_at_least(f.tasks_on_time, f.tasks, 4, 5)


def _not_leading(f):
    return none_of(f.leads)


def _softened(f):
    """Force majeure, or self-detected and remedied, and the authority answers for setting the case aside."""
    return bool(f.authority_accepts and (f.force_majeure or f.self_detected_remedied))


RULES = (
    _rule("01", SUBJECTS, Effect.REQUIRED, 1, ("score",), lambda f: at_least(f.score, 90), "Hoàn thành xuất sắc nhiệm vụ phải từ 90 điểm."),
    _rule(
        "02",
        (COLLECTIVE,),
        Effect.REQUIRED,
        1,
        ("tasks", "tasks_on_time", "tasks_exceeded", "units_disciplined", "members_disciplined"),
        lambda f: all_of(_all_on_time(f), _third_exceeded(f), same_as(f.units_disciplined, 0), same_as(f.members_disciplined, 0)),
        "100% nhiệm vụ đúng tiến độ, chất lượng, ít nhất 30% vượt mức; không có đơn vị trực thuộc, thành viên lãnh đạo, quản lý bị kỷ luật.",
    ),
    _rule(
        "03",
        (MEMBER,),
        Effect.REQUIRED,
        1,
        ("leads", "tasks", "tasks_done", "tasks_exceeded"),
        lambda f: all_of(_all_done(f), _third_exceeded(f)),
        "Đơn vị trực tiếp lãnh đạo, phụ trách hoàn thành 100% nhiệm vụ, ít nhất 30% vượt mức.",
        applies=lambda f: f.leads,
    ),
    _rule(
        "04",
        (MEMBER,),
        Effect.REQUIRED,
        1,
        ("leads", "tasks", "tasks_on_time", "tasks_exceeded"),
        lambda f: all_of(_all_on_time(f), _third_exceeded(f)),
        "100% nhiệm vụ đúng tiến độ, bảo đảm chất lượng, ít nhất 30% vượt mức.",
        applies=_not_leading,
    ),
    _rule(
        "05",
        SUBJECTS,
        Effect.REQUIRED,
        1,
        ("faults_remedied",),
        lambda f: f.faults_remedied,
        "100% khuyết điểm được chỉ ra ở kỳ trước phải được khắc phục.",
    ),
    _rule(
        "06",
        SUBJECTS,
        Effect.CAP,
        1,
        ("group_level_1", "group_level_2", "group_raised"),
        lambda f: within(f.group_level_1, f.group_level_2, 25 if f.group_raised else 20),
        "Số hoàn thành xuất sắc nhiệm vụ quá 20% (25% khi cấp có thẩm quyền cho phép) số hoàn thành tốt nhiệm vụ trong nhóm tương đồng.",
        CAP.citation,
    ),
    _rule(
        "07",
        SUBJECTS,
        Effect.REQUIRED,
        2,
        ("score", "tasks", "tasks_on_time"),
        lambda f: all_of(at_least(f.score, 70), _all_on_time(f)),
        "Hoàn thành tốt nhiệm vụ: từ 70 điểm và 100% nhiệm vụ đúng tiến độ, bảo đảm chất lượng.",
    ),
    _rule(
        "08",
        SUBJECTS,
        Effect.REQUIRED,
        3,
        ("tasks", "tasks_done", "tasks_on_time"),
        lambda f: all_of(_all_done(f), _late_within_fifth(f)),
        "Hoàn thành nhiệm vụ: 100% nhiệm vụ hoàn thành, chậm không quá 20%. Dưới mức đó văn bản không nêu mức nào: cấp có thẩm quyền xem xét.",
        leaves_open=True,
    ),
    _rule("09", SUBJECTS, Effect.FORCES, 4, ("score",), lambda f: less_than(f.score, 50), "Dưới 50 điểm: không hoàn thành nhiệm vụ."),
    _rule(
        "10",
        (COLLECTIVE,),
        Effect.FORCES,
        4,
        ("cadre_work_fault", "disunited", "member_disciplined_for_duty", "degenerated", "tasks", "tasks_done", "main_targets_met"),
        lambda f: any_of(
            f.cadre_work_fault, f.disunited, f.member_disciplined_for_duty, f.degenerated, tasks_below(f, 70), none_of(f.main_targets_met)
        ),
        "Sai phạm trong công tác cán bộ, mất đoàn kết, có thành viên bị kỷ luật do vi phạm chức trách hoặc suy thoái, dưới 70% nhiệm vụ, không "
        "đạt các chỉ tiêu cơ bản: không hoàn thành nhiệm vụ.",
        softened=_softened,
    ),
    _rule(
        "11",
        (MEMBER,),
        Effect.FORCES,
        4,
        (
            "leads",
            "tasks",
            "tasks_done",
            "units_rated",
            "units_lowest",
            "low_confidence_over_half",
            "disciplines",
            "degenerated",
            "corruption_under_direct_lead",
        ),
        lambda f: any_of(
            tasks_below(f, 70),
            share_more_than(f.units_lowest, f.units_rated, 1, 2),
            f.low_confidence_over_half,
            f.disciplined_for_duty,
            f.degenerated,
            f.corruption_under_direct_lead,
        ),
        "Đơn vị dưới 70% nhiệm vụ hoặc trên 50% đơn vị không hoàn thành, tín nhiệm thấp trên 50%, bị kỷ luật do vi phạm chức trách, suy thoái, "
        "nơi trực tiếp phụ trách có tham nhũng bị kỷ luật: không hoàn thành nhiệm vụ.",
        applies=lambda f: f.leads,
        softened=_softened,
    ),
    _rule(
        "12",
        (MEMBER,),
        Effect.FORCES,
        4,
        ("leads", "degenerated", "disciplines", "broke_what_members_may_not_do", "tasks", "tasks_done"),
        lambda f: any_of(f.degenerated, f.disciplined_for_duty, f.broke_what_members_may_not_do, tasks_below(f, 50)),
        "Suy thoái, bị kỷ luật do vi phạm chức trách, vi phạm điều đảng viên không được làm hoặc trên 50% nhiệm vụ không hoàn thành: không hoàn "
        "thành nhiệm vụ.",
        applies=_not_leading,
        softened=_softened,
    ),
    _rule(
        "13",
        SUBJECTS,
        Effect.ORDER,
        None,
        ("disciplines",),
        lambda f: f.all_disciplines_count,
        "Kỷ luật tính vào kỳ có quyết định và tính cho đơn vị nơi vi phạm; có hình thức kỷ luật không tính vào kỳ này, đơn vị này.",
    ),
    _rule(
        "14",
        (MEMBER,),
        Effect.ELIGIBILITY,
        None,
        ("exempt", "suspended", "months_since_admission"),
        lambda f: member_eligibility(f, "exempt", "exempt", "suspended", "months_since_admission"),
        "Miễn sinh hoạt, đình chỉ sinh hoạt hoặc kết nạp chưa đủ 06 tháng: không kiểm điểm, không xếp loại.",
        ARTICLE_5,
    ),
    _rule(
        "15",
        (MEMBER,),
        Effect.NOTE,
        None,
        ("sick_months",),
        lambda f: at_least(f.sick_months, 3),
        "Nghỉ ốm từ 03 tháng: xếp loại theo kết quả thực tế, không bị giới hạn mức.",
        _hd43("mục 7.5"),
    ),
    _rule(
        "16",
        SUBJECTS,
        Effect.ORDER,
        None,
        ("lower_rated_first",),
        lambda f: f.lower_rated_first,
        "Tập thể xếp loại trước thành viên và người đứng đầu; cấp dưới, đơn vị trước tổ chức đảng.",
        ARTICLE_12,
    ),
    _rule(
        "17",
        (COLLECTIVE,),
        Effect.DEADLINE,
        None,
        ("draft_days_before", "review_days"),
        lambda f: all_of(at_least(f.draft_days_before, 3), at_least(f.review_days, 1)),
        "Dự thảo gửi trước ít nhất 03 ngày làm việc; kiểm điểm ít nhất 01 ngày.",
        _hd43("mục 2"),
    ),
    _rule(
        "18",
        SUBJECTS,
        Effect.DEADLINE,
        None,
        ("finished_on", "special_body"),
        finished_in_time,
        "Phải xếp loại xong trước ngày 31/12; cơ quan đặc thù trước ngày 15/01 năm sau.",
        _hd43("mục 4"),
    ),
    _rule(
        "19",
        ORGANISATIONS,
        Effect.ORDER,
        None,
        ("decided_by_right_body",),
        lambda f: f.decided_by_right_body,
        "Mức do cấp có thẩm quyền theo loại tổ chức quyết định.",
        _hd43("mục 3"),
    ),
    _rule(
        "20",
        SUBJECTS,
        Effect.ORDER,
        None,
        ("replaces_decision", "old_decision_kept"),
        lambda f: f.old_decision_kept,
        "Xếp loại lại phải điều chỉnh hoặc hủy bỏ kết quả cũ bằng văn bản (Mẫu 03); quyết định cũ vẫn lưu.",
        ARTICLE_15,
        applies=lambda f: f.replaces_decision,
    ),
    _rule(
        "21",
        SUBJECTS,
        Effect.ORDER,
        None,
        ("reviewed", "will_be_rated"),
        lambda f: f.will_be_rated,
        "Đã kiểm điểm thì phải xếp loại.",
        ARTICLE_3,
        applies=lambda f: f.reviewed,
    ),
    _rule(
        "07",
        SUBJECTS,
        Effect.ORDER,
        None,
        ("score", "faults_remedied", "tasks", "tasks_exceeded"),
        lambda f: none_of(all_of(at_least(f.score, 90), none_of(all_of(f.faults_remedied, _third_exceeded(f))))),
        "Từ 90 điểm nhưng thiếu điều kiện của mức xuất sắc: văn bản chỉ nêu hoàn thành tốt nhiệm vụ cho 70 đến dưới 90 điểm; ghi riêng điểm và mức, "
        "kèm lý do.",
        confidence=Confidence.INFERRED,
    ),
)
