import re

from django import forms

from cells.forms import WithDocument
from cells.models import DatedSetting
from cells.standing import FIRST_YEAR
from evaluations.ballots import Threshold
from evaluations.enums import BallotBase, QuotaBase, QuotaGroup, Rounding, Subject
from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.scores import ScoreError, check_sheet, sheet_from
from khoi_party.common.dates import date_text, today
from khoi_party.common.forms import DateField, LineFormField, ProseFormField
from members.meeting_rules import ScoreSheet

LINES_HINT = "Mỗi dòng một mục, điểm tối đa ở cuối dòng, ví dụ: Nguyên tắc tập trung dân chủ; 5"
ITEM_LINE = re.compile(r"(?P<text>.*\S)\s*[;:|\t-]\s*(?P<points>\d{1,2}(?:[.,]\d{1,2})?)(?:\s*điểm)?", re.ASCII | re.IGNORECASE)


class SettingForm(WithDocument):
    """One dated setting; each kind says how its value is typed and what it means."""

    from_day = DateField(label="Áp dụng từ ngày")
    consequence = ""

    def outcome(self):
        """What is different now that the valid form was saved, in words."""
        return f"Áp dụng từ {date_text(self.cleaned_data['from_day'])}."


class QuotaForm(SettingForm):
    base = forms.ChoiceField(label="Tính trên", choices=QuotaBase.choices)
    group = forms.ChoiceField(label="Nhóm tính trần")
    rate = forms.TypedChoiceField(
        label="Tỷ lệ tối đa",
        choices=[(20, "20%"), (25, "25%, khi cấp có thẩm quyền cho phép")],
        coerce=int,
        help_text="Tỷ lệ 25% phải kèm quyết định của cấp có thẩm quyền: ghi số, ngày, cơ quan ban hành ở dưới.",
    )
    rounding = forms.ChoiceField(label="Phần lẻ", choices=Rounding.choices)
    field_order = ("base", "group", "rate", "rounding", "from_day")
    consequence = "Ghi đủ văn bản xác nhận thì vượt trần sẽ bị chặn khi ban hành; để trống thì chỉ cảnh báo."
    groups, subject = (), ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = self.groups
        rule = rulebook_for(today().year).quota(self.subject)
        self.fields["group"].initial, self.fields["base"].initial = rule.grouping, rule.base
        self.fields["group"].help_text = f"Ai cùng tranh một phần. Quy định năm nay: {rule.group} ({rule.citation})."

    def clean(self):
        data = super().clean()
        if data.get("rate") == 25 and not data.get("document_number") and not self.has_error("document_number"):
            self.add_error("document_number", "Tỷ lệ 25% phải có quyết định của cấp có thẩm quyền; hãy ghi số, ngày và cơ quan ban hành.")
        return data

    def value(self):
        return {name: self.cleaned_data[name] for name in ("base", "group", "rate", "rounding")}

    def outcome(self):
        if self.cleaned_data["document_number"]:
            return f"{super().outcome()} Từ nay vượt trần bị chặn khi ban hành."
        return f"{super().outcome()} Chưa có văn bản xác nhận nên vượt trần chỉ được cảnh báo."


class MemberQuotaForm(QuotaForm):
    subject = Subject.MEMBER
    groups = (
        (QuotaGroup.BODY, "chung đảng viên do một cấp quyết định"),
        (QuotaGroup.POSITION, "riêng đảng viên giữ, không giữ chức vụ lãnh đạo"),
    )


class OrganisationQuotaForm(QuotaForm):
    subject = Subject.ORGANISATION
    groups = (
        (QuotaGroup.BODY, "chung tổ chức đảng do một cấp quyết định"),
        (QuotaGroup.POSITION, "riêng từng loại tổ chức đảng"),
    )


class MajorityForm(SettingForm):
    base = forms.ChoiceField(label="Tính trên", choices=[("convened", "số được triệu tập"), ("present", "số có mặt")])
    share = forms.ChoiceField(label="Cần", choices=[("1/2", "quá nửa"), ("2/3", "quá hai phần ba")])
    field_order = ("base", "share", "from_day")
    consequence = "Văn bản của Trung ương không nêu ngưỡng; mặc định là quá nửa số được triệu tập."

    def value(self):
        part, whole = self.cleaned_data["share"].split("/")
        return {"base": self.cleaned_data["base"], "part": int(part), "whole": int(whole)}


