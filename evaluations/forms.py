import re
from datetime import date

from django import forms

from cells.forms import WithDocument
from cells.models import DatedSetting
from evaluations.enums import QuotaBase, Rounding
from evaluations.models import Registration
from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.scores import ScoreError, check_sheet, sheet_from
from khoi_party.common.dates import date_text
from khoi_party.common.forms import BaseForm, BaseModelForm, DateField, DocumentFileField, LineFormField, ProseFormField
from khoi_party.rules import Kind

LINES_HINT = "Mỗi dòng một mục, điểm tối đa ở cuối dòng, ví dụ: Nguyên tắc tập trung dân chủ; 5"
ITEM_LINE = re.compile(r"(?P<text>.*\S)\s*[;:|\t-]\s*(?P<points>\d{1,2}(?:[.,]\d{1,2})?)(?:\s*điểm)?", re.ASCII | re.IGNORECASE)


class CycleForm(BaseForm):
    year = forms.IntegerField(label="Năm đánh giá", min_value=2014, max_value=2100)
    cutoff_on = DateField(label="Ngày chốt danh sách", required=False, help_text="Để trống thì lấy ngày 31/12 của năm.")
    guidance_number = LineFormField(
        label="Số hướng dẫn của đảng ủy", max_length=60, required=False, help_text="Ví dụ: 05-HD/ĐUK. Có thể bổ sung sau."
    )
    guidance_on = DateField(label="Ngày ban hành hướng dẫn", required=False)

    def clean(self):
        data = super().clean()
        if bool(data.get("guidance_number")) != bool(data.get("guidance_on")):
            self.add_error("guidance_on", "Hãy ghi cả số và ngày của hướng dẫn, hoặc để trống cả hai.")
        return data


