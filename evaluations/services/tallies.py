"""The totals of a sheet, replaced whole whenever its decided levels change."""

from django.db.models import Count

from evaluations.models import Review, SheetTally

KEYS = ("sheet", "subject", "organisation__kind", "eligibility", "decided_level", "exemplary")


def _counts(sheets):
    rows = Review.objects.present().filter(sheet__in=sheets).order_by().values_list(*KEYS).annotate(number=Count("pk"))
    return {tuple(key): number for *key, number in rows}


def replace_tallies(sheets):
    """Recount `sheets` (a list of ReviewSheet) and replace their tallies."""
    by_id = {sheet.pk: sheet for sheet in sheets}
    SheetTally.objects.filter(sheet__in=sheets).delete()
    SheetTally.objects.bulk_create(
        SheetTally(
            sheet=by_id[sheet_id],
            cycle_id=by_id[sheet_id].cycle_id,
            path=by_id[sheet_id].path,
            subject=subject,
            organisation_kind=by_id[sheet_id].organisation_kind if kind else "",
            eligibility=eligibility,
            level=level,
            exemplary=exemplary,
            count=number,
        )
        for (sheet_id, subject, kind, eligibility, level, exemplary), number in sorted(_counts(sheets).items(), key=str)
    )


def wrong_tallies(cycle):
    """The names of the sheets of `cycle` whose stored tallies differ from a fresh count of their rows."""
    sheets = list(cycle.sheets.filter(tallies__isnull=False).distinct())
    fresh, stored = {}, {}
    for (sheet_id, subject, _, eligibility, level, exemplary), number in _counts(sheets).items():
        fresh.setdefault(sheet_id, {})[subject, eligibility, level, exemplary] = number
    for tally in SheetTally.objects.filter(cycle=cycle):
        stored.setdefault(tally.sheet_id, {})[tally.subject, tally.eligibility, tally.level, tally.exemplary] = tally.count
    return [sheet.organisation_name for sheet in sheets if fresh.get(sheet.pk) != stored.get(sheet.pk)]
