"""Two records of one person: found by number or by name and date of birth, and merged so that the trail of both can be read."""

from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError
from khoi_party.common.names import search_text
from members.enums import MemberState
from members.models import Member, MembershipEvent, Seat
from members.permissions import can_merge
from members.services.imports import FIELDS, PRECISIONS

NUMBERS = ("card_number", "identity_number", "record_number")  # what one person has one of


MERGED = (*FIELDS, *PRECISIONS.values())


@dataclass(frozen=True)
class Pair:
    """Two records that may be one person, and why that is thought."""

    first: Member
    second: Member
    why: str


def candidates(members):
    """The Pairs among `members` (a queryset): one card, or one name and one date of birth. In the order of names, each pair once."""
    rows = members.exclude(state=MemberState.VOID).values_list("pk", "full_name", "born_on", *NUMBERS)
    groups = defaultdict(list)
    for pk, name, born_on, *numbers in rows:
        for number in filter(None, numbers):
            groups["cùng số", "".join(letter for letter in number if letter.isalnum()).upper()].append(pk)
        if born_on:
            groups["cùng họ tên và ngày sinh", search_text(name), born_on].append(pk)
    pairs = {}
    for (why, *_), pks in groups.items():
        for place, first in enumerate(pks):
            for second in pks[place + 1 :]:
                pairs.setdefault((min(first, second), max(first, second)), why)
    found = Member.objects.select_related("cell").in_bulk({pk for pair in pairs for pk in pair})
    shown = [Pair(found[first], found[second], why) for (first, second), why in pairs.items()]
    return sorted(shown, key=lambda pair: (pair.first.sort_key, pair.first.pk, pair.second.pk))


def merge(keep, other, values, *, reason, by):
    """Make `other` part of `keep`: `keep` takes the chosen `values` and the seats, `other` stays as a void record that points to it.

    values: {field: value} of MERGED that the kept record shall have. The events of `other` are taken back by counter-events with the
    `reason`, its spans removed, so that no roster and no balance counts one person twice; what was frozen elsewhere must be with `keep`.
    Returns the kept Member. DomainError names what stands in the way; PermissionDenied unless `by` is staff above both.
    """
    if not reason.strip():
        raise DomainError("Hãy ghi rõ lý do gộp.", field="reason")
    with change(by=by):
        rows = {row.pk: row for row in locked(Member.objects.filter(pk__in=(keep.pk, other.pk)).order_by("pk")).select_related("cell")}
        kept, gone = rows.get(keep.pk), rows.get(other.pk)
        if kept is None or gone is None or kept == gone:
            raise DomainError("Hãy chọn hai hồ sơ khác nhau.")
        if not can_merge(by, kept, gone):
            raise PermissionDenied
        if MemberState.VOID in (kept.state, gone.state):
            raise DomainError("Một trong hai hồ sơ đã được hủy hoặc gộp.")
        if gone.is_active and not kept.is_active:
            raise DomainError("Hồ sơ được giữ không còn sinh hoạt, hồ sơ kia đang sinh hoạt. Hãy giữ hồ sơ đang sinh hoạt.")
        _refuse_frozen(gone)
        _take_back_all(gone, reason.strip(), by)
        _move_seats(gone, kept)
        gone.state, gone.merged_into = MemberState.VOID, kept
        for name in NUMBERS:
            setattr(gone, name, "")
        _save(gone)
        if kept.state == MemberState.PROBATIONARY:
            values = values | {"official_on": None}  # becoming official is an event of the kept record
        changed = [name for name in MERGED if name in values and getattr(kept, name) != values[name]]
        for name in changed:
            setattr(kept, name, values[name])
        _save(kept)
        common = {"organisation": kept.cell, "note": reason.strip()}
        record("member.merged", kept, summary="Gộp một hồ sơ trùng vào hồ sơ này.", **common, other=gone.pk, fields=sorted(changed))
        record("member.merged_away", gone, summary="Gộp hồ sơ này vào một hồ sơ khác.", **common, kept=kept.pk)
    return kept


def _refuse_frozen(gone):
    """Rows of other rooms (evaluations, papers) keep pointing at the record they were made for; so that record must be the one kept."""
    ours = (Member, Seat)
    for relation in Member._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete or relation.related_model in ours or relation.related_model._meta.app_label == "members":
            continue
        if relation.related_model._base_manager.filter(**{relation.field.name: gone}).exists():
            what = relation.related_model._meta.verbose_name
            raise DomainError(f"Hồ sơ bị gộp đã có {what}. Hãy giữ hồ sơ đó và gộp hồ sơ kia vào; nếu cả hai đều có, báo cán bộ đảng ủy cấp trên.")


def _take_back_all(gone, reason, by):
    """Counter-events for all that stands, the latest first; the spans they made are no more."""
    for event in gone.events.standing().order_by("-effective_on", "-sequence", "-pk"):
        last = gone.events.filter(effective_on=event.effective_on).order_by("-sequence").first()
        MembershipEvent.objects.create(
            member=gone,
            kind=event.kind,
            effective_on=event.effective_on,
            sequence=last.sequence + 1,
            from_cell=event.from_cell,
            to_cell=event.to_cell,
            outside=event.outside,
            note=f"Gộp hồ sơ trùng: {reason}"[:400],
            reverses=event,
            recorded_by=by,
        )
    gone.memberships.all().delete()


def _move_seats(gone, kept):
    held = set(kept.seats.open().values_list("organisation", flat=True))
    for seat in gone.seats.open():
        if seat.organisation_id in held:
            raise DomainError("Cả hai hồ sơ đang giữ chức vụ ở cùng một cấp ủy. Hãy kết thúc một chức vụ trước khi gộp.")
    gone.seats.update(member=kept)


def _save(row):
    row.version += 1
    row.save()
