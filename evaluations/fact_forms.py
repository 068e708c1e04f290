"""The form of a row's facts, made from what the regulation of the year asks and the product does not know itself."""

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.html import format_html, format_html_join

from evaluations.known import subject_of
from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.facts import CELL, COMMITTEE, GRADES, MEMBER, facts_for
from evaluations.rulebooks.scores import plain
from khoi_party.common.forms import BaseForm, DateField, DecimalField, LineFormField

GRADE_NAMES = {"XS": "Xuất sắc", "T": "Tốt", "TB": "Trung bình", "K": "Kém"}
MOST_CRITERIA = 40
KNOWN = {  # what the product knows of every row: never asked, so that nobody types against the roster
    "exempt",
    "suspended",
    "temporary_here",
    "months_since_admission",
    "months_since_founding",
    "months_at_former_cell",
    "former_cell_commented",
    "civil_servant",
    "civil_servant_level",
    "disciplines",
    "score",
    "decided_by_right_body",
    "group_level_1",
    "group_level_2",
    "group_raised",
    "group_all",
    "exemplary_count",
    "will_be_rated",
    "replaces_decision",
    "old_decision_kept",
    "finished_on",
}
KNOWN_OF = {
    MEMBER: set(),
    CELL: {"members_rated", "members_good", "members_lowest"},
    COMMITTEE: {"units_rated", "units_good", "units_lowest"},
}
OF_LEADERS = {"units", "units_rated", "units_lowest", "main_targets_met", "low_confidence_over_half", "corruption_under_direct_lead"}
SELF_EVIDENT_UNITS = ("nhiệm vụ", "đơn vị", "người", "tổ chức")
SECTIONS = (
    ("Tiêu chí", ("grade", "grades")),
    ("Nhiệm vụ và số lượng", ("integer", "level", "points", "date")),
    ("Trường hợp phải xem xét", ("boolean",)),
)
YES_NO = [("", "Chưa biết"), ("true", "Có"), ("false", "Không")]


def asked_facts(year, subject):
    """The Facts that people enter for `subject` in `year`."""
    return [fact for fact in facts_for(year, subject) if fact.name not in KNOWN | KNOWN_OF.get(subject, set())]


class GradesWidget(forms.MultiWidget):
    """How many criteria got each grade: four small numbers side by side."""

    def __init__(self):
        box = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "form-control"})
        super().__init__(dict.fromkeys(GRADES, box))

    def decompress(self, value):
        return [value.count(grade) or "" for grade in GRADES] if value else [""] * len(GRADES)

    def render(self, name, value, attrs=None, renderer=None):
        values = value if isinstance(value, list) and len(value) == len(GRADES) and not set(value) & set(GRADES) else self.decompress(value)
        start = (attrs or {}).get("id", f"id_{name}")
        boxes = (
            (f"{start}_{grade}", GRADE_NAMES[grade], f"{start}_{grade}", f"{name}_{grade}", one if one is not None else "")
            for grade, one in zip(GRADES, values, strict=True)
        )
        box = '<label for="{}">{} <input class="form-control" inputmode="numeric" autocomplete="off" id="{}" name="{}" value="{}"></label>'
        return format_html('<span class="kp-grades">{}</span>', format_html_join("", box, boxes))


class GradesField(forms.MultiValueField):
    """A list of grades, typed as how many criteria got each; empty is not known."""

    widget = GradesWidget

    def __init__(self, **kwargs):
        number = {"required": False, "min_value": 0, "max_value": MOST_CRITERIA, "error_messages": {"invalid": "Hãy nhập số tiêu chí bằng chữ số."}}
        super().__init__([forms.IntegerField(**number) for _ in GRADES], require_all_fields=False, **kwargs)

    def compress(self, numbers):
        return [grade for grade, number in zip(GRADES, numbers, strict=False) for _ in range(number or 0)] or None


