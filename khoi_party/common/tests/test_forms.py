from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from crispy_forms.utils import render_crispy_form
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from khoi_party.common.errors import DomainError
from khoi_party.common.fields import NameField
from khoi_party.common.forms import BaseForm, BaseModelForm, DateField, DecimalField, LongSelect

EXAMPLE = "Hãy nhập theo mẫu ngày/tháng/năm, ví dụ 05/11/2026."


class MeetingForm(BaseForm):
    title = forms.CharField(label="Nội dung", help_text="Ghi ngắn gọn.", max_length=20)
    held_on = DateField(label="Ngày họp")
    rate = DecimalField(label="Tỷ lệ", max_digits=5, decimal_places=2, required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "Thường kỳ"), ("b", "Chuyên đề")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Đã thống nhất", required=False)


def errors_of(field, typed):
    with pytest.raises(ValidationError) as caught:
        field.clean(typed)
    return caught.value.messages


@pytest.mark.parametrize("typed", ["05/11/2026", "5/11/2026", "05-11-2026", "05.11.2026", " 05 / 11 / 2026 ", "05112026", "2026-11-05"])
def test_date_is_read_day_first(typed):
    assert DateField().clean(typed) == date(2026, 11, 5)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31/02/2026", f"Ngày 31/02/2026 không có thật. {EXAMPLE}"),
        ("29-2-2025", f"Ngày 29/02/2025 không có thật. {EXAMPLE}"),
        ("11/25/2026", f"Ngày 11/25/2026 không có thật. {EXAMPLE}"),
        ("hôm nay", f"“hôm nay” không phải là ngày. {EXAMPLE}"),
        ("5/11", f"“5/11” không phải là ngày. {EXAMPLE}"),
        ("٠٥/١١/٢٠٢٦", f"“٠٥/١١/٢٠٢٦” không phải là ngày. {EXAMPLE}"),
        ("05/11/26", "Hãy ghi đủ bốn chữ số của năm, ví dụ 05/11/2026."),
        ("05/11/202", "Hãy ghi đủ bốn chữ số của năm, ví dụ 05/11/2026."),
        ("05/11/1826", "Năm 1826 nằm ngoài khoảng 1900-2100. Hãy kiểm tra lại năm."),
        ("05/11/2101", "Năm 2101 nằm ngoài khoảng 1900-2100. Hãy kiểm tra lại năm."),
    ],
)
def test_date_wrong(typed, message):
    assert errors_of(DateField(), typed) == [message]


def test_date_empty():
    assert DateField(required=False).clean("  ") is None
    assert DateField(required=False).clean("") is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_date_shown_is_read_back(day):
    field = DateField()
    assert field.clean(field.prepare_value(day)) == day
    assert not field.has_changed(day, field.prepare_value(day))


def test_date_has_changed():
    assert DateField().has_changed(date(2026, 11, 5), "06/11/2026")
    assert DateField().has_changed(date(2026, 11, 5), "31/02/2026")
    assert not DateField().has_changed(None, "")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("95,5", "95.5"), ("95.5", "95.5"), ("80", "80"), (" 1 234,5 ", "1234.5"), ("1.234,5", "1234.5"), ("-3,25", "-3.25"), ("0.125", None)],
)
def test_decimal_with_comma_or_point(typed, value):
    if value is None:
        assert errors_of(DecimalField(), typed) == ["“0.125” là 0125 hay 0,125? Hãy bỏ dấu chấm hoặc dùng dấu phẩy."]
    else:
        assert DecimalField().clean(typed) == Decimal(value)


def test_decimal_ambiguous_is_asked_about():
    assert errors_of(DecimalField(), "1.000") == ["“1.000” là 1000 hay 1,000? Hãy bỏ dấu chấm hoặc dùng dấu phẩy."]


@pytest.mark.parametrize("typed", ["abc", "1,2,3", "5%", "1.2.3", "NaN", "1e5"])
def test_decimal_wrong(typed):
    assert errors_of(DecimalField(), typed) == [f"“{typed}” không phải là số. Hãy nhập như 95 hoặc 95,5."]


def test_decimal_is_shown_with_a_comma_and_read_back():
    field = DecimalField()
    assert field.prepare_value(Decimal("95.50")) == "95,50"
    assert not field.has_changed(Decimal("95.50"), "95,5")


