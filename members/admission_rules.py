"""Rules A1-A16 of admissions: what speaks against a step, what a file lacks, until when what is due. Pure: no database, no clock.

The rule set in force when a file is opened is frozen into it. A clause that was read word for word refuses (or asks for a reason where the
text itself leaves room), every other one warns. Point 4 of QĐ 294-QĐ/TW repeats QĐ 24 and QĐ 232 as far as is known; of it, 4.3.1 (sixty
working days) was read only in the earlier texts and warns.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from khoi_party.common.dates import date_text
from khoi_party.rules import Citation, Confidence, Finding, Kind
from members.admission_steps import BALLOTS
from members.badges import months_away
from members.enums import Introducer, Schooling, Stage, StepKind, Vetted, VettedPerson

CHARTER = ("Điều lệ Đảng", date(2011, 1, 19))
HD01 = ("Hướng dẫn số 01-HD/TW", date(2021, 9, 28))
QD30 = ("Quy định số 30-QĐ/TW", date(2016, 7, 26))
MIN_AGE, MAX_AGE = 18, 60  # years, counted in months
CERTIFICATE_MONTHS, DOSSIER_MONTHS, TOGETHER_MONTHS, PROBATION_MONTHS = 60, 12, 12, 12
DECISION_DAYS, EXTENSION_DAYS, CEREMONY_DAYS, RECOGNITION_DAYS = 60, 30, 30, 30  # working days
MOST_BALLOTS = 3
AHEAD = (90, 60, 30, 15, 7)  # days before a deadline on which it is announced anew
ASK = "Hãy ghi lý do hoặc văn bản đồng ý."
REFUSES, ASKS, WARNS = "refuses", "asks", "warns"

# id: (says, document or None for the regulation of the set, article, what it does where the text was read)
RULES = {
    "A1": ("Người vào Đảng đủ 18 đến đủ 60 tuổi, tính theo tháng, khi chi bộ xét.", None, "mục 1", REFUSES),
    "A2": ("Người vào Đảng có bằng tốt nghiệp trung học cơ sở trở lên.", None, "mục 1", REFUSES),
    "A3": ("Giấy chứng nhận bồi dưỡng nhận thức về Đảng có giá trị 60 tháng.", HD01, "", WARNS),
    "A4": ("Quá 12 tháng từ khi lập hồ sơ mà chi bộ chưa xét thì phải làm lại một số giấy tờ.", HD01, "", WARNS),
    "A5": ("Phải đủ người giới thiệu theo Điều lệ.", CHARTER, "Điều 4.1", REFUSES),
    "A6": ("Người giới thiệu là đảng viên chính thức, cùng công tác ít nhất 12 tháng.", CHARTER, "Điều 4.1", REFUSES),
    "A7": ("Thẩm tra xong mọi người thuộc diện rồi mới chứng nhận lý lịch.", HD01, "mục 3.3, 3.4", REFUSES),
    "A8": ("Ít nhất hai phần ba số người có quyền biểu quyết tán thành.", None, "điểm 4.2.3", WARNS),
    "A9": ("Quyết định trong 60 ngày làm việc từ nghị quyết của chi bộ, đặc biệt thêm không quá 30.", None, "điểm 4.3.1", ASKS),
    "A10": ("Lễ kết nạp trong 30 ngày làm việc từ khi nhận quyết định; chậm hơn phải được cấp trên đồng ý.", None, "điểm 4.1", ASKS),
    "A11": ("Đảng ủy cơ sở chỉ quyết định kết nạp khi được ủy quyền.", None, "điểm 4.3.2", REFUSES),
    "A12": ("Ngày của các bước theo đúng thứ tự.", HD01, "", WARNS),
    "A13": ("Công nhận: có giấy chứng nhận lớp đảng viên mới, tự kiểm điểm sau đủ 12 tháng, xét trong 30 ngày làm việc.", None, "điểm 4.2.1", ASKS),
    "A14": ("Nhắc học lớp đảng viên mới ở tháng thứ 10, tự kiểm điểm ở tháng thứ 12.", HD01, "mục 4", WARNS),
    "A15": ("Ba lần biểu quyết không đạt thì báo cáo cấp trên, không biểu quyết lần thứ tư.", None, "điểm 4.2.3", REFUSES),
    "A16": ("Đảng viên dự bị bị khiển trách, cảnh cáo vẫn được xét công nhận đúng hạn.", QD30, "", WARNS),
}


@dataclass(frozen=True)
class RuleSet:
    """The regulation in force from a day: its document, and which of RULES were read in it (or in what it leaves as it was)."""

    key: str
    valid_from: date
    document: str
    issued_on: date
    read: frozenset


ALWAYS = {"A5", "A6"}
GUIDED = {"A1", "A2", "A7", "A13", "A15"}
RULE_SETS = (
    RuleSet("qd29", date(2016, 7, 25), "Quy định số 29-QĐ/TW", date(2016, 7, 25), frozenset(ALWAYS | {"A9", "A10", "A11"})),
    RuleSet("qd24", date(2021, 7, 30), "Quy định số 24-QĐ/TW", date(2021, 7, 30), frozenset(ALWAYS | GUIDED | {"A9", "A10", "A11"})),
    RuleSet("qd232", date(2025, 1, 20), "Quy định số 232-QĐ/TW", date(2025, 1, 20), frozenset(ALWAYS | GUIDED | {"A9", "A10", "A11"})),
    RuleSet("qd294", date(2025, 7, 1), "Quy định số 294-QĐ/TW", date(2025, 5, 26), frozenset(ALWAYS | GUIDED | {"A10", "A11"})),
)
BY_KEY = {one.key: one for one in RULE_SETS}


def rule_set_on(day):
    """The RuleSet in force on `day`; the first one for what is older."""
    return max((one for one in RULE_SETS if one.valid_from <= day), key=lambda one: one.valid_from, default=RULE_SETS[0])


def citation(rule, rules):
    _, document, article, _ = RULES[rule]
    return Citation(*(document or (rules.document, rules.issued_on)), article)


def confidence(rule, rules):
    return Confidence.VERIFIED if rule in rules.read else Confidence.SECONDARY


@dataclass(frozen=True)
class Step:
    """One standing step: its kind, day and values. `introducer_official` for an introduction by a member: official on that day."""

    kind: str
    done_on: date
    values: dict = field(default_factory=dict)
    introducer_official: bool | None = None

    @property
    def passed(self):
        return self.kind not in BALLOTS or two_thirds(self.values["agree"], self.values["eligible"])


@dataclass(frozen=True)
class File:
    """What the rules ask of one file. `add(day, n)` and `between(first, last)` count working days."""

    rules: RuleSet
    born_on: date
    schooling: str
    area_approval: str
    has_youth_union: bool
    is_youth_age: bool
    is_base_cell: bool
    steps: tuple
    add: Callable
    between: Callable

    def all(self, kind):
        return [one for one in self.steps if one.kind == kind]

    def last(self, kind):
        """The latest standing step of `kind` that counts: of a ballot one that passed; None where there is none."""
        return max((one for one in self.all(kind) if one.passed), key=lambda one: one.done_on, default=None)

    def failed(self, kind):
        return sum(not one.passed for one in self.all(kind))


def two_thirds(agree, eligible):
    """Whether `agree` is at least two thirds of all who are entitled, in whole numbers."""
    return 3 * agree >= 2 * eligible


def judge(file, step):
    """The Findings that speak against adding `step` to `file`: FORBIDS refuses, WARNS is kept with the step."""
    judged = JUDGES.get(step.kind)
    found = [*(_order(file, step)), *(judged(file, step) if judged else ()), *_ballots(file, step)]
    return tuple(found)


def _says(file, rule, sentence, reason="", does=None):
    """`sentence` under `rule`: refused, or refused while no reason is given, where the clause was read; else a warning."""
    does = does or (RULES[rule][3] if confidence(rule, file.rules) == Confidence.VERIFIED else WARNS)
    kind = Kind.FORBIDS if does == REFUSES or (does == ASKS and not reason) else Kind.WARNS
    ask = f" {ASK}" if does == ASKS and not reason else ""
    return Finding(rule, kind, None, f"{sentence}{ask}", str(citation(rule, file.rules)))


def _certified(file, step):
    lacking = [one.label.lower() for one in not_vetted(file)]
    if lacking:
        yield _says(file, "A7", f"Chưa thẩm tra xong: {', '.join(lacking)}.")


def _introduction(file, step):
    if step.values["introducer"] != Introducer.MEMBER:
        return
    if step.introducer_official is False:
        yield _says(file, "A6", "Người giới thiệu không phải là đảng viên chính thức vào ngày giới thiệu.")
    months = step.values.get("months")
    if months is None or months < TOGETHER_MONTHS:
        said = "chưa rõ số tháng" if months is None else f"mới {months} tháng"
        yield _says(file, "A6", f"Người giới thiệu phải cùng công tác ít nhất 12 tháng ({said}).", does=WARNS)


def _cell_vote(file, step):
    day = step.done_on
    if day < months_away(file.born_on, MIN_AGE * 12):
        yield _says(file, "A1", f"Ngày {date_text(day)} người xin vào Đảng chưa đủ 18 tuổi.")
    if over_age(file.born_on, day):
        yield _says(file, "A1", "Đã quá 60 tuổi: phải có văn bản đồng ý của cấp có thẩm quyền trước khi quyết định.", does=WARNS)
    if file.schooling == Schooling.BELOW and not file.area_approval:
        yield _says(file, "A2", "Chưa có bằng tốt nghiệp trung học cơ sở và không có văn bản cho phép.")
    certificate, application = file.last(StepKind.CERTIFICATE), file.last(StepKind.APPLICATION)
    if certificate is None or day > months_away(certificate.done_on, CERTIFICATE_MONTHS):
        yield _says(file, "A3", "Giấy chứng nhận bồi dưỡng nhận thức về Đảng chưa có hoặc đã quá 60 tháng.")
    if application is None or day > months_away(application.done_on, DOSSIER_MONTHS):
        yield _says(file, "A4", "Chưa có đơn, hoặc hồ sơ lập đã quá 12 tháng: làm lại giới thiệu, ý kiến và thẩm tra bổ sung.")
    if lacking := introductions_lacking(file):
        yield _says(file, "A5", lacking)
    if file.last(StepKind.CERTIFIED) is None:
        yield _says(file, "A7", "Lý lịch chưa được cấp ủy chứng nhận.", does=WARNS)


def _decision(file, step):
    resolution = file.last(StepKind.CELL_VOTE)
    if resolution is None:
        yield _says(file, "A8", "Chưa có nghị quyết của chi bộ đạt hai phần ba tán thành.")
    elif (days := file.between(resolution.done_on, step.done_on)) > DECISION_DAYS:
        limit = DECISION_DAYS + EXTENSION_DAYS
        more = f", quá cả {limit} ngày khi được gia hạn" if days > limit else ""
        yield _says(file, "A9", f"Quyết định sau nghị quyết của chi bộ {days} ngày làm việc{more}.", step.values.get("reason"))
    if not file.is_base_cell and file.last(StepKind.BASE_VOTE) is None:
        yield _says(file, "A8", "Chưa có nghị quyết của đảng ủy cơ sở đạt hai phần ba tán thành.")
    if step.values["body"] == "delegated" and not step.values.get("delegation"):
        yield _says(file, "A11", "Hãy ghi văn bản ủy quyền cho đảng ủy cơ sở quyết định kết nạp.")
    consent = step.values.get("consent_on")
    if resolution and over_age(file.born_on, resolution.done_on) and not (consent and date.fromisoformat(consent) < step.done_on):
        yield _says(file, "A1", "Người quá 60 tuổi phải có văn bản đồng ý trước ngày quyết định.")


def _ceremony(file, step):
    decision = file.last(StepKind.DECISION)
    if decision is None:
        yield _says(file, "A10", "Chưa có quyết định kết nạp.", does=REFUSES)
        return
    if step.done_on < decision.done_on:
        yield _says(file, "A12", "Lễ kết nạp không thể trước quyết định kết nạp.", does=REFUSES)
    received = step.values.get("received_on")
    days = file.between(date.fromisoformat(received) if received else decision.done_on, step.done_on)
    if days > CEREMONY_DAYS:
        yield _says(file, "A10", f"Lễ kết nạp sau khi nhận quyết định {days} ngày làm việc.", step.values.get("reason"))


def _self_review(file, step):
    ceremony = file.last(StepKind.CEREMONY)
    if ceremony and step.done_on < probation_ends(ceremony.done_on):
        yield _says(file, "A13", f"Bản tự kiểm điểm viết trước khi đủ 12 tháng dự bị ({date_text(probation_ends(ceremony.done_on))}).", does=REFUSES)


def _cell_recognition(file, step):
    ceremony = file.last(StepKind.CEREMONY)
    if ceremony is None:
        return
    end = probation_ends(ceremony.done_on)
    if step.done_on < end:
        yield _says(file, "A13", f"Chưa đủ 12 tháng dự bị; chỉ xét từ ngày {date_text(end)}.", does=REFUSES)
    elif (days := file.between(end, step.done_on)) > RECOGNITION_DAYS:
        yield _says(file, "A13", f"Chi bộ xét sau khi hết 12 tháng {days} ngày làm việc.", step.values.get("reason"))


def _recognition(file, step):
    reason = step.values.get("reason")
    if file.last(StepKind.CEREMONY) is None:
        yield _says(file, "A13", "Chưa ghi lễ kết nạp.", does=REFUSES)
    if file.last(StepKind.NEW_CLASS) is None:
        yield _says(file, "A13", "Chưa có giấy chứng nhận lớp đảng viên mới.", reason)
    if file.last(StepKind.SELF_REVIEW) is None:
        yield _says(file, "A13", "Chưa có bản tự kiểm điểm.", reason)
    resolution = file.last(StepKind.CELL_RECOGNITION)
    if resolution is None:
        read = REFUSES if "A15" in file.rules.read else WARNS  # the two thirds of a recognition stand in 4.2.3, beside the three ballots
        yield _says(file, "A8", "Chưa có nghị quyết của chi bộ đạt hai phần ba tán thành đề nghị công nhận.", does=read)
    elif (days := file.between(resolution.done_on, step.done_on)) > RECOGNITION_DAYS:
        yield _says(file, "A13", f"Quyết định sau nghị quyết của chi bộ {days} ngày làm việc.", reason)


def _ballots(file, step):
    if step.kind in BALLOTS and file.failed(step.kind) >= MOST_BALLOTS:
        yield _says(file, "A15", "Đã ba lần biểu quyết không đạt hai phần ba; báo cáo cấp trên, không biểu quyết lần thứ tư.", does=REFUSES)


CHAIN = [StepKind.CERTIFICATE, StepKind.APPLICATION, StepKind.CERTIFIED, StepKind.INTRODUCTION, StepKind.CELL_VOTE, StepKind.BASE_VOTE]
CHAIN += [StepKind.DECISION, StepKind.CEREMONY]


def _order(file, step):
    if step.kind not in CHAIN or step.kind == StepKind.CEREMONY:
        return
    earlier = [one for one in (file.last(kind) for kind in CHAIN[: CHAIN.index(step.kind)]) if one and one.done_on > step.done_on]
    if earlier:
        late = max(earlier, key=lambda one: one.done_on)
        yield _says(file, "A12", f"Ngày này trước bước “{StepKind(late.kind).label}” ({date_text(late.done_on)}).")


JUDGES = {
    StepKind.CERTIFIED: _certified,
    StepKind.INTRODUCTION: _introduction,
    StepKind.CELL_VOTE: _cell_vote,
    StepKind.DECISION: _decision,
    StepKind.CEREMONY: _ceremony,
    StepKind.SELF_REVIEW: _self_review,
    StepKind.CELL_RECOGNITION: _cell_recognition,
    StepKind.RECOGNITION: _recognition,
}


def over_age(born_on, day):
    """Whether somebody born on `born_on` has passed full sixty on `day`, counted in months: the month of the birthday still counts."""
    limit = months_away(born_on, MAX_AGE * 12)
    return (day.year, day.month) > (limit.year, limit.month)


def probation_ends(ceremony_on):
    """The day from which a probationary member is official: twelve months after the ceremony."""
    return months_away(ceremony_on, PROBATION_MONTHS)


def not_vetted(file):
    """The VettedPersons of whom no vetting is done; the latest row of each counts."""
    latest = {one.values["person"]: one.values["conclusion"] for one in sorted(file.all(StepKind.VETTING), key=lambda one: one.done_on)}
    return [person for person in VettedPerson if latest.get(person) not in (Vetted.MET, Vetted.NONE)]


def introductions_lacking(file):
    """What the introductions still lack of one of the three patterns, as a sentence; "" where one is complete."""
    by = dict.fromkeys(Introducer, 0)
    people = set()
    for one in file.all(StepKind.INTRODUCTION):
        by[one.values["introducer"]] += 1
        people.add(one.values.get("member"))
    members = len(people - {None})
    if file.has_youth_union and file.is_youth_age:
        enough = members >= 1 and by[Introducer.YOUTH]
        return "" if enough else "Cần một đảng viên chính thức và ban chấp hành Đoàn cơ sở giới thiệu (nơi có tổ chức Đoàn, trong độ tuổi Đoàn)."
    if members >= 2 or (members == 1 and (by[Introducer.YOUTH] or (by[Introducer.UNION] and not file.has_youth_union))):
        return ""
    union = "" if file.has_youth_union else ", hoặc một đảng viên và ban chấp hành công đoàn cơ sở"
    return f"Cần hai đảng viên chính thức giới thiệu, hoặc một đảng viên và ban chấp hành Đoàn cơ sở{union}."


def stage_of(file):
    """The Stage that the standing steps of `file` lead to."""
    done = {one.kind for one in file.steps if one.passed}
    if StepKind.RECOGNITION in done:
        return Stage.RECOGNISED
    ahead = (StepKind.CEREMONY, StepKind.CELL_RECOGNITION, StepKind.BASE_RECOGNITION)
    if StepKind.CEREMONY in done:
        return Stage.REPORTED if any(stuck(file, kind) for kind in ahead[1:]) else Stage.PROBATION
    if StepKind.DECISION in done:
        return Stage.DECIDED
    if stuck(file, StepKind.CELL_VOTE) or stuck(file, StepKind.BASE_VOTE):
        return Stage.REPORTED
    if StepKind.CELL_VOTE in done:
        return Stage.CONSIDERED
    return Stage.DOSSIER if done - {StepKind.HELPER, StepKind.CERTIFICATE} else Stage.LEARNING


def stuck(file, kind):
    """Whether three ballots of `kind` have failed and none passed."""
    return file.failed(kind) >= MOST_BALLOTS and file.last(kind) is None


ADMITTING = [StepKind.CERTIFICATE, StepKind.APPLICATION, StepKind.VETTING, StepKind.CERTIFIED, StepKind.INTRODUCTION, StepKind.OPINIONS]
ADMITTING += [StepKind.CELL_VOTE, StepKind.BASE_VOTE, StepKind.DECISION, StepKind.CEREMONY]
RECOGNISING = [StepKind.NEW_CLASS, StepKind.SELF_REVIEW, StepKind.HELPER_REMARK, StepKind.PROBATION_OPINIONS, StepKind.CELL_RECOGNITION]
RECOGNISING += [StepKind.BASE_RECOGNITION, StepKind.RECOGNITION]
OF_BASES = (StepKind.BASE_VOTE, StepKind.BASE_RECOGNITION)  # a base cell has no committee above it inside the base


def lacking_kinds(file):
    """The StepKinds still to be done, in order, up to the ceremony and after it up to the recognition."""
    order = RECOGNISING if file.last(StepKind.CEREMONY) else ADMITTING
    return [kind for kind in order if not _is_done(file, kind) and not (file.is_base_cell and kind in OF_BASES)]


def _is_done(file, kind):
    match kind:
        case StepKind.VETTING:
            return not not_vetted(file)
        case StepKind.INTRODUCTION:
            return not introductions_lacking(file)
    return file.last(kind) is not None


def lacking(file):
    """Plain sentences of what the next body will ask for."""
    said = []
    for kind in lacking_kinds(file):
        match kind:
            case StepKind.VETTING:
                said.append(f"Chưa thẩm tra xong: {', '.join(one.label.lower() for one in not_vetted(file))}.")
            case StepKind.INTRODUCTION:
                said.append(introductions_lacking(file))
            case _:
                tail = f" (đã {file.failed(kind)} lần không đạt)" if file.failed(kind) else ""
                said.append(f"Chưa có: {kind.label[:1].lower()}{kind.label[1:]}{tail}.")
    return said


@dataclass(frozen=True)
class Deadline:
    """`what` is due by `due_on`, under `rule`."""

    what: str
    due_on: date
    rule: str


def deadlines(file):
    """The Deadlines of `file`, the nearest first."""
    certificate, application = file.last(StepKind.CERTIFICATE), file.last(StepKind.APPLICATION)
    considered, decision, ceremony = (file.last(kind) for kind in (StepKind.CELL_VOTE, StepKind.DECISION, StepKind.CEREMONY))
    found = []
    if ceremony:
        found = _probation(file, ceremony)
    elif decision:
        found = [Deadline("Tổ chức lễ kết nạp", file.add(decision.done_on, CEREMONY_DAYS), "A10")]
    elif considered:
        found = [Deadline("Cấp có thẩm quyền quyết định kết nạp", file.add(considered.done_on, DECISION_DAYS), "A9")]
    else:
        if certificate:
            found.append(Deadline("Giấy chứng nhận bồi dưỡng hết giá trị", months_away(certificate.done_on, CERTIFICATE_MONTHS), "A3"))
        if application:
            found.append(Deadline("Chi bộ xét trước khi hồ sơ quá 12 tháng", months_away(application.done_on, DOSSIER_MONTHS), "A4"))
    return sorted(found, key=lambda one: one.due_on)


def _probation(file, ceremony):
    end = probation_ends(ceremony.done_on)
    if file.last(StepKind.RECOGNITION):
        return []
    if resolution := file.last(StepKind.CELL_RECOGNITION):
        return [Deadline("Cấp có thẩm quyền quyết định công nhận", file.add(resolution.done_on, RECOGNITION_DAYS), "A13")]
    found = [Deadline("Chi bộ xét công nhận chính thức", file.add(end, RECOGNITION_DAYS), "A13")]
    if not file.last(StepKind.NEW_CLASS):
        found.append(Deadline("Học lớp đảng viên mới", months_away(ceremony.done_on, 10), "A14"))
    if not file.last(StepKind.SELF_REVIEW):
        found.append(Deadline("Hết 12 tháng dự bị: viết bản tự kiểm điểm", end, "A14"))
    return found


def announced(due_on, today):
    """Which of AHEAD has come for a deadline: 7 when seven days or fewer are left (also when it has passed), None when none has."""
    return next((days for days in sorted(AHEAD) if (due_on - today).days <= days), None)
