"""What is wrong, doubtful or missing in the data that are stored: one register of rules, each a pure pass over the Facts of a scope.

Only a rule that was read in its own words gives errors; what comes from a secondary source is a warning, what is to be done soon a reminder.
The limits themselves are in record_rules, movement_rules, badges and cells/organisation_rules; here they are asked of what is stored.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from cells import organisation_rules as statute
from cells.enums import OrganisationKind
from cells.models import Organisation
from khoi_party.common.dates import date_text
from khoi_party.rules import Citation, Confidence
from members.badges import HD01, QD24, earliest_early, months_away, reached_on
from members.enums import BadgeKind, Degree, Duty, EventKind, MemberState, Post, Precision, Severity
from members.models.people import last_of
from members.movement_rules import (
    QD294,
    READMISSION,
    duties_neglected,
    official_late,
    paper_late,
    pause_long,
    readmission_refused,
    stay_odd,
    suspension_long,
)
from members.record_rules import CARDS, card_number_problem, record_number_problem
from members.services.discipline import OF_OFFICIAL, OF_ORGANISATION, OF_PROBATIONARY
from members.states import EXITS

ERROR, WARNING, REMINDER = Severity.ERROR, Severity.WARNING, Severity.REMINDER
STATUTE_DAY = date(2011, 1, 19)
STATUTE_1_5 = Citation("Điều lệ Đảng", STATUTE_DAY, "Điều 1, 5")
STATUTE_3_4 = Citation("Điều lệ Đảng", STATUTE_DAY, "Điều 3.4")
STATUTE_8_1 = Citation("Điều lệ Đảng", STATUTE_DAY, "Điều 8.1")
STATUTE_10 = Citation("Điều lệ Đảng", STATUTE_DAY, "Điều 10.3")
STATUTE_35 = Citation("Điều lệ Đảng", STATUTE_DAY, "Điều 35")
CARD_FOR_OFFICIAL = Citation("Quy định số 24-QĐ/TW", date(2021, 7, 30), "mục 6.1")
RECORD_NUMBERS = Citation("Hướng dẫn số 02-HD/QU", date(2012, 3, 28))
STAYS = Citation("Quy định số 24-QĐ/TW", date(2021, 7, 30), "mục 6.3")
PAUSES = Citation("Hướng dẫn số 01-HD/TW", date(2021, 9, 28), "mục 10.3")
SUSPENSIONS = Citation("Quy định số 22-QĐ/TW", date(2021, 7, 28), "Điều 31")
ROLLS = Citation("Hướng dẫn số 12-HD/BTCTW", date(2022, 1, 18), "mẫu 7-HSĐV")
RECENT_MONTHS = 12  # a paper that was late longer ago is history


class Person(NamedTuple):
    """What the rules ask about one member; a row of values, because thousands are read for one page."""

    pk: int
    name: str
    cell: int
    path: str
    state: str
    born_on: date | None
    born_precision: str
    decided_on: date | None
    decided_precision: str
    admitted_on: date
    admitted_precision: str
    official_on: date | None
    official_precision: str
    card_number: str
    card_issued_on: date | None
    record_number: str


class Event(NamedTuple):
    """A movement that stands, as far as a limit speaks of it."""

    member: int
    kind: str
    on: date
    until: date | None
    issued_on: date | None
    outside: str
    note: str
    details: dict


class SeatHeld(NamedTuple):
    organisation: int
    post: str
    name: str
    state: str


class TermHeld(NamedTuple):
    pk: int
    organisation: int
    congress_on: date
    next_congress_on: date | None
    legal_basis: str


class Award(NamedTuple):
    member: int
    years: int
    kind: str
    ceremony_on: date


class Penalty(NamedTuple):
    pk: int
    member: int | None
    organisation: int | None
    degree: str
    decided_on: date


@dataclass(frozen=True)
class Facts:
    """All that the rules look at for one scope, read at once."""

    today: date
    organisations: dict[int, Organisation]
    people: list[Person]
    gone: list[Person]  # not on the roll any more by their state, yet with a membership that is open
    spans: dict[int, int]  # {member: cell of the open official membership}
    events: dict[int, list[Event]]
    seats: dict[int, list[SeatHeld]]
    terms: list[TermHeld]
    awards: list[Award]
    breaks: dict[int, list]
    penalties: list[Penalty]
    working_days: Callable  # (path) -> WorkingDays
    missed: dict[int, Counter] = field(default_factory=dict)  # {member: months of this year missed, by duty}
    official: Counter = field(default_factory=Counter)  # of each organisation, with all below it
    members: Counter = field(default_factory=Counter)

    def __post_init__(self):
        by_path = {one.path: one.pk for one in self.organisations.values()}
        cells = defaultdict(lambda: [0, 0])
        for one in self.people:
            cells[one.path][0] += 1
            cells[one.path][1] += one.state == MemberState.OFFICIAL
        for path, (members, official) in cells.items():
            for above in (path[:end] for end in range(4, len(path) + 1, 4)):
                if above in by_path:
                    self.members[by_path[above]] += members
                    self.official[by_path[above]] += official

    @property
    def open_organisations(self):
        return [one for one in self.organisations.values() if not one.is_closed]

    @property
    def cells(self):
        return [one for one in self.open_organisations if one.holds_members]


class Found(NamedTuple):
    """What a check says: of whom, how grave, in which words, and where it is mended (`spot`, with the field or the row there)."""

    about: Person | Organisation
    severity: Severity
    says: str
    spot: str
    at: Any = ""


@dataclass(frozen=True)
class QualityRule:
    """One rule on stored data. `check(facts)` gives what it Found."""

    id: str
    title: str
    severity: Severity  # the gravest that it gives
    source: Citation
    confidence: Confidence
    check: Callable


RULES = {}


def rule(id, title, severity, source, confidence=Confidence.VERIFIED):
    def register(check):
        RULES[id] = QualityRule(id, title, severity, source, confidence, check)
        return check

    return register


# Organisations


@rule("O1", "Chi bộ có từ 3 đảng viên chính thức", WARNING, statute.STATUTE)
def _few_official(facts):
    for one in facts.cells:
        if says := statute.few_official(one, facts.official[one.pk]):
            yield Found(one, WARNING, says, "organisation")


@rule("O2", "Loại hình hợp với số đảng viên", WARNING, statute.STATUTE)
def _wrong_size(facts):
    for one in facts.open_organisations:
        if says := statute.wrong_size(one, facts.members[one.pk]):
            yield Found(one, WARNING, says, "organisation")


@rule("O3", "Đặt dưới đúng loại tổ chức", ERROR, statute.STATUTE)
def _wrong_parent(facts):
    for one in facts.open_organisations:
        if says := statute.wrong_parent(one.kind, one.parent_kind):
            yield Found(one, ERROR, says, "move")


@rule("O4", "Chi ủy lập khi có từ 9 đảng viên chính thức", ERROR, statute.QD294)
def _committee(facts):
    for one in facts.cells:
        official = facts.official[one.pk]
        committee = [seat for seat in facts.seats.get(one.pk, ()) if seat.post in (Post.COMMITTEE, Post.STANDING)]
        if says := statute.committee_too_early(official, len(committee)):
            yield Found(one, ERROR, says, "committee")
        elif says := statute.committee_missing(official, len(committee)):
            yield Found(one, WARNING, says, "committee")


@rule("O5", "Một bí thư, không quá một phó bí thư, chi ủy không quá 7", ERROR, statute.QD294)
def _seats(facts):
    for one in facts.cells:
        seats = facts.seats.get(one.pk, ())
        posts = Counter(seat.post for seat in seats)
        for says in (statute.committee_too_large(len(seats)), statute.heads_wrong(posts[Post.SECRETARY], posts[Post.DEPUTY_SECRETARY])):
            if says:
                yield Found(one, ERROR, says, "committee")
        if not posts[Post.SECRETARY]:
            yield Found(one, WARNING, "Chưa ghi bí thư chi bộ.", "committee")


@rule("O6", "Cấp ủy viên là đảng viên chính thức", ERROR, STATUTE_3_4)
def _seats_of_official(facts):
    for one in facts.open_organisations:
        for seat in facts.seats.get(one.pk, ()):
            if seat.state != MemberState.OFFICIAL:
                state = MemberState(seat.state).label.lower()
                yield Found(one, ERROR, f"{seat.name} ({state}) đang được ghi là {Post(seat.post).label.lower()}.", "committee")


@rule("O7", "Đại hội chi bộ trực thuộc đúng nhịp", WARNING, statute.STATUTE)
def _congress(facts):
    latest = {}
    for term in sorted(facts.terms, key=lambda term: term.congress_on):
        latest[term.organisation] = term
    for pk, term in latest.items():
        one = facts.organisations.get(pk)
        if one is None or one.is_closed or one.kind != OrganisationKind.CELL:
            continue
        pilot = statute.is_five_year_pilot(term.congress_on, term.legal_basis)
        if says := statute.congress_gap_wrong(term.congress_on, term.next_congress_on, facts.today, pilot=pilot):
            yield Found(one, WARNING, says, "term", term.pk)


@rule("O8", "Tổ chức đã kết thúc không còn đảng viên, tổ chức trực thuộc", ERROR, STATUTE_10)
def _closed(facts):
    closed = {one.pk: one for one in facts.organisations.values() if one.is_closed}
    left = Counter(person.cell for person in facts.people if person.cell in closed)
    for pk, number in left.items():
        yield Found(closed[pk], ERROR, f"Đã kết thúc hoạt động mà còn {number} đảng viên.", "members")
    for one in facts.open_organisations:
        if one.parent_id in closed:
            yield Found(one, ERROR, f"Trực thuộc {closed[one.parent_id].name}, nơi đã kết thúc hoạt động.", "move")


# Records


@rule("M1", "Số thẻ đảng viên đúng dạng", ERROR, CARDS)
def _card_number(facts):
    for one in facts.people:
        if problem := card_number_problem(one.card_number, one.card_issued_on):
            yield Found(one, ERROR if problem[1] == Confidence.VERIFIED else WARNING, problem[0], "record", "card_number")
        elif not one.card_number and one.state == MemberState.OFFICIAL:
            yield Found(one, REMINDER, "Đảng viên chính thức chưa ghi số thẻ.", "record", "card_number")


@rule("M2", "Số lý lịch đúng dạng", WARNING, RECORD_NUMBERS, Confidence.SECONDARY)
def _record_number(facts):
    for one in facts.people:
        if problem := record_number_problem(one.record_number):
            yield Found(one, WARNING, problem[0], "record", "record_number")


@rule("M3", "Thẻ chỉ cấp cho đảng viên chính thức, không trước ngày chính thức", ERROR, CARD_FOR_OFFICIAL)
def _card_of_official(facts):
    for one in facts.people:
        if (one.card_number or one.card_issued_on) and one.official_on is None:
            yield Found(one, ERROR, "Đảng viên dự bị mà có số thẻ hoặc ngày cấp thẻ.", "record", "card_number")
        elif one.card_issued_on and one.card_issued_on < one.official_on:
            yield Found(one, ERROR, "Ngày cấp thẻ trước ngày chính thức.", "record", "card_issued_on")


@rule("M4", "Thứ tự các ngày; đủ 18 tuổi khi vào Đảng", ERROR, STATUTE_1_5)
def _dates(facts):
    for one in facts.people:
        if one.born_on is None:
            yield Found(one, WARNING, "Chưa ghi ngày sinh nên chưa xét được tuổi khi vào Đảng.", "record", "born_on")
            continue
        if one.born_on >= one.admitted_on or (one.official_on and one.official_on <= one.admitted_on):
            yield Found(one, ERROR, "Ngày sinh, ngày vào Đảng, ngày chính thức không theo thứ tự.", "record", "admitted_on")
        if one.decided_on and one.decided_on > one.admitted_on:
            yield Found(one, ERROR, "Ngày quyết định kết nạp sau ngày vào Đảng.", "record", "decided_on")
        # The latest day that the decision can be of: what is known only in part is an error only where no day of it would do.
        latest = last_of(one.decided_on, one.decided_precision) or last_of(one.admitted_on, one.admitted_precision)
        if latest < months_away(one.born_on, 18 * 12):
            before = latest < STATUTE_DAY
            says = "Chưa đủ 18 tuổi khi có quyết định kết nạp" + (" (điều lệ trước năm 2011 chưa đối chiếu)." if before else ".")
            yield Found(one, WARNING if before else ERROR, says, "record", "born_on")


@rule("M5", "Ngày chính thức là ngày hết 12 tháng dự bị", WARNING, STATUTE_1_5)
def _official_day(facts):
    for one in facts.people:
        if one.official_on is None or one.admitted_precision != Precision.DAY or one.official_precision != Precision.DAY:
            continue
        if any(event.kind == EventKind.RECOGNISED and event.note for event in facts.events.get(one.pk, ())):
            continue  # later with a reason on record
        if one.official_on < months_away(one.admitted_on, 12):
            yield Found(one, WARNING, "Ngày chính thức chưa đủ 12 tháng sau ngày vào Đảng.", "record", "official_on")
        elif official_late(one.admitted_on, one.official_on):
            yield Found(one, WARNING, "Ngày chính thức sau ngày hết 12 tháng dự bị mà chưa ghi lý do.", "record", "official_on")


@rule("M6", "Tính được tuổi đảng", WARNING, QD24)
def _party_age(facts):
    for one in facts.people:
        if one.state == MemberState.OFFICIAL and one.decided_on is None:
            yield Found(one, WARNING, "Chưa ghi ngày quyết định kết nạp nên chưa tính được tuổi đảng.", "record", "decided_on")


@rule("M7", "Người không còn sinh hoạt thì không còn trong danh sách", ERROR, STATUTE_35)
def _gone(facts):
    for one in facts.gone:
        yield Found(one, ERROR, f"{MemberState(one.state).label} mà danh sách vẫn tính đang sinh hoạt; hãy báo quản trị tính lại.", "history")


# Movements


def _latest(facts, person, *kinds):
    """The latest event of one of `kinds` of a person, or None."""
    return next((event for event in reversed(facts.events.get(person.pk, ())) if event.kind in kinds), None)


def _running(facts, on, *ends):
    """(Person, Event) of those for whom `on` is the last that was said."""
    for one in facts.people:
        if one.pk in facts.events:
            event = _latest(facts, one, on, *ends, *EXITS)
            if event and event.kind == on:
                yield one, event


def _began(facts, person, on, *ends):
    """The first day of what runs for a person, its extensions included."""
    began = None
    for event in facts.events[person.pk]:
        if event.kind == on:
            began = began or event.on
        elif event.kind in (*ends, *EXITS):
            began = None
    return began


def _over(facts, event, what):
    if event.until and event.until < facts.today:
        return f"{what} đã hết hạn ngày {date_text(event.until)} mà chưa ghi kết thúc."
    return None


SHOWS_PAPER = (EventKind.MOVED, EventKind.RETURNED, EventKind.TRANSFERRED_IN)  # the paper is shown here, at the new place


@rule("M8", "Giấy giới thiệu xuất trình trong 30 ngày làm việc", WARNING, QD294)
def _papers(facts):
    since = months_away(facts.today, -RECENT_MONTHS)
    for one in facts.people:
        for event in facts.events.get(one.pk, ()):
            if event.kind not in SHOWS_PAPER or not event.issued_on or event.on < since:
                continue
            if says := paper_late(facts.working_days(one.path), event.issued_on, event.on):
                yield Found(one, WARNING, says, "history")


def _studies(event):
    """What the form asked; the words where the movement was recorded before it did."""
    return event.details.get("studies") or "học" in f"{event.outside} {event.note}".lower()


@rule("M9", "Sinh hoạt tạm thời có hạn", WARNING, STAYS)
def _stays(facts):
    for one, event in _running(facts, EventKind.SENT_AWAY, EventKind.CAME_BACK, EventKind.MOVED):
        if says := stay_odd(event.on, event.until, studies=_studies(event)):
            yield Found(one, WARNING, says, "event")
        if says := _over(facts, event, "Sinh hoạt tạm thời"):
            yield Found(one, REMINDER, says, "event")


@rule("M10", "Tạm miễn dưới 12 tháng", WARNING, PAUSES)
def _pauses(facts):
    for one, event in _running(facts, EventKind.PAUSED, EventKind.EXEMPTED, EventKind.RESUMED):
        if says := pause_long(event.on, event.until):
            yield Found(one, WARNING, says, "event")
        if says := _over(facts, event, "Tạm miễn sinh hoạt"):
            yield Found(one, REMINDER, says, "event")


@rule("M11", "Không bỏ sinh hoạt, đảng phí 3 tháng trong năm", REMINDER, STATUTE_8_1)
def _neglected(facts):
    for one in facts.people:
        missed = facts.missed.get(one.pk, {})
        if says := duties_neglected(missed.get(Duty.MEETING, 0), missed.get(Duty.DUES, 0)):
            yield Found(one, REMINDER, says, "history")


@rule("M12", "Đình chỉ sinh hoạt không quá hạn", WARNING, SUSPENSIONS)
def _suspensions(facts):
    for one, event in _running(facts, EventKind.SUSPENDED, EventKind.REINSTATED):
        began = _began(facts, one, EventKind.SUSPENDED, EventKind.REINSTATED)
        if says := suspension_long(began, event.until, extended=began < event.on):
            yield Found(one, WARNING, says, "event")
        if says := _over(facts, event, "Đình chỉ sinh hoạt"):
            yield Found(one, REMINDER, says, "event")


@rule("M13", "Kết nạp lại sau 36 tháng, một lần", ERROR, READMISSION)
def _readmissions(facts):
    for one in facts.people:
        left, times = None, 0
        for event in facts.events.get(one.pk, ()):
            if event.kind in EXITS:
                left = event.on
            elif event.kind == EventKind.READMITTED:
                if says := readmission_refused(left or date.min, event.on, times):
                    yield Found(one, ERROR, says, "history")
                times += 1


@rule("M15", "Hình thức kỷ luật hợp với người, tổ chức bị kỷ luật", ERROR, STATUTE_35)
def _penalties(facts):
    people = {one.pk: one for one in facts.people} if facts.penalties else {}
    for one in facts.penalties:
        subject = people.get(one.member) if one.member else facts.organisations.get(one.organisation)
        if subject is None:
            continue
        if one.member:
            official = subject.official_on and last_of(subject.official_on, subject.official_precision) <= one.decided_on
            unsure = subject.official_on and not official and subject.official_on <= one.decided_on  # the day is known only in part
            allowed = OF_OFFICIAL if official or unsure else OF_PROBATIONARY
        else:
            allowed = OF_ORGANISATION
        if one.degree not in allowed:
            says = f"Hình thức {Degree(one.degree).label.lower()} không áp dụng được (quyết định ngày {date_text(one.decided_on)})."
            yield Found(subject, ERROR, says, "discipline", one.pk)


@rule("M16", "Danh sách từng cấp khớp với hồ sơ", WARNING, ROLLS)
def _rolls(facts):
    for one in facts.people:
        if facts.spans.get(one.pk) != one.cell:
            says = "Chi bộ trong hồ sơ khác với chi bộ đang tính trong danh sách; hãy báo quản trị tính lại."
            yield Found(one, WARNING, says, "history")


# Huy hiệu Đảng


@rule("K9", "Huy hiệu tặng khi đủ năm", ERROR, HD01)
def _badges(facts):
    people = {one.pk: one for one in facts.people} if facts.awards else {}
    for award in facts.awards:
        one = people.get(award.member)
        if one is None or one.decided_on is None or award.kind == BadgeKind.POSTHUMOUS:
            continue
        reached = reached_on(one.decided_on, award.years, facts.breaks.get(one.pk, ()))
        first = earliest_early(reached, award.years) if award.kind == BadgeKind.EARLY else reached
        if award.ceremony_on < first:
            yield Found(one, ERROR, f"Huy hiệu {award.years} năm trao ngày {date_text(award.ceremony_on)}, trước ngày {date_text(first)}.", "badges")


@rule("K10", "Biết đợt trao Huy hiệu", REMINDER, HD01)
def _rounds(facts):
    for one in facts.people:
        if one.state == MemberState.OFFICIAL and one.decided_on and one.decided_precision != Precision.DAY:
            says = "Ngày quyết định kết nạp chỉ biết một phần nên đợt trao Huy hiệu có thể lệch."
            yield Found(one, REMINDER, says, "record", "decided_on")
