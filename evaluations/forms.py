from datetime import date

from django import forms

from evaluations.models import Registration
from evaluations.rulebooks import rulebook_for
from khoi_party.common.forms import BaseForm, BaseModelForm, DateField, LineFormField, ProseFormField


class CycleForm(BaseForm):
    year = forms.IntegerField(label="Năm đánh giá", min_value=2014, max_value=2100)
    cutoff_on = DateField(label="Ngày chốt danh sách", required=False, help_text="Để trống thì lấy ngày 31/12 của năm.")
    guidance_number = LineFormField(label="Số hướng dẫn của đảng ủy", required=False, help_text="Ví dụ: 05-HD/ĐUK. Có thể bổ sung sau.")
    guidance_on = DateField(label="Ngày ban hành hướng dẫn", required=False)

    def clean(self):
        data = super().clean()
        if bool(data.get("guidance_number")) != bool(data.get("guidance_on")):
            self.add_error("guidance_on", "Hãy ghi cả số và ngày của hướng dẫn, hoặc để trống cả hai.")
        return data


class RegistrationForm(BaseModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Registration
        fields = (
            "level",
            "planned_1",
            "planned_2",
            "planned_3",
            "planned_4",
            "admissions_planned",
            "thematic_meetings_planned",
            "commitments",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        book = rulebook_for(self.instance.cycle.year)
        levels = [(str(n), book.level_name(n, "organisation")) for n in (1, 2, 3, 4)]
        self.fields["level"] = forms.TypedChoiceField(
            label="Mức đăng ký phấn đấu", choices=[("", "Chọn mức"), *levels], coerce=int, empty_value=None, required=False
        )
        for number in (1, 2, 3, 4):
            self.fields[f"planned_{number}"].label = f"Số đảng viên phấn đấu “{book.level_name(number, 'member')}”"
        self.fields["commitments"].widget.attrs["rows"] = 4
        self.initial["version"] = self.instance.version


class ReasonForm(BaseForm):
    reason = ProseFormField(label="Lý do trả lại", widget=forms.Textarea(attrs={"rows": 3}))


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
