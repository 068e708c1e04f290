"""Yes, no, and not known: what is not known never turns into a yes or a no."""

import operator


def all_of(*answers):
    """True if all are, False if one is not, None where that cannot be said."""
    if False in answers:
        return False
    return None if None in answers else True


def any_of(*answers):
    """True if one is, False if none is, None where that cannot be said."""
    if True in answers:
        return True
    return None if None in answers else False


def none_of(*answers):
    found = any_of(*answers)
    return None if found is None else not found


def _compared(compare):
    def answer(left, right):
        return None if left is None or right is None else bool(compare(left, right))

    return answer


at_least = _compared(operator.ge)
at_most = _compared(operator.le)
more_than = _compared(operator.gt)
less_than = _compared(operator.lt)
same_as = _compared(operator.eq)


def share_at_least(part, whole, numerator, denominator):
    """Whether `part` of `whole` is at least numerator/denominator, in whole numbers; nobody there is nothing to fall short of."""
    return None if part is None or whole is None else part * denominator >= whole * numerator


def share_more_than(part, whole, numerator, denominator):
    """Whether `part` of `whole` is more than numerator/denominator, in whole numbers."""
    return None if part is None or whole is None else part * denominator > whole * numerator
