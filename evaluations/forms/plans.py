from django import forms

from cells.forms import WithDocument
from khoi_party.common.forms import BaseForm, DateField, LineFormField, ProseFormField


class SuggestionForm(WithDocument):
    attending = LineFormField(label="Người của cấp trên dự họp", max_length=200, required=False, help_text="Chức vụ hoặc họ tên.")
    suggestion = ProseFormField(
        label="Gợi ý kiểm điểm", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}), help_text="Để trống nếu không gợi ý."
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("attending", "suggestion")


class ReviewDayForm(BaseForm):
    meets_on = DateField(label="Ngày họp kiểm điểm dự kiến", required=False)
    draft_sent_on = DateField(label="Ngày gửi dự thảo báo cáo", required=False, help_text="Trước ngày họp ít nhất 3 ngày làm việc (HD 43-HD/BTCTW).")
    held_on = DateField(label="Ngày đã họp", required=False)
    answer = ProseFormField(label="Giải trình theo gợi ý của cấp trên", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, has_suggestion, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_suggestion:
            del self.fields["answer"]
