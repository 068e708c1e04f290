from django import forms

from evaluations.rulebooks import ALL
from khoi_party.common.dates import today
from khoi_party.common.forms import BaseForm, DateField, DocumentFileField, LineFormField, ProseFormField

FIRST_YEAR = min(book.first_year for book in ALL)


class CycleForm(BaseForm):
    year = forms.IntegerField(label="Năm đánh giá", min_value=2014, max_value=2100)
    cutoff_on = DateField(label="Ngày chốt danh sách", required=False, help_text="Để trống thì lấy ngày 31/12 của năm.")
    guidance_number = LineFormField(
        label="Số hướng dẫn của đảng ủy", max_length=60, required=False, help_text="Ví dụ: 05-HD/ĐUK. Có thể bổ sung sau."
    )
    guidance_on = DateField(label="Ngày ban hành hướng dẫn", required=False)

    def clean(self):
        data = super().clean()
        if bool(data.get("guidance_number")) != bool(data.get("guidance_on")):
            self.add_error("guidance_on", "Hãy ghi cả số và ngày của hướng dẫn, hoặc để trống cả hai.")
        return data


class StagesForm(BaseForm):
    """First day and deadline of every stage of a year."""

    def __init__(self, *args, stages, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = [stage.kind for stage in stages]
        for stage in stages:
            self.fields[f"{stage.kind}_start"] = DateField(label=f"{stage.get_kind_display()}: từ ngày", initial=stage.starts_on)
            self.fields[f"{stage.kind}_due"] = DateField(label=f"{stage.get_kind_display()}: hạn", initial=stage.due_on)

    def stages(self):
        return {kind: (self.cleaned_data[f"{kind}_start"], self.cleaned_data[f"{kind}_due"]) for kind in self.kinds}


class GuidanceForm(BaseForm):
    number = LineFormField(label="Số hướng dẫn", max_length=60, help_text="Ví dụ: 05-HD/ĐUK.")
    issued_on = DateField(label="Ngày ban hành")
    file = DocumentFileField(label="Tệp", required=False, help_text="PDF hoặc Word, không quá 20 MB.")


class CloseForm(BaseForm):
    on_day = DateField(label="Kết thúc từ ngày")
    reason = ProseFormField(
        label="Lý do kết thúc khi còn dòng chưa có mức",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text="Những dòng đó được tính là không xếp loại; lý do ghi vào nhật ký.",
    )

    def __init__(self, *args, has_unrated, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_unrated:
            del self.fields["reason"]


class ReopenForm(BaseForm):
    reason = ProseFormField(label="Lý do mở lại", widget=forms.Textarea(attrs={"rows": 2}))


class CompareForm(BaseForm):
    """Two years whose rule books are set side by side."""

    a = forms.TypedChoiceField(label="Năm", coerce=int)
    b = forms.TypedChoiceField(label="So với năm", coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("a", "b"):
            self.fields[name].choices = [(year, str(year)) for year in range(today().year + 1, FIRST_YEAR - 1, -1)]
            self.fields[name].widget.attrs["class"] = "form-select"
            self.fields[name].error_messages["invalid_choice"] = f"Chưa có quy định cho năm này; hãy chọn từ năm {FIRST_YEAR}."
