"""Leadership collectives and leading cadres of one year: what is known of each step, from the reviews and from results given elsewhere."""

from django.db.models import Q

from cells.enums import BASE_KINDS, OrganisationKind
from cells.models.organisations import committee_of
from evaluations.enums import Eligibility, OutsideKind, Subject, Voice
from evaluations.models import Opinion, OutsideRating, Review
from khoi_party.common.tree import subtree_q
from reports.figures.year_values import Judged
from reports.figures.year_work import reports_of

DECIDES_ALL = (*BASE_KINDS, OrganisationKind.SUB_COMMITTEE)  # a base decides every member's level: none of them is a cadre for that


def collectives(organisation, cycle, path, units):
    """The collectives of which something is known, in the order of the tree. Four queries.

    A collective with a review of its own has all its steps. Of others the result is known where somebody outside gave one; of the committees
    of `units` (ReviewSheets that answer to `organisation`) the level that they gave themselves with the review report they sent.
    """
    found = []
    rated = {one.organisation_id: one for one in collective_ratings(organisation, cycle, path)}
    own = _reviewed(cycle, path)
    said = _levels(own, organisation)
    for row in own:
        outside = rated.pop(row.organisation_id, None) if row.organisation_id else None
        level, source = (row.decided_level, "") if row.decided_level or not outside else (outside.level, str(outside.document))
        judged = Judged(row.name, "", said.get((row.pk, Voice.SELF)), said.get((row.pk, Voice.PROPOSED)), level, source)
        found.append((row.sheet.path, 0, judged))
    for one in rated.values():
        name = f"Tập thể lãnh đạo, quản lý {one.organisation.agency or one.organisation.name}"
        found.append((one.organisation.path, 1, Judged(name, "", None, None, one.level, str(one.document))))
    found += [(sheet_path, 2, judged) for sheet_path, judged in _reported(cycle, path, units)]
    return tuple(judged for *_, judged in sorted(found, key=lambda one: one[:2]))


def collective_ratings(organisation, cycle, path):
    """What others decided on the leadership collectives beside `organisation` and the units of `cycle` inside `path`, in the order of the tree."""
    rows = OutsideRating.objects.of_year(cycle.year).filter(kind=OutsideKind.LEADERSHIP_COLLECTIVE)
    here = rows.filter(organisation=organisation) | rows.filter(organisation__in=cycle.sheets.filter(subtree_q("path", path)).values("organisation"))
    return here.select_related("organisation", "document").order_by("organisation__path", "pk")


def _reviewed(cycle, path):
    rows = Review.objects.present().filter(subtree_q("sheet__path", path), sheet__cycle=cycle, subject=Subject.COLLECTIVE)
    return list(rows.exclude(eligibility=Eligibility.NOT_SUBJECT).select_related("sheet").order_by("sheet__path", "sort_key", "pk"))


def _reported(cycle, path, units):
    """(path, Judged) of the committees of `units` that sent a report and gave themselves a level."""
    sent = reports_of(cycle, path).filter(sheet__in=[unit.pk for unit in units]).values("sheet")
    rows = Opinion.objects.filter(review__sheet__in=sent, review__subject=Subject.ORGANISATION, review__removed_at=None)
    rows = rows.filter(voice=Voice.SELF, level__isnull=False).order_by("review__sheet__path")
    for sheet_path, name, level in rows.values_list("review__sheet__path", "review__sheet__organisation_name", "level"):
        yield sheet_path, Judged(committee_of(name), "", level, None, None, from_report=True)


def cadres(organisation, cycle, path):
    """The members whose level `organisation` decides itself, or whom others rated as leading cadres, in the order of the tree. Three queries."""
    rows = list(cadre_reviews(organisation, cycle, path).select_related("sheet"))
    said = _levels(rows, organisation)
    members = [row.member_id for row in rows if row.member_id]
    ratings = OutsideRating.objects.of_year(cycle.year).filter(kind=OutsideKind.LEADING_CADRE, member__in=members).select_related("document")
    outside = {one.member_id: one for one in ratings}
    return tuple(_cadre(row, said, outside.get(row.member_id), organisation) for row in rows)


def _cadre(row, said, outside, organisation):
    level, source = row.decided_level, ""
    if outside and (level is None or row.decided_by_id != organisation.pk or organisation.kind in DECIDES_ALL):
        level, source = outside.level, str(outside.document)  # the level that a base gives is that of a Party member, not of a cadre
    return Judged(row.name, row.position, said.get((row.pk, Voice.SELF)), said.get((row.pk, Voice.PROPOSED)), level, source)


def cadre_reviews(organisation, cycle, path):
    """The rows of those members. A body that decides on everybody below it has no cadres but those who were rated as such."""
    rows = Review.objects.present().filter(subtree_q("sheet__path", path), sheet__cycle=cycle, subject=Subject.MEMBER)
    rows = rows.exclude(eligibility=Eligibility.NOT_SUBJECT)
    leading = OutsideRating.objects.of_year(cycle.year).filter(kind=OutsideKind.LEADING_CADRE, member__isnull=False)
    found = rows.filter(member__in=leading.values("member"))
    if organisation.kind not in DECIDES_ALL:
        found |= rows.filter(decided_by=organisation)
    return found.order_by("sheet__path", "sort_key", "pk")


def _levels(rows, organisation):
    """{(review id, voice): level} of what was said of `rows` by themselves and in the proposal.

    What is proposed to a body above `organisation` is that body's own matter until it has decided.
    """
    said = Opinion.objects.filter(review__in=[row.pk for row in rows], level__isnull=False)
    ours = Q(voice=Voice.PROPOSED) & subtree_q("review__decided_by__path", organisation.path)
    said = said.filter(Q(voice=Voice.SELF) | ours)
    return {(review, voice): level for review, voice, level in said.values_list("review", "voice", "level")}
