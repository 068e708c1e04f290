"""The form of a disciplinary case or decision."""

from django import forms

from cells.forms import WithDocument
from cells.models import Organisation
from khoi_party.common.forms import DateField, LineFormField
from members.services.discipline import degrees_for


class DisciplineForm(WithDocument):
    """A decision of discipline, or a case that is opened: then neither form nor day is known yet."""

    degree = forms.ChoiceField(label="Hình thức", required=False)
    decided_on = DateField(label="Ngày quyết định", required=False, help_text="Để trống nếu mới mở hồ sơ xem xét.")
    violated_on = DateField(label="Ngày vi phạm", required=False)
    act_at = forms.ModelChoiceField(label="Nơi vi phạm trong đảng bộ", queryset=Organisation.objects.none(), required=False)
    act_outside = LineFormField(label="Nơi vi phạm ngoài đảng bộ", max_length=200, required=False)
    is_duty_related = forms.BooleanField(label="Do vi phạm chức trách, nhiệm vụ", required=False, initial=True)
    is_self_detected = forms.BooleanField(label="Tự phát hiện, tự nhận và đã khắc phục", required=False)
    field_order = ("degree", "decided_on", "violated_on", "act_at", "act_outside", "is_duty_related", "is_self_detected")

    def __init__(self, *args, subject, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["degree"].choices = [("", "Chưa quyết định"), *((one, one.label) for one in degrees_for(subject))]
        self.fields["act_at"].queryset = places

    def clean(self):
        data = super().clean()
        if bool(data.get("degree")) != bool(data.get("decided_on")):
            self.add_error("decided_on", "Hãy ghi cả hình thức và ngày quyết định, hoặc để trống cả hai khi mới mở hồ sơ.")
        return data

    def details(self):
        names = ("degree", "decided_on", "violated_on", "act_at", "act_outside", "is_duty_related", "is_self_detected")
        return {name: self.cleaned_data[name] for name in names}
