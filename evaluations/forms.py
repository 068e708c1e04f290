import re
from datetime import date

from django import forms

from cells.enums import DocumentKind
from cells.forms import WithDocument
from cells.models import DatedSetting, Organisation
from evaluations.enums import MEMBER_KINDS, OutsideKind, OutsideLevel, QuotaBase, QuotaGroup, Rounding, Subject
from evaluations.models import Registration
from evaluations.rulebooks import ALL, rulebook_for
from evaluations.rulebooks.scores import ScoreError, check_sheet, sheet_from
from evaluations.services.outside import Result
from khoi_party.common.dates import date_text, today
from khoi_party.common.forms import BaseForm, BaseModelForm, DateField, DecimalField, DocumentFileField, LineFormField, LongSelect, ProseFormField
from khoi_party.common.numbers import decimal
from khoi_party.rules import Kind

LINES_HINT = "Mỗi dòng một mục, điểm tối đa ở cuối dòng, ví dụ: Nguyên tắc tập trung dân chủ; 5"
ITEM_LINE = re.compile(r"(?P<text>.*\S)\s*[;:|\t-]\s*(?P<points>\d{1,2}(?:[.,]\d{1,2})?)(?:\s*điểm)?", re.ASCII | re.IGNORECASE)
FIRST_YEAR = min(book.first_year for book in ALL)


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


class SourceForm(WithDocument):
    """A form whose values come from somebody else's paper: its number, date and issuer are needed."""

    SOURCE = ("document_number", "document_on", "document_issuer")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = ("Số, ký hiệu văn bản nguồn", "Ngày văn bản", "Cơ quan ban hành")
        hints = ("Ví dụ: 215/QĐ-SNV.", "", "Nơi đã quyết định, công nhận kết quả, ví dụ Sở Nội vụ.")
        for name, label, hint in zip(self.SOURCE, labels, hints, strict=True):
            field = self.fields[name]
            field.label, field.required, field.help_text = label, True, hint

    def clean(self):
        return super(WithDocument, self).clean()  # each of the three is needed, so "or none" would mislead

    def document(self, organisation, user):
        document = super().document(organisation, user)
        document.kind = DocumentKind.OTHER
        return document


