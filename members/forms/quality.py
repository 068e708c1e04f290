"""What the page of data quality shows."""

from django import forms

from khoi_party.common.forms import LongSelect
from members.enums import Severity
from members.forms.badges import BadgePlaceForm
from members.quality import RULES


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
