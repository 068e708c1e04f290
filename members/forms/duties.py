"""The form of the months that a member missed."""

from django import forms

from khoi_party.common.forms import BaseForm
from members.enums import Duty

MONTHS = [(str(month), f"Tháng {month}") for month in range(1, 13)]


class MissedForm(BaseForm):
    """Twelve boxes for each duty."""

    meeting = forms.MultipleChoiceField(label="Không sinh hoạt, không có lý do", choices=MONTHS, required=False, widget=forms.CheckboxSelectMultiple)
    dues = forms.MultipleChoiceField(label="Không đóng đảng phí, không có lý do", choices=MONTHS, required=False, widget=forms.CheckboxSelectMultiple)

    def months(self):
        return {duty: [int(month) for month in self.cleaned_data[duty.value]] for duty in Duty}
