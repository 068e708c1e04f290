"""What a paper may be about, for one person: the choices of the form that asks for it."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from cells.enums import CELL_KINDS
from cells.models import Organisation, Term
from evaluations.models import BallotRound, CommendationRound, Cycle, Decision, Registration, ReviewSheet
from reports.enums import About
from reports.permissions import builds_somewhere, can_build

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
    """The Choices of `user` for papers of `recipe`, newest first, MOST at the most; one that was `wanted` (its key) by a link is among them."""
    found = list(islice(_fitting(user, recipe), MOST))
    if wanted and wanted not in {one.key for one in found}:
        found += filter(None, [chosen(user, recipe, wanted)])
    return found


def has_choices(user, recipe):
    """Whether `user` may make a paper of `recipe` at all."""
    return next(_fitting(user, recipe), None) is not None


def chosen(user, recipe, key):
    """The Choice of `key`, or None for one that `user` does not have."""
    return next((one for one in _fitting(user, recipe, key) if one.key == key), None)


def _fitting(user, recipe, key=""):
    """What `recipe` can be made of, in organisations that `user` may build papers of; with a `key` no more than what it means is read."""
    if not builds_somewhere(user):
        return
    for one in _READ[recipe.about](user, key):
        is_of_kind = not recipe.kinds or one.organisation.kind in recipe.kinds
        if is_of_kind and can_build(user, one.organisation) and recipe.fits(one.subject or one.organisation):
            yield one


def _read(rows, key):
    """All of `rows`, or with a `key` the one that it means."""
    if not key:
        return rows.iterator()
    return rows.filter(pk=int(key)) if key.isascii() and key.isdigit() and len(key) < 18 else rows.none()


def _terms(user, key):
    for term in _read(Term.objects.visible_to(user).select_related("organisation").order_by("organisation__path", "-first_year"), key):
        yield Choice(str(term.pk), f"{term.label}, {term.organisation.name}", term.organisation, term)


def _cycles(user, key):
    """A cycle with each committee under its root: all of them report on the year. Older years than those shown are there for who asks by name."""
    cycles = Cycle.objects.visible_to(user).select_related("root").order_by("-year")
    committees = list(Organisation.objects.visible_to(user).filter(dissolved_on=None).exclude(kind__in=CELL_KINDS).order_by("path"))
    for cycle in _read(cycles, key.partition("-")[0]) if key else cycles[:CYCLES_SHOWN]:
        for one in committees:
            if one.path.startswith(cycle.root.path):
                yield Choice(f"{cycle.pk}-{one.pk}", f"Năm {cycle.year}, {one.name}", one, cycle)


def _sheets(user, key):
    rows = ReviewSheet.objects.visible_to(user).select_related("organisation", "cycle").order_by("-cycle__year", "path")
    return (Choice(str(row.pk), f"Năm {row.cycle.year}, {_called(row)}", row.organisation, row) for row in _read(rows, key))


def _called(sheet):
    """The unit with what stands above it: many cells of different bases have one name."""
    return f"{sheet.organisation_name} ({sheet.superior_name})" if sheet.superior_name else sheet.organisation_name


def _registrations(user, key):
    rows = Registration.objects.visible_to(user).select_related("organisation", "cycle").order_by("-cycle__year", "organisation__path")
    for row in _read(rows, key):
        to = f" (gửi {row.superior_name})" if row.superior_name else ""
        yield Choice(str(row.pk), f"Năm {row.cycle.year}, {row.organisation.name}{to}", row.organisation, row)


def _ballots(user, key):
    rows = BallotRound.objects.visible_to(user).select_related("organisation", "cycle").order_by("-held_on", "-pk")
    for row in _read(rows, key):
        about = f"{row.get_subject_display().lower()} năm {row.cycle.year}, {str(row).lower()}"
        yield Choice(str(row.pk), f"{row.organisation.name}, {about}", row.organisation, row)


def _decisions(user, key):
    rows = Decision.objects.visible_to(user).select_related("body", "cycle", "document").order_by("-cycle__year", "-pk")
    return (Choice(str(row.pk), f"{row.title}, {row.body.committee_name} ({_stands(row)})", row.body, row) for row in _read(rows, key))


def _stands(decision):
    """Its number, or how far it has come: a body decides under one title many times a year."""
    return f"số {decision.document.number}" if decision.document else decision.get_state_display().lower()


def _rounds(user, key):
    rows = CommendationRound.objects.visible_to(user).select_related("body").order_by("-year", "-pk")
    return (Choice(str(row.pk), f"{row.title}, {row.body.committee_name}", row.body, row) for row in _read(rows, key))


def _organisations(user, key):
    rows = Organisation.objects.visible_to(user).filter(dissolved_on=None).order_by("path")
    return (Choice(str(row.pk), row.name, row, None) for row in _read(rows, key))


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
