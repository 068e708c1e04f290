"""From facts to a verdict. People decide: a verdict says what the text of the year closes, what it only warns of, and what is not known."""

from dataclasses import dataclass

from khoi_party.rules import Confidence, Effect, Finding, Kind, Rule, Verdict

from . import conditions_hd21, conditions_hd27, conditions_qd124, conditions_qd366, conditions_who, rulebook_for
from .facts import MEMBER, checked

RULES = conditions_hd27.RULES + conditions_hd21.RULES + conditions_qd124.RULES + conditions_qd366.RULES + conditions_who.RULES


class Known:
    """Facts as attributes; whatever was not given, or is not asked in that year, is None."""

    def __init__(self, values):
        self._values = values

    def __getattr__(self, name):
        return self._values.get(name)


def rules_for(year, subject):
    """The rules that hold for `subject` in `year`, in the order of their ids."""
    return tuple(rule for rule in RULES if rule.covers(year, subject))


def judge(year, subject, facts):
    """The Verdict on one subject. `subject` is member, cell, committee or collective, `facts` {name: value} as `facts.facts_for` lists them.

    Raises YearWithoutRuleBook for a year before 2014 and FactError, with a Vietnamese sentence, for a fact that cannot be.
    """
    rulebook_for(year)
    known = Known(checked(facts, year, subject))
    outcomes = [(rule, _outcome(rule, known)) for rule in rules_for(year, subject)]
    findings = tuple(finding for rule, outcome in outcomes if (finding := _finding(rule, outcome, known)))
    forced = next((rule.level for rule, outcome in outcomes if _forces(rule, outcome)), None)
    eligibility = _eligibility(subject, outcomes)
    rated = eligibility in ("required", "unknown")
    return Verdict(_ceiling(outcomes, forced) if rated else None, forced if rated else None, eligibility, findings)


@dataclass(frozen=True)
class Standing:
    """Whether a subject is rated this year, and why not: `kind` is required, review_only, exempt, not_subject, not_yet or unknown; `rule` is the
    clause behind it (None when required), `reason` the case in words with its source."""

    kind: str
    rule: Rule | None = None
    reason: str = ""


def standing(year, subject, facts):
    """The Standing of one subject, by the clauses on who is rated alone. Arguments and errors as for `judge`.

    A subject that only a missing fact could exempt is "unknown" for a member and "required" for a body, whose rating no text withholds
    in most years.
    """
    rulebook_for(year)
    known = Known(checked(facts, year, subject))
    outcomes = [(rule, _outcome(rule, known)) for rule in rules_for(year, subject) if rule.effect == Effect.ELIGIBILITY]
    kind = _eligibility(subject, outcomes)
    if kind in ("required", "unknown"):
        return Standing(kind)
    rule = next(rule for rule, outcome in outcomes if outcome == kind)
    case = next((words for holds, words in CASES if holds(known)), rule.says.rstrip("."))
    return Standing(kind, rule, f"{case} ({rule.citation}).")


CASES = (
    (lambda f: f.temporary_here, "Sinh hoạt tạm thời; xếp loại tại chi bộ nơi sinh hoạt chính thức"),
    (lambda f: f.exempt, "Được miễn công tác và sinh hoạt đảng"),
    (lambda f: f.suspended, "Bị đình chỉ sinh hoạt đảng"),
    (lambda f: f.months_since_admission is not None and f.months_since_admission < 6, "Mới kết nạp chưa đủ 6 tháng"),
    (lambda f: f.months_since_founding is not None and f.months_since_founding < 6, "Mới thành lập chưa đủ 6 tháng"),
)


def _outcome(rule, known):
    """met, broken, softened, noted, unknown, none (the rule does not mean this subject), or an eligibility in its own word."""
    applies = rule.applies(known)
    if applies is False:
        return "none"
    answer = rule.test(known)
    if rule.effect == Effect.ELIGIBILITY and isinstance(answer, str):
        return answer if applies else "unknown"
    if answer is None or applies is None:
        return "unknown"
    if rule.effect == Effect.FORCES:
        return "none" if not answer else "softened" if rule.softened(known) else "broken"
    if rule.effect == Effect.NOTE:
        return "noted" if answer else "none"
    return "met" if answer else "broken"


def _is_firm(rule):
    return rule.confidence == Confidence.VERIFIED


def _forces(rule, outcome):
    return rule.effect == Effect.FORCES and outcome == "broken" and _is_firm(rule)


def _closes(rule, outcome, level):
    """Whether a verified rule stands against `level` for certain."""
    return rule.effect == Effect.REQUIRED and outcome == "broken" and _is_firm(rule) and rule.level == level and not rule.leaves_open


def _could_close(rule, outcome, level):
    """Whether a verified rule would stand against `level` if the missing fact were against it, or the text names no level at all."""
    if rule.leaves_open and outcome == "broken" and rule.level == level:
        return True
    if outcome != "unknown" or not _is_firm(rule):
        return False
    return rule.effect == Effect.FORCES or (rule.effect == Effect.REQUIRED and rule.level == level)


def _ceiling(outcomes, forced):
    if forced:
        return forced
    for level in (1, 2, 3):
        if any(_closes(rule, outcome, level) for rule, outcome in outcomes):
            continue
        return None if any(_could_close(rule, outcome, level) for rule, outcome in outcomes) else level
    return 4


def _eligibility(subject, outcomes):
    answers = [outcome for rule, outcome in outcomes if rule.effect == Effect.ELIGIBILITY]
    for word in ("exempt", "not_subject", "review_only", "not_yet"):
        if word in answers:
            return word
    return "unknown" if "unknown" in answers and subject == MEMBER else "required"


def _finding(rule, outcome, known):
    if outcome in ("none", "met"):
        return None
    if outcome == "unknown":
        kind = Kind.NOT_KNOWN
    elif outcome in ("softened", "noted") or rule.effect == Effect.ELIGIBILITY:
        kind = Kind.INFORMS
    else:
        closes = rule.effect in (Effect.FORCES, Effect.REQUIRED, Effect.CAP) and not rule.leaves_open
        kind = Kind.FORBIDS if _is_firm(rule) and closes else Kind.WARNS
    missing = tuple(name for name in rule.needs if getattr(known, name) is None) if kind == Kind.NOT_KNOWN else ()
    says = f"{rule.says} Cấp có thẩm quyền xem xét giảm nhẹ." if outcome == "softened" else rule.says
    return Finding(rule.id, kind, rule.level, says, str(rule.citation), missing, rule.effect)