def test_form_composes_text_but_leaves_passwords_alone():
    class SignUp(BaseForm):
        name = forms.CharField(max_length=3)
        password = forms.CharField(widget=forms.PasswordInput)

    form = SignUp({"name": "A\u0301nh", "password": "A\u0301nh"})
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Ánh", "password": "A\u0301nh"}


def test_form_keeps_what_was_typed_and_lists_errors_on_top_with_links():
    html = render_crispy_form(MeetingForm({"title": "Họp <b>", "held_on": "31/02/2026", "rate": "1.000", "kind": "b", "agreed": "on"}))
    for kept in ('value="Họp &lt;b&gt;"', 'value="31/02/2026"', 'value="1.000"', 'value="b" id="id_kind_1" checked', "checked"):
        assert kept in html
    assert '<a class="text-reset text-decoration-underline fw-bold" href="#id_held_on">Ngày họp:</a> Ngày 31/02/2026 không có thật.' in html
    assert html.index("kp-error-summary") < html.index("div_id_title")
    assert 'aria-describedby="id_held_on_error"' in html
    assert 'id="id_held_on_error"' in html
    assert "<form" not in html


def test_form_puts_label_then_hint_then_input():
    html = render_crispy_form(MeetingForm())
    assert html.index(">Nội dung<") < html.index("Ghi ngắn gọn.") < html.index('name="title"')
    assert 'aria-describedby="id_title_helptext"' in html
    assert "kp-error-summary" not in html
    assert " required" not in html
    assert 'aria-required="true"' in html


def test_domain_error_stands_beside_its_field_or_on_top():
    form = MeetingForm({"title": "Họp", "held_on": "05/11/2026", "kind": "a"})
    assert form.is_valid()
    form.add_domain_error(DomainError("Ngày này đã có cuộc họp.", field="held_on"))
    form.add_domain_error(DomainError("Chi bộ đã giải thể.", field="organisation"))
    assert form.errors["held_on"] == ["Ngày này đã có cuộc họp."]
    assert form.non_field_errors() == ["Chi bộ đã giải thể."]


@isolate_apps("khoi_party.common")
def test_model_form_reads_dates_and_decimals_our_way():
    class Person(models.Model):
        name = NameField()
        born_on = models.DateField()
        seen_at = models.DateTimeField(null=True, blank=True)
        rate = models.DecimalField(max_digits=4, decimal_places=1)

        class Meta:
            app_label = "common"

    class PersonForm(BaseModelForm):
        class Meta:
            model = Person
            fields = ["name", "born_on", "seen_at", "rate"]

    form = PersonForm({"name": " A\u0301nh ", "born_on": "03/04/1980", "rate": "99,5"})
    assert form.is_valid(), form.errors
    assert (form.instance.name, form.instance.born_on, form.instance.rate) == ("Ánh", date(1980, 4, 3), Decimal("99.5"))
    assert PersonForm(instance=Person(born_on=date(1980, 4, 3))).initial["born_on"] == date(1980, 4, 3)
    assert 'value="03/04/1980"' in str(PersonForm(instance=Person(born_on=date(1980, 4, 3)))["born_on"])


def test_error_summary_leads_to_a_group_of_choices_too():
    html = render_crispy_form(MeetingForm({"title": "Họp", "held_on": "05/11/2026"}))
    assert 'href="#div_id_kind">Loại:</a> Không được để trống mục này.' in html
    assert 'id="div_id_kind"' in html


def test_a_long_select_says_the_same_as_a_plain_one():
    choices = [("", "Tất cả"), (1, "Chi bộ <A>"), (2, "Chi bộ B")]
    plain, long = forms.Select({"class": "x"}, choices), LongSelect({"class": "x"}, choices)

    for value in (None, "", 1, "2", "9"):
        wanted, given = (BeautifulSoup(widget.render("cell", value, {"id": "id_cell"}), "html.parser").find("select") for widget in (plain, long))
        assert given.attrs == wanted.attrs
        assert [(o["value"], o.has_attr("selected"), o.get_text()) for o in given("option")] == [
            (o["value"], o.has_attr("selected"), o.get_text()) for o in wanted("option")
        ]
