"""What the Party statute wants of an organisation (rules O1 to O7), pure: each gives the sentence to say, or None."""

from datetime import date

from cells.enums import PARENT_KINDS, OrganisationKind
from khoi_party.rules import Citation

STATUTE = Citation("Điều lệ Đảng", date(2011, 1, 19), "Điều 21, 24")
QD294 = Citation("Quy định số 294-QĐ/TW", date(2025, 5, 26))
FEWEST_OFFICIAL = 3
LARGE_ENOUGH = 30  # members of a đảng bộ cơ sở
COMMITTEE_FROM, COMMITTEE_MOST = 9, 7  # official members for a chi ủy; members of a chi ủy
SHORTEST_TERM, LONGEST_TERM = 24, 36  # months: two congresses in five years, up to six months earlier or later
PILOT = date(2025, 7, 1)  # from this day cells may be on trial with a congress every five years


def few_official(organisation, official):
    """O1: a cell has three official members."""
    if organisation.holds_members and official < FEWEST_OFFICIAL:
        return f"Chi bộ có {official} đảng viên chính thức, dưới 3 (Điều lệ Đảng, Điều 21). Cần phương án ghép hoặc chuyển."
    return None


def wrong_size(organisation, members):
    """O2: a base of thirty members is a đảng bộ, a smaller one a chi bộ cơ sở, unless a superior has agreed."""
    if organisation.kind == OrganisationKind.BASE_CELL and members >= LARGE_ENOUGH:
        return f"Chi bộ cơ sở có {members} đảng viên, từ 30 trở lên: xem xét lập đảng bộ cơ sở (Điều lệ Đảng, Điều 21)."
    if organisation.kind == OrganisationKind.BASE_COMMITTEE and members < LARGE_ENOUGH and not organisation.exceptional_approval_id:
        return f"Đảng bộ cơ sở có {members} đảng viên, dưới 30: cần văn bản đồng ý của cấp trên (Điều lệ Đảng, Điều 21)."
    return None


def wrong_parent(kind, parent_kind):
    """O3: which kind may stand under which; `parent_kind` None for the top of the tree."""
    if parent_kind is None or parent_kind in PARENT_KINDS[kind]:
        return None
    under = OrganisationKind(parent_kind).label.lower()
    return f"{OrganisationKind(kind).label} không thể trực thuộc {under} (Điều lệ Đảng, Điều 10, 21, 24)."


def committee_too_early(official, committee):
    """O4: a chi ủy (more in it than a secretary and a deputy) needs nine official members; who is exempt counts."""
    if committee and official < COMMITTEE_FROM:
        return f"Chi bộ có {official} đảng viên chính thức, dưới 9, thì không lập chi ủy; chỉ có bí thư, cần thì một phó bí thư."
    return None


def committee_missing(official, committee):
    """O4: with nine official members a cell has a chi ủy."""
    if not committee and official >= COMMITTEE_FROM:
        return f"Chi bộ có {official} đảng viên chính thức, từ 9 trở lên, mà chưa ghi chi ủy viên nào."
    return None


def committee_too_large(seats):
    """O5: at most seven in a chi ủy, the secretary and the deputy among them."""
    return f"Chi ủy có {seats} người, quá 7." if seats > COMMITTEE_MOST else None


def heads_wrong(secretaries, deputies):
    """O5: one secretary, at most one deputy."""
    if secretaries > 1:
        return f"Có {secretaries} bí thư cùng lúc; chi bộ có một bí thư."
    return f"Có {deputies} phó bí thư cùng lúc; chi bộ có không quá một phó bí thư." if deputies > 1 else None


def is_five_year_pilot(congress_on, legal_basis):
    """Whether a cell's term is one of the five-year trial: begun since 01/07/2025, and so called in its basis."""
    basis = legal_basis.lower()
    return congress_on >= PILOT and "5 năm" in basis and "hai lần" not in basis and "2 lần" not in basis


def congress_gap_wrong(congress_on, next_congress_on, today, *, pilot=False):
    """O7: a cell under a base holds its congress after thirty months, up to six months earlier or later. `next_congress_on` None: not held yet."""
    if pilot:
        return None
    end = next_congress_on or today
    months = (end.year - congress_on.year) * 12 + end.month - congress_on.month - (end.day < congress_on.day)
    over = months > LONGEST_TERM or (months == LONGEST_TERM and end.day != congress_on.day)
    if over:
        when = "Đại hội kế tiếp" if next_congress_on else "Đến hôm nay chưa ghi đại hội kế tiếp, và"
        return f"{when} đã quá 36 tháng sau đại hội {congress_on:%d/%m/%Y} (5 năm hai lần, sớm hoặc muộn không quá 6 tháng)."
    if next_congress_on and months < SHORTEST_TERM:
        return f"Đại hội kế tiếp sớm hơn 24 tháng sau đại hội {congress_on:%d/%m/%Y} (5 năm hai lần, sớm hoặc muộn không quá 6 tháng)."
    return None
