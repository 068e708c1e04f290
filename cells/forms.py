from django import forms
from django.core.validators import RegexValidator

from cells.enums import DayKind, DocumentKind, Ending, OrganisationKind, PaperCode, Role
from cells.models import AdvisingBoard, Document, Organisation, Sector, Target, Term, YearFigure
from khoi_party.common.dates import today
from khoi_party.common.forms import BaseForm, BaseModelForm, DateField, LineFormField
from khoi_party.common.numbers import decimal


class WithDocument(BaseForm):
    """A form whose act is proved by a document: number, date, issuer; all three or none."""

    document_number = LineFormField(label="Số quyết định", max_length=60, required=False, help_text="Ví dụ: 45-QĐ/ĐUK.")
    document_on = DateField(label="Ngày quyết định", required=False)
    document_issuer = LineFormField(label="Cơ quan ban hành", max_length=200, required=False)

    def clean(self):
        data = super().clean()
        given = [data.get(name) for name in ("document_number", "document_on", "document_issuer")]
        if any(given) and not all(given):
            self.add_error("document_number", "Hãy ghi đủ số, ngày và cơ quan ban hành quyết định, hoặc để trống cả ba.")
        return data

    def document(self, organisation, user):
        """An unsaved Document of what was typed, or None; the service saves it with the act."""
        data = self.cleaned_data
        if not data["document_number"]:
            return None
        return Document(
            organisation=organisation,
            kind=DocumentKind.DECISION,
            number=data["document_number"],
            issued_on=data["document_on"],
            issuer=data["document_issuer"],
            created_by=user,
        )


class FoundForm(WithDocument):
    name = LineFormField(label="Tên tổ chức đảng", max_length=200, help_text="Ví dụ: Chi bộ Văn phòng.")
    short_name = LineFormField(label="Tên gọi tắt", max_length=120, required=False)
    code = LineFormField(label="Mã", max_length=30, help_text="Chữ không dấu, số, gạch nối; không trùng tổ chức khác.")
    kind = forms.ChoiceField(label="Loại hình", choices=OrganisationKind.choices)
    agency = LineFormField(label="Cơ quan, đơn vị", max_length=200, required=False)
    sector = forms.ModelChoiceField(label="Khối thi đua", queryset=Sector.objects.all(), required=False)
    established_on = DateField(label="Ngày thành lập")
    field_order = ("name", "short_name", "code", "kind", "agency", "sector", "established_on")