class RegistrationForm(BaseModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Registration
        fields = (
            "level",
            "planned_1",
            "planned_2",
            "planned_3",
            "planned_4",
            "admissions_planned",
            "thematic_meetings_planned",
            "commitments",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        book = rulebook_for(self.instance.cycle.year)
        levels = [(str(n), book.level_name(n, "organisation")) for n in (1, 2, 3, 4)]
        self.fields["level"] = forms.TypedChoiceField(
            label="Mức đăng ký phấn đấu", choices=[("", "Chọn mức"), *levels], coerce=int, empty_value=None, required=False
        )
        for number in (1, 2, 3, 4):
            self.fields[f"planned_{number}"].label = f"Số đảng viên phấn đấu “{book.level_name(number, 'member')}”"
        self.fields["commitments"].widget.attrs["rows"] = 4
        for name in ("level", "admissions_planned"):
            self.fields[name].needed_to_send = True  # a draft may lack them, so they are not required
            self.fields[name].help_text = "Cần có khi gửi."
        self.initial["version"] = self.instance.version

    def take_over(self, stale):
        """Say what the other person has saved, keep what was typed here, and let the next save stand over theirs."""
        now = stale.current
        book = rulebook_for(now.cycle.year)
        theirs = f"mức {book.level_name(now.level, 'organisation').lower() or 'chưa chọn'}, kết nạp {now.admissions_planned or 0}, "
        theirs += f"chuyên đề {now.thematic_meetings_planned or 0}; cam kết: {now.commitments[:200] or 'chưa ghi'}"
        self.add_error(
            None, f"Bản đăng ký vừa được người khác sửa thành: {theirs}. Nội dung đồng chí nhập vẫn ở dưới; lưu lần nữa thì thay nội dung đó."
        )
        self.data = self.data.copy()
        self.data["version"] = now.version


class ReasonForm(BaseForm):
    reason = ProseFormField(label="Lý do trả lại", widget=forms.Textarea(attrs={"rows": 3}))


class RemarkForm(BaseForm):
    text = ProseFormField(label="Nhận xét của chi bộ", widget=forms.Textarea(attrs={"rows": 6}), max_length=4000)


class OverrideForm(WithDocument):
    """Why a level is kept that a clause speaks against; the document must be there where the clause forbids it."""

    reason = LineFormField(label="Lý do giữ mức này", max_length=400)
    field_order = ("reason",)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document_number"].label, self.fields["document_on"].label = "Số văn bản của cấp quyết định", "Ngày văn bản"
        self.fields["document_number"].help_text = "Ví dụ: 18-NQ/ĐU."
        if any(one.kind == Kind.FORBIDS for one in row.against):
            for name in ("document_number", "document_on", "document_issuer"):
                self.fields[name].required = True
        if row.override:
            paper = row.override.document
            self.initial |= {"reason": row.override.reason}
            if paper:
                self.initial |= {"document_number": paper.number, "document_on": paper.issued_on, "document_issuer": paper.issuer}


class IssueForm(BaseForm):
    number = LineFormField(label="Số quyết định", max_length=60, help_text="Ví dụ: 12-QĐ/ĐU.")
    issued_on = DateField(label="Ngày ban hành")
    signer = LineFormField(label="Người ký", max_length=120)
    meeting_on = DateField(label="Ngày họp")
    members_total = forms.IntegerField(label="Số người được triệu tập", min_value=1, max_value=500)
    members_present = forms.IntegerField(label="Số người có mặt", min_value=1, max_value=500)
    votes_for = forms.IntegerField(label="Số đồng ý", min_value=0, max_value=500)

    def clean(self):
        data = super().clean()
        issued_on, meeting_on = data.get("issued_on"), data.get("meeting_on")
        if isinstance(issued_on, date) and isinstance(meeting_on, date) and issued_on < meeting_on:
            self.add_error("issued_on", "Ngày ban hành không được trước ngày họp.")
        return data


class StagesForm(BaseForm):
    """First day and deadline of every stage of a year."""

    def __init__(self, *args, stages, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = [stage.kind for stage in stages]
        for stage in stages:
            self.fields[f"{stage.kind}_start"] = DateField(label=f"{stage.get_kind_display()}: từ ngày", initial=stage.starts_on)
            self.fields[f"{stage.kind}_due"] = DateField(label=f"{stage.get_kind_display()}: hạn", initial=stage.due_on)

    def stages(self):
        return {kind: (self.cleaned_data[f"{kind}_start"], self.cleaned_data[f"{kind}_due"]) for kind in self.kinds}


class GuidanceForm(BaseForm):
    number = LineFormField(label="Số hướng dẫn", max_length=60, help_text="Ví dụ: 05-HD/ĐUK.")
    issued_on = DateField(label="Ngày ban hành")
    file = DocumentFileField(label="Tệp", required=False, help_text="PDF hoặc Word, không quá 20 MB.")


class CloseForm(BaseForm):
    on_day = DateField(label="Kết thúc từ ngày")


class ReopenForm(BaseForm):
    reason = ProseFormField(label="Lý do mở lại", widget=forms.Textarea(attrs={"rows": 2}))


class SettingForm(WithDocument):
    """One dated setting; each kind says how its value is typed and what it means."""

    from_day = DateField(label="Áp dụng từ ngày")
    consequence = ""

    def outcome(self):
        """What is different now that the valid form was saved, in words."""
        return f"Áp dụng từ {date_text(self.cleaned_data['from_day'])}."


class QuotaForm(SettingForm):
    base = forms.ChoiceField(label="Tính trên", choices=QuotaBase.choices)
    rate = forms.TypedChoiceField(label="Tỷ lệ tối đa", choices=[(20, "20%"), (25, "25% (trường hợp quy định cho phép)")], coerce=int)
    rounding = forms.ChoiceField(label="Phần lẻ", choices=Rounding.choices)
    field_order = ("base", "rate", "rounding", "from_day")
    consequence = "Ghi đủ văn bản xác nhận thì vượt trần sẽ bị chặn khi ban hành; để trống thì chỉ cảnh báo."

    def value(self):
        return {name: self.cleaned_data[name] for name in ("base", "rate", "rounding")}

    def outcome(self):
        if self.cleaned_data["document_number"]:
            return f"{super().outcome()} Từ nay vượt trần bị chặn khi ban hành."
        return f"{super().outcome()} Chưa có văn bản xác nhận nên vượt trần chỉ được cảnh báo."


class MajorityForm(SettingForm):
    base = forms.ChoiceField(label="Tính trên", choices=[("convened", "số được triệu tập"), ("present", "số có mặt")])
    share = forms.ChoiceField(label="Cần", choices=[("1/2", "quá nửa"), ("2/3", "quá hai phần ba")])
    field_order = ("base", "share", "from_day")
    consequence = "Văn bản của Trung ương không nêu ngưỡng; mặc định là quá nửa số được triệu tập."

    def value(self):
        part, whole = self.cleaned_data["share"].split("/")
        return {"base": self.cleaned_data["base"], "part": int(part), "whole": int(whole)}


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
                self.read(name)
        if not self.errors:
            try:
                check_sheet(sheet_from(self.value(), ""))
            except ScoreError as wrong:
                self.add_error("common" if "chung" in str(wrong) else "results", str(wrong))
        return data

    def read(self, name):
        """The lines of one group as items; a line without points is refused beside its box."""
        items = []
        for number, line in enumerate(filter(str.strip, self.cleaned_data[name].splitlines()), 1):
            found = ITEM_LINE.fullmatch(line.strip())
            if not found:
                self.add_error(name, f"Dòng {number} “{line.strip()[:40]}”: hãy ghi điểm tối đa ở cuối dòng, ví dụ: Nội dung; 5.")
                return []
            points = float(found["points"].replace(",", "."))
            items.append({"group": name, "text": found["text"].strip(), "max": int(points) if points.is_integer() else points})
        return items

    def value(self):
        vetoes = [line.strip() for line in self.cleaned_data["vetoes"].splitlines() if line.strip()]
        return {"items": self.read("common") + self.read("results"), "vetoes": vetoes}


SETTING_FORMS = {
    DatedSetting.Key.QUOTA_MEMBERS: QuotaForm,
    DatedSetting.Key.QUOTA_ORGANISATIONS: QuotaForm,
    DatedSetting.Key.DECISION_MAJORITY: MajorityForm,
    DatedSetting.Key.MEMBERS_DECIDED_BY: DecidedByForm,
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
            return f"{rate}% {QuotaBase(base).label}, {Rounding(rounding).label}"
        case {"part": part, "whole": whole, "base": base}:
            share = "quá nửa" if (part, whole) == (1, 2) else f"quá {part}/{whole}"
            return f"{share} {'số được triệu tập' if base == 'convened' else 'số có mặt'}"
        case {"items": items, "vetoes": vetoes}:
            return f"{len(items)} mục, 30 + 70 điểm" + (f", {len(vetoes)} điều kiện loại trừ" if vetoes else "")
        case "base" | "cell":
            return "Chi bộ" if setting.value == "cell" else "Đảng ủy cơ sở"
    return str(setting.value)
