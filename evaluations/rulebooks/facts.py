"""What the rules ask for: every fact with its type, its unit and its meaning, and for whom it is asked. Nothing here is collected."""

from dataclasses import dataclass
from datetime import date

MEMBER, CELL, COMMITTEE, COLLECTIVE = "member", "cell", "committee", "collective"
SUBJECTS = (MEMBER, CELL, COMMITTEE, COLLECTIVE)
ORGANISATIONS = (CELL, COMMITTEE)
BODIES = (CELL, COMMITTEE, COLLECTIVE)
GRADES = {"XS": 4, "T": 3, "TB": 2, "K": 1}


class FactError(ValueError):
    """A fact that cannot be: the Vietnamese sentence names it, `name` is its identifier where one fact alone is wrong."""

    def __init__(self, message, name=""):
        super().__init__(message)
        self.name = name


@dataclass(frozen=True)
class Fact:
    """`type`: boolean, integer, points, percent, level, grade, grades, date or disciplines."""

    name: str
    type: str
    meaning: str
    subjects: tuple[str, ...] = SUBJECTS
    unit: str = ""
    first_year: int = 2014
    last_year: int | None = None

    def asked(self, year, subject):
        return subject in self.subjects and self.first_year <= year and (self.last_year is None or year <= self.last_year)