class RenameForm(WithDocument):
    name = LineFormField(label="Tên mới", max_length=200)
    short_name = LineFormField(label="Tên gọi tắt mới", max_length=120, required=False)
    paper_code = LineFormField(label="Ký hiệu trên văn bản", max_length=20, required=False, help_text="Ví dụ: ĐUK, ĐU, CB.")
    superior_name = LineFormField(label="Tên đảng bộ cấp trên", max_length=200, required=False, help_text="In ở đầu văn bản.")
    from_day = DateField(label="Áp dụng từ ngày")
    field_order = ("name", "short_name", "paper_code", "superior_name", "from_day")

    def __init__(self, *args, is_top, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_top:
            del self.fields["superior_name"]  # found by its placement


class MoveForm(WithDocument):
    parent = forms.ModelChoiceField(label="Trực thuộc", queryset=Organisation.objects.none())
    from_day = DateField(label="Từ ngày")
    field_order = ("parent", "from_day")

    def __init__(self, *args, parents, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = parents


class CloseForm(WithDocument):
    ending = forms.ChoiceField(label="Hình thức kết thúc", choices=Ending.choices)
    on_day = DateField(label="Từ ngày")
    successors = forms.ModelMultipleChoiceField(label="Tổ chức kế thừa", queryset=Organisation.objects.none(), required=False)
    field_order = ("ending", "on_day", "successors")

    def __init__(self, *args, heirs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["successors"].queryset = heirs


class AccountForm(BaseForm):
    username = forms.CharField(
        label="Tên đăng nhập",
        max_length=60,
        validators=[RegexValidator(r"^[a-z0-9._-]{3,60}\Z", "Chỉ dùng chữ thường không dấu, chữ số, dấu chấm, gạch; ít nhất 3 ký tự.")],
        help_text="Chữ thường không dấu, ví dụ hanh.bt.",
    )
    full_name = LineFormField(label="Họ và tên", max_length=120)


class RoleForm(BaseForm):
    role = forms.ChoiceField(label="Vai trò", choices=Role.choices)
    organisation = forms.ModelChoiceField(label="Ở tổ chức đảng", queryset=Organisation.objects.none(), empty_label="Chọn tổ chức đảng")
    from_day = DateField(label="Từ ngày", required=False, help_text="Để trống là từ hôm nay.")
    to_day = DateField(label="Đến trước ngày", required=False, help_text="Để trống là đến khi thôi phân công.")
    board = forms.ModelChoiceField(
        label="Thuộc ban tham mưu",
        queryset=AdvisingBoard.objects.none(),
        required=False,
        empty_label="Không",
        help_text="Người thuộc ban ghi ý kiến của ban mình khi thẩm định.",
    )
    field_order = ("role", "organisation", "board", "from_day", "to_day")

    def __init__(self, *args, organisations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations.order_by("path")
        self.fields["board"].queryset = AdvisingBoard.objects.filter(organisation__in=organisations, valid_to__isnull=True)


class BoardForm(BaseForm):
    name = LineFormField(label="Tên ban", max_length=120, help_text="Ví dụ: Ban Tuyên giáo và Dân vận.")
    short_name = LineFormField(label="Tên gọi tắt", max_length=30, help_text="Đứng đầu cột trong bảng thẩm định, ví dụ: Tổ chức.")
    from_day = DateField(label="Từ ngày")


class EndForm(BaseForm):
    on_day = DateField(label="Từ ngày", help_text="Ngày đầu tiên không còn ban này.")


class TermForm(BaseModelForm):
    class Meta:
        model = Term
        fields = ("label", "congress_ordinal", "congress_on", "next_congress_on", "first_year", "last_year", "legal_basis")
        help_texts = {
            "label": "Ví dụ 2025-2030.",
            "next_congress_on": "Để trống khi chưa đại hội; kết nạp đảng viên tính từ đại hội đến trước đại hội kế tiếp.",
            "first_year": "Năm xếp loại đầu tiên tính cho nhiệm kỳ này. Một năm không tính cho hai nhiệm kỳ.",
        }


class CalendarDayForm(WithDocument):
    day = DateField(label="Ngày")
    kind = forms.ChoiceField(label="Loại", choices=DayKind.choices)
    reason = LineFormField(label="Lý do", max_length=200, help_text="Ví dụ: Làm bù cho ngày 03/5; Nghỉ theo thông báo của tỉnh.")
    field_order = ("day", "kind", "reason")


class NumberForm(BaseForm):
    """A paper that was issued, entered under its number."""

    code = forms.ChoiceField(label="Loại văn bản", choices=PaperCode.choices)
    number = forms.IntegerField(label="Số", required=False, min_value=1, help_text="Để trống: lấy số kế tiếp.")
    day = DateField(label="Ngày ban hành")
    title = LineFormField(label="Trích yếu", max_length=400, help_text="Như trên văn bản. Văn bản mật thì không ghi nội dung.")

    def clean_day(self):
        day = self.cleaned_data["day"]
        if day and day > today():
            raise forms.ValidationError("Ngày ban hành chưa đến. Văn bản sắp ban hành thì hãy giữ số.")
        return day


class ReserveForm(BaseForm):
    code = forms.ChoiceField(label="Loại văn bản", choices=PaperCode.choices)
    count = forms.IntegerField(label="Giữ bao nhiêu số", min_value=1, max_value=50, initial=1, help_text="Lấy liền nhau từ số kế tiếp.")
    day = DateField(label="Cho văn bản ban hành ngày", help_text="Ngày quyết định số thuộc nhiệm kỳ nào.")
    reason = LineFormField(label="Lý do giữ số", max_length=200, help_text="Ví dụ: Các quyết định khen thưởng trình họp ngày 20/12.")


class VoidForm(BaseForm):
    reason = LineFormField(label="Lý do bỏ số", max_length=200, help_text="Ví dụ: Lấy số nhưng không ban hành; viết sai số.")


class TargetForm(BaseModelForm):
    class Meta:
        model = Target
        fields = ("wording", "indicator", "span", "operator", "low", "high", "base", "source", "position")
        help_texts = {
            "wording": "Chép đúng câu của nghị quyết.",
            "high": "Chỉ ghi khi chỉ tiêu là một khoảng.",
            "base": "Mỗi tỷ lệ phần trăm phải nói rõ tính trên gì.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("low", "high"):
            if self.initial.get(name) is not None:
                self.initial[name] = decimal(self.initial[name])  # 80, not 80,00


def done_well_field(label, value):
    """Whether an agency did its task well: `value` 1, 0 or None for not known."""
    choices = [("", "Chưa có"), ("1", "Hoàn thành tốt"), ("0", "Không")]
    shown = "" if value is None else str(int(value))
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False, initial=shown)


def source_of(figures):
    """The source that a form offers again: that of the first figure that is known."""
    return next((one.source for one in figures if one.value is not None), "")


NO_SOURCE = {"required": "Hãy ghi nguồn số liệu, ví dụ: Báo cáo số 12-BC/ĐU."}


class TaskFiguresForm(BaseForm):
    """A year's answers, one choice per base organisation. `figures`: those on record, `version` as they were read."""

    source = LineFormField(
        label="Nguồn số liệu", max_length=200, error_messages=NO_SOURCE, help_text="Ví dụ: Thông báo xếp loại cơ quan, đơn vị số 12-TB/…"
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, bases, figures, version, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"version": version, "source": source_of(figures)}
        known = {one.organisation_id: one.value for one in figures}
        self.bases = {f"base_{base.pk}": base for base, _ in bases}
        self.fields |= {f"base_{base.pk}": done_well_field(called, known.get(base.pk)) for base, called in bases}

    def answers(self):
        return {base: self.cleaned_data[name] for name, base in self.bases.items()}


class UnitFiguresForm(BaseForm):
    """A unit's figures of one year, in groups; an empty box is "not known", 0 is "none"."""

    source = LineFormField(label="Nguồn số liệu", max_length=200, error_messages=NO_SOURCE, help_text="Ví dụ: Báo cáo số 12-BC/ĐU, ngày 20/12/2026")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, known, version, **kwargs):
        super().__init__(*args, **kwargs)
        values = {one.key: one.value for one in known}
        self.initial |= {"version": version, "source": source_of(known)}
        for _, keys in YearFigure.GROUPS:
            for key in keys:
                self.fields[key.value] = self._box(key, values.get(key.value))
        self.order_fields(["version", *(key.value for key in YearFigure.Key), "source"])

    def _box(self, key, value):
        if key == YearFigure.Key.AGENCY_TASK_DONE_WELL:
            return done_well_field("Cơ quan hoàn thành tốt nhiệm vụ chính trị", value)
        return forms.IntegerField(label=key.label, min_value=0, max_value=9999, required=False, initial=None if value is None else int(value))

    @property
    def groups(self):
        """[(group, [bound field, …])] as the page shows them."""
        return [(group, [self[key.value] for key in keys]) for group, keys in YearFigure.GROUPS]

    def values(self):
        return {key.value: self.cleaned_data[key.value] for key in YearFigure.Key}
