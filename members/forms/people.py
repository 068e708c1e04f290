"""The form of a member's record."""

from crispy_forms.layout import Fieldset, Layout
from django import forms

from cells.forms import WithDocument
from khoi_party.common.forms import BaseModelForm, LineFormField
from members.fields import PartialDateField
from members.models import Member
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
