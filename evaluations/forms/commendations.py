from django import forms

from cells.forms import WithDocument
from cells.models import Organisation
from evaluations.awards.rules import awards_of
from evaluations.awards.subjects import BASE, CELL, MEMBER, PART, UPPER
from evaluations.candidates import ALL, IN_YEAR, MEMBERS, NEAR, WHOLE
from evaluations.enums import AWARD_CHOICES, TOLD_BASES, Award, AwardBasis, Dossier
from khoi_party.common.forms import BaseForm, DateField, DecimalField, LineFormField, LongSelect

PROVINCE = "province"
FEWEST, MOST = 0, 500
FIVE = (AwardBasis.FIVE_YEARS,)
BASES_OF = {IN_YEAR: (AwardBasis.YEAR,), WHOLE: FIVE, NEAR: FIVE, ALL: (*TOLD_BASES, *FIVE)}
CHOICES = {
    "restart": (("1", "Đếm lại từ đầu: năm đã dùng không tính cho lần sau"), ("0", "Không đếm lại: năm đã dùng vẫn được tính")),
    "same_years": (("1", "Được tặng cả hai cho cùng 5 năm"), ("0", "Chỉ tặng một hình thức cho 5 năm đó")),
    "predecessors": (("1", "Được tính cho tổ chức kế thừa"), ("0", "Không tính cho tổ chức kế thừa")),
}


class RoundBodyForm(BaseForm):
    """Whose list it is: asked first, because it says who may decide."""

    body = forms.ModelChoiceField(label="Cấp lập danh sách", queryset=Organisation.objects.none(), widget=LongSelect, empty_label="Chọn tổ chức đảng")

    def __init__(self, *args, bodies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies


class RoundForm(BaseForm):
    year = forms.IntegerField(label="Năm xét", min_value=2014, max_value=2100, help_text="5 năm liền thì ghi năm cuối.")
    awarding_body = forms.ChoiceField(label="Cấp khen thưởng", help_text="Cấp ra quyết định. Bằng khen, cờ do Tỉnh ủy quyết định.")
    title = LineFormField(label="Trích yếu", max_length=300, required=False, help_text="Để trống thì phần mềm ghi “Khen thưởng năm …”.")

    def __init__(self, *args, above, **kwargs):
        super().__init__(*args, **kwargs)
        self.above = {str(one.pk): one for one in above}
        self.fields["awarding_body"].choices = [*((pk, one.committee_name) for pk, one in self.above.items()), (PROVINCE, "Tỉnh ủy (ngoài phần mềm)")]

    def values(self):
        data = self.cleaned_data
        return {"year": data["year"], "awarding_body": self.above.get(data["awarding_body"]), "title": data["title"]}


class AddForm(BaseForm):
    """What the chosen names are to get, out of what the body may give (rule K1)."""

    award = forms.ChoiceField(label="Hình thức")
    basis = forms.ChoiceField(label="Căn cứ")
    merit = LineFormField(label="Thành tích", max_length=400, required=False, help_text="Cần ghi khi khen nhiệm kỳ, đột xuất, chuyên đề.")

    def __init__(self, *args, round_, kind, which, **kwargs):
        super().__init__(*args, **kwargs)
        subjects = (MEMBER,) if kind == MEMBERS else (CELL, PART, BASE, UPPER)
        given = [award for award in Award if any(award in awards_of(round_.awarder_kind, subject) for subject in subjects)]
        self.fields["award"].choices = [(one.value, one.label) for one in reversed(given)]  # the usual giấy khen before biểu dương
        bases = {IN_YEAR: (AwardBasis.YEAR,), WHOLE: (AwardBasis.FIVE_YEARS,), ALL: (*TOLD_BASES, AwardBasis.FIVE_YEARS)}.get(
            which, (AwardBasis.FIVE_YEARS,)
        )
        self.fields["basis"].choices = [(one.value, one.label) for one in bases]
        if which != ALL:
            del self.fields["merit"]
            self.fields["basis"].widget = forms.HiddenInput()
            self.fields["basis"].initial = bases[0].value

    def values(self):
        return {"merit": ""} | self.cleaned_data


class ItemForm(BaseForm):
    dossier = forms.MultipleChoiceField(label="Hồ sơ đã nhận", choices=Dossier.choices, required=False, widget=forms.CheckboxSelectMultiple)
    merit = LineFormField(label="Thành tích", max_length=400, required=False)
    reason = LineFormField(label="Lý do vẫn đề nghị", max_length=400, required=False, help_text="Cần ghi khi có điều phải làm rõ ở trên.")
    case_reason = LineFormField(
        label="Lý do vẫn đề nghị khi đang xem xét kỷ luật", max_length=400, required=False, help_text="Chỉ ủy ban kiểm tra đọc được dòng này."
    )

    def __init__(self, *args, has_open_case, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_open_case:
            del self.fields["case_reason"]


def people(label, least=FEWEST):
    return forms.IntegerField(label=label, min_value=least, max_value=MOST)


class VoteForm(BaseForm):
    meeting_on = DateField(label="Ngày họp")
    members_total = people("Được triệu tập", 1)
    members_present = people("Có mặt", 1)
    votes_for = people("Đồng ý")
    votes_against = people("Không đồng ý")


class PaperForm(BaseForm):
    """The number, day and signer of a decision or a submission."""

    number = LineFormField(label="Số văn bản", max_length=60, help_text="Ví dụ: 12-QĐ/ĐU.")
    issued_on = DateField(label="Ngày văn bản")
    signer = LineFormField(label="Người ký", max_length=120)


class ReceiveForm(PaperForm):
    issuer = LineFormField(label="Cơ quan ban hành", max_length=200, help_text="Ví dụ: Ban Thường vụ Tỉnh ủy.")
    field_order = ("number", "issued_on", "issuer", "signer")


class RevokeForm(WithDocument):
    reason = LineFormField(label="Lý do thu hồi, điều chỉnh", max_length=400)
    field_order = ("reason",)


class AwardSettingForm(WithDocument):
    from_day = DateField(label="Áp dụng từ ngày")

    def __init__(self, *args, key, **kwargs):
        super().__init__(*args, **kwargs)
        if key in AWARD_CHOICES:
            value = forms.TypedChoiceField(label="Quy định", choices=CHOICES[key], coerce=int)
        else:
            value = DecimalField(label="Giá trị", max_digits=12, decimal_places=2, min_value=0)
            value.help_text = "Số đồng, ghi liền, không dấu chấm." if key == "base_salary" else "Hệ số nhân với mức lương cơ sở, ví dụ: 0,3."
        self.fields["value"] = value
        self.order_fields(("value", "from_day", "document_number", "document_on", "document_issuer"))
