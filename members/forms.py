from crispy_forms.layout import Fieldset, Layout
from django import forms

from cells.enums import DocumentKind
from cells.forms import WithDocument
from cells.models import Document, Organisation
from khoi_party.common.dates import date_text, today
from khoi_party.common.forms import BaseForm, BaseModelForm, DateField, LineFormField, LongSelect
from members.admission_steps import SCHEMA
from members.badges import MILESTONES
from members.enums import BadgeKind, EventKind, ExitReason, ImportPurpose, MemberState, Post, Severity
from members.fields import PartialDateField
from members.imports.columns import BY_KEY as LABELS
from members.imports.columns import FIELDS
from members.models import Admission, Member
from members.models.people import masked, partial_date_text
from members.quality import RULES
from members.services.admissions import DETAILS
from members.services.discipline import degrees_for
from members.services.duplicates import NUMBERS
from members.services.imports import FIELDS as LISTED
from members.services.records import EDITABLE, PRECISIONS

IN_PART = "Ví dụ: 03/02/1985; chỉ biết tháng thì ghi 02/1985, chỉ biết năm thì ghi 1985."
ENTERED = ("full_name", "gender", "born_on", "ethnicity", "position", "is_civil_servant", "card_number")


def say_unknown(form):
    """Let the selects of `form` say in words that nothing is recorded, where Django draws a line."""
    for field in form.fields.values():
        if isinstance(field, forms.TypedChoiceField) and field.choices and field.choices[0][0] == "":
            field.choices = [("", "Hãy chọn" if field.required else "Chưa ghi"), *field.choices[1:]]


class MemberForm(BaseModelForm, WithDocument):
    """The record. Dates that old files know only in part are typed as 1985 or 02/1985."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    born_on = PartialDateField(label="Ngày sinh", required=False, help_text=IN_PART)
    decided_on = PartialDateField(
        label="Ngày quyết định kết nạp", required=False, help_text="Tuổi đảng tính từ ngày này. Ví dụ: 20/01/1985; chỉ biết tháng thì ghi 01/1985."
    )
    admitted_on = PartialDateField(label="Ngày vào Đảng (lễ kết nạp)", help_text=IN_PART)
    official_on = PartialDateField(label="Ngày chính thức", required=False, help_text=IN_PART)
    reason = LineFormField(
        label="Lý do sửa", max_length=400, required=False, help_text="Cần khi sửa thông tin đã chứng nhận trong lý lịch (tên, ngày sinh, số thẻ …)."
    )

    class Meta:
        model = Member
        fields = tuple(name for name in EDITABLE if name not in PRECISIONS.values())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.initial |= {name: getattr(self.instance, name.replace("_on", "_text")) for name in PRECISIONS}
        if self.instance.official_on is None:
            del self.fields["official_on"]  # an event of its own
        else:
            self.fields["official_on"].required = True
        say_unknown(self)
        self.helper.layout = Layout(
            "version",
            Fieldset("Nhân thân", "full_name", "birth_name", "gender", "born_on", "ethnicity", "religion", "home_town", "identity_number"),
            Fieldset("Trình độ", "general_education", "education", "speciality", "theory_level", "foreign_language"),
            Fieldset("Công việc", "occupation_before", "position", "is_civil_servant", "background"),
            Fieldset("Vào Đảng", "decided_on", "admitted_on", *(["official_on"] if "official_on" in self.fields else [])),
            Fieldset("Số đảng viên", "card_number", "card_issued_on", "record_number"),
            Fieldset("Khi sửa thông tin đã chứng nhận", "reason", "document_number", "document_on", "document_issuer"),
        )

    def values(self):
        """{field: value} for the service."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        for name in PRECISIONS.keys() & data.keys():
            data[name], data[PRECISIONS[name]] = data[name] or (None, "day")
        return data

    def _post_clean(self):
        """The model's own checks are the service's: they need the whole row, and the date here is a pair."""


