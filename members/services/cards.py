"""Cards (danh sách 1-TĐV): who is official and has none; the decision's numbers go into the records one by one."""

from django.core.exceptions import PermissionDenied

from khoi_party.common.errors import DomainError
from members.models import Member
from members.permissions import can_import as can_keep_lists
from members.services.records import edit_member


def without_card(organisation, user):
    """Official members below `organisation` whom `user` sees and whose record has no card number, in the order of the tree."""
    return Member.objects.visible_to(user).in_subtree(organisation).filter(state="official", card_number="").select_related("cell__parent")


def issue_cards(organisation, numbers, *, issued_on, document, by):
    """Write `numbers` {member id: card number} with the day and the decision (an unsaved cells.Document).

    Each row stands for itself: returns (how many were written, {member id: sentence} of those that were refused: shape, taken, too early).
    """
    if not can_keep_lists(by, organisation):
        raise PermissionDenied
    done, refused = 0, {}
    for member in without_card(organisation, by).filter(pk__in=numbers):
        values = {"card_number": numbers[member.pk], "card_issued_on": issued_on}
        try:
            edit_member(member, values, version=member.version, reason="Phát thẻ đảng viên", document=document, by=by)
            done += 1
        except DomainError as error:
            refused[member.pk] = error.message
    return done, refused
