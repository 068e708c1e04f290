"""Members admitted between two congresses, by the calendar years that the term touches."""

from datetime import date, timedelta

from members.enums import Gender
from members.models import MembershipEvent
from members.statistics import age_on, is_minority
from reports.figures.values import AdmissionYear


def last_day_of(term, as_of):
    """The last day that the term's admissions are counted to: the eve of the next congress, or `as_of` before that."""
    return min(term.next_congress_on - timedelta(1), as_of) if term.next_congress_on else as_of


def admitted(organisation, first_day, last_day):
    """The admissions from `first_day` to `last_day` into cells that stood inside `organisation` on the day of the ceremony."""
    return MembershipEvent.objects.admitted_into(organisation, first_day, last_day)


def admission_years(organisation, term, as_of):
    """An AdmissionYear per calendar year from the congress to the day before the next one, or to `as_of`."""
    end = last_day_of(term, as_of)
    keys = ("effective_on", "member__gender", "member__ethnicity", "member__born_on")
    people = list(admitted(organisation, term.congress_on, end).values_list(*keys))
    final = term.next_congress_on - timedelta(1) if term.next_congress_on else None
    found = []
    for year in range(term.congress_on.year, end.year + 1):
        first, last = max(date(year, 1, 1), term.congress_on), min(date(year, 12, 31), final or date(year, 12, 31))
        found.append(_year(year, first, last, [one for one in people if first <= one[0] <= last], complete=last < as_of))
    return tuple(found)


def _year(year, first, last, people, *, complete):
    ages = [age_on(born_on, day) for day, _, _, born_on in people if born_on]
    return AdmissionYear(
        year,
        first,
        last,
        len(people),
        complete,
        women=sum(gender == Gender.FEMALE for _, gender, _, _ in people),
        minority=sum(is_minority(ethnicity) for _, _, ethnicity, _ in people),
        no_ethnicity=sum(not ethnicity for _, _, ethnicity, _ in people),
        ages=sum(ages),
        ages_known=len(ages),
    )
