"""How the targets of a term stand. Exact arithmetic on whole numbers; what is not known is pending, never guessed."""

from collections import defaultdict
from decimal import Decimal

from cells.enums import Base, Indicator, Operator, Span
from cells.models import YearFigure
from cells.standing import bases_below, counting_day
from evaluations.rulebooks import rulebook_for
from reports.figures.admissions import admission_years, last_day_of
from reports.figures.levels import level_years
from reports.figures.values import BASES, CLOSED, MEMBERS, MISSED, PENDING, REACHED, TargetResult, YearShare

SUBJECTS = {
    Indicator.ORGANISATIONS_GOOD: BASES,
    Indicator.ORGANISATIONS_EXCELLENT: BASES,
    Indicator.MEMBERS_GOOD: MEMBERS,
    Indicator.MEMBERS_EXCELLENT: MEMBERS,
}


def progress(term, on):
    """The TargetResult of every target of `term` as it stands on the date `on`, in the order of the resolution."""
    years = [year for year in term.years if year <= on.year]
    organisation = term.organisation
    return results(term, on, level_years(organisation, years), admission_years(organisation, term, on), task_shares(organisation, years, on))


def results(term, on, levels, admissions, tasks):
    """Like `progress`, from figures that have been read already."""
    return tuple(_result(target, term, on, levels, admissions, tasks) for target in term.targets.all())


def task_shares(organisation, years, on):
    """YearShare per year of base organisations whose agency did its political task well, by the typed yearly figures; not yet judged."""
    rows = YearFigure.objects.known().filter(key=YearFigure.Key.AGENCY_TASK_DONE_WELL, year__in=years).values_list("year", "organisation", "value")
    given = defaultdict(dict)
    for year, unit, value in rows:
        given[year][unit] = value == 1
    found = []
    for year in years:
        bases = bases_below(organisation, counting_day(year, on)).values_list("organisation", flat=True) if given[year] else ()
        known = [given[year][unit] for unit in bases if unit in given[year]]
        total = len(bases) if known else 0
        found.append(YearShare(year, sum(known), total, total - len(known), None))
    return tuple(found)


def _result(target, term, on, levels, admissions, tasks):
    over = term.next_congress_on is not None and last_day_of(term, on) < on
    values = {
        "target_id": target.pk,
        "indicator": target.indicator,
        "span": target.span,
        "operator": target.operator,
        "low": f"{target.low.normalize():f}",
        "high": None if target.high is None else f"{target.high.normalize():f}",
        "base_name": "" if target.base == Base.NONE else target.get_base_display(),
        "wording": target.wording,
        "source": target.source,
    }
    if target.indicator == Indicator.ADMISSIONS:
        total = sum(year.count for year in admissions)
        spans = len(term.years) if target.span == Span.YEARLY_AVERAGE else 1
        return TargetResult(**values, total=total, span_years=spans, outcome=_of_count(target, total, spans, over))
    shares = tuple(_judged(target, share) for share in _shares(target, levels, tasks))
    return TargetResult(**values, years=shares, outcome=_of_shares(target, shares, len(term.years)))


def _of_count(target, total, spans, over):
    """A count only grows: once enough it stays so, and too few is final only when the term is over."""
    enough = total > target.low * spans if target.operator == Operator.MORE_THAN else total >= target.low * spans
    if target.operator == Operator.EXACTLY:
        return PENDING if not over else REACHED if total == target.low * spans else MISSED
    return REACHED if enough else MISSED if over else PENDING


def _shares(target, levels, tasks):
    if target.indicator == Indicator.AGENCIES_TASK:
        return tasks
    return tuple(_share(target, year) for year in levels[SUBJECTS[target.indicator]])


def _share(target, year):
    excellent = target.indicator in (Indicator.ORGANISATIONS_EXCELLENT, Indicator.MEMBERS_EXCELLENT)
    part = year.counts.get(1, 0) if excellent else year.good_or_better
    if target.base in (Base.GOOD_OR_BETTER_ORGANISATIONS, Base.GOOD_OR_BETTER_MEMBERS):
        base = year.good_or_better
    elif target.base == Base.ALL_ORGANISATIONS:
        base = year.decided + year.unrated
    else:
        base = year.decided
    other_series = target.indicator == Indicator.ORGANISATIONS_EXCELLENT and rulebook_for(year.year).top_series != "HTXSNV"
    if year.state != CLOSED or other_series:
        return YearShare(year.year, 0, 0, 1, None)  # "trong sạch, vững mạnh" is not "hoàn thành xuất sắc nhiệm vụ"
    return YearShare(year.year, part, base, 0, None)


def _judged(target, share):
    """`share` with its verdict: even at best not enough is a miss, even at worst enough is a success."""
    if not share.base:
        return share
    worst, best = _meets(target, share.part, share.base), _meets(target, share.part + share.missing, share.base)
    return YearShare(share.year, share.part, share.base, share.missing, worst if worst == best else None)


def _meets(target, part, base):
    """Whether `part` of `base` satisfies the target, in per cent; a range is met inside it only."""
    value, low = Decimal(part * 100), target.low * base
    match target.operator:
        case Operator.MORE_THAN:
            return value > low
        case Operator.BETWEEN:
            return low <= value <= target.high * base
        case Operator.EXACTLY:
            return value == low
    return value >= low


def _of_shares(target, shares, years):
    """Every single year must meet a yearly target; an average is taken over all years together once all of them are known."""
    if target.span == Span.EACH_YEAR:
        verdicts = [share.met for share in shares]
        if False in verdicts:
            return MISSED
        return REACHED if len(verdicts) == years and all(verdicts) else PENDING
    if len(shares) < years or any(share.missing or not share.base for share in shares):
        return PENDING
    part, base = sum(share.part for share in shares), sum(share.base for share in shares)
    return REACHED if _meets(target, part, base) else MISSED
