from datetime import date

from django import forms

from cells.forms import WithDocument
from khoi_party.common.forms import BaseForm, DateField, LineFormField
from khoi_party.rules import Kind


class IssueForm(BaseForm):
    number = LineFormField(label="Số quyết định", max_length=60, help_text="Ví dụ: 12-QĐ/ĐU.")
    issued_on = DateField(label="Ngày ban hành")
    signer = LineFormField(label="Người ký", max_length=120)
    meeting_on = DateField(label="Ngày họp")
    members_total = forms.IntegerField(label="Số người được triệu tập", min_value=1, max_value=500)
    members_present = forms.IntegerField(label="Số người có mặt", min_value=1, max_value=500)
    votes_for = forms.IntegerField(label="Số đồng ý", min_value=0, max_value=500)

    def clean(self):
        data = super().clean()
        issued_on, meeting_on = data.get("issued_on"), data.get("meeting_on")
        if isinstance(issued_on, date) and isinstance(meeting_on, date) and issued_on < meeting_on:
            self.add_error("issued_on", "Ngày ban hành không được trước ngày họp.")
        return data


class OverrideForm(WithDocument):
    """Why a level is kept that a clause speaks against; the document must be there where the clause forbids it."""

    reason = LineFormField(label="Lý do giữ mức này", max_length=400)
    field_order = ("reason",)

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document_number"].label, self.fields["document_on"].label = "Số văn bản của cấp quyết định", "Ngày văn bản"
        self.fields["document_number"].help_text = "Ví dụ: 18-NQ/ĐU."
        if any(one.kind == Kind.FORBIDS for one in row.against):
            for name in ("document_number", "document_on", "document_issuer"):
                self.fields[name].required = True
        if row.override:
            paper = row.override.document
            self.initial |= {"reason": row.override.reason}
            if paper:
                self.initial |= {"document_number": paper.number, "document_on": paper.issued_on, "document_issuer": paper.issuer}
