from django import forms

from evaluations.enums import ComplaintOutcome, ComplaintSource, RevisionKind
from khoi_party.common.forms import BaseForm, DateField, LineFormField


class RevisionForm(BaseForm):
    """The new level of one row, why, and whether the old result is adjusted or cancelled."""

    body = forms.ModelChoiceField(label="Cấp quyết định", queryset=None, empty_label=None)
    kind = forms.ChoiceField(label="Hình thức", choices=RevisionKind)
    level = forms.TypedChoiceField(label="Mức mới", coerce=int)
    exemplary = forms.BooleanField(required=False)
    reason = LineFormField(label="Lý do xếp loại lại", max_length=400, help_text="Ghi căn cứ: kết luận kiểm tra, khiếu nại, sự việc mới biết.")

    def __init__(self, *args, bodies, book, review, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies
        self.fields["body"].label_from_instance = lambda body: body.committee_name
        if len(bodies) == 1:
            self.fields["body"].widget, self.initial["body"] = forms.HiddenInput(), bodies[0].pk
        self.fields["level"].choices = [("", "Chọn mức"), *((level, book.level_name(level, review.subject)) for level in (1, 2, 3, 4))]
        self.fields["exemplary"].label = book.exemplary_label or "Tiêu biểu"


class ComplaintForm(BaseForm):
    source = forms.ChoiceField(label="Của ai", choices=ComplaintSource, help_text="Không ghi họ tên người khiếu nại vào phần mềm.")
    received_on = DateField(label="Ngày nhận")
    paper = LineFormField(label="Số, ký hiệu đơn hoặc công văn", max_length=60, required=False)
    summary = LineFormField(label="Nội dung tóm tắt", max_length=400, help_text="Một, hai câu; đơn và tài liệu kèm theo lưu trong hồ sơ giấy.")


class AnswerForm(BaseForm):
    outcome = forms.ChoiceField(label="Kết quả", choices=ComplaintOutcome)
    answered_on = DateField(label="Ngày trả lời")
    answer = LineFormField(label="Nội dung trả lời", max_length=400)