class AdmitForm(BaseModelForm, WithDocument):
    class Meta:
        model = Member
        fields = ("full_name", "gender", "born_on", "ethnicity", "position", "is_civil_servant", "admitted_on")

    def identity(self):
        """What describes the person; the document is asked for by `document()`."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class TransferInForm(BaseModelForm, WithDocument):
    outside = LineFormField(label="Chuyển đến từ", max_length=200, help_text="Ví dụ: Đảng bộ phường Tân Quang.")
    on_day = DateField(label="Ngày chuyển đến")
    issued_on = DateField(label="Ngày giấy giới thiệu", required=False, help_text="Xuất trình trong 30 ngày làm việc kể từ ngày ghi trên giấy.")
    work_decided_on = DateField(label="Ngày quyết định chuyển công tác", required=False)
    another_person = forms.BooleanField(label="Đã kiểm tra: đây là người khác, trùng họ tên và ngày sinh", required=False, widget=forms.HiddenInput)
    field_order = ("full_name", "outside", "on_day", "issued_on", "work_decided_on")

    class Meta:
        model = Member
        fields = (*ENTERED, "admitted_on", "official_on")

    def identity(self):
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "outside", "on_day", "issued_on", "work_decided_on")}


class EventForm(WithDocument):
    """One movement of one member: only the fields that its kind needs are asked for."""

    on_day = DateField(label="Ngày có hiệu lực")
    to_cell = forms.ModelChoiceField(
        label="Đến chi bộ", queryset=Organisation.objects.none(), required=False, widget=LongSelect, empty_label="Chọn chi bộ"
    )
    outside = LineFormField(label="Nơi đến ngoài đảng bộ", max_length=200, required=False)
    official_on = DateField(label="Ngày chính thức, nếu được công nhận ở nơi khác", required=False)
    work_decided_on = DateField(label="Ngày quyết định chuyển công tác", required=False, help_text="Bắt đầu thủ tục trong 60 ngày làm việc.")
    issued_on = DateField(label="Ngày giấy giới thiệu", required=False, help_text="Xuất trình ở nơi đến trong 30 ngày làm việc.")
    studies = forms.BooleanField(label="Đi học (đến 24 tháng)", required=False)
    until = DateField(label="Đến ngày", required=False, help_text="Phần mềm nhắc trước 30 ngày.")
    exit_reason = forms.ChoiceField(label="Trước đây ra khỏi Đảng vì", choices=ExitReason, required=False)
    cleared_on = DateField(label="Ngày được xóa án tích", required=False, help_text="Chỉ ghi khi từng bị kết án về tội ít nghiêm trọng.")
    consent_number = LineFormField(label="Số văn bản đồng ý của ban thường vụ tỉnh ủy", max_length=60, required=False)
    consent_on = DateField(label="Ngày văn bản đồng ý", required=False)
    note = LineFormField(label="Lý do, ghi chú", max_length=400, required=False)
    field_order = (
        "on_day",
        "to_cell",
        "outside",
        "official_on",
        "work_decided_on",
        "issued_on",
        "studies",
        "until",
        "exit_reason",
        "cleared_on",
        "consent_number",
        "consent_on",
        "note",
    )

    ASKS = {
        EventKind.RECOGNISED: ("note",),
        EventKind.MOVED: ("to_cell", "work_decided_on", "issued_on"),
        EventKind.SENT_AWAY: ("to_cell", "outside", "issued_on", "studies", "until"),
        EventKind.TRANSFERRED_OUT: ("outside", "work_decided_on", "issued_on"),
        EventKind.RETURNED: ("to_cell", "outside", "official_on", "work_decided_on", "issued_on"),
        EventKind.PAUSED: ("until", "note"),
        EventKind.SUSPENDED: ("until",),
        EventKind.LEFT: ("note",),
        EventKind.STRUCK_OFF: ("note",),
        EventKind.EXPELLED: ("note",),
        EventKind.RESTORED: ("to_cell",),
        EventKind.READMITTED: ("to_cell", "exit_reason", "cleared_on", "consent_number", "consent_on"),
    }
    NEEDS = {
        EventKind.MOVED: ("to_cell", "Hãy chọn chi bộ chuyển đến."),
        EventKind.TRANSFERRED_OUT: ("outside", "Hãy ghi nơi chuyển đến."),
        EventKind.RETURNED: ("to_cell", "Hãy chọn chi bộ chuyển về."),
        EventKind.LEFT: ("note", "Hãy ghi hình thức và lý do ra khỏi Đảng."),
        EventKind.STRUCK_OFF: ("note", "Hãy ghi lý do xóa tên."),
        EventKind.RESTORED: ("to_cell", "Hãy chọn chi bộ nơi đảng viên trở lại sinh hoạt."),
        EventKind.READMITTED: ("to_cell", "Hãy chọn chi bộ kết nạp lại."),
    }
    OWN_WORDS = {
        (EventKind.SENT_AWAY, "to_cell"): "Đến chi bộ trong đảng bộ",
        (EventKind.SENT_AWAY, "outside"): "hoặc nơi đến ngoài đảng bộ",
        (EventKind.RETURNED, "outside"): "Nơi chuyển từ",
        (EventKind.RETURNED, "to_cell"): "Về chi bộ",
        (EventKind.READMITTED, "on_day"): "Ngày tổ chức lễ kết nạp lại",
        (EventKind.READMITTED, "to_cell"): "Kết nạp lại vào chi bộ",
        (EventKind.RESTORED, "to_cell"): "Trở lại chi bộ",
    }

    def __init__(self, *args, kind, cells, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        shown = {"on_day", *self.ASKS.get(kind, ()), "document_number", "document_on", "document_issuer"}
        if kind == EventKind.RETURNED and member.official_on:
            shown.discard("official_on")
        for name in list(self.fields):
            if name not in shown:
                del self.fields[name]
            elif (kind, name) in self.OWN_WORDS:
                self.fields[name].label = self.OWN_WORDS[kind, name]
        if "to_cell" in self.fields:
            self.fields["to_cell"].queryset = cells
        if kind in self.NEEDS:
            name, sentence = self.NEEDS[kind]
            self.fields[name].required, self.fields[name].error_messages["required"] = True, sentence

    def clean(self):
        data = super().clean()
        if bool(data.get("consent_number")) != bool(data.get("consent_on")):
            self.add_error("consent_number", "Hãy ghi cả số và ngày của văn bản đồng ý.")
        return data

    def consent(self, organisation, user):
        """An unsaved Document of the provincial standing committee's consent, or None."""
        data = self.cleaned_data
        if not data.get("consent_number"):
            return None
        issuer = "Ban Thường vụ Tỉnh ủy"
        paper = {"kind": DocumentKind.OTHER, "number": data["consent_number"], "issued_on": data["consent_on"], "issuer": issuer}
        return Document(organisation=organisation, created_by=user, **paper)


