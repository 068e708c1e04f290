"""What is known of the cases of many rows, as facts for the rules, from a fixed number of queries. What is not known stays out: the
verdict then says so. The cap is left to the quota bar: its base, group and rounding are settings of the root, not facts of one row."""

from collections import Counter, defaultdict

from cells.enums import CELL_KINDS
from cells.models import Organisation
from evaluations.enums import Eligibility, Subject, Voice
from evaluations.models import Opinion, Review
from evaluations.permissions import sees_unpublished
from evaluations.rulebooks.facts import CELL, COLLECTIVE, COMMITTEE, MEMBER, facts_for
from evaluations.rulebooks.judging import judge
from evaluations.rulebooks.measures import whole_months
from evaluations.rulebooks.scores import ScoreError
from evaluations.services.scoring import score_sheets

COLUMNS = (
    "pk",
    "sheet_id",
    "subject",
    "member_id",
    "organisation_id",
    "eligibility",
    "decided_level",
    "decided_by_id",
    "is_civil_servant",
    "removed_at",
    "member__admitted_on",
    "member__is_exempt",
    "organisation__established_on",
    "sheet__organisation_kind",
    "sheet__path",
    "entered__values",
    "entered__points",
    "former_remark__months",
    "former_remark__given_at",
)


def subject_of(kind, organisation_kind):
    """How the rules call the subject of a row, from its subject and its sheet's kind of organisation."""
    if kind == Subject.MEMBER:
        return MEMBER
    if kind == Subject.COLLECTIVE:
        return COLLECTIVE
    return CELL if organisation_kind in CELL_KINDS else COMMITTEE


def rows_of(reviews):
    """The rows as `facts_of` reads them."""
    return list(reviews.values(*COLUMNS))


def verdicts_of(cycle, rows, user, **given):
    """{review id: Verdict} of `rows`; arguments as for `facts_of`."""
    facts = facts_of(cycle, rows, user, **given)
    return {row["pk"]: judge(cycle.year, subject_of(row["subject"], row["sheet__organisation_kind"]), facts[row["pk"]]) for row in rows}


def facts_of(cycle, rows, user, *, agency=None, levels=None, everybody=None):
    """{review id: {fact: value}} of `rows` (mappings with COLUMNS) of one `cycle`, as far as `user` may see (None: the
    deciding body itself, which sees all).

    `agency` {review id: level} saves the query for the civil-service levels; `everybody` (rows too) are all
    rows of the sheets meant with `levels` {review id: level that the reader sees}, which saves counting them anew.
    """
    known = _Known(cycle, rows, user, agency, levels, everybody)
    return {row["pk"]: known.facts(row) for row in rows}


class _Known:
    def __init__(self, cycle, rows, user, agency, levels, everybody):
        self.cycle, self.user = cycle, user
        self.asked = {subject: {fact.name for fact in facts_for(cycle.year, subject)} for subject in (MEMBER, CELL, COMMITTEE, COLLECTIVE)}
        self.agency = _agency_levels([row["pk"] for row in rows]) if agency is None else agency
        self.sheets = score_sheets(cycle) if any(row["entered__points"] for row in rows) else None
        self.counts = self._of_members(rows, levels, everybody) | self._of_units(rows)

    def facts(self, row):
        subject = subject_of(row["subject"], row["sheet__organisation_kind"])
        found = self._member(row) if subject == MEMBER else self._organisation(row)
        found = found | self._entered(row, subject)
        return {name: value for name, value in found.items() if value is not None and name in self.asked[subject]}

    def _entered(self, row, subject):
        values = row["entered__values"] or {}
        if not row["entered__points"]:
            return values
        sheet = self.sheets.of(subject, values.get("leads"))
        try:
            return values | {"score": sheet.score(row["entered__points"])}
        except ScoreError:  # the sheet was changed since: the old points do not fit it
            return values

    def _member(self, row):
        return {
            "civil_servant": row["is_civil_servant"],
            "civil_servant_level": self.agency.get(row["pk"]),
            "temporary_here": row["eligibility"] == Eligibility.NOT_SUBJECT,
            "exempt": bool(row["eligibility"] == Eligibility.EXEMPT and row["member__is_exempt"]),
            "months_since_admission": whole_months(row["member__admitted_on"], self.cycle.cutoff_on) if row["member__admitted_on"] else None,
            "months_at_former_cell": row["former_remark__months"] or 0,
            "former_cell_commented": None if row["former_remark__months"] is None else row["former_remark__given_at"] is not None,
        }

    def _organisation(self, row):
        founded = row["organisation__established_on"]
        found = {"months_since_founding": whole_months(founded, self.cycle.cutoff_on) if founded else None, "decided_by_right_body": True}
        return found | self.counts.get(row["pk"], {})

    def _of_members(self, rows, levels, everybody):
        """Counts of the members of cells that rate themselves among `rows`."""
        cells = [row for row in rows if row["subject"] == Subject.ORGANISATION and row["sheet__organisation_kind"] in CELL_KINDS]
        if not cells:
            return {}
        below = everybody if levels is not None else rows_of(Review.objects.filter(sheet__in=[row["sheet_id"] for row in cells]))
        if levels is None:
            levels = self._shown_levels(below)
        members = defaultdict(list)
        for row in below:
            if row["subject"] == Subject.MEMBER and row["eligibility"] == Eligibility.REQUIRED and row["removed_at"] is None:
                members[row["sheet_id"]].append(levels.get(row["pk"]))
        return {row["pk"]: _counts(members[row["sheet_id"]], "members") for row in cells}

    def _of_units(self, rows):
        """Counts of the units below committees that rate themselves among `rows`."""
        committees = [row for row in rows if row["subject"] == Subject.ORGANISATION and row["sheet__organisation_kind"] not in CELL_KINDS]
        if not committees:
            return {}
        units = rows_of(Review.objects.present().filter(sheet__cycle=self.cycle, subject=Subject.ORGANISATION, eligibility=Eligibility.REQUIRED))
        levels, found = self._shown_levels(units), {}
        for row in committees:
            path = row["sheet__path"]
            found[row["pk"]] = _counts(
                [levels.get(one["pk"]) for one in units if one["sheet__path"].startswith(path) and one["pk"] != row["pk"]], "units"
            )
        return found

    def _shown_levels(self, rows):
        """{review id: level} without those that are issued only and that the reader, being below the deciding body, does not see yet."""
        hidden = set(Review.objects.filter(pk__in=[row["pk"] for row in rows if row["decided_level"]]).unpublished().values_list("pk", flat=True))
        bodies = Organisation.objects.in_bulk({row["decided_by_id"] for row in rows if row["pk"] in hidden})
        reads = {pk: self.user is None or sees_unpublished(self.user, body) for pk, body in bodies.items()}
        return {row["pk"]: row["decided_level"] for row in rows if row["pk"] not in hidden or reads[row["decided_by_id"]]}


def _agency_levels(ids):
    given = Opinion.objects.filter(review__in=ids, voice=Voice.AGENCY, level__isnull=False)
    return dict(given.values_list("review_id", "level"))


def _counts(levels, word):
    """Counts of the rated, once all who must be rated are: a share of some of them would mislead."""
    if not levels or None in levels:
        return {}
    counted = Counter(levels)
    return {f"{word}_rated": len(levels), f"{word}_good": counted[1] + counted[2], f"{word}_lowest": counted[4]}
