"""Model fields that keep text in one form, whichever way it comes in: form, import, service or shell."""

from django.db import models

from .forms import LineFormField, ProseFormField
from .names import nfc, one_line

BYTE_COLLATIONS = {"postgresql": "C", "sqlite": "BINARY"}


class ByteField(models.CharField):
    """Text that both databases compare byte by byte: paths, sort keys, codes. Ranges over it are ranges of strings."""

    def db_parameters(self, connection):
        return super().db_parameters(connection) | {"collation": BYTE_COLLATIONS[connection.vendor]}


class CleanTextMixin:
    """Cleans the value on the way in: on `clean()`, on save (the instance gets the clean value too) and in look-ups."""

    @staticmethod
    def tidy(text):
        raise NotImplementedError

    def to_python(self, value):
        value = super().to_python(value)
        return self.tidy(value) if isinstance(value, str) else value

    def pre_save(self, model_instance, add):
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = self.tidy(value)
            setattr(model_instance, self.attname, value)
        return value


class LineField(CleanTextMixin, models.CharField):
    """One line of text: NFC, single spaces, none at the ends, no invisible characters. At most 255 characters unless told."""

    tidy = staticmethod(one_line)

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 255)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": LineFormField} | kwargs))


class NameField(LineField):
    """A person's full name as the papers print it: a LineField of at most 120 characters unless told."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 120)
        super().__init__(*args, **kwargs)


class ProseField(CleanTextMixin, models.TextField):
    """Paragraphs: NFC, Unix line ends, no white space at the ends."""

    @staticmethod
    def tidy(text):
        return nfc(text).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()

    def formfield(self, **kwargs):
        return super().formfield(**({"form_class": ProseFormField} | kwargs))
