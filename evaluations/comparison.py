"""What units registered against what was decided, year by year, in each year's own words."""

from dataclasses import dataclass, field

from evaluations.enums import Subject
from evaluations.models import Registration, Review
from evaluations.rulebooks import rulebook_for


@dataclass(slots=True)
class Year:
    """One unit in one year; `kept`: whether the result is at least what was registered, None while either is not known."""

    year: int
    registered: int | None = None
    registered_name: str = ""
    decided: int | None = None
    decided_name: str = ""

    @property
    def kept(self):
        return self.decided <= self.registered if self.decided and self.registered else None


@dataclass(slots=True)
class Line:
    pk: int
    name: str
    years: list = field(default_factory=list)

    @property
    def kept_years(self):
        return sum(year.kept is True for year in self.years)


def lines_of(registrations, years, user):
    """A Line per organisation of `registrations`, from three queries however many there are. Results that are not published stay out."""
    organisations = {row.organisation_id: row.organisation for row in registrations}
    wanted = {"organisation__in": organisations}
    registered = Registration.objects.filter(**wanted, cycle__year__in=years, level__isnull=False).values_list("organisation", "cycle__year", "level")
    aimed = {(pk, year): level for pk, year, level in registered}
    rows = Review.objects.visible_to(user).present().filter(**wanted, subject=Subject.ORGANISATION, sheet__cycle__year__in=years)
    rows = rows.filter(decided_level__isnull=False)
    unpublished = rows.unpublished().values("pk")
    decided = {
        (pk, year): level for pk, year, level in rows.exclude(pk__in=unpublished).values_list("organisation", "sheet__cycle__year", "decided_level")
    }
    books = {year: rulebook_for(year) for year in years}
    return [
        Line(pk, one.name, [_year(books[year], year, aimed.get((pk, year)), decided.get((pk, year))) for year in years])
        for pk, one in organisations.items()
    ]


def _year(book, year, registered, decided):
    return Year(year, registered, book.level_short(registered, "organisation"), decided, book.level_short(decided, "organisation"))
