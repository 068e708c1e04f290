"""The forms of the lists of the year: classes, cards, annual papers."""

from django import forms

from cells.forms import WithDocument
from khoi_party.common.forms import BaseForm, DateField, LineFormField
from members.enums import ClassKind, PaperKind, PaperState


class ClassForm(BaseForm):
    kind = forms.ChoiceField(label="Loại lớp", choices=ClassKind)
    name = LineFormField(label="Tên lớp", max_length=200, help_text="Ví dụ: Lớp bồi dưỡng nhận thức về Đảng khóa I năm 2026.")
    organiser = LineFormField(label="Nơi mở lớp", max_length=200, help_text="Ví dụ: Trung tâm Chính trị thành phố.")
    starts_on = DateField(label="Khai giảng")
    ends_on = DateField(label="Bế giảng")


class CertifyForm(BaseForm):
    """One day for all, a number per participant; who has no number typed is left as is."""

    certified_on = DateField(label="Ngày cấp giấy chứng nhận")

    def __init__(self, *args, participants, **kwargs):
        super().__init__(*args, **kwargs)
        self.participants = participants
        for one in participants:
            if not one.certified_on:
                self.fields[f"number-{one.pk}"] = numbered(f"{one.person}, số giấy chứng nhận", 40)

    def numbers(self):
        return {one: self.cleaned_data[name] for one in self.participants if self.cleaned_data.get(name := f"number-{one.pk}")}

    def lines(self):
        """(participant, field or None once certified)."""
        return [(one, self[f"number-{one.pk}"] if f"number-{one.pk}" in self.fields else None) for one in self.participants]


class CardsForm(WithDocument):
    issued_on = DateField(label="Ngày cấp thẻ")
    field_order = ("issued_on", "document_number", "document_on", "document_issuer")

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.members = members
        for name in ("document_number", "document_on", "document_issuer"):
            self.fields[name].required = True
        for one in members:
            self.fields[f"card-{one.pk}"] = numbered(f"{one.full_name}, số thẻ", 20)

    def numbers(self):
        return {one.pk: self.cleaned_data[name] for one in self.members if self.cleaned_data.get(name := f"card-{one.pk}")}

    def lines(self):
        return [(one, self[f"card-{one.pk}"]) for one in self.members]


def numbered(label, length):
    field = LineFormField(label=label, max_length=length, required=False)
    field.widget.attrs["class"] = "form-control"
    return field


class PapersForm(BaseForm):
    """A choice per member and paper; `fill` hands in a whole column for those who are still missing."""

    CHOICES = (("", "Chưa nộp"), *PaperState.choices)

    reason = LineFormField(label="Lý do miễn (cho các ô vừa chọn “Được miễn”)", max_length=200, required=False)
    exempt_from = DateField(label="Miễn từ ngày", required=False)
    exempt_to = DateField(label="Miễn đến ngày", required=False)

    def __init__(self, *args, members, stored, **kwargs):
        super().__init__(*args, **kwargs)
        self.members, self.stored = members, stored
        for kind in PaperKind:
            self.fields[f"fill-{kind}"] = forms.BooleanField(label=f"Tất cả đã nộp: {kind.label}", required=False)
            for one in members:
                field = forms.ChoiceField(label=f"{one.full_name}, {kind.label}", choices=self.CHOICES, required=False)
                field.widget.attrs["class"] = "form-select form-select-sm"
                self.fields[f"paper-{one.pk}-{kind}"] = field
                self.fields[f"was-{one.pk}-{kind}"] = forms.CharField(required=False, widget=forms.HiddenInput)
                state = stored[one.pk, kind].state if (one.pk, kind) in stored else ""
                self.initial |= {f"paper-{one.pk}-{kind}": state, f"was-{one.pk}-{kind}": state}

    def lines(self):
        """(member, [(the paper, choice, what the page showed, why exempt)])."""
        return [(one, [self._cell(one.pk, kind) for kind in PaperKind]) for one in self.members]

    def _cell(self, pk, kind):
        known = self.stored.get((pk, kind))
        return kind.label, self[f"paper-{pk}-{kind}"], self[f"was-{pk}-{kind}"], known.reason if known else ""

    def heads(self):
        return [(kind.label, self[f"fill-{kind}"]) for kind in PaperKind]

    def changes(self):
        """{(member id, kind): (state before, state now)} of what was changed or filled."""
        data, found = self.cleaned_data, {}
        for one in self.members:
            for kind in PaperKind:
                before, now = data[f"was-{one.pk}-{kind}"], data[f"paper-{one.pk}-{kind}"]
                if not now and data[f"fill-{kind}"]:
                    now = PaperState.RECEIVED.value
                if now != before:
                    found[one.pk, kind.value] = (before, now)
        return found
