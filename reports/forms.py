from django import forms
from django.core.exceptions import ValidationError

from cells.models import Term
from khoi_party.common.dates import today
from khoi_party.common.forms import BaseForm, DateField, LineFormField
from reports.papers.formats import DateWithoutProfileError, profile_for

POSITIONS = [("Bí thư", "Bí thư"), ("Phó bí thư", "Phó bí thư")]


class TermReportForm(BaseForm):
    """Which term, and what is printed of number, day and signer."""

    term = forms.ModelChoiceField(Term.objects.none(), label="Nhiệm kỳ", empty_label=None)
    issued_on = DateField(
        label="Ngày ban hành", required=False, help_text="Để trống nếu chưa ban hành; chỗ ghi số, ngày sẽ để trống để văn thư điền."
    )
    number = forms.IntegerField(label="Số báo cáo", required=False, min_value=1, max_value=9999, help_text="Chỉ ghi số, ví dụ 12.")
    signer_position = forms.ChoiceField(label="Chức vụ người ký", choices=POSITIONS)
    signer_name = LineFormField(label="Họ và tên người ký", max_length=120, required=False, help_text="Không ghi học hàm, học vị.")

    def __init__(self, *args, terms, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["term"]
        field.queryset = terms
        field.label_from_instance = lambda term: f"{term.label}, {term.organisation.name}"
        field.initial = next((term.pk for term in terms if term.last_year < today().year), None)

    def clean_issued_on(self):
        day = self.cleaned_data["issued_on"]
        if day:
            try:
                profile_for(day)
            except DateWithoutProfileError as unknown:
                raise ValidationError(str(unknown)) from unknown
        return day

    def clean(self):
        data = super().clean()
        if data.get("number") and "issued_on" in data and not data["issued_on"]:
            self.add_error("issued_on", "Báo cáo đã có số thì cần ngày ban hành.")
        return data
