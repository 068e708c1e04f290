from django import forms

from khoi_party.common.dates import today
from khoi_party.common.forms import BaseForm, DateField, LineFormField, ProseFormField
from reports.enums import About, Circulation, Urgency
from reports.papers.signing import board_name
from reports.signers import boards_of, office_on

LABELS = {About.DAY: "Tổ chức đảng"}


class PaperForm(BaseForm):
    """What the paper is to be about; for figures of a day, the day as well."""

    about = forms.ChoiceField()
    day = DateField(label="Số liệu đến ngày")

    def __init__(self, *args, recipe, choices, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["about"]
        field.label = LABELS.get(recipe.about, recipe.about.label)
        field.choices = [(one.key, one.label) for one in choices]
        if recipe.about == About.DAY:
            self.fields["day"].initial = today()
        else:
            del self.fields["day"]
        if recipe.options_form:
            self.fields.update(recipe.options_form().fields)
        self.option_names = tuple(recipe.options_form.base_fields) if recipe.options_form else ()

    def options(self):
        """How the paper is to be printed: what the kind's own questions were answered with."""
        return {name: self.cleaned_data[name] for name in self.option_names}

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day and day > today():
            raise forms.ValidationError("Ngày số liệu chưa đến.")
        return day


class WordsForm(BaseForm):
    """What people write at one place of a paper."""

    text = ProseFormField(label="Nội dung", required=False, widget=forms.Textarea(attrs={"rows": 14, "maxlength": 20_000, "class": "form-control"}))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, title="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = title or self.fields["text"].label


class MarksForm(BaseForm):
    """What is printed on a paper besides its text."""

    for_meeting = forms.BooleanField(label="Tài liệu hội nghị", required=False)
    circulation = forms.ChoiceField(label="Phạm vi lưu hành", required=False, choices=[("", "Không ghi"), *Circulation.choices])
    urgency = forms.ChoiceField(label="Mức độ khẩn", required=False, choices=[("", "Không ghi"), *Urgency.choices])
    two_sided = forms.BooleanField(label="In hai mặt", required=False, help_text="Mặt sau đổi lề trái, lề phải.")


class IssueForm(BaseForm):
    """Number, day and signer as the office gives them, and who receives the paper."""

    board = forms.ModelChoiceField(label="Cơ quan ban hành", queryset=None, required=False)
    number = forms.IntegerField(
        label="Số", min_value=1, max_value=9999, help_text="Số kế tiếp của sổ, hoặc một số đã giữ; chỉ ghi số, ký hiệu do phần mềm ghi."
    )
    issued_on = DateField(label="Ngày ban hành")
    signer_position = forms.ChoiceField(label="Quyền hạn, chức vụ người ký")
    signer_name = LineFormField(label="Họ và tên người ký", max_length=120, help_text="Không ghi học hàm, học vị.")
    recipients = ProseFormField(
        label="Nơi nhận", required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text="Mỗi nơi một dòng; phần mềm ghi dấu đầu và cuối dòng."
    )
    grounds = ProseFormField(
        label="Căn cứ khác",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Mỗi căn cứ một dòng, sau các căn cứ phần mềm ghi sẵn.",
    )

    def __init__(self, *args, organisation, code, day, **kwargs):
        super().__init__(*args, **kwargs)
        boards = boards_of(organisation, code, day)
        offices = {"": office_on(organisation, day)} | {board_name(one): office_on(organisation, day, one) for one in boards}
        groups = [(name or organisation.committee_name, office.ways()) for name, office in offices.items()]
        self.fields["signer_position"].choices = groups if boards else groups[0][1]
        self.fields["board"].queryset, self.fields["board"].empty_label = boards, organisation.committee_name
        if not boards:
            del self.fields["board"]

    def lines(self, name):
        """What was typed in the box `name`, a line each, without the dashes and marks that people type."""
        return tuple(line for text in self.cleaned_data[name].splitlines() if (line := text.strip().lstrip("-").strip().rstrip(";,.")))