class FactsForm(BaseForm):
    """Everything that may be entered of one row; what is left empty stays unknown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, review, entered, sheet, **kwargs):
        self.year = review.sheet.cycle.year
        self.facts = asked_facts(self.year, subject_of(review.subject, review.sheet.organisation_kind))
        self.sheet = sheet
        super().__init__(*args, **kwargs)
        book = rulebook_for(self.year)
        for place, item in enumerate(sheet.items):
            hint = f"Tối đa {plain(item.maximum)} điểm."
            self.fields[f"point_{place}"] = DecimalField(
                label=item.text, required=False, min_value=0, max_value=item.maximum, decimal_places=2, help_text=hint
            )
        for fact in self.facts:
            self.fields[fact.name] = self.field_of(fact, book, review.subject)
        if sheet.vetoes:
            self.fields["vetoes"] = forms.MultipleChoiceField(
                label="Điều kiện loại trừ của phiếu chấm điểm",
                choices=[(text, text) for text in sheet.vetoes],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        self.fields["source"] = LineFormField(
            label="Minh chứng", max_length=400, required=False, help_text="Ví dụ: biên bản họp chi bộ ngày 05/12/2026; sổ theo dõi nhiệm vụ."
        )
        self.initial |= self.stored(entered)
        self.helper.layout = self.layout()

    def field_of(self, fact, book, subject):
        hint = "" if fact.unit in SELF_EVIDENT_UNITS else f"{fact.unit.capitalize()}." if fact.unit else ""
        common = {"label": fact.meaning, "required": False, "help_text": hint}
        match fact.type:
            case "boolean":
                return forms.ChoiceField(choices=YES_NO, **common)
            case "integer":
                return forms.IntegerField(min_value=0, max_value=100_000, **common)
            case "points":
                return DecimalField(min_value=0, max_value=100, decimal_places=2, **common)
            case "level":
                levels = [(str(n), book.level_name(n, subject)) for n in (1, 2, 3, 4)]
                return forms.ChoiceField(choices=[("", "Chưa biết"), *levels], **common)
            case "grade":
                return forms.ChoiceField(choices=[("", "Chưa chấm"), *GRADE_NAMES.items()], **common)
            case "grades":
                return GradesField(**common | {"help_text": "Số tiêu chí đạt mỗi mức; để trống nếu chưa chấm."})
        return DateField(**common)

    def stored(self, entered):
        """The initial values of what was entered before."""
        if entered is None:
            return {"version": 0}
        values = {
            name: {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value for name, value in entered.values.items()
        }
        points = {f"point_{place}": entered.points.get(item.key) for place, item in enumerate(self.sheet.items)}
        return values | points | {"version": entered.version, "source": entered.source, "vetoes": entered.vetoes}

    def layout(self):
        named = [("", ["version"])]
        groups = [
            (f"{group.name} ({group.maximum} điểm)", [self.sheet.items.index(item) for item in items]) for group, items in self.sheet.by_group()
        ]
        if self.sheet.is_bare and groups:
            groups = [("Điểm", [place for _, places in groups for place in places])]
        named += [(title, [f"point_{place}" for place in places]) for title, places in groups]
        leading = [fact for fact in self.facts if fact.name in OF_LEADERS and "leads" in self.fields]
        for title, types in SECTIONS:
            named.append((title, [fact.name for fact in self.facts if fact.type in types and fact not in leading and fact.name != "leads"]))
        if "leads" in self.fields:
            named.append(("Người giữ chức vụ lãnh đạo, quản lý", ["leads", *(fact.name for fact in leading)]))
        named.append(("Căn cứ", ["vetoes", "source"] if "vetoes" in self.fields else ["source"]))
        return Layout(*(Fieldset(title, *names) if title else names[0] for title, names in named if names))

    def values(self):
        """{fact: value} as the rules read them; unknown ones are absent."""
        found = {}
        for fact in self.facts:
            value = self.cleaned_data.get(fact.name)
            if value in (None, "", []):
                continue
            match fact.type:
                case "boolean":
                    value = value == "true"
                case "level":
                    value = int(value)
                case "points":
                    value = float(value)
                case "date":
                    value = value.isoformat()
            found[fact.name] = value
        return found

    def points(self):
        given = ((item.key, self.cleaned_data.get(f"point_{place}")) for place, item in enumerate(self.sheet.items))
        return {key: float(value) for key, value in given if value is not None}
