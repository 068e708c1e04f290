"""Who qualifies for a commendation, counted in the database: one query finds them all, three more tell the years of those on the page."""

from dataclasses import dataclass

from django.db.models import Count, Q

from cells.models import Organisation
from evaluations.awards.runs import LENGTH, NOT_PUBLISHED, NOT_YET_FOUNDED, NOT_YET_MEMBER, YearResult, run_of, with_beginning
from evaluations.awards.subjects import MEMBER, subject_of
from evaluations.enums import DecisionState, Eligibility, Subject
from evaluations.models import DecisionItem, Review

AT_A_TIME = 400  # subjects whose years are read in one query
MEMBERS, ORGANISATIONS = "member", "organisation"
IN_YEAR, WHOLE, NEAR, ALL = "", "five", "near", "all"  # whom the page lists: of the year, of five years, one year short, everybody
FIELDS = (
    "sheet__cycle__year",
    "sheet__organisation_name",
    "eligibility",
    "eligibility_reason",
    "decided_level",
    "items__level",
    "items__exemplary",
    "items__replaced_by",
    "items__facts",
    "items__decision",
    "items__decision__state",
    "items__decision__document__number",
    "items__decision__document__issued_on",
)


@dataclass(frozen=True)
class Candidate:
    """A member or an organisation with the result of the year, the five years up to it, and what it has or is proposed for already."""

    pk: int
    subject: str
    name: str
    place: str
    result: YearResult
    run: object
    has: tuple = ()

    @property
    def is_whole(self):
        return self.run.is_whole

    @property
    def counted(self):
        """How many of the five years count."""
        return len(self.run.lines) - len(self.run.missing)


class CandidateList:
    """The candidates among `rows` (Members or Organisations) for `year`; sized at once, told page by page.

    `which`: IN_YEAR, WHOLE, NEAR (one of the five years is missing) or ALL. `predecessors_count`: the local rule, None where there is none.
    `has(ids)` tells what each has or is proposed for already.
    """

    def __init__(self, rows, year, which, *, predecessors_count=None, has=lambda keys: {}):
        self.rows, self.year, self.which, self.predecessors_count, self.has = rows, year, which, predecessors_count, has
        self.is_of_members = rows.model is not Organisation
        self._keys = None

    @property
    def keys(self):
        if self._keys is None:
            self._keys = list(self._found())
        return self._keys

    def _found(self):
        """The ids in the order of the list."""
        order = ("sort_key", "pk") if self.is_of_members else ("path",)
        rows = self.rows.order_by(*order)
        if self.which == ALL:
            return rows.values_list("pk", flat=True)
        if not self.is_of_members and self.which != IN_YEAR:
            return self._organisations(list(rows.values_list("pk", flat=True)))
        years = (
            {"decision__cycle__year": self.year} if self.which == IN_YEAR else {"decision__cycle__year__range": (self.year - LENGTH + 1, self.year)}
        )
        key = "review__member" if self.is_of_members else "review__organisation"
        best = {"level": 1} if self.is_of_members else {"level": 1, "exemplary": True, "review__subject": Subject.ORGANISATION}
        items = standing_items().filter(**years, **best, **{f"{key}__in": rows.order_by().values("pk")})
        short = 1 if self.which == IN_YEAR else LENGTH if self.which == WHOLE else LENGTH - 1
        counted = items.order_by().values(key).annotate(years=Count("decision__cycle__year", distinct=True)).filter(years=short)
        names = [f"{key}__{name}" for name in order]
        return counted.order_by(*names).values_list(key, flat=True)

    def _organisations(self, keys):
        """Few, and what stood before them may count: told apart here."""
        runs = runs_of_organisations(keys, self.year, self.predecessors_count)
        missing = 0 if self.which == WHOLE else 1
        return [key for key in keys if len(runs[key].missing) == missing]

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, part):
        return self.told(self.keys[part])

    def __iter__(self):
        for start in range(0, len(self), AT_A_TIME):
            yield from self.told(self.keys[start : start + AT_A_TIME])

    def told(self, keys):
        return list(self._members(keys) if self.is_of_members else self._organisations_told(keys))

    def _members(self, keys):
        rows = self.rows.model.objects.filter(pk__in=keys).select_related("cell__parent").in_bulk()
        results = results_of(Q(member__in=keys), "member_id", five(self.year))
        has = self.has(keys)
        for key in keys:
            row = rows[key]
            years = with_beginning(results.get(key, {}), row.admitted_on, NOT_YET_MEMBER)
            run = run_of(years, self.year, MEMBER)
            result = years.get(self.year) or YearResult(self.year)
            yield Candidate(key, MEMBER, row.full_name, place_of(row.cell), result, run, tuple(has.get(key, ())))

    def _organisations_told(self, keys):
        rows = Organisation.objects.filter(pk__in=keys).select_related("parent").in_bulk()
        runs = runs_of_organisations(keys, self.year, self.predecessors_count)
        has = self.has(keys)
        for key in keys:
            row = rows[key]
            above = row.parent.name if row.parent else ""
            last = runs[key].lines[-1]
            result = YearResult(self.year) if last.note else last.result
            yield Candidate(key, subject_of(row.kind), row.name, above, result, runs[key], tuple(has.get(key, ())))


