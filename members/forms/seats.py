"""The form of a seat in a committee."""

from django import forms

from khoi_party.common.forms import BaseForm, DateField, LongSelect
from members.enums import Post
from members.models import Member


class SeatForm(BaseForm):
    member = forms.ModelChoiceField(label="Đảng viên", queryset=Member.objects.none(), widget=LongSelect, empty_label="Chọn đảng viên chính thức")
    post = forms.ChoiceField(label="Chức vụ", choices=Post)
    from_day = DateField(label="Từ ngày")

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
        self.fields["member"].label_from_instance = lambda one: f"{one.full_name}, {one.cell.name}"