class OutsideValuesForm(SourceForm):
    """The level and points of one result with their source; for one that is stored, whose it is stays as it is."""

    level = forms.TypedChoiceField(label="Mức xếp loại", choices=[("", "Chọn mức"), *OutsideLevel.choices], coerce=int)
    points = DecimalField(label="Điểm", required=False, max_digits=4, decimal_places=1, min_value=0, max_value=100, help_text="Từ 0 đến 100, nếu có.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("level", "points", *SourceForm.SOURCE)

    def result(self, rating):
        """The Result of what was typed for the stored `rating`."""
        data = self.cleaned_data
        whose = {name: getattr(rating, name) for name in ("kind", "quarter", "member_id", "organisation_id", "body_name")}
        return Result(**whose, level=data["level"], points=data["points"], version=data["version"] or 0)

    def take_over(self, stale):
        """Say what the other person has saved, keep what was typed here, and let the next save stand over theirs."""
        if stale.current is None:
            self.add_error(None, "Kết quả này vừa bị người khác bỏ. Nếu vẫn cần, hãy ghi lại như kết quả mới.")
            return
        self.add_error(None, f"{stale.message} {outside_text(stale.current)} Nội dung đồng chí nhập vẫn ở dưới; lưu lần nữa thì thay nội dung đó.")
        self.data = self.data.copy()
        self.data["version"] = stale.current.version


def outside_text(rating):
    """What a stored result says, for somebody whose own values were refused."""
    points = f", {decimal(rating.points, 1)} điểm" if rating.points is not None else ""
    document = rating.document
    return f"Đang ghi: {rating.get_level_display()}{points} (văn bản số {document.number}, ngày {date_text(document.issued_on)})."


class OutsideForm(OutsideValuesForm):
    """A new result of one organisation's member or body."""

    kind = forms.ChoiceField(label="Đối tượng")
    member = forms.ModelChoiceField(label="Đảng viên", queryset=None, required=False, widget=LongSelect, empty_label="Chọn đảng viên")
    body_name = LineFormField(
        label="Tên Mặt trận, đoàn thể",
        max_length=200,
        required=False,
        help_text="Ví dụ: Công đoàn cơ quan. Chỉ ghi khi đối tượng là Mặt trận, đoàn thể.",
    )
    quarter = forms.TypedChoiceField(
        label="Kỳ", choices=[("", "Cả năm"), *((n, f"Quý {n}") for n in (1, 2, 3, 4))], coerce=int, empty_value=None, required=False
    )
    field_order = ("kind", "member", "body_name", "quarter", "level", "points", *SourceForm.SOURCE)

    def __init__(self, *args, organisation, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["member"].queryset = members
        self.fields["member"].help_text = "Chỉ chọn khi là kết quả của cá nhân."
        kinds = [kind for kind in OutsideKind if organisation.holds_members or kind not in MEMBER_KINDS]
        self.fields["kind"].choices = [("", "Chọn đối tượng"), *((kind.value, kind.label) for kind in kinds)]
        if not organisation.holds_members:
            del self.fields["member"]

    def result(self, rating=None):
        data = self.cleaned_data
        member = data.get("member")
        of_member = data["kind"] in MEMBER_KINDS
        return Result(
            kind=data["kind"],
            quarter=data["quarter"],
            member_id=member.pk if member else None,
            organisation_id=None if of_member or member else self.organisation.pk,
            body_name=data["body_name"],
            level=data["level"],
            points=data["points"],
        )

    def take_over(self, stale):
        self.add_error(None, f"{stale.message} {outside_text(stale.current)} Hãy mở kết quả đó trong danh sách để sửa.")


class PlaceChoiceForm(BaseForm):
    organisation = forms.ModelChoiceField(
        label="Tổ chức đảng", queryset=Organisation.objects.none(), widget=LongSelect, empty_label="Chọn tổ chức đảng"
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = places


class RemoveForm(BaseForm):
    reason = LineFormField(label="Lý do bỏ kết quả này", max_length=400, help_text="Ví dụ: ghi nhầm người.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OutsideFileForm(SourceForm):
    file = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx đã điền theo mẫu, không quá 10 MB. Dòng không ghi mức thì bỏ qua.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": "Tệp rỗng, không có nội dung nào. Hãy chọn lại tệp danh sách.", "required": "Hãy chọn tệp Excel đã điền."},
    )
    field_order = ("file", *SourceForm.SOURCE)


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
    reason = ProseFormField(
        label="Lý do kết thúc khi còn dòng chưa có mức",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text="Những dòng đó được tính là không xếp loại; lý do ghi vào nhật ký.",
    )

    def __init__(self, *args, has_unrated, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_unrated:
            del self.fields["reason"]


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
    DatedSetting.Key.QUOTA_MEMBERS: MemberQuotaForm,
    DatedSetting.Key.QUOTA_ORGANISATIONS: OrganisationQuotaForm,
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
            group = f", {QuotaGroup(setting.value['group']).label}" if "group" in setting.value else ""
            return f"{rate}% {QuotaBase(base).label}, {Rounding(rounding).label}{group}"
        case {"part": part, "whole": whole, "base": base}:
            share = "quá nửa" if (part, whole) == (1, 2) else f"quá {part}/{whole}"
            return f"{share} {'số được triệu tập' if base == 'convened' else 'số có mặt'}"
        case {"items": items, "vetoes": vetoes}:
            return f"{len(items)} mục, 30 + 70 điểm" + (f", {len(vetoes)} điều kiện loại trừ" if vetoes else "")
        case "base" | "cell":
            return "Chi bộ" if setting.value == "cell" else "Đảng ủy cơ sở"
    return str(setting.value)


class CompareForm(BaseForm):
    """Two years whose rule books are set side by side."""

    a = forms.TypedChoiceField(label="Năm", coerce=int)
    b = forms.TypedChoiceField(label="So với năm", coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("a", "b"):
            self.fields[name].choices = [(year, str(year)) for year in range(today().year + 1, FIRST_YEAR - 1, -1)]
            self.fields[name].widget.attrs["class"] = "form-select"
            self.fields[name].error_messages["invalid_choice"] = f"Chưa có quy định cho năm này; hãy chọn từ năm {FIRST_YEAR}."
