"""A committee's terms, their targets, and the yearly figures that are typed with their source."""

from django.core.exceptions import PermissionDenied, ValidationError

from cells.enums import Base, Indicator
from cells.models import Organisation, Target, Term
from cells.permissions import can_edit_organisation
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError

FIRST_YEAR, LONGEST = 2014, 9  # the first year that a regulation is known for; more years are a slip of the finger
TERM_FIELDS = ("label", "congress_on", "next_congress_on", "congress_ordinal", "legal_basis", "first_year", "last_year")
TARGET_FIELDS = ("indicator", "span", "operator", "low", "high", "base", "wording", "source", "position")


def save_term(organisation, values, *, term=None, by):
    """Create or change a term of `organisation` from `values` (of TERM_FIELDS). Returns the Term.

    DomainError when a year would count in two terms, or the congresses are out of order.
    """
    if not can_edit_organisation(by, organisation):
        raise PermissionDenied
    with change(by=by):
        locked(Organisation.objects.filter(pk=organisation.pk)).get()
        one = term or Term(organisation=organisation)
        for name in TERM_FIELDS:
            setattr(one, name, values[name])
        _refuse_overlap(one)
        _save(one)
        record("term.saved", one, summary=f"Lưu nhiệm kỳ {one.label}.", organisation=organisation, **{n: values[n] for n in TERM_FIELDS})
    return one


def _refuse_overlap(term):
    if not term.first_year >= FIRST_YEAR or term.last_year - term.first_year > LONGEST:
        raise DomainError(f"Nhiệm kỳ tính từ năm {FIRST_YEAR} và không quá {LONGEST + 1} năm đánh giá.", field="first_year")
    if term.next_congress_on and term.next_congress_on <= term.congress_on:
        raise DomainError("Đại hội kế tiếp phải sau đại hội mở đầu nhiệm kỳ.", field="next_congress_on")
    others = Term.objects.filter(organisation=term.organisation).exclude(pk=term.pk)
    other = others.filter(first_year__lte=term.last_year, last_year__gte=term.first_year).first()
    if other:
        raise DomainError(f"Năm đánh giá trùng với nhiệm kỳ {other.label} ({other.first_year}-{other.last_year}).", field="first_year")


def _save(row):
    """Save what satisfies its own rules; a rule's sentence becomes the DomainError."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise DomainError(" ".join(sentences), field=field) from error
    row.save()


def save_target(term, values, *, target=None, by):
    """Create or change a target of `term` from `values` (of TARGET_FIELDS). DomainError for an incomplete range. Returns the Target."""
    if not can_edit_organisation(by, term.organisation):
        raise PermissionDenied
    with change(by=by):
        one = target or Target(term=term)
        for name in TARGET_FIELDS:
            setattr(one, name, values[name])
        _refuse_value(one)
        _save(one)
        record("target.saved", one, summary="Lưu chỉ tiêu.", organisation=term.organisation, **{n: values[n] for n in TARGET_FIELDS})
    return one


BASES = {
    Indicator.ADMISSIONS: (Base.NONE,),
    Indicator.ORGANISATIONS_GOOD: (Base.RATED_ORGANISATIONS, Base.ALL_ORGANISATIONS),
    Indicator.ORGANISATIONS_EXCELLENT: (Base.RATED_ORGANISATIONS, Base.GOOD_OR_BETTER_ORGANISATIONS, Base.ALL_ORGANISATIONS),
    Indicator.MEMBERS_GOOD: (Base.RATED_MEMBERS,),
    Indicator.MEMBERS_EXCELLENT: (Base.RATED_MEMBERS, Base.GOOD_OR_BETTER_MEMBERS),
    Indicator.AGENCIES_TASK: (Base.RATED_ORGANISATIONS, Base.ALL_ORGANISATIONS),
}


def _refuse_value(target):
    """A share lies between 0 and 100 of a base that its indicator can have; a number of people is not below 0."""
    most = None if target.indicator == Indicator.ADMISSIONS else 100
    for name in ("low", "high"):
        value = getattr(target, name)
        if value is not None and (value < 0 or (most is not None and value > most)):
            raise DomainError("Tỷ lệ phải từ 0 đến 100%." if most else "Số người không được nhỏ hơn 0.", field=name)
    if target.base not in BASES[target.indicator] and (target.base == Base.NONE) == (target.indicator == Indicator.ADMISSIONS):
        allowed = " hoặc ".join(Base(base).label for base in BASES[target.indicator])
        raise DomainError(f"Chỉ tiêu này phải tính trên {allowed}.", field="base")


def remove_target(target, *, by):
    """Take a target out of its term; the trail keeps what it said."""
    organisation = target.term.organisation
    if not can_edit_organisation(by, organisation):
        raise PermissionDenied
    with change(by=by):
        record("target.removed", target, summary="Bỏ chỉ tiêu.", organisation=organisation, **{n: getattr(target, n) for n in TARGET_FIELDS})
        target.delete()
