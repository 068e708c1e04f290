from django import forms

from cells.enums import DocumentKind
from cells.forms import WithDocument
from cells.models import Organisation
from evaluations.enums import MEMBER_KINDS, OutsideKind, OutsideLevel
from evaluations.services.outside import Result
from khoi_party.common.dates import date_text
from khoi_party.common.forms import BaseForm, DecimalField, LineFormField, LongSelect
from khoi_party.common.numbers import decimal


class SourceForm(WithDocument):
    """A form whose values come from somebody else's paper: its number, date and issuer are needed."""

    SOURCE = ("document_number", "document_on", "document_issuer")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = ("Số, ký hiệu văn bản nguồn", "Ngày văn bản", "Cơ quan ban hành")
        hints = ("Ví dụ: 215/QĐ-SNV.", "", "Nơi đã quyết định, công nhận kết quả, ví dụ Sở Nội vụ.")
        for name, label, hint in zip(self.SOURCE, labels, hints, strict=True):
            field = self.fields[name]
            field.label, field.required, field.help_text = label, True, hint

    def clean(self):
        return super(WithDocument, self).clean()  # each of the three is needed, so "or none" would mislead

    def document(self, organisation, user):
        document = super().document(organisation, user)
        document.kind = DocumentKind.OTHER
        return document


class OutsideValuesForm(SourceForm):
    """The level and points of one result with their source; for one that is stored, whose it is stays as it is."""

    level = forms.TypedChoiceField(label="Mức xếp loại", choices=[("", "Chọn mức"), *OutsideLevel.choices], coerce=int)
    points = DecimalField(label="Điểm", required=False, max_digits=4, decimal_places=1, min_value=0, max_value=100, help_text="Từ 0 đến 100, nếu có.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = ("level", "points", *SourceForm.SOURCE)

    def result(self, rating):
        """The Result of what was typed for the stored `rating`."""
        data = self.cleaned_data
        whose = {name: getattr(rating, name) for name in ("kind", "quarter", "member_id", "organisation_id", "body_name")}
        return Result(**whose, level=data["level"], points=data["points"], version=data["version"] or 0)

    def take_over(self, stale):
        """Say what the other person has saved, keep what was typed here, and let the next save stand over theirs."""
        if stale.current is None:
            self.add_error(None, "Kết quả này vừa bị người khác bỏ. Nếu vẫn cần, hãy ghi lại như kết quả mới.")
            return
        self.add_error(None, f"{stale.message} {outside_text(stale.current)} Nội dung đồng chí nhập vẫn ở dưới; lưu lần nữa thì thay nội dung đó.")
        self.data = self.data.copy()
        self.data["version"] = stale.current.version


def outside_text(rating):
    """What a stored result says, for somebody whose own values were refused."""
    points = f", {decimal(rating.points, 1)} điểm" if rating.points is not None else ""
    document = rating.document
    return f"Đang ghi: {rating.get_level_display()}{points} (văn bản số {document.number}, ngày {date_text(document.issued_on)})."


class OutsideForm(OutsideValuesForm):
    """A new result of one organisation's member or body."""

    kind = forms.ChoiceField(label="Đối tượng")
    member = forms.ModelChoiceField(label="Đảng viên", queryset=None, required=False, widget=LongSelect, empty_label="Chọn đảng viên")
    body_name = LineFormField(
        label="Tên Mặt trận, đoàn thể",
        max_length=200,
        required=False,
        help_text="Ví dụ: Công đoàn cơ quan. Chỉ ghi khi đối tượng là Mặt trận, đoàn thể.",
    )
    quarter = forms.TypedChoiceField(
        label="Kỳ", choices=[("", "Cả năm"), *((n, f"Quý {n}") for n in (1, 2, 3, 4))], coerce=int, empty_value=None, required=False
    )
    field_order = ("kind", "member", "body_name", "quarter", "level", "points", *SourceForm.SOURCE)

    def __init__(self, *args, organisation, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        self.fields["member"].queryset = members
        self.fields["member"].help_text = "Chỉ chọn khi là kết quả của cá nhân."
        kinds = [kind for kind in OutsideKind if organisation.holds_members or kind not in MEMBER_KINDS]
        self.fields["kind"].choices = [("", "Chọn đối tượng"), *((kind.value, kind.label) for kind in kinds)]
        if not organisation.holds_members:
            del self.fields["member"]

    def result(self, rating=None):
        data = self.cleaned_data
        member = data.get("member")
        of_member = data["kind"] in MEMBER_KINDS
        return Result(
            kind=data["kind"],
            quarter=data["quarter"],
            member_id=member.pk if member else None,
            organisation_id=None if of_member or member else self.organisation.pk,
            body_name=data["body_name"],
            level=data["level"],
            points=data["points"],
        )

    def take_over(self, stale):
        self.add_error(None, f"{stale.message} {outside_text(stale.current)} Hãy mở kết quả đó trong danh sách để sửa.")


class PlaceChoiceForm(BaseForm):
    organisation = forms.ModelChoiceField(
        label="Tổ chức đảng", queryset=Organisation.objects.none(), widget=LongSelect, empty_label="Chọn tổ chức đảng"
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = places


class RemoveForm(BaseForm):
    reason = LineFormField(label="Lý do bỏ kết quả này", max_length=400, help_text="Ví dụ: ghi nhầm người.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class OutsideFileForm(SourceForm):
    file = forms.FileField(
        label="Tệp Excel",
        help_text="Tệp .xlsx đã điền theo mẫu, không quá 10 MB. Dòng không ghi mức thì bỏ qua.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": "Tệp rỗng, không có nội dung nào. Hãy chọn lại tệp danh sách.", "required": "Hãy chọn tệp Excel đã điền."},
    )
    field_order = ("file", *SourceForm.SOURCE)
