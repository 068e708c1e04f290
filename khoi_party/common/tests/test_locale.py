import inspect
import re

import pytest
from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core import paginator, validators
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import override
from django_filters import fields as filter_fields

MODULES = [forms.fields, forms.models, forms.formsets, auth_forms, models.fields, models.fields.files, models.fields.json]
MODULES += [models.constraints, models.fields.related, validators, paginator, filter_fields]
ENGLISH = re.compile(
    r"\b(the|this|that|value|valid|enter|must|not|is|are|be|of|or|please|missing|select|ensure|allowed|no|violated)\b", re.IGNORECASE
)
PLACEHOLDERS = re.compile(r"%\(\w+\)[sdr]|\{\w+\}|%d")


def templates_of(owner):
    """Every message of a form field, model field, form, formset, validator or constraint, untranslated and unformatted."""
    for name in ("default_error_messages", "error_messages", "messages"):
        found = inspect.getattr_static(owner, name, None)
        yield from found.values() if isinstance(found, dict) else ()
    for name in ("message", "default_violation_error_message"):
        found = inspect.getattr_static(owner, name, None)
        if isinstance(found, str | Promise):
            yield found


def every_message():
    for module in MODULES:
        for name, owner in inspect.getmembers(module, inspect.isclass):
            for message in templates_of(owner):
                yield f"{module.__name__}.{name}", message


def words_of(message):
    """The sentence in the language in force; a plural is asked for the number 3."""
    try:
        text = str(message)
    except (KeyError, TypeError, ValueError):
        text = str(message % dict.fromkeys(("num", "limit_value", "show_value", "max", "length"), 3))
    return PLACEHOLDERS.sub("", text)


def test_no_message_of_fields_and_validators_is_english():
    with override("vi"):
        texts = {(owner, words_of(message)) for owner, message in every_message()}
    assert len(texts) > 60
    assert sorted((owner, text) for owner, text in texts if ENGLISH.search(text)) == []


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (forms.IntegerField(), "ba", "Hãy nhập một số nguyên."),
        (forms.IntegerField(max_value=5), "6", "Giá trị này phải nhỏ hơn hoặc bằng 5."),
        (forms.CharField(max_length=3), "năm năm", "Chỉ được tối đa 3 ký tự (hiện có 7)."),
        (forms.CharField(), "", "Không được để trống mục này."),
        (forms.ChoiceField(choices=[("1", "Một")]), "5", "Hãy chọn trong danh sách. “5” không có trong các lựa chọn."),
        (forms.DecimalField(max_digits=5, decimal_places=2), "1.234", "Chỉ được tối đa 2 chữ số sau dấu phẩy."),
    ],
)
def test_refusals_are_vietnamese(field, typed, message):
    with override("vi"), pytest.raises(ValidationError) as caught:
        field.clean(typed)
    assert caught.value.messages == [message]


def test_weak_passwords_are_refused_in_vietnamese():
    with override("vi"), pytest.raises(ValidationError) as caught:
        validate_password("123456")
    assert caught.value.messages == ["Mật khẩu quá ngắn. Mật khẩu phải có ít nhất 10 ký tự.", "Mật khẩu này quá phổ biến."]
    with override("vi"):
        assert not [text for text in password_validators_help_texts() if ENGLISH.search(text)]
