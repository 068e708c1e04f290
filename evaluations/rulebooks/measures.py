"""What several regulations measure alike: grades, shares of tasks and of people, who is rated at all, in time or not."""

from datetime import date

from khoi_party.rules.logic import all_of, same_as, share_at_least

from .facts import GRADES


def add_months(day, months):
    """The same day `months` later; the month's last day where it has no such day (31/8 + 6 months is 28/2 or 29/2)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def whole_months(start, end):
    """Full months from `start` to `end`: the most months that can be added to `start` without passing `end`; 0 at least."""
    months = max(0, (end.year - start.year) * 12 + end.month - start.month)
    return months - 1 if months and add_months(start, months) > end else months


def all_grades(grades, least):
    """Whether every grade is at least `least`; None where they are not known."""
    return None if grades is None else all(GRADES[one] >= GRADES[least] for one in grades)


def grade(value, least):
    return None if value is None else GRADES[value] >= GRADES[least]


def within(count, base, rate):
    """Whether `count` is at most `rate` per cent of `base`, in whole numbers."""
    return None if count is None or base is None else 100 * count <= rate * base


def tasks_below(facts, percent):
    """Whether fewer than `percent` per cent of the tasks were done."""
    return None if facts.tasks_done is None or facts.tasks is None else 100 * facts.tasks_done < percent * facts.tasks


def most_are_good(rated, good, lowest):
    """None at the lowest level and four fifths at the second or better: of those that are rated."""
    return all_of(same_as(lowest, 0), share_at_least(good, rated, 4, 5))


def member_eligibility(facts, new_member, *needed):
    """exempt, `new_member` for those under six months, True for those who must be rated, None while one of the `needed` facts is missing."""
    if facts.exempt or facts.suspended:
        return "exempt"
    if facts.months_since_admission is not None and facts.months_since_admission < 6:
        return new_member
    return None if any(getattr(facts, name) is None for name in needed) else True


def word_if(answer, word):
    return None if answer is None else word if answer else True


def finished_in_time(f):
    """Before 31/12 of the year rated, or before 15/01 of the next for special bodies. The year is the one whose winter `finished_on` is in."""
    if f.finished_on is None or f.special_body is None:
        return None
    year = f.finished_on.year - (f.finished_on.month < 7)
    return f.finished_on < (date(year + 1, 1, 15) if f.special_body else date(year, 12, 31))
