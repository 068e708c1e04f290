"""What the product itself knows of a row's case, as facts for the rules. What it does not know stays out: the verdict then says so.

The cap is left to the quota bar: its base, group and rounding are settings of the root, not facts of one row.
"""

from collections import Counter

from cells.enums import CELL_KINDS
from evaluations.enums import Eligibility, Subject, Voice
from evaluations.models import Review
from evaluations.permissions import sees_unpublished
from evaluations.rulebooks.facts import CELL, COLLECTIVE, COMMITTEE, MEMBER, facts_for
from evaluations.rulebooks.measures import whole_months
from khoi_party.common.tree import subtree_q


def subject_of(review):
    """How the rules call the subject of `review`."""
    if review.subject == Subject.MEMBER:
        return MEMBER
    if review.subject == Subject.COLLECTIVE:
        return COLLECTIVE
    return CELL if review.sheet.organisation_kind in CELL_KINDS else COMMITTEE


def known_facts(review, user):
    """{name: value} of what is known of `review` (with sheet, cycle and member selected) as far as `user` may see it."""
    year = review.sheet.cycle.year
    found = _of_member(review) if review.subject == Subject.MEMBER else _of_organisation(review, user)
    asked = {fact.name for fact in facts_for(year, subject_of(review))}
    return {name: value for name, value in found.items() if name in asked and value is not None}


def _of_member(review):
    agency = review.opinions.filter(voice=Voice.AGENCY).first()
    found = {
        "civil_servant": review.is_civil_servant,
        "civil_servant_level": agency.level if agency else None,
        "temporary_here": review.eligibility == Eligibility.NOT_SUBJECT,
        "exempt": review.eligibility == Eligibility.EXEMPT and review.member is not None and review.member.is_exempt,
    }
    if review.member:
        found["months_since_admission"] = whole_months(review.member.admitted_on, review.sheet.cycle.cutoff_on)
    return found


def _of_organisation(review, user):
    organisation, cycle = review.organisation, review.sheet.cycle
    found = {"months_since_founding": whole_months(organisation.established_on, cycle.cutoff_on)}
    below = Review.objects.present().filter(sheet__cycle=cycle, decided_level__isnull=False)
    if not sees_unpublished(user, review.decided_by):
        below = below.exclude(pk__in=below.unpublished().values("pk"))
    if review.sheet.organisation_kind in CELL_KINDS:
        members = below.filter(sheet=review.sheet, subject=Subject.MEMBER)
        return found | _counts(members, review.sheet.reviews.present().filter(subject=Subject.MEMBER), "members")
    units = below.filter(subtree_q("sheet__path", review.sheet.path), subject=Subject.ORGANISATION).exclude(pk=review.pk)
    all_units = Review.objects.present().filter(subtree_q("sheet__path", review.sheet.path), sheet__cycle=cycle, subject=Subject.ORGANISATION)
    return found | _counts(units, all_units.exclude(pk=review.pk), "units")


def _counts(decided, everybody, word):
    """Counts of the rated, once all who must be rated are: a share of some of them would mislead."""
    levels = Counter(decided.values_list("decided_level", flat=True))
    rated = sum(levels.values())
    if not rated or everybody.filter(eligibility=Eligibility.REQUIRED).count() != rated:
        return {}
    return {f"{word}_rated": rated, f"{word}_good": levels[1] + levels[2], f"{word}_lowest": levels[4]}
