"""The form of a meeting of a cell."""

from django import forms

from khoi_party.common.forms import BaseModelForm
from members.models import Meeting
from members.services.meetings import FIELDS


class MeetingForm(BaseModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Meeting
        fields = FIELDS
        help_texts = {
            "expected": "Không tính đảng viên được miễn, đang tạm miễn hoặc làm nhiệm vụ đặc biệt.",
            "minutes": "Ít nhất 90 phút; kết hợp chuyên đề ít nhất 120 phút (HD 42-HD/BTCTW).",
            "posted_on": "Trước ngày họp ít nhất 1 ngày.",
            "points": "Theo phiếu chấm điểm của đảng bộ, tối đa 100.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["version"] = self.instance.version if self.instance.pk else 0

    def _post_clean(self):
        """The model's own checks are the service's: its sentences say what to do."""