def place_of(cell):
    """The cell with the organisation that it stands in, since many cells are called alike; a base organisation by its own name."""
    above = cell.parent
    return f"{cell.name}, {above.name}" if above and above.parent_id else cell.name


def five(year):
    return range(year - LENGTH + 1, year + 1)


def organisations(keys):
    return Q(organisation__in=keys, subject=Subject.ORGANISATION)


def standing_items():
    """What published decisions give today: items that no revision replaces."""
    return DecisionItem.objects.filter(decision__state=DecisionState.PUBLISHED, replaced_by=None, review__removed_at=None)


def results_of(condition, key, years):
    """{id: {year: YearResult}} of the subjects that `condition` picks among the rows of `years`, in one query.

    A year counts by its standing item of a published decision; what was replaced, or is issued and not published yet, does not.
    """
    rows = Review.objects.present().filter(condition, sheet__cycle__year__in=list(years)).order_by("pk", "items__pk")
    found = {}
    for who, *values in rows.values_list(key, *FIELDS):
        values = dict(zip(FIELDS, values, strict=True))
        result = _result(values)
        known = found.setdefault(who, {})
        if known.get(result.year) is None or (known[result.year].level is None and (result.level or result.why)):
            known[result.year] = result
    return found


def _result(values):
    year, of = values["sheet__cycle__year"], values["sheet__organisation_name"]
    if values["items__level"] is None:
        why = values["eligibility_reason"] or Eligibility(values["eligibility"]).label.lower()
        return YearResult(
            year, of=of, why="chưa có quyết định xếp loại" if values["eligibility"] == Eligibility.REQUIRED else f"không xếp loại: {why}"
        )
    if values["items__decision__state"] != DecisionState.PUBLISHED:
        return YearResult(year, of=of, why=NOT_PUBLISHED)
    if values["items__replaced_by"]:
        return YearResult(year, of=of)  # told by the item that replaces it
    points = (values["items__facts"] or {}).get("score")
    return YearResult(
        year,
        level=values["items__level"],
        exemplary=values["items__exemplary"],
        number=values["items__decision__document__number"] or "",
        decided_on=values["items__decision__document__issued_on"],
        decision=values["items__decision"],
        of=of,
        points=points,
    )


def runs_of_organisations(keys, year, predecessors_count=None):
    """{id: Run} of organisations, with what is known of those they took over from; two queries however many they are."""
    rows = Organisation.objects.filter(pk__in=keys)
    before = {}
    for heir, old in rows.filter(predecessors__isnull=False).values_list("pk", "predecessors"):
        before.setdefault(heir, []).append(old)
    everybody = {*keys, *(old for some in before.values() for old in some)}
    results = results_of(organisations(everybody), "organisation_id", five(year))
    known = {row.pk: row for row in rows.only("kind", "established_on")}
    runs = {}
    for key in keys:
        inherited = {}
        for old in before.get(key, ()):
            for result in results.get(old, {}).values():
                inherited.setdefault(result.year, []).append(result)
        own = results.get(key, {})
        own = own if inherited else with_beginning(own, known[key].established_on, NOT_YET_FOUNDED)
        runs[key] = run_of(own, year, subject_of(known[key].kind), inherited, predecessors_count)
    return runs
