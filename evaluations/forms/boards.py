from django import forms

from khoi_party.common.forms import BaseForm, LineFormField


class BoardOpinionsForm(BaseForm):
    """A level and a remark per row, and the version that was read."""

    def __init__(self, *args, rows, opinions, book, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            said = opinions.get(row.pk)
            choices = [("", ""), *((level, book.level_name(level, row.subject)) for level in (1, 2, 3, 4))]
            level = forms.TypedChoiceField(label=f"{row.name}, mức đề nghị", choices=choices, required=False, coerce=int, empty_value=None)
            level.widget.attrs["class"] = "form-select"
            text = LineFormField(label=f"{row.name}, nhận xét", max_length=400, required=False)
            text.widget.attrs["class"] = "form-control"
            self.fields[f"level-{row.pk}"], self.fields[f"text-{row.pk}"] = level, text
            self.fields[f"version-{row.pk}"] = forms.IntegerField(widget=forms.HiddenInput, required=False)
            self.initial |= {
                f"level-{row.pk}": said.level if said else None,
                f"text-{row.pk}": said.text if said else "",
                f"version-{row.pk}": said.version if said else 0,
            }

    def lines(self):
        """(row, level field, remark field, version field) in the order of the rows."""
        return [(row, self[f"level-{row.pk}"], self[f"text-{row.pk}"], self[f"version-{row.pk}"]) for row in self.rows]

    def changed(self):
        """(row, level, remark, version) of the rows where something was typed or cleared."""
        data = self.cleaned_data
        for row in self.rows:
            if {f"level-{row.pk}", f"text-{row.pk}"} & set(self.changed_data):
                yield row, data[f"level-{row.pk}"], data[f"text-{row.pk}"], data[f"version-{row.pk}"] or 0
