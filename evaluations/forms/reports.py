from django import forms

from evaluations.enums import DossierKind
from khoi_party.common.forms import BaseForm, DateField, ProseFormField


class ReportForm(BaseForm):
    """A box per section of the year's form."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, sections, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.sections = sections
        self.initial["version"] = report.version if report else 0
        for section in sections:
            box = ProseFormField(label=section.title, required=False, widget=forms.Textarea(attrs={"rows": 6, "class": "form-control"}))
            self.fields[section.key], self.initial[section.key] = box, report.texts.get(section.key, "") if report else ""

    def boxes(self):
        return [(section, self[section.key]) for section in self.sections]

    def texts(self):
        return {section.key: self.cleaned_data[section.key] for section in self.sections}


class DossierForm(BaseForm):
    kinds = forms.MultipleChoiceField(label="Đã nhận", choices=DossierKind, required=False, widget=forms.CheckboxSelectMultiple)
    received_on = DateField(label="Ngày nhận")
