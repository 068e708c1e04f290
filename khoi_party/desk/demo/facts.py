"""What is known of the illustration's rows, so that the rules of each year have something to judge; a few faults are there on purpose."""

from collections import Counter

from cells.enums import CELL_KINDS, DocumentKind
from cells.models import Document
from evaluations.enums import Subject
from evaluations.known import subject_of
from evaluations.models import DecisionItem, EnteredFacts, Override
from evaluations.rulebooks.judging import judge
from khoi_party.rules import Kind

from .places import SOURCE

FULL = "Sở Nội vụ"  # the base whose members have facts too; of the others only the organisations
SCORES = {1: (91, 97), 2: (74, 88), 3: (53, 68), 4: (38, 48)}
GRADES = {1: ("XS", "T"), 2: ("T", "T"), 3: ("TB", "TB"), 4: ("K", "TB")}  # of the results, of everything else
WHY = "Ban thường vụ đã thẩm định, thống nhất giữ mức vì có sản phẩm, kết quả nổi bật (minh họa)."


def facts_at(year, subject, level, chance):
    """Facts that agree with `level` of `subject` in `year`, as far as the regulation of the year asks for them."""
    low, high = SCORES[level]
    if year <= 2017:
        if subject == "member":
            return {}
        calm = {
            "disunited": False,
            "member_disciplined_for_decline": False,
            "authority_level": min(level, 3),
            "mass_bodies": 3,
            "mass_bodies_lowest": 0,
        }
        return calm | {"score": chance.randint(low, high)}
    if year == 2018:
        return {}
    best, rest = GRADES[level]
    if year <= 2022:
        if subject == "member":
            return {"grade_political_task": best, "grades_other": [rest] * 4, "civil_servant": True, "civil_servant_level": level, "sick_months": 0}
        bodies = {"authority_level": min(level, 2), "mass_bodies": 3, "mass_bodies_good": 3 if level < 3 else 2}
        return bodies | {"grades_party_building": [best] * 5, "grade_economy": best, "grades_other": [rest] * 4}
    if year <= 2024:
        return {"grades_results": [best] * 3, "grades_other": [rest] * 4, "disciplines": [], "self_detected_remedied": False}
    return _tasks(level, chance) | {"score": chance.randint(low, high), "faults_remedied": True, "degenerated": False}


def _tasks(level, chance):
    tasks = chance.randint(9, 14)
    late, left = (0, 0) if level < 3 else (1, 0) if level == 3 else (2, tasks * 2 // 3)
    done = tasks - left
    return {"tasks": tasks, "tasks_done": done, "tasks_on_time": max(done - late, 0), "tasks_exceeded": done // 3 + 1 if level == 1 else 0}


def planted(year, level, facts):
    """`facts` of a base with one fault of the kind that the regulation of the year speaks of, None where it cannot be planted at `level`."""
    if year <= 2017:
        return facts | {"score": 49} if level == 3 else None
    if level != 1 or year == 2018:
        return None
    if year <= 2022:
        return facts | {"authority_level": 3}
    if year <= 2024:
        return facts | {"grades_other": ["T", "T", "T", "TB"]}
    return facts | {"score": 89}


def facts_of_rows(cycle, rows, chance):
    """{id(row): facts} of the decided `rows` (unsaved Reviews) of a closed year; one base a year has a fault."""
    members, units = Counter(), Counter()
    for row in rows:
        if row.decided_level and row.subject == Subject.MEMBER:
            members[row.sheet.path, row.decided_level] += 1
        elif row.decided_level:
            units[row.sheet.path, row.decided_level] += 1
    found, has_fault = {}, False
    for row in rows:
        if not row.decided_level or (row.subject == Subject.MEMBER and FULL not in (row.decided_by.agency, row.decided_by.name)):
            continue
        subject = subject_of(row.subject, row.sheet.organisation_kind)
        facts = facts_at(cycle.year, subject, row.decided_level, chance)
        if row.subject == Subject.ORGANISATION and row.decided_by_id == cycle.root_id and not has_fault:
            fault = planted(cycle.year, row.decided_level, facts)
            facts, has_fault = fault or facts, bool(fault)
        if row.subject == Subject.ORGANISATION:
            facts |= _counted(cycle.year, row, members, units)
        found[id(row)] = facts
    return found


def _counted(year, row, members, units):
    path = row.sheet.path
    if row.sheet.organisation_kind in CELL_KINDS:
        word, levels = "members", {level: members[path, level] for level in (1, 2, 3, 4)}
    else:
        word = "units"
        levels = dict.fromkeys((1, 2, 3, 4), 0)
        for (below, level), number in units.items():
            levels[level] += number if below.startswith(path) and below != path else 0
    rated = sum(levels.values())
    counted = {f"{word}_rated": rated, f"{word}_lowest": levels[4]}
    return counted | ({f"{word}_good": levels[1] + levels[2]} if year >= 2018 else {})


def items_of(cycle, decisions, rows, chance):
    """The DecisionItems of a closed year with what the rules said of each level, and an Override for every level that they speak against."""
    facts = facts_of_rows(cycle, rows, chance)
    items, overrides = [], []
    for row in rows:
        if not row.decided_level:
            continue
        decision, known = decisions[row.decided_by_id], facts.get(id(row), {})
        against = judge(cycle.year, subject_of(row.subject, row.sheet.organisation_kind), known).against(row.decided_level) if known else ()
        said = [{"rule": one.rule, "kind": one.kind, "level": one.level, "says": one.says, "source": one.source} for one in against]
        items.append(DecisionItem(decision=decision, review=row, level=row.decided_level, exemplary=row.exemplary, facts=known, findings=said))
        if against:
            overrides.append(_override(decision, row, against))
    DecisionItem.objects.bulk_create(items, batch_size=1000)
    Override.objects.bulk_create(overrides)


def _override(decision, row, against):
    return Override(
        decision=decision,
        review=row,
        rules=sorted({one.rule for one in against}),
        level=row.decided_level,
        is_forbidden=any(one.kind == Kind.FORBIDS for one in against),
        reason=WHY,
        document=decision.document,
    )


def enter_facts(sheets, levels, by, chance):
    """Facts of the open year for the rows of `sheets` at `levels` {review id: level}, agreeing with each level but for one: the first row at
    the best level has a point too few. Returns that row, None where nobody is at the best level."""
    entered, short = [], None
    for sheet in sheets:
        for row in sheet.reviews.filter(pk__in=levels).order_by("subject", "sort_key", "pk"):
            subject = subject_of(row.subject, sheet.organisation_kind)
            facts = facts_at(sheet.cycle.year, subject, levels[row.pk], chance)
            score = facts.pop("score")
            if short is None and levels[row.pk] == 1 and row.subject == Subject.MEMBER:
                short, score = row, 89
            common = round(score * 3 / 10)
            points = {"common": common, "results": score - common}
            source = "Biên bản họp chi bộ (minh họa)"
            entered.append(EnteredFacts(review=row, values=facts | {"leads": False}, points=points, source=source, by=by, on_behalf=True))
    EnteredFacts.objects.bulk_create(entered, batch_size=500)
    return short


def minutes(organisation, day):
    """The paper that a body answers with where it keeps a forbidden level."""
    return Document(
        organisation=organisation, kind=DocumentKind.DECISION, number="18-NQ/ĐU", issued_on=day, issuer=organisation.committee_name, title=SOURCE
    )
