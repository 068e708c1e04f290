"""Days, periods and the confirmation of a register."""

from django import forms

from khoi_party.common.dates import today
from khoi_party.common.forms import BaseForm, DateField, LineFormField


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


class SignOffForm(BaseForm):
    official = forms.IntegerField(widget=forms.HiddenInput)
    probationary = forms.IntegerField(widget=forms.HiddenInput)
    note = LineFormField(label="Ghi chú", max_length=400, required=False, help_text="Ví dụ: hai đảng viên đang làm thủ tục chuyển sinh hoạt.")
