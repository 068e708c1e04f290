"""Whether a term's figures say the same as the reports of its single years, and where not, why."""

from collections import Counter

import msgspec
from django.db.models import Q

from cells.enums import BASE_KINDS
from evaluations.enums import Subject
from evaluations.models import DecisionItem
from khoi_party.common.dates import date_text
from khoi_party.common.tree import subtree_q
from reports.enums import PaperKind, PaperState
from reports.figures import year as year_figures
from reports.figures.reach import cycles_of
from reports.figures.values import BASES, CELLS, CLOSED, MEMBERS, Difference
from reports.figures.year import BASE_CELLS, BASE_COMMITTEES, YearFigures
from reports.models import Paper

GROUPS = {BASES: (BASE_COMMITTEES, BASE_CELLS), CELLS: (year_figures.CELLS,)}
ALL_RATED = 0
NAMED = 5  # organisations that a reason names


class _Frozen(msgspec.Struct):
    """What is asked of the frozen text of a year's report."""

    figures: YearFigures


def differences(organisation, levels, bases, as_of):
    """A Difference for every number in which the term (`levels`, `bases` of TermFigures) and the report of a closed year disagree.

    The report is the latest finished one of the same organisation, issued ones first; where there is none, what it would say now.
    """
    years = [one.year for one in levels[BASES] if one.state == CLOSED]
    cycles = cycles_of(organisation, years)
    papers = _reports(organisation, cycles)
    found = []
    for year in years:
        if year not in cycles:
            continue
        paper = papers.get(year)
        of_year = _figures_of(paper) or year_figures.collect(organisation, cycles[year], as_of)
        for subject in (CELLS, MEMBERS) if organisation.kind in BASE_KINDS else (BASES, CELLS, MEMBERS):  # its own level is its superior's matter
            term = next(one.counts for one in levels[subject] if one.year == year)
            found += _compared(year, subject, term, _counts(of_year, subject), _name_of(paper), _Reasons(organisation, of_year, bases, paper))
    return tuple(found)


def _reports(organisation, cycles):
    """{year: the Paper that counts as the year's report}."""
    papers = Paper.objects.filter(Q(state=PaperState.DONE) | Q(issued_at__isnull=False), kind=PaperKind.YEAR_REPORT, organisation=organisation)
    papers = papers.filter(cycle__in=list(cycles.values()), finished_at__isnull=False).select_related("cycle")
    return {paper.cycle.year: paper for paper in sorted(papers, key=lambda paper: (paper.is_issued, paper.finished_at))}


def _figures_of(paper):
    """The figures frozen in `paper`; None where there are none, or in a shape that is not known any more."""
    if paper is None:
        return None
    try:
        return msgspec.json.decode(paper.figures, type=_Frozen).figures
    except msgspec.ValidationError:
        return None


def _name_of(paper):
    if paper is None:
        return "báo cáo năm lập từ số liệu hiện có"
    if not paper.is_issued:
        return f"báo cáo năm lập ngày {date_text(paper.finished_at)} (dự thảo)"
    return f"Báo cáo số {paper.number}, ngày {date_text(paper.issued_on)}"


def _counts(of_year, subject):
    """{level: how many} of `subject` in a year's report."""
    if subject == MEMBERS:
        return of_year.members.counts
    return sum((Counter(of_year.groups[group].counts) for group in GROUPS[subject] if group in of_year.groups), Counter())


def _compared(year, subject, term, report, name, reasons):
    for level in (ALL_RATED, 1, 2, 3, 4):
        in_term, in_year = (sum(counts.values()) if level == ALL_RATED else counts.get(level, 0) for counts in (term, report))
        if in_term != in_year:
            yield Difference(year, subject, level, in_term, in_year, name, reasons.of(subject))


class _Reasons:
    """Why the figures of one year may differ; asked only where they do."""

    def __init__(self, organisation, of_year, bases, paper):
        self.organisation, self.of_year, self.bases, self.paper = organisation, of_year, bases, paper

    def of(self, subject):
        return tuple(reason for reason in (self._revised(subject), *self._moved()) if reason)

    def _revised(self, subject):
        """Levels that were decided anew after the report was made."""
        if self.paper is None:
            return ""
        items = DecisionItem.objects.filter(replaces__isnull=False, decision__issued_at__gt=self.paper.finished_at)
        items = items.filter(subtree_q("review__sheet__path", self.organisation.path), review__sheet__cycle=self.of_year.cycle_id)
        items = items.filter(review__subject=Subject.MEMBER if subject == MEMBERS else Subject.ORGANISATION)
        numbers = dict.fromkeys(items.order_by("pk").values_list("decision__document__number", flat=True))
        if not numbers:
            return ""
        return f"{items.count():02d} kết quả được xếp loại lại sau khi lập báo cáo năm ({', '.join(number for number in numbers if number)})"

    def _moved(self):
        """Base organisations that are in one of the two and not in the other."""
        in_term = {base.organisation_id: base.name for base in self.bases if self.of_year.year in base.levels}
        in_year = {unit.organisation_id: unit.name for unit in self.of_year.units if unit.kind in BASE_KINDS}
        if not in_term or not in_year:
            return
        if gone := [name for pk, name in in_year.items() if pk not in in_term]:
            yield f"có trong báo cáo năm, không còn trong số liệu nhiệm kỳ: {_named(gone)}"
        if new := [name for pk, name in in_term.items() if pk not in in_year]:
            yield f"có trong số liệu nhiệm kỳ, không có trong báo cáo năm: {_named(new)}"


def _named(names):
    more = f" và {len(names) - NAMED} tổ chức khác" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
