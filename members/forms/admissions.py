"""The forms of an admission file, one made from the shape of each step."""

from django import forms

from cells.forms import WithDocument
from khoi_party.common.forms import BaseForm, BaseModelForm, DateField, LineFormField, LongSelect
from members.admission_steps import SCHEMA
from members.enums import MemberState
from members.models import Admission, Member
from members.services.admissions import DETAILS


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
