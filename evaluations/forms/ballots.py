from dataclasses import dataclass, field

from django import forms

from cells.enums import DocumentKind
from cells.models import Document
from evaluations.ballots import LEVELS, Line, Totals
from evaluations.enums import BallotMeeting
from evaluations.rulebooks import rulebook_for
from evaluations.services.ballots import faults_of, meetings_of, read_count, versions_of
from khoi_party.common.forms import BaseForm, DateField, DocumentFileField, LineFormField

NAMES = {"list": "ballot-names", "autocomplete": "off"}
NUMBER = {"inputmode": "numeric", "autocomplete": "off", "maxlength": "4"}


class BallotForm(BaseForm):
    """What is known before the meeting: when it is, who may vote, how many papers, who presides. `rows` are the Reviews to choose from."""

    meeting = forms.ChoiceField(label="Hội nghị bỏ phiếu")
    held_on = DateField(label="Ngày họp")
    eligible = forms.IntegerField(
        label="Số người được triệu tập",
        min_value=1,
        max_value=2000,
        required=False,
        help_text="Chi bộ: để trống, lấy theo danh sách đảng viên chính thức. Cấp ủy: để trống nếu danh sách cấp ủy viên đã đủ.",
    )
    spare = forms.IntegerField(label="Số phiếu dự phòng", min_value=0, max_value=50, initial=2, help_text="In thêm để đổi phiếu hỏng.")
    chair = LineFormField(label="Chủ tọa", max_length=120, required=False, widget=forms.TextInput(attrs=NAMES))
    secretary = LineFormField(label="Thư ký", max_length=120, required=False, widget=forms.TextInput(attrs=NAMES))
    head_teller = LineFormField(
        label="Tổ trưởng kiểm phiếu",
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs=NAMES),
        help_text="Ba họ tên này in trên biên bản; có thể để trống rồi ghi tay.",
    )
    reviews = forms.MultipleChoiceField(
        label="Tên trên phiếu", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Hãy chọn ít nhất một dòng để bỏ phiếu."}
    )

    def __init__(self, *args, organisation, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = [(one.value, one.label) for one in meetings_of(organisation)]
        self.fields["reviews"].choices = [(str(row.pk), row.name) for row in rows]
        self.fields["reviews"].initial = [str(row.pk) for row in rows]

    def clean(self):
        data = super().clean()
        if data.get("meeting") == BallotMeeting.CELL and data.get("eligible"):
            self.add_error("eligible", "Hội nghị chi bộ lấy số này từ danh sách đảng viên chính thức. Hãy để trống.")
        return data

    def values(self):
        """What the service takes."""
        kept = ("meeting", "held_on", "eligible", "spare", "chair", "secretary", "head_teller")
        found = {name: self.cleaned_data[name] for name in kept if name in self.cleaned_data}
        return found | {"reviews": [int(pk) for pk in self.cleaned_data["reviews"]]}


class SecondBallotForm(BallotForm):
    """A further round on those without a result."""

    levels = forms.ChoiceField(
        label="Các mức trên phiếu",
        choices=[("leading", "Hai mức cao phiếu nhất của từng người"), ("all", "Đủ bốn mức")],
        widget=forms.RadioSelect,
        initial="leading",
    )
    field_order = ("held_on", "levels")

    def __init__(self, *args, ballot, **kwargs):
        super().__init__(*args, organisation=ballot.organisation, **kwargs)
        del self.fields["meeting"]
        self.initial |= {name: getattr(ballot, name) for name in ("spare", "chair", "secretary", "head_teller")}
        if ballot.meeting == BallotMeeting.CELL:
            del self.fields["eligible"]
        else:
            self.initial["eligible"] = ballot.eligible


class RecountForm(BaseForm):
    reason = LineFormField(label="Lý do kiểm phiếu lại", max_length=400, help_text="Ví dụ: Kiểm lại theo đề nghị của tổ kiểm phiếu.")
    eligible = forms.IntegerField(label="Số người được triệu tập", min_value=1, max_value=2000, required=False)

    def __init__(self, *args, ballot, **kwargs):
        super().__init__(*args, **kwargs)
        if ballot.meeting == BallotMeeting.CELL:
            del self.fields["eligible"]
        else:
            self.fields["eligible"].initial = ballot.eligible


class MinutesForm(BaseForm):
    """The signed minutes that a count is confirmed by."""

    seen = forms.CharField(widget=forms.HiddenInput)
    document_number = LineFormField(label="Số biên bản", max_length=60, help_text="Ví dụ: 12-BB/CB.")
    document_on = DateField(label="Ngày biên bản")
    file = DocumentFileField(label="Bản chụp biên bản đã ký", required=False, help_text="PDF hoặc Word, có thể để trống.")

    def __init__(self, *args, ballot, **kwargs):
        super().__init__(*args, **kwargs)
        self.ballot = ballot
        self.fields["document_on"].initial, self.fields["seen"].initial = ballot.held_on, versions_of(ballot)
        if ballot.slots == 2:
            self.fields["document_number"].required = self.fields["document_on"].required = False

    def document(self, user):
        """An unsaved Document, or None where the superior committee confirms without a number yet."""
        data = self.cleaned_data
        if not data["document_number"]:
            return None
        ballot = self.ballot
        return Document(
            organisation=ballot.organisation,
            kind=DocumentKind.MINUTES,
            number=data["document_number"],
            issued_on=data["document_on"] or ballot.held_on,
            issuer=ballot.organisation.committee_name,
            title=f"Biên bản kiểm phiếu lần {ballot.number}, năm {ballot.cycle.year}",
            file=data["file"] or "",
            created_by=user,
        )


class CountField(forms.IntegerField):
    """A number of papers; an empty box in a line of votes is a nought."""

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=2000, widget=forms.TextInput(attrs=NUMBER), **kwargs)