FACTS = (
    Fact("exempt", "boolean", "Được miễn công tác và sinh hoạt đảng", (MEMBER,)),
    Fact("suspended", "boolean", "Bị đình chỉ sinh hoạt đảng", (MEMBER,)),
    Fact("months_since_admission", "integer", "Số tháng tròn từ ngày kết nạp đến ngày chốt danh sách", (MEMBER,), "tháng"),
    Fact("months_since_founding", "integer", "Số tháng tròn từ ngày thành lập đến ngày chốt danh sách", BODIES, "tháng"),
    Fact("temporary_here", "boolean", "Đang sinh hoạt tạm thời ở đây", (MEMBER,)),
    Fact("months_at_former_cell", "integer", "Số tháng ở chi bộ cũ trong năm (0 nếu không chuyển)", (MEMBER,), "tháng"),
    Fact("former_cell_commented", "boolean", "Chi bộ cũ đã nhận xét", (MEMBER,)),
    Fact("sick_months", "integer", "Tổng số tháng nghỉ ốm trong năm", (MEMBER,), "tháng"),
    Fact("leads", "boolean", "Giữ chức vụ lãnh đạo, quản lý", (MEMBER,), first_year=2018),
    Fact("civil_servant", "boolean", "Là cán bộ, công chức, viên chức", (MEMBER,), first_year=2018),
    Fact("civil_servant_level", "level", "Mức xếp loại công chức, viên chức (1 là cao nhất)", (MEMBER,), first_year=2018),
    Fact("score", "points", "Tổng điểm", SUBJECTS, "điểm, 0-100"),
    Fact("grade_political_task", "grade", "Kết quả nhiệm vụ chính trị được giao", (MEMBER,), first_year=2018, last_year=2022),
    Fact(
        "grades_party_building", "grades", "Các tiêu chí xây dựng Đảng, hệ thống chính trị (nhóm I)", ORGANISATIONS, first_year=2018, last_year=2022
    ),
    Fact("grade_economy", "grade", "Kết quả kinh tế - xã hội, quốc phòng, an ninh (II.2)", ORGANISATIONS, first_year=2018, last_year=2022),
    Fact("grades_results", "grades", "Các tiêu chí kết quả thực hiện nhiệm vụ", SUBJECTS, first_year=2023, last_year=2024),
    Fact("grades_other", "grades", "Các tiêu chí còn lại", SUBJECTS, first_year=2018, last_year=2024),
    Fact("tasks", "integer", "Số nhiệm vụ, chỉ tiêu được giao", SUBJECTS, "nhiệm vụ", first_year=2018),
    Fact("tasks_done", "integer", "Số nhiệm vụ đã hoàn thành", SUBJECTS, "nhiệm vụ", first_year=2018),
    Fact("tasks_on_time", "integer", "Số nhiệm vụ hoàn thành đúng hạn, bảo đảm chất lượng", SUBJECTS, "nhiệm vụ", first_year=2018),
    Fact("tasks_exceeded", "integer", "Số nhiệm vụ hoàn thành vượt mức", SUBJECTS, "nhiệm vụ", first_year=2018),
    Fact(
        "main_targets_met", "boolean", "Các chỉ tiêu chính đạt đủ 100% (năm chỉ tiêu kinh tế - xã hội cơ bản)", (COLLECTIVE, MEMBER), first_year=2018
    ),
    Fact("force_majeure", "boolean", "Do bất khả kháng", (COLLECTIVE, MEMBER), first_year=2018),
    Fact("faults_remedied", "boolean", "Đã khắc phục 100% khuyết điểm nêu ở kỳ trước, hoặc không có", SUBJECTS, first_year=2025),
    Fact("degenerated", "boolean", "Bị kết luận suy thoái, “tự diễn biến”, “tự chuyển hóa” (của mình hoặc của thành viên)", SUBJECTS),
    Fact("disunited", "boolean", "Bị kết luận mất đoàn kết nội bộ", BODIES),
    Fact("disciplines", "disciplines", "Các hình thức kỷ luật liên quan", SUBJECTS),
    Fact("member_disciplined_for_decline", "boolean", "Có đảng viên bị kỷ luật do tham nhũng, tiêu cực, suy thoái", ORGANISATIONS, last_year=2017),
    Fact("body_disciplined", "boolean", "Tập thể bị kỷ luật trong năm", (COLLECTIVE,), first_year=2018),
    Fact("members_disciplined", "integer", "Số thành viên lãnh đạo, quản lý bị kỷ luật trong năm", BODIES, "người", first_year=2018),
    Fact("member_warned", "boolean", "Có thành viên bị kỷ luật cảnh cáo trở lên", (COLLECTIVE,), first_year=2018, last_year=2022),
    Fact("member_disciplined_for_duty", "boolean", "Có thành viên bị khiển trách trở lên do vi phạm chức trách", (COLLECTIVE,), first_year=2025),
    Fact("cadre_work_fault", "boolean", "Bị kết luận sai phạm trong công tác cán bộ", (COLLECTIVE,), first_year=2025),
    Fact("units", "integer", "Số đơn vị trực thuộc", SUBJECTS, "đơn vị", first_year=2018),
    Fact("units_disciplined", "integer", "Số đơn vị trực thuộc bị kỷ luật", BODIES, "đơn vị", first_year=2018),
    Fact("units_rated", "integer", "Số tổ chức đảng, đơn vị trực thuộc được xếp loại", (COMMITTEE, MEMBER), "đơn vị"),
    Fact("units_good", "integer", "Trong đó hoàn thành tốt nhiệm vụ trở lên", (COMMITTEE,), "đơn vị", first_year=2018),
    Fact("units_lowest", "integer", "Trong đó mức thấp nhất", (COMMITTEE, MEMBER), "đơn vị"),
    Fact("members_rated", "integer", "Số đảng viên được xếp loại", (CELL,), "người"),
    Fact("members_good", "integer", "Trong đó hoàn thành tốt nhiệm vụ trở lên", (CELL,), "người", first_year=2018),
    Fact("members_lowest", "integer", "Trong đó không hoàn thành nhiệm vụ", (CELL,), "người"),
    Fact("authority_level", "level", "Mức của chính quyền, cơ quan cùng cấp", BODIES),
    Fact("mass_bodies", "integer", "Số Mặt trận, đoàn thể cùng cấp", ORGANISATIONS, "tổ chức"),
    Fact("mass_bodies_good", "integer", "Trong đó hoàn thành tốt nhiệm vụ trở lên", ORGANISATIONS, "tổ chức", first_year=2018),
    Fact("mass_bodies_lowest", "integer", "Trong đó mức thấp nhất", ORGANISATIONS, "tổ chức", last_year=2017),
    Fact("organisation_level", "level", "Mức của tổ chức, cơ quan, đơn vị mình", (COLLECTIVE,), first_year=2018),
    Fact("low_confidence_over_half", "boolean", "Trên 50% phiếu tín nhiệm thấp trong năm", (MEMBER,), first_year=2025),
    Fact("corruption_under_direct_lead", "boolean", "Nơi trực tiếp phụ trách có tham nhũng, tiêu cực bị kỷ luật", (MEMBER,), first_year=2025),
    Fact("broke_what_members_may_not_do", "boolean", "Vi phạm điều đảng viên không được làm, nêu gương", (MEMBER,), first_year=2025),
    Fact("self_detected_remedied", "boolean", "Tự phát hiện, tự nhận và đã khắc phục", SUBJECTS, first_year=2023),
    Fact("authority_accepts", "boolean", "Cấp có thẩm quyền xem xét giảm nhẹ, có ghi lý do", SUBJECTS, first_year=2023),
    Fact("group_level_1", "integer", "Số được đề nghị mức cao nhất trong nhóm tính trần", SUBJECTS, "người hoặc tổ chức"),
    Fact("group_level_2", "integer", "Số hoàn thành tốt nhiệm vụ trong nhóm đó", SUBJECTS, "người hoặc tổ chức"),
    Fact("group_raised", "boolean", "Nhóm được cấp có thẩm quyền cho tỷ lệ 25%", SUBJECTS, first_year=2025),
    Fact("group_all", "integer", "Số tổ chức trực thuộc được xét", ORGANISATIONS, "tổ chức", last_year=2017),
    Fact("exemplary_count", "integer", "Số được đề nghị tiêu biểu", ORGANISATIONS, "tổ chức", last_year=2017),
    Fact("reviewed", "boolean", "Đã kiểm điểm", SUBJECTS, first_year=2018),
    Fact("will_be_rated", "boolean", "Sẽ được xếp loại", SUBJECTS, first_year=2025),
    Fact("lower_rated_first", "boolean", "Cấp dưới, chính quyền, đoàn thể đã xếp loại trước", SUBJECTS, first_year=2023),
    Fact("balloted", "boolean", "Đã bỏ phiếu kín theo bốn mức", ORGANISATIONS, first_year=2018, last_year=2022),
    Fact("draft_days_before", "integer", "Số ngày làm việc gửi dự thảo trước hội nghị", (COLLECTIVE,), "ngày làm việc", first_year=2025),
    Fact("review_days", "points", "Thời gian kiểm điểm", (COLLECTIVE,), "ngày", first_year=2025),
    Fact("finished_on", "date", "Ngày xếp loại xong", SUBJECTS, first_year=2023),
    Fact("special_body", "boolean", "Cơ quan, đơn vị đặc thù (hạn 15/01)", SUBJECTS, first_year=2023),
    Fact("decided_by_right_body", "boolean", "Do đúng cấp có thẩm quyền quyết định", ORGANISATIONS, first_year=2025),
    Fact("replaces_decision", "boolean", "Là quyết định xếp loại lại", SUBJECTS, first_year=2025),
    Fact("old_decision_kept", "boolean", "Quyết định cũ được điều chỉnh hoặc hủy bỏ bằng văn bản và vẫn lưu", SUBJECTS, first_year=2025),
)
BY_NAME = {fact.name: fact for fact in FACTS}
DEGREES = ("khien_trach", "canh_cao", "cach_chuc", "khai_tru", "giai_tan")