class EscalationForm(SettingForm):
    days = forms.IntegerField(label="Số ngày làm việc quá hạn", min_value=1, max_value=60)
    field_order = ("days", "from_day")
    consequence = "Cấp trên trực tiếp thấy đơn vị quá hạn ngay; sau số ngày này thì cấp trên nữa cũng thấy. Mặc định là 3 ngày."

    def value(self):
        return {"days": self.cleaned_data["days"]}


class BallotMajorityForm(SettingForm):
    base = forms.ChoiceField(label="Tính trên", choices=BallotBase.choices)
    share = forms.ChoiceField(label="Đạt khi", choices=[("1/2", "quá nửa"), ("2/3", "quá hai phần ba"), ("2/3+", "từ hai phần ba trở lên")])
    exempt_vote = forms.BooleanField(label="Tính cả đảng viên được miễn công tác và sinh hoạt đảng là người có quyền bỏ phiếu", required=False)
    field_order = ("base", "share", "exempt_vote", "from_day")
    consequence = "Văn bản đã đọc không nêu ngưỡng và số làm gốc; mặc định là quá nửa số người được triệu tập, không tính đảng viên được miễn."

    def value(self):
        part, whole = self.cleaned_data["share"].rstrip("+").split("/")
        more = {"at_least": self.cleaned_data["share"].endswith("+"), "exempt_vote": self.cleaned_data["exempt_vote"]}
        return {"base": self.cleaned_data["base"], "part": int(part), "whole": int(whole), **more}


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


def read_items(form, name):
    """The lines of one box of `form` as items; a line without points is refused beside its box."""
    items = []
    for number, line in enumerate(lines_of(form.cleaned_data[name]), 1):
        found = ITEM_LINE.fullmatch(line)
        if not found:
            form.add_error(name, f"Dòng {number} “{line[:40]}”: hãy ghi điểm tối đa ở cuối dòng, ví dụ: Nội dung; 5.")
            return []
        points = float(found["points"].replace(",", "."))
        items.append({"group": name, "text": found["text"].strip(), "max": int(points) if points.is_integer() else points})
    return items


class MeetingScoreForm(SettingForm):
    good = forms.IntegerField(label="Tốt từ (điểm)", min_value=1, max_value=100, initial=90)
    fair = forms.IntegerField(label="Khá từ (điểm)", min_value=1, max_value=100, initial=70)
    average = forms.IntegerField(label="Trung bình từ (điểm)", min_value=1, max_value=100, initial=50)
    items = ProseFormField(label="Các mục chấm điểm (cộng lại 100 điểm)", required=False, help_text=LINES_HINT)
    vetoes = ProseFormField(
        label="Điều kiện loại trừ (chỉ được đến khá)", widget=forms.Textarea(attrs={"rows": 3}), required=False, help_text="Mỗi dòng một điều kiện."
    )
    field_order = ("good", "fair", "average", "items", "vetoes", "from_day")
    consequence = "Trung ương chỉ nêu tiêu chí; điểm và mức do đảng bộ quy định. Mặc định là 90, 70, 50; không có mục thì chỉ ghi tổng điểm."

    def clean(self):
        data = super().clean()
        if not self.errors:
            value = self.value()
            fault = ScoreSheet(tuple(value["cuts"]), tuple((one["text"], one["max"]) for one in value["items"])).fault()
            if fault:
                self.add_error("items" if "cộng lại" in fault else "fair", fault)
        return data

    def value(self):
        cuts = [self.cleaned_data[name] for name in ("good", "fair", "average")]
        items = [{"text": one["text"], "max": one["max"]} for one in read_items(self, "items")]
        return {"cuts": cuts, "items": items, "vetoes": lines_of(self.cleaned_data["vetoes"])}


class StudyTopicForm(SettingForm):
    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=2100)
    topic = LineFormField(label="Chuyên đề", max_length=300)
    field_order = ("year", "topic", "from_day")
    consequence = "Trang sinh hoạt chi bộ của năm ấy cho thấy chi bộ nào chưa học."

    def value(self):
        return {"year": self.cleaned_data["year"], "topic": self.cleaned_data["topic"]}


class DecidedByForm(SettingForm):
    body = forms.ChoiceField(label="Cấp quyết định xếp loại đảng viên", choices=[("base", "Đảng ủy cơ sở"), ("cell", "Chi bộ")])
    field_order = ("body", "from_day")
    consequence = "Áp dụng khi mở kiểm điểm các năm sau; năm đã mở kiểm điểm không đổi."

    def value(self):
        return self.cleaned_data["body"]


