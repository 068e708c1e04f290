"""Quy định 124-QĐ/TW with Hướng dẫn 25-HD/BTCTW (2023-2024): four grades, shares of tasks, no discipline."""

from datetime import date

from khoi_party.rules import Citation, Confidence, Effect, Rule
from khoi_party.rules.logic import all_of, any_of, none_of, same_as, share_at_least, share_more_than

from .facts import BODIES, COLLECTIVE, MEMBER, SUBJECTS
from .measures import all_grades, finished_in_time, member_eligibility, tasks_below, within
from .qd124 import ARTICLE_5, ISSUED

ARTICLE_12 = Citation("Quy định số 124-QĐ/TW", ISSUED, "Điều 12")
HD25 = Citation("Hướng dẫn số 25-HD/BTCTW", date(2023, 11, 10), "mục 5.1")
EN = Confidence.VERIFIED_EN


def _rule(number, subjects, effect, level, needs, test, says, citation=ARTICLE_12, confidence=EN, **more):
    return Rule(f"R3-{number}", subjects, effect, level, needs, test, says, citation, confidence, 2023, 2024, **more)


def _no_discipline(f):
    """Nobody disciplined, or self-detected and remedied."""
    return any_of(none_of(f.disciplined), f.self_detected_remedied)


RULES = (
    _rule(
        "01",
        SUBJECTS,
        Effect.REQUIRED,
        1,
        ("grades_results", "grades_other"),
        lambda f: all_of(all_grades(f.grades_results, "XS"), all_grades(f.grades_other, "T")),
        "Kết quả thực hiện nhiệm vụ phải Xuất sắc, các tiêu chí khác từ Tốt trở lên.",
    ),
    _rule(
        "02",
        BODIES,
        Effect.REQUIRED,
        1,
        ("units_disciplined", "members_disciplined"),
        lambda f: all_of(same_as(f.units_disciplined, 0), same_as(f.members_disciplined, 0)),
        "Không có đơn vị trực thuộc hoặc thành viên lãnh đạo, quản lý bị kỷ luật.",
    ),
    _rule(
        "03",
        (MEMBER,),
        Effect.REQUIRED,
        1,
        ("tasks", "tasks_on_time", "tasks_exceeded"),
        lambda f: all_of(same_as(f.tasks_on_time, f.tasks), share_at_least(f.tasks_exceeded, f.tasks, 1, 2)),
        "100% nhiệm vụ hoàn thành đúng tiến độ, bảo đảm chất lượng; ít nhất 50% vượt mức.",
    ),
    _rule(
        "04",
        SUBJECTS,
        Effect.REQUIRED,
        2,
        ("grades_results", "grades_other", "disciplines", "self_detected_remedied"),
        lambda f: all_of(all_grades(f.grades_results, "T"), all_grades(f.grades_other, "TB"), _no_discipline(f)),
        "Kết quả thực hiện nhiệm vụ từ Tốt, các tiêu chí khác từ Trung bình; không bị kỷ luật, trừ trường hợp tự phát hiện và đã khắc phục.",
    ),
    _rule(
        "05",
        SUBJECTS,
        Effect.REQUIRED,
        3,
        ("grades_results", "grades_other", "disciplines", "self_detected_remedied"),
        lambda f: all_of(all_grades(f.grades_results, "TB"), all_grades(f.grades_other, "TB"), _no_discipline(f)),
        "Các tiêu chí cơ bản từ Trung bình trở lên; không bị kỷ luật, trừ trường hợp tự phát hiện và đã khắc phục.",
    ),
    _rule(
        "06",
        (MEMBER,),
        Effect.FORCES,
        4,
        ("disciplines", "degenerated"),
        lambda f: any_of(f.disciplined, f.degenerated),
        "Bị kỷ luật trong năm (trừ trường hợp tự phát hiện và đã khắc phục) hoặc bị kết luận suy thoái: không hoàn thành nhiệm vụ.",
        ARTICLE_12,
        Confidence.VERIFIED,
        softened=lambda f: bool(f.self_detected_remedied) and f.degenerated is False,
    ),
    _rule(
        "07",
        (COLLECTIVE,),
        Effect.FORCES,
        4,
        ("body_disciplined", "units", "units_disciplined", "disunited", "degenerated", "tasks", "tasks_done"),
        lambda f: any_of(f.body_disciplined, share_more_than(f.units_disciplined, f.units, 1, 5), f.disunited, f.degenerated, tasks_below(f, 50)),
        "Tập thể bị kỷ luật, trên 20% đơn vị trực thuộc bị kỷ luật, mất đoàn kết, suy thoái hoặc dưới 50% chỉ tiêu: không hoàn thành nhiệm vụ.",
        ARTICLE_12,
        Confidence.VERIFIED,
    ),
    _rule(
        "08",
        SUBJECTS,
        Effect.CAP,
        1,
        ("group_level_1", "group_level_2"),
        lambda f: within(f.group_level_1, f.group_level_2, 20),
        "Số hoàn thành xuất sắc nhiệm vụ quá 20% số hoàn thành tốt nhiệm vụ trong nhóm tương đồng.",
    ),
    _rule(
        "09",
        (MEMBER,),
        Effect.ELIGIBILITY,
        None,
        ("exempt", "suspended", "months_since_admission"),
        lambda f: member_eligibility(f, "exempt", "exempt", "suspended", "months_since_admission"),
        "Miễn sinh hoạt, đình chỉ sinh hoạt hoặc kết nạp chưa đủ 06 tháng: không kiểm điểm, không xếp loại.",
        ARTICLE_5,
        Confidence.VERIFIED,
    ),
    _rule(
        "10",
        SUBJECTS,
        Effect.ORDER,
        None,
        ("lower_rated_first",),
        lambda f: f.lower_rated_first,
        "Chính quyền, đoàn thể, cấp dưới và tập thể phải xếp loại trước; người đứng đầu sau đơn vị.",
    ),
    _rule(
        "11",
        SUBJECTS,
        Effect.DEADLINE,
        None,
        ("finished_on", "special_body"),
        finished_in_time,
        "Phải xếp loại xong trước ngày 31/12; cơ quan đặc thù trước ngày 15/01 năm sau.",
        HD25,
        Confidence.VERIFIED,
    ),
)
