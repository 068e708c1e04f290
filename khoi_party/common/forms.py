"""Form fields and the base of every form: Vietnamese dates and numbers, NFC, hints under labels, errors on top with links."""

import datetime
import re

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from .dates import date_text
from .names import nfc, one_line

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DATE_EXAMPLE = "Hãy nhập theo mẫu ngày/tháng/năm, ví dụ 05/11/2026."
_DATE_SHAPES = (
    re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{2,4})", re.ASCII),
    re.compile(r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4})", re.ASCII),  # a phone's number pad has no slash
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII),
)
_DOTS_FOR_THOUSANDS = re.compile(r"-?\d{1,3}(\.\d{3})+", re.ASCII)
_DECIMAL_SHAPE = re.compile(r"-?(\d+([.,]\d+)?|\d{1,3}(\.\d{3})+,\d+)", re.ASCII)


class LineFormField(forms.CharField):
    """One line of text: NFC and single spaces before its length is judged."""

    def to_python(self, value):
        return super().to_python(one_line(value) if isinstance(value, str) else value)


class ProseFormField(forms.CharField):
    """Paragraphs in NFC."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(nfc(value) if isinstance(value, str) else value)


class DocumentFileField(forms.FileField):
    """A PDF or Word file of at most 20 MB, judged by how it begins and not by its name alone."""

    BEGINNINGS = {"pdf": b"%PDF-", "docx": b"PK\x03\x04", "doc": b"\xd0\xcf\x11\xe0"}
    MOST = 20 * 1024 * 1024

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if not file or file is initial:
            return file
        ending = file.name.rsplit(".", 1)[-1].lower()
        beginning = file.read(8)
        file.seek(0)
        if ending not in self.BEGINNINGS or not beginning.startswith(self.BEGINNINGS[ending]):
            raise ValidationError("Tệp này không phải PDF hoặc Word. Hãy chọn tệp .pdf, .docx hoặc .doc.", code="kind")
        if file.size > self.MOST:
            raise ValidationError("Tệp lớn hơn 20 MB. Hãy giảm dung lượng rồi tải lại.", code="size")
        return file


class DateField(forms.Field):
    """A date typed as d/m/Y; also d-m-Y, d.m.Y, ddmmYYYY and Y-m-d. Gives a `datetime.date` or None.

    A plain text input, because the browser's own date input shows m/d/Y on English systems.
    """

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "ngày/tháng/năm", "data-kp-date": True})

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, datetime.date):
            return value.date() if isinstance(value, datetime.datetime) else value or None
        typed = "".join(str(value).split())
        shape = next(filter(None, (shape.fullmatch(typed) for shape in _DATE_SHAPES)), None) if typed else None
        if typed and not shape:
            raise ValidationError(f"“{one_line(str(value))[:30]}” không phải là ngày. {_DATE_EXAMPLE}", code="invalid")
        return _real_date(shape) if shape else None

    def prepare_value(self, value):
        return date_text(value) if isinstance(value, datetime.date) else value

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def _real_date(shape):
    day, month, year = int(shape["day"]), int(shape["month"]), int(shape["year"])
    if len(shape["year"]) != 4:
        raise ValidationError("Hãy ghi đủ bốn chữ số của năm, ví dụ 05/11/2026.", code="short_year")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(f"Năm {year} nằm ngoài khoảng {FIRST_YEAR}-{LAST_YEAR}. Hãy kiểm tra lại năm.", code="year")
    try:
        return datetime.date(year, month, day)
    except ValueError:
        message = f"Ngày {day:02d}/{month:02d}/{year} không có thật. {_DATE_EXAMPLE}"
        raise ValidationError(message, code="unreal") from None


class DecimalField(forms.DecimalField):
    """A decimal typed with comma or point. "1.000" is refused with a question, because it may mean 1000 or 1."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value):
        return super().to_python(_plain_number(value) if isinstance(value, str) else value)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else str(value).replace(".", ",")


def _plain_number(typed):
    shown = one_line(typed)
    typed = shown.replace(" ", "")
    if _DOTS_FOR_THOUSANDS.fullmatch(typed):
        whole = typed.replace(".", "")
        raise ValidationError(f"“{typed}” là {whole} hay {typed.replace('.', ',', 1)}? Hãy bỏ dấu chấm hoặc dùng dấu phẩy.", code="ambiguous")
    if typed and not _DECIMAL_SHAPE.fullmatch(typed):
        raise ValidationError(f"“{typed}” không phải là số. Hãy nhập như 95 hoặc 95,5.", code="invalid")
    return typed.replace(".", "").replace(",", ".") if "," in typed else typed


class ComposedBoundField(forms.BoundField):
    """What was typed, in NFC: some keyboards send letters and marks apart. Passwords are left as they were typed."""

    @property
    def data(self):
        typed = super().data
        return nfc(typed) if isinstance(typed, str) and not isinstance(self.field.widget, forms.PasswordInput) else typed

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        return attrs | {"aria-required": "true"} if self.field.required and not self.is_hidden else attrs


class LongSelect(forms.Select):
    """A select of hundreds of plain options: Django renders a template per option, which took half of a list's time."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = {str(value)} if value is not None else {""}
        plain, marked = '<option value="{}">{}</option>', '<option value="{}" selected>{}</option>'
        options = ((format_html(marked if str(key) in chosen else plain, str(key), label),) for key, label in self.choices)
        attributes = flatatt(self.build_attrs(self.attrs, {"name": name} | (attrs or {})))
        return format_html("<select{}>{}</select>", attributes, format_html_join("", "{}", options))


class FormPattern:
    """What all our forms share. The template writes <form> and its button, `{% crispy form %}` everything between."""

    bound_field_class = ComposedBoundField
    use_required_attribute = False  # the browser would complain in its own language, before our sentence is seen

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # the template's <form> has its own token

    def add_domain_error(self, error):
        """Shows a service's DomainError beside the field it names, or on top of the form."""
        self.add_error(error.field if error.field in self.fields else None, error.message)


class BaseForm(FormPattern, forms.Form):
    """The base of forms that are not one model's row."""


def form_field(db_field, **kwargs):
    """The form field of a model field, with our own dates and decimals."""
    own = {models.DateField: DateField, models.DecimalField: DecimalField}.get(type(db_field))
    if own and not getattr(db_field, "choices", None):
        kwargs.setdefault("form_class", own)
    return db_field.formfield(**kwargs)


class BaseModelFormMetaclass(forms.models.ModelFormMetaclass):
    """Hands `form_field` to every Meta, because a Meta without a parent would otherwise forget it."""

    def __new__(mcs, name, bases, attrs):
        meta = attrs.get("Meta")
        if meta is not None and not hasattr(meta, "formfield_callback"):
            meta.formfield_callback = staticmethod(form_field)
        return super().__new__(mcs, name, bases, attrs)


class BaseModelForm(FormPattern, forms.ModelForm, metaclass=BaseModelFormMetaclass):
    """The base of forms that edit one model's row; the view hands `cleaned_data` to a service."""