class BadgePlaceForm(BaseForm):
    """Whose badges a list shows; `places` are the organisations that may be chosen, read once."""

    organisation = forms.ChoiceField(label="Tổ chức đảng", required=False, widget=LongSelect(attrs={"class": "form-select"}))

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.fields["organisation"].choices = [("", "Tất cả"), *((pk, place.name) for pk, place in self.places.items())]

    def place(self):
        """The Organisation that was chosen, or None."""
        return self.places.get(self.cleaned_data.get("organisation", "")) if self.is_valid() else None


class QualityForm(BadgePlaceForm):
    """Which findings on the stored data are shown."""

    rule = forms.ChoiceField(label="Quy tắc", required=False, widget=LongSelect(attrs={"class": "form-select"}))
    severity = forms.ChoiceField(
        label="Mức độ", required=False, choices=[("", "Tất cả"), *Severity.choices], widget=LongSelect(attrs={"class": "form-select"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = [("", "Tất cả"), *((one.id, f"{one.id}. {one.title}") for one in RULES.values())]

    def chosen(self, name):
        return self.cleaned_data.get(name, "") if self.is_valid() else ""


class BadgeForm(BaseForm):
    """One badge of one member, also early or after death; the service judges the limits."""

    years = forms.TypedChoiceField(label="Huy hiệu", coerce=int, choices=[(years, f"{years} năm tuổi Đảng") for years in MILESTONES])
    kind = forms.ChoiceField(label="Hình thức", choices=BadgeKind.choices)
    ceremony_on = DateField(label="Đợt trao", help_text="Thường là 03/02, 19/05, 02/09, 07/11; có thể là dịp quan trọng khác.")
    reason = LineFormField(label="Lý do", max_length=200, required=False, help_text="Cần khi tặng sớm: ghi giấy tờ xác nhận, không ghi bệnh.")


class AwardForm(WithDocument):
    """The provincial committee's decision on the proposals that are ticked: here the document must be given."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True
        self.fields["document_number"].help_text = "Ví dụ: 345-QĐ/TU."
        self.initial.setdefault("document_issuer", "Ban Thường vụ Tỉnh ủy")


class BreakForm(WithDocument):
    valid_from = DateField(label="Từ ngày")
    valid_to = DateField(label="Đến trước ngày", help_text="Ngày trở lại sinh hoạt đảng.")
    reason = LineFormField(label="Lý do", max_length=200, help_text="Ví dụ: bị xóa tên, mất liên lạc, gián đoạn do chuyển sinh hoạt.")
    field_order = ("valid_from", "valid_to", "reason")


class TakeBackForm(BaseForm):
    reason = LineFormField(label="Lý do hủy", max_length=400, help_text="Ví dụ: ghi nhầm người, nhầm ngày.")


class ImportForm(BaseForm):
    """A list to take in: the file, whose it is, what for."""

    file = forms.FileField(
        label="Tệp danh sách",
        help_text="Excel (.xlsx) hoặc csv, tối đa 10 MB. Không cần sửa tiêu đề hay xóa dòng: phần mềm tự tìm bảng.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": "Hãy chọn tệp danh sách.", "empty": "Tệp rỗng, không có nội dung nào. Hãy chọn lại tệp danh sách."},
    )
    purpose = forms.ChoiceField(
        label="Mục đích", choices=ImportPurpose.choices, help_text="Đối chiếu: so với phần mềm và chấp nhận từng dòng, không ghi cả loạt."
    )
    organisation = forms.ModelChoiceField(
        label="Danh sách của", queryset=Organisation.objects.none(), widget=LongSelect, help_text="Đảng viên trong tệp phải thuộc tổ chức đảng này."
    )
    cell = forms.ModelChoiceField(
        label="Chi bộ của cả tệp",
        queryset=Organisation.objects.none(),
        required=False,
        widget=LongSelect,
        empty_label="Theo cột chi bộ trong tệp",
        error_messages={"invalid_choice": "Hãy chọn một chi bộ trong phạm vi của đồng chí."},
        help_text="Chọn khi tệp là sổ của một chi bộ (Mẫu 7-HSĐV) và không có cột chi bộ.",
    )
    as_of = DateField(label="Danh sách đúng đến ngày", help_text="Đảng viên mới được tính vào danh sách của chi bộ từ ngày này.")

    def __init__(self, *args, organisations, cells, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset, self.fields["cell"].queryset = organisations, cells
        self.initial.setdefault("as_of", today())
        self.initial.setdefault("organisation", organisations.first())

    def clean(self):
        data = super().clean()
        organisation, cell = data.get("organisation"), data.get("cell")
        if organisation and cell and not cell.path.startswith(organisation.path):
            self.add_error("cell", f"Chi bộ này không thuộc {organisation.name}.")
        return data


class HeaderForm(BaseForm):
    """Where the headings of a list are, as a person sees the rows numbered."""

    sheet = forms.TypedChoiceField(label="Trang tính", coerce=int, widget=forms.Select(attrs={"class": "form-select"}))
    header_first = forms.IntegerField(label="Tiêu đề từ dòng", min_value=1, widget=forms.NumberInput(attrs={"class": "form-control"}))
    header_last = forms.IntegerField(label="đến dòng", min_value=1, widget=forms.NumberInput(attrs={"class": "form-control"}))

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = list(enumerate(names))


class ColumnsForm(BaseForm):
    """One choice per column of a list: which field it holds."""

    def __init__(self, *args, titles, mapping, samples, stored, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "Bỏ qua cột này"), *((field.key, field.label) for field in FIELDS if field.is_offered(stored))]
        self.samples = samples
        for number, title in enumerate(titles):
            if title or any(samples[number]):
                name = title or f"Cột {number + 1} (không có tiêu đề)"
                widget = LongSelect(attrs={"class": "form-select"})
                field = forms.ChoiceField(label=name, choices=choices, required=False, widget=widget, initial=mapping.get(str(number), ""))
                self.fields[f"column_{number}"] = field

    def rows(self):
        """(bound field, the first values of its column) for the page."""
        return [(self[name], self.samples[int(name.removeprefix("column_"))]) for name in self.fields]

    def mapping(self):
        return {int(name.removeprefix("column_")): key for name, key in self.cleaned_data.items() if key}


class ExplainForm(WithDocument):
    """Why certified fields are corrected, and by which document."""

    reason = LineFormField(
        label="Lý do sửa thông tin đã chứng nhận",
        max_length=400,
        required=False,
        help_text="Cần khi có dòng sửa họ tên, ngày sinh, các ngày vào Đảng, số thẻ … đã có; kèm số, ngày, cơ quan ban hành văn bản.",
    )
    field_order = ("reason",)


class ReasonForm(BaseForm):
    reason = LineFormField(label="Lý do", max_length=400, help_text="Ví dụ: nhập nhầm tệp của năm trước.")


class MergeForm(BaseForm):
    """Which of two records is kept, and per field whose value the kept record has."""

    keep = forms.TypedChoiceField(label="Giữ hồ sơ", coerce=int, widget=forms.RadioSelect)
    reason = LineFormField(
        label="Lý do gộp",
        max_length=400,
        help_text="Ví dụ: một người được nhập hai lần khi chuyển chi bộ.",
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args, first, second, **kwargs):
        super().__init__(*args, **kwargs)
        self.records = (first, second)
        self.fields["keep"].choices = [(one.pk, f"{one.full_name}, {one.cell.name}") for one in self.records]
        self.fields["keep"].initial = first.pk
        self.differing = [name for name in LISTED if len({tuple(self.taken(one, name).values()) for one in self.records}) > 1]
        for name in self.differing:
            choices = [(one.pk, self.said(one, name)) for one in self.records]
            chosen = next((one.pk for one in self.records if getattr(one, name) not in (None, "")), first.pk)
            field = forms.TypedChoiceField(label=LABELS[name].label, choices=choices, coerce=int, widget=forms.RadioSelect, initial=chosen)
            self.fields[f"take_{name}"] = field

    @staticmethod
    def taken(member, name):
        """The value of a field, together with how much of a date is known."""
        return {one: getattr(member, one) for one in (name, PRECISIONS.get(name)) if one}

    @staticmethod
    def said(member, name):
        value = getattr(member, name)
        if value in (None, ""):
            return "trống"
        if name in PRECISIONS:
            return partial_date_text(value, getattr(member, PRECISIONS[name]))
        if name in NUMBERS:
            return masked(value)
        choices = dict(member._meta.get_field(name).choices or ())
        return str(choices.get(value) or (date_text(value) if name.endswith("_on") else value))

    def values(self):
        """{field: value} that the kept record shall have."""
        by_pk = {one.pk: one for one in self.records}
        chosen = {}
        for name in self.differing:
            chosen |= self.taken(by_pk[self.cleaned_data[f"take_{name}"]], name)
        return chosen


class DisciplineForm(WithDocument):
    """A decision of discipline, or a case that is opened: then neither form nor day is known yet."""

    degree = forms.ChoiceField(label="Hình thức", required=False)
    decided_on = DateField(label="Ngày quyết định", required=False, help_text="Để trống nếu mới mở hồ sơ xem xét.")
    violated_on = DateField(label="Ngày vi phạm", required=False)
    act_at = forms.ModelChoiceField(label="Nơi vi phạm trong đảng bộ", queryset=Organisation.objects.none(), required=False)
    act_outside = LineFormField(label="Nơi vi phạm ngoài đảng bộ", max_length=200, required=False)
    is_duty_related = forms.BooleanField(label="Do vi phạm chức trách, nhiệm vụ", required=False, initial=True)
    is_self_detected = forms.BooleanField(label="Tự phát hiện, tự nhận và đã khắc phục", required=False)
    field_order = ("degree", "decided_on", "violated_on", "act_at", "act_outside", "is_duty_related", "is_self_detected")

    def __init__(self, *args, subject, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["degree"].choices = [("", "Chưa quyết định"), *((one, one.label) for one in degrees_for(subject))]
        self.fields["act_at"].queryset = places

    def clean(self):
        data = super().clean()
        if bool(data.get("degree")) != bool(data.get("decided_on")):
            self.add_error("decided_on", "Hãy ghi cả hình thức và ngày quyết định, hoặc để trống cả hai khi mới mở hồ sơ.")
        return data

    def details(self):
        names = ("degree", "decided_on", "violated_on", "act_at", "act_outside", "is_duty_related", "is_self_detected")
        return {name: self.cleaned_data[name] for name in names}


class OnDayForm(BaseForm):
    on = DateField(label="Ngày")

    def clean_on(self):
        if self.cleaned_data["on"] > today():
            raise forms.ValidationError("Ngày chưa đến.")
        return self.cleaned_data["on"]


class PeriodForm(BaseForm):
    first = DateField(label="Từ ngày")
    last = DateField(label="Đến hết ngày")

    def clean(self):
        data = super().clean()
        if data.get("first") and data.get("last") and data["first"] > data["last"]:
            self.add_error("last", "Ngày cuối không được trước ngày đầu.")
        return data


class SeatForm(BaseForm):
    member = forms.ModelChoiceField(label="Đảng viên", queryset=Member.objects.none(), widget=LongSelect, empty_label="Chọn đảng viên chính thức")
    post = forms.ChoiceField(label="Chức vụ", choices=Post)
    from_day = DateField(label="Từ ngày")

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
        self.fields["member"].label_from_instance = lambda one: f"{one.full_name}, {one.cell.name}"


class MoveFileForm(BaseForm):
    """An admission file goes on at another cell, with a helper of that cell."""

    helper = forms.ModelChoiceField(label="Đảng viên giúp đỡ ở chi bộ mới", queryset=Member.objects.none(), empty_label="Chọn đảng viên chính thức")
    done_on = DateField(label="Ngày chuyển")
    note = LineFormField(
        label="Ghi chú", max_length=300, required=False, help_text="Ví dụ: đã kèm nhận xét của chi bộ cũ và của đảng viên giúp đỡ trước."
    )

    def __init__(self, *args, to_cell, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["helper"].queryset = officials_of(to_cell)


class SignOffForm(BaseForm):
    official = forms.IntegerField(widget=forms.HiddenInput)
    probationary = forms.IntegerField(widget=forms.HiddenInput)
    note = LineFormField(label="Ghi chú", max_length=400, required=False, help_text="Ví dụ: hai đảng viên đang làm thủ tục chuyển sinh hoạt.")


def officials_of(cell):
    return Member.objects.filter(cell=cell, state=MemberState.OFFICIAL).order_by("sort_key", "pk")


class AdmissionForm(BaseModelForm):
    """A new file: the applicant, and the official member who helps."""

    class Meta:
        model = Admission
        fields = (*DETAILS, "helper", "opened_on")
        widgets = {"helper": LongSelect(attrs={"class": "form-select"})}
        help_texts = {
            "area_approval": "Chỉ ghi khi chưa tốt nghiệp trung học cơ sở ở nơi được phép.",
            "is_youth_age": "Trong độ tuổi Đoàn, nơi có tổ chức Đoàn, thì Đoàn phải giới thiệu.",
        }

    def __init__(self, *args, cell, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["helper"].queryset = officials_of(cell)

    def _post_clean(self):
        """The service checks the whole file."""


class StepForm(WithDocument):
    """One step of a file: its day, its values by their schema, its document."""

    done_on = DateField(label="Ngày")
    note = LineFormField(label="Ghi chú", max_length=400, required=False)

    def __init__(self, *args, kind, cell, **kwargs):
        super().__init__(*args, **kwargs)
        self.values_asked = SCHEMA[kind]
        for one in self.values_asked:
            self.fields[one.name] = _value_field(one, cell)
        self.order_fields(["done_on", *(one.name for one in self.values_asked), "document_number", "document_on", "document_issuer", "note"])
        self.fields["document_number"].label, self.fields["document_on"].label = "Số văn bản", "Ngày văn bản"

    def values(self):
        """What the step says, as it is kept: days as ISO text, members by their key."""
        kept = {}
        for one in self.values_asked:
            value = self.cleaned_data[one.name]
            kept[one.name] = value.pk if isinstance(value, Member) else value.isoformat() if one.kind == "date" and value else value
        return kept


def _value_field(one, cell):
    common = {"label": one.label, "required": one.required, "help_text": one.hint}
    match one.kind:
        case "int":
            return forms.IntegerField(min_value=0, widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}), **common)
        case "date":
            return DateField(**common)
        case "choice":
            return forms.ChoiceField(choices=one.choices, **common)
        case "member":
            return forms.ModelChoiceField(queryset=officials_of(cell), widget=LongSelect(attrs={"class": "form-select"}), **common)
    return LineFormField(max_length=200, **common)
