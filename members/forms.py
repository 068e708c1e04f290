from django import forms

from cells.forms import WithDocument
from cells.models import Organisation
from khoi_party.common.forms import BaseForm, BaseModelForm, DateField, LineFormField
from members.enums import EventKind
from members.models import Member
from members.services.records import EDITABLE


class MemberForm(BaseModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Member
        fields = EDITABLE

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version


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
        fields = (*EDITABLE, "admitted_on", "official_on")

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


class TakeBackForm(BaseForm):
    reason = LineFormField(label="Lý do hủy", max_length=400, help_text="Ví dụ: ghi nhầm người, nhầm ngày.")