@dataclass
class CountRow:
    """One line of the page where a count is keyed."""

    subject: object
    cells: list = field(default_factory=list)  # (label, bound field, None where the paper does not offer the level)
    errors: list = field(default_factory=list)
    theirs: str = ""  # what the other keyer has, where it differs


class CountForm(BaseForm):
    """Totals of the papers and a line of votes per subject, kept as typed whatever does not add up."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)
    present = CountField(label="Có mặt bỏ phiếu")
    printed = CountField(label="Phiếu đã in", required=False)
    issued = CountField(label="Phiếu phát ra")
    unused = CountField(label="Phiếu không dùng", required=False)
    collected = CountField(label="Phiếu thu về")
    valid = CountField(label="Phiếu hợp lệ")
    invalid = CountField(label="Phiếu không hợp lệ")
    TOTALS = ("printed", "present", "issued", "unused", "collected", "valid", "invalid")

    def __init__(self, *args, ballot, state, **kwargs):
        super().__init__(*args, **kwargs)
        self.ballot, self.state = ballot, state
        self.subjects = list(ballot.subjects.select_related("review").order_by("review__sort_key", "review_id"))
        self.initial["printed"] = ballot.papers
        lines = {}
        if state.mine:
            totals, lines = read_count(state.mine)
            self.initial |= {name: getattr(totals, name) for name in self.TOTALS} | {"version": state.mine.version}
        for subject in self.subjects:
            for key in (*subject.allowed, 0):
                name = f"s{subject.pk}-{key}"
                self.fields[name] = CountField(required=False, label=f"{subject.review.name}, {self.label_of(key)}")
                if line := lines.get(subject.pk):
                    self.initial[name] = line.votes[key - 1] if key else line.silent

    def label_of(self, key):
        return rulebook_for(self.ballot.cycle.year).level_short(key, self.ballot.subject) if key else "không ghi ý kiến"

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        self.totals = Totals(**{name: data[name] for name in self.TOTALS})
        self.lines = {subject.pk: self.line_of(subject, data) for subject in self.subjects}
        for fault in faults_of(self.ballot, self.totals, self.lines):
            subject = next((one for one in self.subjects if one.pk == fault.field), None)
            self.add_error(f"s{subject.pk}-{subject.levels[0]}" if subject else fault.field, fault.says)
        return data

    def line_of(self, subject, data):
        return Line(tuple(data.get(f"s{subject.pk}-{level}") or 0 for level in LEVELS), data.get(f"s{subject.pk}-0") or 0)

    def head(self):
        """The boxes of the totals, each with what the other keyer has where it differs."""
        names = self.state.fields if self.state.other else ()
        return [(self[name], getattr(self.state.other, name) if name in names else None) for name in self.TOTALS]

    def columns(self):
        book = rulebook_for(self.ballot.cycle.year)
        levels = [(book.level_name(key, self.ballot.subject), book.level_short(key, self.ballot.subject)) for key in LEVELS]
        return [*levels, ("Phiếu hợp lệ không ghi ý kiến về người này", "Không ghi ý kiến")]

    def rows(self):
        """A CountRow per subject, by name."""
        lines = read_count(self.state.other)[1] if self.state.other and self.state.differs else {}
        found = []
        for subject in self.subjects:
            row = CountRow(subject)
            for key, (_, short) in zip((*LEVELS, 0), self.columns(), strict=True):
                box = self[f"s{subject.pk}-{key}"] if f"s{subject.pk}-{key}" in self.fields else None
                row.cells.append((short, box))
                row.errors += box.errors if box else []
            if subject.pk in self.state.keys and subject.pk in lines:
                line = lines[subject.pk]
                row.theirs = ", ".join(f"{short} {votes}" for (_, short), votes in zip(self.columns(), (*line.votes, line.silent), strict=True))
            found.append(row)
        return found

    def summary(self):
        """(anchor, sentence) of what does not add up, in the order of the page; of many lines the first five and how many follow."""
        found = [(self[name].id_for_label, error) for name in self.TOTALS for error in self[name].errors]
        lines = [(f"row-{row.subject.pk}", f"{row.subject.review.name}: {error}") for row in self.rows() for error in row.errors]
        more = [(lines[5][0], f"Và {len(lines) - 5} dòng nữa.")] if len(lines) > 5 else []
        return found + lines[:5] + more

    def take_over(self, stale):
        """Let the next save stand over the other person's."""
        self.add_error(None, stale.message)
        self.data = self.data.copy()
        self.data["version"] = stale.current.version
