"""The form that makes one record of two."""

from django import forms

from khoi_party.common.dates import date_text
from khoi_party.common.forms import BaseForm, LineFormField
from members.imports.columns import BY_KEY as LABELS
from members.models.people import masked, partial_date_text
from members.services.duplicates import NUMBERS
from members.services.imports import FIELDS as LISTED
from members.services.records import PRECISIONS


class MergeForm(BaseForm):
    """Which of two records is kept, and per field whose value the kept record has."""

    keep = forms.TypedChoiceField(label="Giữ hồ sơ", coerce=int, widget=forms.RadioSelect)
    reason = LineFormField(
        label="Lý do gộp",
        max_length=400,
        help_text="Ví dụ: một người được nhập hai lần khi chuyển chi bộ.",
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def __init__(self, *args, first, second, **kwargs):
        super().__init__(*args, **kwargs)
        self.records = (first, second)
        self.fields["keep"].choices = [(one.pk, f"{one.full_name}, {one.cell.name}") for one in self.records]
        self.fields["keep"].initial = first.pk
        self.differing = [name for name in LISTED if len({tuple(self.taken(one, name).values()) for one in self.records}) > 1]
        for name in self.differing:
            choices = [(one.pk, self.said(one, name)) for one in self.records]
            chosen = next((one.pk for one in self.records if getattr(one, name) not in (None, "")), first.pk)
            field = forms.TypedChoiceField(label=LABELS[name].label, choices=choices, coerce=int, widget=forms.RadioSelect, initial=chosen)
            self.fields[f"take_{name}"] = field

    @staticmethod
    def taken(member, name):
        """The value of a field, together with how much of a date is known."""
        return {one: getattr(member, one) for one in (name, PRECISIONS.get(name)) if one}

    @staticmethod
    def said(member, name):
        value = getattr(member, name)
        if value in (None, ""):
            return "trống"
        if name in PRECISIONS:
            return partial_date_text(value, getattr(member, PRECISIONS[name]))
        if name in NUMBERS:
            return masked(value)
        choices = dict(member._meta.get_field(name).choices or ())
        return str(choices.get(value) or (date_text(value) if name.endswith("_on") else value))

    def values(self):
        """{field: value} that the kept record shall have."""
        by_pk = {one.pk: one for one in self.records}
        chosen = {}
        for name in self.differing:
            chosen |= self.taken(by_pk[self.cleaned_data[f"take_{name}"]], name)
        return chosen
