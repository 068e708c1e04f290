"""Form fields and the base of every form: Vietnamese dates and numbers, NFC, labels above, errors on top with links."""

from django import forms

from .names import nfc, one_line


class LineFormField(forms.CharField):
    """One line of text: NFC and single spaces before its length is judged."""

    def to_python(self, value):
        return super().to_python(one_line(value) if isinstance(value, str) else value)


class ProseFormField(forms.CharField):
    """Paragraphs in NFC."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(nfc(value) if isinstance(value, str) else value)
