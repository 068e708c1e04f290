"""What a paper may be about, for one person: the choices of the form that asks for it."""

from dataclasses import dataclass
from typing import Any

from cells.enums import CELL_KINDS
from cells.models import Organisation, Term
from evaluations.models import BallotRound, CommendationRound, Cycle, Decision, Registration, ReviewSheet
from reports.enums import About
from reports.permissions import can_build

CYCLES_SHOWN = 3
MOST = 400


@dataclass(frozen=True)
class Choice:
    """`key` stands in the form and in addresses; `subject` is what services.request_paper takes."""

    key: str
    label: str
    organisation: Organisation
    subject: Any


def choices_of(user, recipe, wanted=""):
    """The Choices of `user` for papers of `recipe`, newest first; only of organisations that `user` may build papers of.

    `wanted` is a key that is offered too where it is older than what is usually shown: the page of an old row leads here.
    """
    found = _READ[recipe.about](user, wanted)
    return [one for one in found if can_build(user, one.organisation) and recipe.fits(one.subject or one.organisation)][:MOST]


def chosen(user, recipe, key):
    """The Choice of `key`, or None for one that `user` does not have."""
    return next((one for one in choices_of(user, recipe, key) if one.key == key), None)


def _newest(rows, wanted, most):
    """The first `most` of `rows`; before them the one whose id is `wanted`, where it is not among them."""
    found = list(rows[:most])
    if wanted.isdecimal() and all(str(row.pk) != wanted for row in found):
        found = [*rows.filter(pk=int(wanted)), *found]
    return found


def _terms(user, wanted):
    for term in Term.objects.visible_to(user).select_related("organisation").order_by("organisation__path", "-first_year"):
        yield Choice(str(term.pk), f"{term.label}, {term.organisation.name}", term.organisation, term)


def _cycles(user, wanted):
    """A cycle with each committee under its root: all of them report on the year."""
    committees = list(Organisation.objects.visible_to(user).filter(dissolved_on=None).exclude(kind__in=CELL_KINDS).order_by("path"))
    cycles = Cycle.objects.visible_to(user).select_related("root").order_by("-year")
    for cycle in _newest(cycles, wanted.partition("-")[0], CYCLES_SHOWN):
        for one in committees:
            if one.path.startswith(cycle.root.path):
                yield Choice(f"{cycle.pk}-{one.pk}", f"Năm {cycle.year}, {one.name}", one, cycle)


def _sheets(user, wanted):
    rows = ReviewSheet.objects.visible_to(user).select_related("organisation", "cycle").order_by("-cycle__year", "path")
    return (Choice(str(row.pk), f"Năm {row.cycle.year}, {row.organisation_name}", row.organisation, row) for row in _newest(rows, wanted, MOST))


def _registrations(user, wanted):
    rows = Registration.objects.visible_to(user).select_related("organisation", "cycle").order_by("-cycle__year", "organisation__path")
    return (Choice(str(row.pk), f"Năm {row.cycle.year}, {row.organisation.name}", row.organisation, row) for row in _newest(rows, wanted, MOST))


def _ballots(user, wanted):
    rows = BallotRound.objects.visible_to(user).select_related("organisation", "cycle").order_by("-held_on", "-pk")
    for row in _newest(rows, wanted, MOST):
        about = f"{row.get_subject_display().lower()} năm {row.cycle.year}, {str(row).lower()}"
        yield Choice(str(row.pk), f"{row.organisation.name}, {about}", row.organisation, row)


def _decisions(user, wanted):
    rows = Decision.objects.visible_to(user).select_related("body", "cycle").order_by("-cycle__year", "-pk")
    return (Choice(str(row.pk), f"{row.title}, {row.body.committee_name}", row.body, row) for row in _newest(rows, wanted, MOST))


def _rounds(user, wanted):
    rows = CommendationRound.objects.visible_to(user).select_related("body").order_by("-year", "-pk")
    return (Choice(str(row.pk), f"{row.title}, {row.body.committee_name}", row.body, row) for row in _newest(rows, wanted, MOST))


def _organisations(user, wanted):
    rows = Organisation.objects.visible_to(user).filter(dissolved_on=None).order_by("path")
    return (Choice(str(row.pk), row.name, row, None) for row in _newest(rows, wanted, MOST))


_READ = {
    About.TERM: _terms,
    About.CYCLE: _cycles,
    About.SHEET: _sheets,
    About.REGISTRATION: _registrations,
    About.BALLOT: _ballots,
    About.DECISION: _decisions,
    About.ROUND: _rounds,
    About.DAY: _organisations,
}
