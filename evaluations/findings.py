"""What the rules say against the levels that stand on many rows: for the marks in the grid and for the list before a meeting."""

from dataclasses import dataclass, field

from evaluations.enums import Eligibility, Voice
from evaluations.known import COLUMNS, facts_of, subject_of
from evaluations.models import DecisionItem, Opinion, Override, Review
from evaluations.permissions import sees_unpublished
from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.judging import judge
from khoi_party.rules import Kind

ORDER = (Voice.DECIDING, Voice.PROPOSED, Voice.CELL_VOTE, Voice.COMMITTEE, Voice.SELF)


@dataclass
class Line:
    """One row with the level that stands, in words, and the findings against it; `forced` names a level that a clause forces."""

    pk: int
    name: str
    level: int | None
    level_name: str
    voice: str
    against: list = field(default_factory=list)  # {"kind", "says", "source"}, those that forbid first
    override: object = None  # the answer of the deciding body, for those who read its papers
    unknown: int = 0
    forced: str = ""


def speaks_against(verdict, level):
    """The findings of `verdict` that matter for a row at `level`; without a level, what forces one."""
    return verdict.against(level) if level else verdict.against(1 if verdict.forced else None)


def mark_of(verdict, level):
    """red where a verified clause speaks against `level`, amber where another does, else nothing."""
    against = speaks_against(verdict, level)
    if not against:
        return ""
    return "red" if against[0].kind == Kind.FORBIDS else "amber"


def to_clear_up(cycle, reviews, user):
    """([(unit name, [Line])] with something to clear up, {"rows", "red", "amber", "unknown"}) over `reviews` as far as `user` may see.

    Decided rows say what was said when they were decided; nothing is judged anew.
    """
    rated = reviews.filter(removed_at=None, eligibility=Eligibility.REQUIRED).order_by("sheet__path", "-subject", "sort_key", "pk")
    plain = list(rated.values(*COLUMNS, "name", "sheet__organisation_name"))
    book, levels = rulebook_for(cycle.year), _standing(plain, user)
    frozen = _frozen(plain, user)
    open_rows = [row for row in plain if row["pk"] not in frozen]
    facts = facts_of(cycle, open_rows, user)
    groups, counted = {}, {"rows": len(plain), "red": 0, "amber": 0, "unknown": 0}
    for row in plain:
        level, voice = levels.get(row["pk"], (None, ""))
        line = Line(row["pk"], row["name"], level, book.level_name(level, row["subject"]), voice)
        if row["pk"] in frozen:
            found = frozen[row["pk"]]
        else:
            verdict = judge(cycle.year, subject_of(row["subject"], row["sheet__organisation_kind"]), facts[row["pk"]])
            found = [{"kind": one.kind, "says": one.says, "source": one.source} for one in speaks_against(verdict, level)]
            line.unknown = sum(one.kind == Kind.NOT_KNOWN for one in verdict.findings)
            line.forced = book.level_name(verdict.forced, row["subject"])
        line.against = found
        kinds = {one["kind"] for one in found}
        counted["red" if Kind.FORBIDS in kinds else "amber"] += bool(kinds)
        counted["unknown"] += bool(line.unknown)
        if line.against:
            groups.setdefault(row["sheet__organisation_name"], []).append(line)
    _answer(groups, cycle, user)
    return list(groups.items()), counted


def _answer(groups, cycle, user):
    """Give the lines the reasons that deciding bodies have noted already."""
    lines = {line.pk: line for group in groups.values() for line in group}
    overrides = Override.objects.filter(review__in=lines, decision__cycle=cycle).select_related("decision__body", "document").order_by("pk")
    for override in overrides:
        line = lines[override.review_id]
        if override.level == line.level and (override.decision.published_at or sees_unpublished(user, override.decision.body)):
            line.override = override


def _standing(rows, user):
    """{review id: (level, label of its voice)}: the decided level, else the latest voice that the reader may see."""
    ids, reads = [row["pk"] for row in rows], {}
    bodies = {one.pk: one for one in Review._meta.get_field("decided_by").related_model.objects.filter(pk__in={row["decided_by_id"] for row in rows})}
    for pk, body in bodies.items():
        reads[pk] = sees_unpublished(user, body)
    hidden = set(Review.objects.filter(pk__in=ids).unpublished().values_list("pk", flat=True))
    given = {}
    for review, voice, level in Opinion.objects.filter(review__in=ids, level__isnull=False).values_list("review_id", "voice", "level"):
        given.setdefault(review, {})[voice] = level
    found = {}
    for row in rows:
        may_read = reads[row["decided_by_id"]]
        if row["decided_level"] and (may_read or row["pk"] not in hidden):
            found[row["pk"]] = row["decided_level"], "Quyết định"
            continue
        voices = ORDER if may_read else ORDER[2:]
        voice = next((one for one in voices if one in given.get(row["pk"], {})), None)
        if voice:
            found[row["pk"]] = given[row["pk"]][voice], Voice(voice).label
    return found


def _frozen(rows, user):
    """{review id: findings} of rows whose decision the reader may see."""
    decided = [row["pk"] for row in rows if row["decided_level"]]
    items = DecisionItem.objects.filter(review__in=decided, replaced_by=None).select_related("decision__body")
    reads = {}
    found = {}
    for item in items:
        body = item.decision.body
        if body.pk not in reads:
            reads[body.pk] = sees_unpublished(user, body)
        if item.decision.published_at or reads[body.pk]:
            found[item.review_id] = item.findings
    return found
