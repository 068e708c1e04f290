"""The forms of badges and of the time outside the Party."""

from django import forms

from cells.forms import WithDocument
from khoi_party.common.forms import BaseForm, DateField, LineFormField, LongSelect
from members.badges import MILESTONES
from members.enums import BadgeKind


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
