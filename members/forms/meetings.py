"""The form of a meeting of a cell."""

from django import forms

from khoi_party.common.forms import BaseModelForm, DateField, LineFormField
from khoi_party.common.numbers import decimal
from members.models import Meeting
from members.services.meetings import FIELDS

OTHER_SHEET = "Kỳ họp ngày này chấm theo phiếu khác với phiếu vừa hiện. Phiếu dưới đây là của ngày họp; hãy chấm rồi lưu lại."
RESOLUTIONS = (("month_number", False, None), ("theme_number", True, "theme_title"))


def typed_day(data):
    """The day of the meeting as it was typed, None where it is no date."""
    try:
        return DateField(required=False).clean(data.get("held_on"))
    except forms.ValidationError:
        return None


class MeetingForm(BaseModelForm):
    """What the cell's book says of one meeting; where the local sheet has items, each is scored and the sum is the program's."""

    month_number = LineFormField(label="Số nghị quyết của kỳ họp", max_length=60, required=False)
    theme_number = LineFormField(label="Số nghị quyết chuyên đề", max_length=60, required=False)
    theme_title = LineFormField(label="Trích yếu nghị quyết chuyên đề", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    sheet = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Meeting
        fields = FIELDS
        help_texts = {
            "expected": "Không tính đảng viên được miễn, đang tạm miễn hoặc làm nhiệm vụ đặc biệt.",
            "minutes": "Ít nhất 90 phút; kết hợp chuyên đề ít nhất 120 phút (HD 42-HD/BTCTW).",
            "posted_on": "Trước ngày họp ít nhất 1 ngày.",
            "points": "Theo phiếu chấm điểm của đảng bộ, tối đa 100.",
        }

    def __init__(self, data=None, *args, sheet, topic="", **kwargs):
        self.is_of_other_sheet = data is not None and data.get("sheet") != sheet.key
        if self.is_of_other_sheet:
            data = {name: value for name, value in data.items() if not name.startswith("item-") and name != "points"} | {"sheet": sheet.key}
        super().__init__(data, *args, **kwargs)
        self.initial |= {"version": self.instance.version if self.instance.pk else 0, "sheet": sheet.key}
        self.fields["studied"].help_text = f"Chuyên đề của năm: {topic}" if topic else "Đảng ủy chưa đặt chuyên đề học tập của năm."
        self.fields["is_vetoed"].help_text = "; ".join(sheet.vetoes)
        self.items = [f"item-{place}" for place in range(len(sheet.items))]
        if self.items:
            del self.fields["points"]
        before = [given for _, _, given in self.instance.scores]
        for place, (text, most) in enumerate(sheet.items):
            self.fields[self.items[place]] = forms.DecimalField(
                label=f"{text} (tối đa {decimal(most)} điểm)", min_value=0, max_value=most, max_digits=4, decimal_places=1, localize=True
            )
            if len(before) == len(sheet.items):
                self.initial[self.items[place]] = before[place]
        if self.instance.pk:
            for one in self.instance.resolutions.all():
                self.initial["theme_number" if one.is_thematic else "month_number"] = one.number
                self.initial |= {"theme_title": one.title} if one.is_thematic else {}

    def _post_clean(self):
        """The model's own checks are the service's: its sentences say what to do."""

    def clean(self):
        """The sheet is that of the day of the meeting: points that were typed on another one are not put into its boxes."""
        data = super().clean()
        if self.is_of_other_sheet:
            self.add_error(None, OTHER_SHEET)
        if data.get("theme_title") and not data.get("theme_number"):
            self.add_error("theme_number", "Hãy ghi số của nghị quyết chuyên đề.")
        return data

    def values(self):
        return {name: self.cleaned_data.get(name) for name in FIELDS}

    def scores(self):
        """Points by item, or None where the sheet has none."""
        return [self.cleaned_data[name] for name in self.items] if self.items else None

    def resolutions(self):
        """(number, is thematic, title) of those that were typed."""
        data = self.cleaned_data
        return [(data[number], is_thematic, data[title] if title else "") for number, is_thematic, title in RESOLUTIONS if data[number]]
