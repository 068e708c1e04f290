"""The forms of movements: who comes, what happens, what was recorded by mistake."""

from django import forms

from cells.enums import DocumentKind
from cells.forms import WithDocument
from cells.models import Document, Organisation
from khoi_party.common.forms import BaseForm, BaseModelForm, DateField, LineFormField, LongSelect
from members.enums import EventKind, ExitReason
from members.forms.people import ENTERED
from members.models import Member


class AdmitForm(BaseModelForm, WithDocument):
    class Meta:
        model = Member
        fields = ("full_name", "gender", "born_on", "ethnicity", "position", "is_civil_servant", "admitted_on")

    def identity(self):
        """What describes the person; the document is asked for by `document()`."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class TransferInForm(BaseModelForm, WithDocument):
    outside = LineFormField(label="Chuyển đến từ", max_length=200, help_text="Ví dụ: Đảng bộ phường Tân Quang.")
    on_day = DateField(label="Ngày chuyển đến")
    issued_on = DateField(label="Ngày giấy giới thiệu", required=False, help_text="Xuất trình trong 30 ngày làm việc kể từ ngày ghi trên giấy.")
    work_decided_on = DateField(label="Ngày quyết định chuyển công tác", required=False)
    another_person = forms.BooleanField(label="Đã kiểm tra: đây là người khác, trùng họ tên và ngày sinh", required=False, widget=forms.HiddenInput)
    field_order = ("full_name", "outside", "on_day", "issued_on", "work_decided_on")

    class Meta:
        model = Member
        fields = (*ENTERED, "identity_number", "admitted_on", "official_on")

    def identity(self):
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "outside", "on_day", "issued_on", "work_decided_on")}


class EventForm(WithDocument):
    """One movement of one member: only the fields that its kind needs are asked for."""

    on_day = DateField(label="Ngày có hiệu lực")
    to_cell = forms.ModelChoiceField(
        label="Đến chi bộ", queryset=Organisation.objects.none(), required=False, widget=LongSelect, empty_label="Chọn chi bộ"
    )
    outside = LineFormField(label="Nơi đến ngoài đảng bộ", max_length=200, required=False)
    official_on = DateField(label="Ngày chính thức, nếu được công nhận ở nơi khác", required=False)
    work_decided_on = DateField(label="Ngày quyết định chuyển công tác", required=False, help_text="Bắt đầu thủ tục trong 60 ngày làm việc.")
    issued_on = DateField(label="Ngày giấy giới thiệu", required=False, help_text="Xuất trình ở nơi đến trong 30 ngày làm việc.")
    studies = forms.BooleanField(label="Đi học (đến 24 tháng)", required=False)
    until = DateField(label="Đến ngày", required=False, help_text="Phần mềm nhắc trước 30 ngày.")
    exit_reason = forms.ChoiceField(label="Trước đây ra khỏi Đảng vì", choices=[("", "Hãy chọn"), *ExitReason.choices], required=False)
    cleared_on = DateField(label="Ngày được xóa án tích", required=False, help_text="Chỉ ghi khi từng bị kết án về tội ít nghiêm trọng.")
    consent_number = LineFormField(label="Số văn bản đồng ý của ban thường vụ tỉnh ủy", max_length=60, required=False)
    consent_on = DateField(label="Ngày văn bản đồng ý", required=False)
    note = LineFormField(label="Lý do, ghi chú", max_length=400, required=False)
    field_order = (
        "on_day",
        "to_cell",
        "outside",
        "official_on",
        "work_decided_on",
        "issued_on",
        "studies",
        "until",
        "exit_reason",
        "cleared_on",
        "consent_number",
        "consent_on",
        "note",
    )

    ASKS = {
        EventKind.RECOGNISED: ("note",),
        EventKind.MOVED: ("to_cell", "work_decided_on", "issued_on"),
        EventKind.SENT_AWAY: ("to_cell", "outside", "issued_on", "studies", "until"),
        EventKind.TRANSFERRED_OUT: ("outside", "work_decided_on", "issued_on"),
        EventKind.RETURNED: ("to_cell", "outside", "official_on", "work_decided_on", "issued_on"),
        EventKind.PAUSED: ("until", "note"),
        EventKind.SUSPENDED: ("until",),
        EventKind.LEFT: ("note",),
        EventKind.STRUCK_OFF: ("note",),
        EventKind.EXPELLED: ("note",),
        EventKind.RESTORED: ("to_cell",),
        EventKind.READMITTED: ("to_cell", "exit_reason", "cleared_on", "consent_number", "consent_on"),
    }
    NEEDS = {
        EventKind.MOVED: ("to_cell", "Hãy chọn chi bộ chuyển đến."),
        EventKind.TRANSFERRED_OUT: ("outside", "Hãy ghi nơi chuyển đến."),
        EventKind.RETURNED: ("to_cell", "Hãy chọn chi bộ chuyển về."),
        EventKind.LEFT: ("note", "Hãy ghi hình thức và lý do ra khỏi Đảng."),
        EventKind.STRUCK_OFF: ("note", "Hãy ghi lý do xóa tên."),
        EventKind.RESTORED: ("to_cell", "Hãy chọn chi bộ nơi đảng viên trở lại sinh hoạt."),
        EventKind.READMITTED: ("to_cell", "Hãy chọn chi bộ kết nạp lại."),
    }
    BY_DECISION = (EventKind.SUSPENDED, EventKind.STRUCK_OFF, EventKind.EXPELLED, EventKind.RESTORED, EventKind.READMITTED)
    OWN_WORDS = {
        (EventKind.SENT_AWAY, "to_cell"): "Đến chi bộ trong đảng bộ",
        (EventKind.SENT_AWAY, "outside"): "hoặc nơi đến ngoài đảng bộ",
        (EventKind.RETURNED, "outside"): "Nơi chuyển từ",
        (EventKind.RETURNED, "to_cell"): "Về chi bộ",
        (EventKind.READMITTED, "on_day"): "Ngày tổ chức lễ kết nạp lại",
        (EventKind.READMITTED, "to_cell"): "Kết nạp lại vào chi bộ",
        (EventKind.RESTORED, "to_cell"): "Trở lại chi bộ",
    }

    def __init__(self, *args, kind, cells, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        shown = {"on_day", *self.ASKS.get(kind, ()), "document_number", "document_on", "document_issuer"}
        if kind == EventKind.RETURNED and member.official_on:
            shown.discard("official_on")
        if kind == EventKind.SUSPENDED and member.is_suspended:
            self.fields["until"].label = "Gia hạn đến ngày"
        for name in list(self.fields):
            if name not in shown:
                del self.fields[name]
            elif (kind, name) in self.OWN_WORDS:
                self.fields[name].label = self.OWN_WORDS[kind, name]
        if "to_cell" in self.fields:
            self.fields["to_cell"].queryset = cells
        if kind in self.NEEDS:
            name, sentence = self.NEEDS[kind]
            self.fields[name].required, self.fields[name].error_messages["required"] = True, sentence
        proof = ("document_number", "document_on", "document_issuer") if kind in self.BY_DECISION else ()
        for name in (*proof, "exit_reason", "consent_number", "consent_on"):
            if name in self.fields:
                self.fields[name].required = True

    def clean(self):
        data = super().clean()
        if bool(data.get("consent_number")) != bool(data.get("consent_on")):
            self.add_error("consent_number", "Hãy ghi cả số và ngày của văn bản đồng ý.")
        return data

    def consent(self, organisation, user):
        """An unsaved Document of the provincial standing committee's consent, or None."""
        data = self.cleaned_data
        if not data.get("consent_number"):
            return None
        issuer = "Ban Thường vụ Tỉnh ủy"
        paper = {"kind": DocumentKind.OTHER, "number": data["consent_number"], "issued_on": data["consent_on"], "issuer": issuer}
        return Document(organisation=organisation, created_by=user, **paper)


class TakeBackForm(BaseForm):
    reason = LineFormField(label="Lý do hủy", max_length=400, help_text="Ví dụ: ghi nhầm người, nhầm ngày.")