class PlaceForm(SettingForm):
    place = LineFormField(label="Địa danh ghi trên văn bản", max_length=60)
    field_order = ("place", "from_day")
    consequence = "In ở dòng ngày, tháng của báo cáo."

    def value(self):
        return self.cleaned_data["place"]


class ScoreSheetForm(SettingForm):
    """Items of a score sheet, one to a line with its points at the end: what people paste from their own Word table."""

    common = ProseFormField(label="Nhóm tiêu chí chung (cộng lại 30 điểm)", help_text=LINES_HINT)
    results = ProseFormField(label="Nhóm kết quả thực hiện nhiệm vụ (cộng lại 70 điểm)", help_text=LINES_HINT)
    vetoes = ProseFormField(
        label="Điều kiện loại trừ", widget=forms.Textarea(attrs={"rows": 3}), required=False, help_text="Mỗi dòng một điều kiện; có thể để trống."
    )
    field_order = ("common", "results", "vetoes", "from_day")
    consequence = "Quy định 366-QĐ/TW chia 30 + 70 điểm, không chia điểm từng mục. Phiếu áp dụng cho năm đặt và các năm sau, đến khi có phiếu mới."

    def clean(self):
        data = super().clean()
        for name in ("common", "results"):
            if name in data:
                read_items(self, name)
        if not self.errors:
            try:
                check_sheet(sheet_from(self.value(), ""))
            except ScoreError as wrong:
                self.add_error("common" if "chung" in str(wrong) else "results", str(wrong))
        return data

    def value(self):
        return {"items": read_items(self, "common") + read_items(self, "results"), "vetoes": lines_of(self.cleaned_data["vetoes"])}


SETTING_FORMS = {
    DatedSetting.Key.QUOTA_MEMBERS: MemberQuotaForm,
    DatedSetting.Key.QUOTA_ORGANISATIONS: OrganisationQuotaForm,
    DatedSetting.Key.DECISION_MAJORITY: MajorityForm,
    DatedSetting.Key.BALLOT_MAJORITY: BallotMajorityForm,
    DatedSetting.Key.MEMBERS_DECIDED_BY: DecidedByForm,
    DatedSetting.Key.ESCALATION: EscalationForm,
    DatedSetting.Key.MEETING_SCORE: MeetingScoreForm,
    DatedSetting.Key.STUDY_TOPIC: StudyTopicForm,
    DatedSetting.Key.PLACE_NAME: PlaceForm,
    DatedSetting.Key.SCORE_MEMBER: ScoreSheetForm,
    DatedSetting.Key.SCORE_LEADER: ScoreSheetForm,
    DatedSetting.Key.SCORE_CELL: ScoreSheetForm,
    DatedSetting.Key.SCORE_COMMITTEE: ScoreSheetForm,
}


def setting_text(setting):
    """The value of a DatedSetting in words."""
    match setting.value:
        case {"rate": rate, "base": base, "rounding": rounding}:
            group = f", {QuotaGroup(setting.value['group']).label}" if "group" in setting.value else ""
            return f"{rate}% {QuotaBase(base).label}, {Rounding(rounding).label}{group}"
        case {"at_least": at_least, "exempt_vote": exempt_vote, "base": base, "part": part, "whole": whole}:
            share = Threshold(base, part, whole, at_least).share_words
            return f"{share} {BallotBase(base).label}, {'tính cả' if exempt_vote else 'không tính'} đảng viên được miễn"
        case {"part": part, "whole": whole, "base": base}:
            share = "quá nửa" if (part, whole) == (1, 2) else f"quá {part}/{whole}"
            return f"{share} {'số được triệu tập' if base == 'convened' else 'số có mặt'}"
        case {"cuts": [good, fair, average], **more}:  # before the score sheets of the year, which have items and vetoes as well
            return f"tốt từ {good}, khá từ {fair}, trung bình từ {average} điểm" + (f"; {len(more['items'])} mục" if more.get("items") else "")
        case {"items": items, "vetoes": vetoes}:
            return f"{len(items)} mục, 30 + 70 điểm" + (f", {len(vetoes)} điều kiện loại trừ" if vetoes else "")
        case {"year": year, "topic": topic}:
            return f"Năm {year}: {topic}"
        case {"days": days}:
            return f"{days} ngày làm việc"
        case "base" | "cell":
            return "Chi bộ" if setting.value == "cell" else "Đảng ủy cơ sở"
    return str(setting.value)