def facts_for(year, subject):
    """The Facts asked of `subject` in `year`."""
    return tuple(fact for fact in FACTS if fact.asked(year, subject))


def checked(facts, year, subject):
    """`facts` ({name: value}) as the rules read them, absent ones None. Raises FactError with a sentence for what cannot be."""
    asked = {fact.name: fact for fact in facts_for(year, subject)}
    for name in facts:
        if name not in asked:
            raise FactError(f"Năm {year} không hỏi “{name}” đối với {subject}. Xem danh sách bằng --list-facts.", name)
    values = {name: _read(fact, facts.get(name)) for name, fact in asked.items()}
    for part, whole in _PARTS:
        if values.get(part) is not None and values.get(whole) is not None and values[part] > values[whole]:
            raise FactError(f"“{BY_NAME[part].meaning}” ({values[part]}) không được lớn hơn “{BY_NAME[whole].meaning}” ({values[whole]}).", part)
    return values | _discipline(values.get("disciplines"), year)


_PARTS = (
    ("tasks_done", "tasks"),
    ("tasks_on_time", "tasks_done"),
    ("tasks_exceeded", "tasks_done"),
    ("units_good", "units_rated"),
    ("units_lowest", "units_rated"),
    ("members_good", "members_rated"),
    ("members_lowest", "members_rated"),
    ("mass_bodies_good", "mass_bodies"),
    ("mass_bodies_lowest", "mass_bodies"),
    ("units_disciplined", "units"),
)


def _read(fact, value):
    if value is None:
        return None
    wrong = FactError(f"“{fact.meaning}” ({fact.name}): không nhận giá trị {value!r}.", fact.name)
    match fact.type:
        case "boolean":
            right = isinstance(value, bool)
        case "integer":
            right = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        case "points":
            right = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 100
        case "level":
            right = value in (1, 2, 3, 4) and not isinstance(value, bool)
        case "grade":
            right = value in GRADES
        case "grades":
            right = isinstance(value, list) and value and all(one in GRADES for one in value)
        case "disciplines":
            right = isinstance(value, list) and all(isinstance(one, dict) and _is_discipline(one) for one in value)
        case "date":
            return _date(value, wrong)
    if not right:
        raise wrong
    return value


def _date(value, wrong):
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise wrong from None
    if not 2014 <= day.year <= 2100:
        raise wrong
    return day


def _is_discipline(one):
    try:
        date.fromisoformat(one["decided_on"])
    except (KeyError, TypeError, ValueError):
        return False
    known = {"decided_on", "degree", "duty_related", "act_here", "counted_in"}
    return set(one) <= known and one.get("degree", DEGREES[0]) in DEGREES


def _discipline(disciplines, year):
    """What the list of disciplines means in `year`: each counts once, in the year of its decision; from 2025 where the act was done."""
    if disciplines is None:
        return {"disciplined": None, "disciplined_for_duty": None, "all_disciplines_count": None}
    counted = [one for one in disciplines if date.fromisoformat(one["decided_on"]).year == year and one.get("counted_in") in (None, year)]
    if year >= 2025:
        counted = [one for one in counted if one.get("act_here", True)]
    return {
        "disciplined": bool(counted),
        "disciplined_for_duty": any(one.get("duty_related", True) for one in counted),
        "all_disciplines_count": len(counted) == len(disciplines),
    }
