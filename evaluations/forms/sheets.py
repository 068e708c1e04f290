from django import forms

from evaluations.models import Registration
from evaluations.rulebooks import rulebook_for
from khoi_party.common.forms import BaseForm, BaseModelForm, ProseFormField


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
        for name in ("level", "admissions_planned"):
            self.fields[name].needed_to_send = True  # a draft may lack them, so they are not required
            self.fields[name].help_text = "Cần có khi gửi."
        self.initial["version"] = self.instance.version

    def take_over(self, stale):
        """Say what the other person has saved, keep what was typed here, and let the next save stand over theirs."""
        now = stale.current
        book = rulebook_for(now.cycle.year)
        theirs = f"mức {book.level_name(now.level, 'organisation').lower() or 'chưa chọn'}, kết nạp {now.admissions_planned or 0}, "
        theirs += f"chuyên đề {now.thematic_meetings_planned or 0}; cam kết: {now.commitments[:200] or 'chưa ghi'}"
        self.add_error(
            None, f"Bản đăng ký vừa được người khác sửa thành: {theirs}. Nội dung đồng chí nhập vẫn ở dưới; lưu lần nữa thì thay nội dung đó."
        )
        self.data = self.data.copy()
        self.data["version"] = now.version


class MemberLevelsForm(BaseForm):
    """A level per member of the cell; `fill` stands for all who are left empty."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, registration, members, **kwargs):
        super().__init__(*args, **kwargs)
        book = rulebook_for(registration.cycle.year)
        levels = [(level, book.level_name(level, "member")) for level in (1, 2, 3, 4)]
        known = dict(registration.members.values_list("member_id", "level"))
        self.members = members
        self.fields["fill"] = self.choice("Mức cho người chưa chọn", [("", "Để trống"), *levels])
        self.initial["version"] = registration.version
        for member in members:
            self.fields[f"level-{member.pk}"] = self.choice(member.full_name, [("", "Chưa đăng ký"), *levels])
            self.initial[f"level-{member.pk}"] = known.get(member.pk)

    @staticmethod
    def choice(label, choices):
        field = forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False)
        field.widget.attrs["class"] = "form-select"
        return field

    def lines(self):
        return [(member, self[f"level-{member.pk}"]) for member in self.members]

    def levels(self):
        """{member id: level or None} of the valid form."""
        data = self.cleaned_data
        return {member.pk: data[f"level-{member.pk}"] or data["fill"] for member in self.members}


class ReasonForm(BaseForm):
    reason = ProseFormField(label="Lý do trả lại", widget=forms.Textarea(attrs={"rows": 3}))


class RemarkForm(BaseForm):
    text = ProseFormField(label="Nhận xét của chi bộ", widget=forms.Textarea(attrs={"rows": 6}), max_length=4000)
