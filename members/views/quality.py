"""What is wrong or missing in the stored data, by organisation and rule, each a click from where it is mended."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse

from cells.models import Organisation
from cells.permissions import can_edit_organisation, can_move_organisation
from cells.scope import paths_of, within
from khoi_party.common.dates import today
from khoi_party.common.excel import Column
from khoi_party.common.lists import render_list
from khoi_party.common.numbers import thousands
from khoi_party.common.tree import ancestor_paths
from members.enums import Severity
from members.forms.quality import QualityForm
from members.permissions import can_edit_members_of, can_record_discipline
from members.quality import RULES
from members.quality_facts import Finding, facts_for, findings_of, scores

COLUMNS = [
    Column("Mức độ", lambda row: row.finding.severity.label, width=12),
    Column("Quy tắc", lambda row: f"{row.finding.rule.id}. {row.finding.rule.title}", width=36),
    Column("Đảng viên", lambda row: row.name, width=28),
    Column("Tổ chức đảng", lambda row: row.finding.organisation.name, width=40),
    Column("Nội dung", lambda row: row.finding.says, width=60),
    Column("Căn cứ", lambda row: str(row.finding.rule.source), width=40),
]
# Where a finding is mended: (address, who may, where on the page).
SPOTS = {
    "record": ("members:member_edit", can_edit_members_of, "#div_id_{at}"),
    "event": ("members:member_event", can_edit_members_of, ""),
    "history": ("members:member_detail", can_edit_members_of, "#events"),
    "badges": ("members:member_badges", can_edit_members_of, ""),
    "discipline": ("members:discipline_withdraw", can_record_discipline, ""),
    "organisation": ("cells:organisation_detail", can_edit_organisation, "#info"),
    "committee": ("cells:organisation_detail", can_edit_organisation, "#committee"),
    "members": ("cells:organisation_detail", can_edit_organisation, ""),
    "move": ("cells:organisation_move", can_move_organisation, ""),
    "term": ("cells:term_edit", can_edit_organisation, ""),
}
WITHOUT_FORM = ("history", "organisation", "committee", "members")  # a page to look at and to decide on what is to be done
BY_ROW = ("discipline", "term")  # the address names the row, not whom it is about


@dataclass(frozen=True)
class Line:
    """A Finding as the page shows it to one reader; the link is made only for the lines that are shown."""

    finding: Finding
    rights: dict

    @property
    def name(self):
        return self.finding.person.name if self.finding.person else ""

    @property
    def link(self):
        """Where the reader mends it, "" where somebody else has to."""
        found = self.finding.found
        name, allowed, anchor = SPOTS[found.spot]
        if not self._may(allowed):
            return ""
        return reverse(name, args=[found.at if found.spot in BY_ROW else found.about.pk]) + anchor.format(at=found.at)

    @property
    def verb(self):
        return "Xem" if self.finding.found.spot in WITHOUT_FORM else "Sửa"

    def _may(self, allowed):
        key = (allowed, self.finding.organisation.pk)
        if key not in self.rights:
            self.rights[key] = allowed(self.rights["user"], self.finding.organisation)
        return self.rights[key]


def quality_list(request):
    places = list(Organisation.objects.filter(within("path", paths_of(request.user)), dissolved_on__isnull=True).order_by("path"))
    form = QualityForm(request.GET or None, places=places)
    tops = tops_of(places)
    place = form.place() or (tops[0] if len(tops) == 1 else None)
    facts = facts_for(request.user, today(), place)
    found = findings_of(facts)
    below = [one for one in places if one.parent_id == place.pk] if place else tops
    rule, severity = form.chosen("rule"), form.chosen("severity")
    rights = {"user": request.user}
    shown = [Line(one, rights) for one in found if rule in ("", one.rule.id) and severity in ("", one.severity)]
    context = {
        "form": form,
        "place": place,
        "above": [one for one in places if place and one.path in ancestor_paths(place.path)],
        "scores": [numbers(score) for score in scores(facts, found, [place, *below] if place else below)],
        "rules": by_rule(found),
    }
    context |= views(request, "rows" if rule or severity else "units", len(context["rules"]), len(shown))
    title = f"Chất lượng dữ liệu, {place.name}" if place else "Chất lượng dữ liệu"
    return render_list(request, "members/quality_list.html", rows=shown, title=title, columns=COLUMNS, name="chat-luong-du-lieu", context=context)


def views(request, usual, rules, rows):
    """Which of the three views is shown, and the tabs that lead to them."""
    labels = {"units": "Theo tổ chức", "rules": f"Theo quy tắc ({rules})", "rows": f"Từng dòng ({thousands(rows)})"}
    view = request.GET.get("view") if request.GET.get("view") in labels else usual
    return {"view": view, "tabs": [tab_of(request, key, label, view) for key, label in labels.items()]}


def tab_of(request, key, label, current):
    query = request.GET.copy()
    for name in ("page", "export"):
        query.pop(name, None)
    query["view"] = key
    return {"url": f"{request.path}?{query.urlencode()}", "label": label, "is_current": key == current}


def tops_of(places):
    """The organisations of `places` that have none of their superiors among them."""
    paths = {one.path for one in places}
    return [one for one in places if not paths.intersection(ancestor_paths(one.path))]


def numbers(score):
    return {"score": score, "counts": [(severity.value, score.counts[severity]) for severity in Severity]}


def by_rule(found):
    """(rule, errors, warnings, reminders) for each rule of which something was found."""
    counts = Counter((one.rule.id, one.severity) for one in found)
    rows = [(rule, *(counts[rule.id, severity] for severity in Severity)) for rule in RULES.values()]
    return [row for row in rows if any(row[1:])]
