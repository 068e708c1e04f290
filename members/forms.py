from crispy_forms.layout import Fieldset, Layout
from django import forms

from cells.forms import WithDocument
from cells.models import Organisation
from khoi_party.common.forms import BaseForm, BaseModelForm, DateField, LineFormField, LongSelect
from members.admission_steps import SCHEMA
from members.badges import MILESTONES
from members.enums import BadgeKind, EventKind, MemberState
from members.fields import PartialDateField
from members.models import Admission, Member
from members.services.admissions import DETAILS
from members.services.discipline import degrees_for
from members.services.records import EDITABLE

ENTERED = ("full_name", "gender", "born_on", "ethnicity", "position", "is_civil_servant", "card_number")


class MemberForm(BaseModelForm, WithDocument):
    """The record. Dates that old files know only in part are typed as 1985 or 02/1985."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    born_on = PartialDateField(label="Ngày sinh", required=False, help_text="Ví dụ: 03/02/1985; chỉ biết năm thì ghi 1985.")
    reason = LineFormField(
        label="Lý do sửa", max_length=400, required=False, help_text="Cần khi sửa thông tin đã chứng nhận trong lý lịch (tên, ngày sinh, số thẻ …)."
    )

    class Meta:
        model = Member
        fields = tuple(name for name in EDITABLE if name != "born_precision")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version
        self.initial["born_on"] = self.instance.born_text
        self.helper.layout = Layout(
            "version",
            Fieldset("Nhân thân", "full_name", "birth_name", "gender", "born_on", "ethnicity", "religion", "home_town", "identity_number"),
            Fieldset("Trình độ", "general_education", "education", "speciality", "theory_level", "foreign_language"),
            Fieldset("Công việc", "occupation_before", "position", "is_civil_servant", "background"),
            Fieldset("Số đảng viên", "card_number", "card_issued_on", "record_number"),
            Fieldset("Khi sửa thông tin đã chứng nhận", "reason", "document_number", "document_on", "document_issuer"),
        )

    def values(self):
        """{field: value} for the service."""
        data = {name: self.cleaned_data[name] for name in self.Meta.fields}
        day, precision = data["born_on"] or (None, "day")
        return data | {"born_on": day, "born_precision": precision}

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
    field_order = ("full_name", "outside", "on_day")

    class Meta:
        model = Member
        fields = (*ENTERED, "admitted_on", "official_on")

    def identity(self):
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "outside", "on_day")}


class EventForm(WithDocument):
    """One movement of one member. Which fields matter depends on the kind; the service says what is missing."""

    kind = forms.ChoiceField(label="Biến động")
    on_day = DateField(label="Ngày có hiệu lực")
    to_cell = forms.ModelChoiceField(label="Đến chi bộ (khi chuyển trong đảng bộ)", queryset=Organisation.objects.none(), required=False)
    outside = LineFormField(label="Nơi đến ngoài đảng bộ (khi chuyển đi)", max_length=200, required=False)
    note = LineFormField(label="Lý do, ghi chú", max_length=400, required=False)
    field_order = ("kind", "on_day", "to_cell", "outside", "note")

    KINDS = (
        EventKind.RECOGNISED,
        EventKind.MOVED,
        EventKind.TRANSFERRED_OUT,
        EventKind.EXEMPTED,
        EventKind.RESUMED,
        EventKind.LEFT,
        EventKind.DIED,
    )

    def __init__(self, *args, cells, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, kind.label) for kind in self.KINDS]
        self.fields["to_cell"].queryset = cells

    def clean(self):
        data = super().clean()
        if data.get("kind") == EventKind.MOVED and not data.get("to_cell"):
            self.add_error("to_cell", "Hãy chọn chi bộ chuyển đến.")
        if data.get("kind") == EventKind.TRANSFERRED_OUT and not data.get("outside"):
            self.add_error("outside", "Hãy ghi nơi chuyển đến.")
        if data.get("kind") == EventKind.LEFT and not data.get("note"):
            self.add_error("note", "Hãy ghi hình thức và lý do ra khỏi Đảng.")
        return data


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
