"""Mẫu 7-HSĐV, the register of a cell's members (HD 12-HD/BTCTW, 2022): fourteen columns, who was there in a time and what became of them."""

from dataclasses import dataclass

from members.enums import BadgeState, EventKind, MemberState
from members.models import BadgeAward, Membership, MembershipEvent
from members.states import ENTRIES, EXITS

HEADINGS = (
    "STT",
    "Họ và tên; họ và tên khai sinh",
    "Nam, nữ; dân tộc; tôn giáo",
    "Quê quán",
    "Trình độ: văn hóa; chuyên môn; lý luận chính trị; ngoại ngữ",
    "Nghề nghiệp trước khi vào Đảng; hiện nay",
    "Ngày vào Đảng; ngày chính thức",
    "Số thẻ; số lý lịch; Huy hiệu Đảng",
    "Bộ đội, công an, hưu trí",
    "Ngày chuyển đi, đến đâu",
    "Ngày chuyển đến, từ đâu",
    "Ngày từ trần",
    "Ngày ra khỏi Đảng, hình thức",
    "Ghi chú",
)
WIDTHS = (6, 28, 16, 24, 30, 30, 16, 20, 14, 24, 24, 12, 20, 24)
LEFT = (EventKind.LEFT, EventKind.STRUCK_OFF, EventKind.EXPELLED)


@dataclass
class Entry:
    """One line of the register: fourteen texts, and whether the member is still there at the end."""

    member_id: int
    texts: tuple
    is_present: bool


def register_of(cell, first, last):
    """The Entries of `cell` (an Organisation) from the morning of `first` to the evening of `last`: who was there then, in the order of
    their names; those who went in between stay in their line, with the day and the reason. Card and lý lịch numbers are masked. Four queries."""
    there = Membership.objects.official().filter(cell=cell, valid_from__lte=last).exclude(valid_to__lte=first)
    spans = list(there.select_related("member").order_by("member__sort_key", "member_id", "valid_from"))
    ids = {span.member_id for span in spans}
    moves = _moves(cell, ids, first, last)
    awarded = BadgeAward.objects.filter(member__in=ids, state=BadgeState.AWARDED, ceremony_on__lte=last)
    badges = dict(awarded.order_by("years").values_list("member", "years"))
    exempt = set(MembershipEvent.objects.exempt_on(last).filter(member__in=ids).values_list("member_id", flat=True))
    entries, seen = [], set()
    for span in spans:
        if span.member_id not in seen:
            seen.add(span.member_id)
            present = any(one.member_id == span.member_id and one.covers(last) for one in spans)
            texts = _texts(span.member, moves.get(span.member_id, {}), badges.get(span.member_id), last, span.member_id in exempt)
            entries.append(Entry(span.member_id, (str(len(entries) + 1), *texts), present))
    return entries


def _moves(cell, ids, first, last):
    """{member id: {"in", "out", "died", "left": text}} of what happened between the days."""
    kinds = (*ENTRIES, *EXITS, EventKind.MOVED)
    events = MembershipEvent.objects.standing().filter(member__in=ids, kind__in=kinds, effective_on__range=(first, last))
    found = {}
    for event in events.select_related("from_cell", "to_cell").order_by("effective_on", "sequence", "pk"):
        mine = found.setdefault(event.member_id, {})
        day = f"{event.effective_on:%d/%m/%Y}"
        if event.kind == EventKind.DIED and event.from_cell_id == cell.pk:
            mine["died"] = day
        elif event.kind in LEFT and event.from_cell_id == cell.pk:
            mine["left"] = f"{day}, {event.get_kind_display().lower()}"
        elif event.to_cell_id == cell.pk and event.kind != EventKind.TRANSFERRED_OUT:
            whence = event.from_cell.name if event.from_cell_id else event.outside
            mine["in"] = f"{day}, {whence or event.get_kind_display().lower()}"
        elif event.from_cell_id == cell.pk:
            mine["out"] = f"{day}, {event.to_cell.name if event.to_cell_id else event.outside}".rstrip(", ")
    return found


def _texts(member, moves, badge, last, is_exempt):
    official = member.official_on is not None and member.official_on <= last
    education = [member.get_education_display(), member.speciality]
    notes = ["dự bị" if not official else "", "miễn sinh hoạt" if is_exempt else "", "đang bị đình chỉ" if member.is_suspended else ""]
    return (
        _joined(member.full_name, member.birth_name if member.birth_name != member.full_name else ""),
        _joined(member.get_gender_display(), member.ethnicity, member.religion or "không"),
        member.home_town,
        _joined(member.general_education, " ".join(filter(None, education)), _theory(member), member.foreign_language),
        _joined(member.occupation_before, member.position),
        _joined(member.admitted_text, member.official_text if official else ""),
        _joined(member.masked_card_number, member.masked_record_number, f"{badge} năm" if badge else ""),
        member.get_background_display(),
        moves.get("out", ""),
        moves.get("in", ""),
        moves.get("died", ""),
        moves.get("left", ""),
        ", ".join(filter(None, notes)),
    )


def _theory(member):
    return f"LLCT {member.get_theory_level_display().lower()}" if member.theory_level else ""


def _joined(*texts):
    return "; ".join(text for text in texts if text)


def standing_counts(cell, day):
    """(official, probationary) members of `cell` on the evening of `day`."""
    rows = Membership.objects.official().in_force(day).filter(cell=cell).exclude(member__state=MemberState.VOID)
    official = [day_official is not None and day_official <= day for day_official in rows.values_list("member__official_on", flat=True)]
    return sum(official), len(official) - sum(official)
