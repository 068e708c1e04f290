"""The forms of a list from Excel."""

from django import forms

from cells.forms import WithDocument
from cells.models import Organisation
from khoi_party.common.dates import today
from khoi_party.common.forms import BaseForm, DateField, LineFormField, LongSelect
from members.enums import ImportPurpose
from members.imports.columns import FIELDS


class ImportForm(BaseForm):
    """A list to take in: the file, whose it is, what for."""

    file = forms.FileField(
        label="Tệp danh sách",
        help_text="Excel (.xlsx) hoặc csv, tối đa 10 MB. Không cần sửa tiêu đề hay xóa dòng: phần mềm tự tìm bảng.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": "Hãy chọn tệp danh sách.", "empty": "Tệp rỗng, không có nội dung nào. Hãy chọn lại tệp danh sách."},
    )
    purpose = forms.ChoiceField(
        label="Mục đích", choices=ImportPurpose.choices, help_text="Đối chiếu: so với phần mềm và chấp nhận từng dòng, không ghi cả loạt."
    )
    organisation = forms.ModelChoiceField(
        label="Danh sách của", queryset=Organisation.objects.none(), widget=LongSelect, help_text="Đảng viên trong tệp phải thuộc tổ chức đảng này."
    )
    cell = forms.ModelChoiceField(
        label="Chi bộ của cả tệp",
        queryset=Organisation.objects.none(),
        required=False,
        widget=LongSelect,
        empty_label="Theo cột chi bộ trong tệp",
        error_messages={"invalid_choice": "Hãy chọn một chi bộ trong phạm vi của đồng chí."},
        help_text="Chọn khi tệp là sổ của một chi bộ (Mẫu 7-HSĐV) và không có cột chi bộ.",
    )
    as_of = DateField(label="Danh sách đúng đến ngày", help_text="Đảng viên mới được tính vào danh sách của chi bộ từ ngày này.")

    def __init__(self, *args, organisations, cells, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset, self.fields["cell"].queryset = organisations, cells
        self.initial.setdefault("as_of", today())
        self.initial.setdefault("organisation", organisations.first())

    def clean(self):
        data = super().clean()
        organisation, cell = data.get("organisation"), data.get("cell")
        if organisation and cell and not cell.path.startswith(organisation.path):
            self.add_error("cell", f"Chi bộ này không thuộc {organisation.name}.")
        return data


class HeaderForm(BaseForm):
    """Where the headings of a list are, as a person sees the rows numbered."""

    sheet = forms.TypedChoiceField(label="Trang tính", coerce=int, widget=forms.Select(attrs={"class": "form-select"}))
    header_first = forms.IntegerField(label="Tiêu đề từ dòng", min_value=1, widget=forms.NumberInput(attrs={"class": "form-control"}))
    header_last = forms.IntegerField(label="đến dòng", min_value=1, widget=forms.NumberInput(attrs={"class": "form-control"}))

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = list(enumerate(names))


class ColumnsForm(BaseForm):
    """One choice per column of a list: which field it holds."""

    def __init__(self, *args, titles, mapping, samples, stored, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [("", "Bỏ qua cột này"), *((field.key, field.label) for field in FIELDS if field.is_offered(stored))]
        self.samples = samples
        for number, title in enumerate(titles):
            if title or any(samples[number]):
                name = title or f"Cột {number + 1} (không có tiêu đề)"
                widget = LongSelect(attrs={"class": "form-select"})
                field = forms.ChoiceField(label=name, choices=choices, required=False, widget=widget, initial=mapping.get(str(number), ""))
                self.fields[f"column_{number}"] = field

    def rows(self):
        """(bound field, the first values of its column) for the page."""
        return [(self[name], self.samples[int(name.removeprefix("column_"))]) for name in self.fields]

    def mapping(self):
        return {int(name.removeprefix("column_")): key for name, key in self.cleaned_data.items() if key}


class ExplainForm(WithDocument):
    """Why certified fields are corrected, and by which document."""

    reason = LineFormField(
        label="Lý do sửa thông tin đã chứng nhận",
        max_length=400,
        required=False,
        help_text="Cần khi có dòng sửa họ tên, ngày sinh, các ngày vào Đảng, số thẻ … đã có; kèm số, ngày, cơ quan ban hành văn bản.",
    )
    field_order = ("reason",)


class ReasonForm(BaseForm):
    reason = LineFormField(label="Lý do", max_length=400, help_text="Ví dụ: nhập nhầm tệp của năm trước.")
