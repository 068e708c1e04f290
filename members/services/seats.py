"""Seats in committees: who sits where since when. Rules O4 to O6 refuse what the statute does not know."""

from django.core.exceptions import PermissionDenied

from cells.models import Organisation
from cells.organisation_rules import committee_too_early, committee_too_large, heads_wrong
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from members.enums import MemberState, Post
from members.models import Member, Seat
from members.permissions import can_edit_members_of

ORDER = {post: place for place, post in enumerate(Post, 1)}


def candidates_for(organisation):
    """Official members of `organisation` and below it who hold no seat in its committee now."""
    taken = Seat.objects.open().filter(organisation=organisation).values("member")
    members = Member.objects.in_subtree(organisation).filter(state=MemberState.OFFICIAL).exclude(pk__in=taken)
    return members.select_related("cell").order_by("sort_key", "pk")


def give_seat(organisation, *, member, post, from_day, by):
    """`member` sits in the committee of `organisation` from `from_day` on. Returns the Seat.

    DomainError for who is not official (O6) or belongs elsewhere, a day to come, a seat held already, a second secretary of a cell, a second
    deputy, an eighth in a chi ủy (O5), and a chi ủy where fewer than nine are official (O4).
    """
    if not can_edit_members_of(by, organisation):
        raise PermissionDenied
    if from_day > today():
        raise DomainError("Ngày chưa đến; hãy ghi khi đã bầu hoặc chỉ định.", field="from_day")
    with change(by=by):
        locked(Organisation.objects.filter(pk=organisation.pk), no_key=True).get()
        row = Member.objects.select_related("cell").get(pk=member.pk)
        if row.state != MemberState.OFFICIAL:
            raise DomainError("Chỉ đảng viên chính thức được bầu, chỉ định vào cấp ủy (Điều lệ Đảng, Điều 3.4).", field="member")
        if not row.cell.path.startswith(organisation.path):
            raise DomainError("Cấp ủy viên phải sinh hoạt trong tổ chức đảng này.", field="member")
        if Seat.objects.open().filter(organisation=organisation, member=row).exists():
            raise DomainError("Đảng viên này đang giữ một chức vụ trong cấp ủy đó.", field="member")
        if organisation.holds_members and (sentence := _against(organisation, post)):
            raise DomainError(sentence, field="post")
        one = Seat.objects.create(organisation=organisation, member=row, post=post, position=ORDER[Post(post)], valid_from=from_day)
        record("seat.given", row, summary=f"{one.get_post_display()}, {organisation.name}.", organisation=organisation, post=post)
    return one


def _against(cell, post):
    """What O4 and O5 say of one more seat with this `post` in a cell."""
    posts = [*Seat.objects.open().filter(organisation=cell).values_list("post", flat=True), post]
    heads = posts.count(Post.SECRETARY), posts.count(Post.DEPUTY_SECRETARY)
    committee = len(posts) - sum(heads)
    official = Member.objects.filter(cell=cell, state=MemberState.OFFICIAL).count()
    return heads_wrong(*heads) or committee_too_early(official, committee) or committee_too_large(len(posts) if committee else 0)


def end_seat(seat, on_day, *, by):
    """The member leaves the committee on `on_day`; the seat stays in the history."""
    if not can_edit_members_of(by, seat.organisation):
        raise PermissionDenied
    if not seat.valid_from <= on_day <= today():
        raise DomainError(f"Ngày thôi phải từ {seat.valid_from:%d/%m/%Y} đến hôm nay.", field="on_day")
    with change(by=by):
        if Seat.objects.filter(pk=seat.pk, valid_to=None).update(valid_to=on_day):
            summary = f"Thôi {seat.get_post_display().lower()}, {seat.organisation.name}."
            record("seat.ended", seat.member, summary=summary, organisation=seat.organisation, on_day=str(on_day))
