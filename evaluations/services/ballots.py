"""A secret ballot on paper: opened on a list of rows, counted by one or by two people, confirmed, and only then written into the sheet.

The levels go into the same opinions that the grid shows (chi bộ bỏ phiếu; of a deciding body: dự kiến quyết định), with the round as
their source, so that there is never a second truth. Locks: sheets, round, reviews.
"""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from cells.enums import CELL_KINDS
from cells.models import DatedSetting
from evaluations.ballots import Fault, Threshold, differences, fault_of_line, faults_of_totals, leading, result_words, share_of, winner
from evaluations.enums import BallotMeeting, BallotState, DecisionState, Eligibility, Voice
from evaluations.models import BallotCount, BallotLine, BallotRound, BallotSubject, Decision, Opinion, Review, ReviewSheet
from evaluations.permissions import ROOT_KINDS, can_write_ballot, can_write_ballot_of, writes_on_behalf
from evaluations.rulebooks import rulebook_for
from evaluations.services.opinions import save_opinion
from evaluations.services.proposals import is_ready, rows_to_decide
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import date_text, today
from khoi_party.common.errors import DomainError, StaleVersion
from members.enums import MembershipKind, Post
from members.models import Member, MembershipEvent, Seat

STANDING_POSTS = (Post.SECRETARY, Post.DEPUTY_SECRETARY, Post.STANDING)


def rule_on(cycle, day):
    """(Threshold, whether exempt members vote, whether the root has set it) in force on `day` for the ballots of `cycle`."""
    setting = DatedSetting.objects.filter(organisation=cycle.root, key=DatedSetting.Key.BALLOT_MAJORITY).in_force(day).first()
    if setting is None:
        return Threshold(), False, False
    value = setting.value
    return Threshold(value["base"], value["part"], value["whole"], value["at_least"]), value["exempt_vote"], True


def meetings_of(organisation):
    """The meetings that may vote at `organisation`, the usual one first."""
    if organisation.kind in CELL_KINDS:
        return (BallotMeeting.CELL, BallotMeeting.COMMITTEE)
    if organisation.kind in ROOT_KINDS:
        return (BallotMeeting.STANDING, BallotMeeting.COMMITTEE)
    return (BallotMeeting.COMMITTEE, BallotMeeting.STANDING)


def voters_of(organisation, meeting, day, *, exempt_vote=False):
    """The Members who may vote at `meeting` on `day`, by name: official members of the cell's roll (not those suspended, and exempt ones
    only where the root's setting says so), or those who hold a seat in the committee."""
    if meeting == BallotMeeting.CELL:
        roll = Member.objects.filter(official_on__lte=day)
        roll = roll.filter(pk__in=organisation.memberships.in_force(day).filter(kind=MembershipKind.OFFICIAL).values("member"))
        roll = roll.exclude(pk__in=MembershipEvent.objects.suspended_on(day).values("member"))
        if not exempt_vote:
            roll = roll.exclude(pk__in=MembershipEvent.objects.exempt_on(day).values("member"))
        return roll.order_by("sort_key", "pk")
    seats = Seat.objects.filter(organisation=organisation).in_force(day)
    if meeting == BallotMeeting.STANDING:
        seats = seats.filter(post__in=STANDING_POSTS)
    return Member.objects.filter(pk__in=seats.values("member")).order_by("sort_key", "pk")


def rows_for_ballot(organisation, cycle, sheet=None):
    """The rows that may stand on a paper: of its own open `sheet`, or those that a body has still to decide on accepted sheets and that do
    not lie before its leader."""
    if sheet:
        rows = sheet.reviews.present().filter(eligibility=Eligibility.REQUIRED, decided_level__isnull=True)
    else:
        sheets = ReviewSheet.objects.waiting_for(organisation, cycle)
        sheets = sheets.exclude(pk__in=ReviewSheet.objects.filter(decisions__state=DecisionState.PROPOSED, decisions__body=organisation))
        rows = rows_to_decide(organisation, [one for one in sheets if is_ready(one, organisation)])
    return rows.order_by("subject", "sort_key", "pk")


def free_rows(organisation, cycle, sheet=None):
    """Those of `rows_for_ballot` that no other round holds or has given a result."""
    taken = _standing_at(organisation, sheet.pk if sheet else None).filter(Q(round__state=BallotState.OPEN) | Q(result__isnull=False))
    return rows_for_ballot(organisation, cycle, sheet).exclude(pk__in=taken.values("review"))


def _standing_at(organisation, sheet_id):
    """The lines of the papers of one place, but for rounds that were replaced."""
    return BallotSubject.objects.filter(round__organisation=organisation, round__sheet=sheet_id).exclude(round__state=BallotState.REPLACED)


def open_ballot(
    organisation, cycle, sheet=None, *, subject, reviews, meeting, held_on, eligible=None, spare=0, chair="", secretary="", head_teller="", by
):
    """A new round on `reviews` (ids of rows for ballot, all of `subject`); base and share are taken over as in force on `held_on`.

    `eligible` is only for meetings of a committee whose seats are not on record. Returns the BallotRound. DomainError without rows,
    without voters, and for a row that another round holds or has decided.
    """
    with change(by=by):
        values = {"meeting": meeting, "held_on": held_on, "spare": spare, "chair": chair, "secretary": secretary, "head_teller": head_teller}
        return _open(organisation, cycle, sheet, subject, reviews, eligible, values, by)


def second_ballot(ballot, *, reviews, levels, held_on, eligible=None, spare=0, chair="", secretary="", head_teller="", by):
    """A further round on those of `reviews` that `ballot` left without a result, with all four levels ("all") or the leading two
    ("leading"). Returns the BallotRound. DomainError as for `open_ballot`, and while `ballot` is not confirmed."""
    if ballot.state != BallotState.CONFIRMED:
        raise DomainError("Hãy xác nhận kết quả lần này trước khi bỏ phiếu lần tiếp theo.")
    open_ones = {one.review_id: one for one in left_without(ballot) if one.review_id in reviews}
    offered = {}
    if levels == "leading":
        lines = BallotLine.objects.filter(subject__in=list(open_ones.values()), count__slot=1).select_related("subject")
        offered = {one.subject.review_id: "".join(map(str, leading(one.line))) for one in lines}
    with change(by=by):
        values = {"meeting": ballot.meeting, "held_on": held_on, "spare": spare, "follows": ballot}
        values |= {"chair": chair, "secretary": secretary, "head_teller": head_teller}
        return _open(ballot.organisation, ballot.cycle, ballot.sheet, ballot.subject, list(open_ones), eligible, values, by, offered)


def recount(ballot, reason, *, eligible=None, by):
    """A new round that is to replace the confirmed `ballot`, on the same rows; the old one stays in force until the new is confirmed, and
    visible for ever. DomainError without a reason, while one is under way, and when its levels can no longer be written."""
    if not can_write_ballot(by, ballot):
        raise PermissionDenied
    if not reason.strip():
        raise DomainError("Hãy ghi rõ lý do phải kiểm lại.", field="reason")
    with change(by=by):
        _lock_sheets(ballot.sheet, ballot.subjects.values_list("review", flat=True))
        old = locked(BallotRound.objects.filter(pk=ballot.pk)).get()
        if old.state != BallotState.CONFIRMED or BallotRound.objects.filter(replaces=old).exists():
            raise DomainError("Lần bỏ phiếu này đã có lần kiểm lại, hoặc chưa được xác nhận.")
        if against := against_filling(ballot):
            raise DomainError(" ".join(against))
        kept = ("cycle", "organisation", "sheet", "subject", "meeting", "held_on", "number", "follows", "spare")
        kept += ("base", "part", "whole", "at_least", "is_set", "slots", "chair", "secretary", "head_teller")
        new = BallotRound(**{name: getattr(old, name) for name in kept}, replaces=old, reason=reason.strip(), opened_by=by)
        _, exempt_vote, _ = rule_on(ballot.cycle, old.held_on)
        new.eligible = _eligible(ballot.organisation, old.meeting, old.held_on, exempt_vote, eligible, fallback=old.eligible)
        new.save()
        BallotSubject.objects.bulk_create(BallotSubject(round=new, review_id=one.review_id, levels=one.levels) for one in old.subjects.all())
        summary = f"Mở kiểm phiếu lại, thay kết quả lần {old.number}."
        on_behalf = writes_on_behalf(by, ballot.organisation)
        record("ballot.recount", new, summary=summary, organisation=ballot.organisation, note=new.reason, on_behalf=on_behalf, replaces=old.pk)
    return new


def _open(organisation, cycle, sheet, subject, reviews, eligible, values, by, offered=None):
    if not can_write_ballot_of(by, organisation, sheet):
        raise PermissionDenied
    _lock_sheets(sheet, reviews)
    rows = list(rows_for_ballot(organisation, cycle, sheet).filter(pk__in=reviews, subject=subject))
    if not rows:
        raise DomainError("Chưa chọn ai để bỏ phiếu, hoặc những người đã chọn không còn chờ xếp loại.", field="reviews")
    if sheet and not sheet.is_writable:
        raise DomainError("Bảng xếp loại đã gửi nên không mở lần bỏ phiếu mới. Hãy đề nghị cấp trên trả lại bảng trước.")
    before = list(_standing_at(organisation, sheet.pk if sheet else None).filter(review__in=rows).select_related("round", "review"))
    for one in before:
        if one.round.is_open:
            raise DomainError(f"{one.review.name} đang ở một lần bỏ phiếu chưa xác nhận. Hãy xong lần đó trước.", field="reviews")
        if one.result:
            raise DomainError(f"{one.review.name} đã có kết quả ở lần {one.round.number}. Cần sửa thì mở kiểm phiếu lại từ lần đó.", field="reviews")
    threshold, exempt_vote, is_set = rule_on(cycle, values["held_on"])
    ballot = BallotRound.objects.create(
        organisation=organisation,
        cycle=cycle,
        sheet=sheet,
        subject=subject,
        number=1 + max((one.round.number for one in before), default=0),
        eligible=_eligible(organisation, values["meeting"], values["held_on"], exempt_vote, eligible),
        base=threshold.base,
        part=threshold.part,
        whole=threshold.whole,
        at_least=threshold.at_least,
        is_set=is_set,
        slots=2 if organisation.kind in ROOT_KINDS else 1,
        opened_by=by,
        **values,
    )
    offered = offered or {}
    BallotSubject.objects.bulk_create(BallotSubject(round=ballot, review=row, levels=offered.get(row.pk, "1234")) for row in rows)
    summary = f"Mở bỏ phiếu kín lần {ballot.number}: {len(rows)} dòng, {ballot.eligible} người có quyền bỏ phiếu."
    on_behalf = writes_on_behalf(by, organisation)
    record("ballot.opened", ballot, summary=summary, organisation=organisation, on_behalf=on_behalf, rows=len(rows), eligible=ballot.eligible)
    return ballot


def _lock_sheets(sheet, reviews):
    ids = [sheet.pk] if sheet else list(ReviewSheet.objects.filter(reviews__in=list(reviews)).values_list("pk", flat=True))
    found = list(locked(ReviewSheet.objects.filter(pk__in=ids).order_by("pk")))
    if sheet:
        sheet.state = found[0].state  # as it stands after the wait


def _eligible(organisation, meeting, day, exempt_vote, typed, fallback=None):
    found = voters_of(organisation, meeting, day, exempt_vote=exempt_vote).count()
    if meeting == BallotMeeting.CELL:
        if not found:
            says = f"Ngày {date_text(day)} chi bộ không có đảng viên chính thức nào có quyền bỏ phiếu. Hãy kiểm tra ngày họp."
            raise DomainError(says, field="held_on")
        return found
    if not (typed or fallback or found):
        raise DomainError("Chưa có danh sách cấp ủy viên. Hãy ghi số người được triệu tập.", field="eligible")
    return typed or fallback or found


def faults_of(ballot, totals, lines):
    """Everything that does not add up in a count: Faults whose field is a total's name or the id of a BallotSubject.

    `lines` is {subject id: Line}. A ballot with papers that nobody handed in cannot be confirmed by figures, so every subject needs its line.
    """
    faults = faults_of_totals(totals, ballot.eligible)
    if any(fault.field in ("valid", "collected", "issued") for fault in faults):
        return faults  # the lines are set against the valid papers: first these
    for subject in ballot.subjects.all():
        if subject.pk not in lines:
            faults.append(Fault(subject.pk, "Chưa ghi số phiếu của dòng này."))
        elif says := fault_of_line(lines[subject.pk], totals.valid, subject.allowed):
            faults.append(Fault(subject.pk, says))
    return faults


def save_count(ballot, totals, lines, *, version=0, by):
    """Write what `by` counted: `totals` (Totals) and `lines` ({subject id: Line}). Returns the BallotCount.

    Where two people key, each has a slot of their own and changes only that; where one is enough, a second account may put it right.
    DomainError for what does not add up, before the meeting, once it is confirmed, for a third person; StaleVersion (with `.current`)
    when somebody saved since the page was shown. The trail gets no figures: the other keyer may read it.
    """
    if not can_write_ballot(by, ballot):
        raise PermissionDenied
    with change(by=by):
        row = locked(BallotRound.objects.filter(pk=ballot.pk)).get()
        if not row.is_open:
            raise DomainError("Kết quả đã được xác nhận. Cần sửa thì mở kiểm phiếu lại.")
        if row.held_on > today():
            raise DomainError(f"Hội nghị họp ngày {date_text(row.held_on)}, chưa đến ngày nên chưa nhập kết quả.")
        count = _slot_of(row, by)
        if count.pk and count.version != version:
            raise StaleVersion(f"{count.by} vừa lưu kết quả này. Hãy xem lại rồi lưu lần nữa nếu vẫn cần sửa.", current=count)
        if faults := faults_of(row, totals, lines):
            raise DomainError(" ".join(fault.says for fault in faults[:3]))
        for name in totals.__dataclass_fields__:
            setattr(count, name, getattr(totals, name))
        count.by, count.on_behalf, count.version = by, writes_on_behalf(by, ballot.organisation), count.version + 1 if count.pk else 1
        count.save()
        count.lines.all().delete()
        BallotLine.objects.bulk_create(_stored(count, one.pk, lines[one.pk]) for one in row.subjects.all())
        summary = f"Nhập kết quả kiểm phiếu lần {row.number}" + (f", người thứ {count.slot}." if row.slots == 2 else ".")
        record("ballot.counted", row, summary=summary, organisation=ballot.organisation, on_behalf=count.on_behalf, slot=count.slot)
    return count


def _stored(count, key, line):
    first, second, third, fourth = line.votes
    return BallotLine(count=count, subject_id=key, votes_1=first, votes_2=second, votes_3=third, votes_4=fourth, silent=line.silent)


def _slot_of(row, by):
    counts = {count.slot: count for count in row.counts.select_related("by")}
    if row.slots == 1:
        return counts.get(1) or BallotCount(round=row, slot=1)
    mine = next((count for count in counts.values() if count.by_id == by.pk), None)
    if mine:
        return mine
    free = [slot for slot in (1, 2) if slot not in counts]
    if not free:
        raise DomainError("Đã đủ hai người nhập kết quả lần này.")
    return BallotCount(round=row, slot=free[0])


@dataclass
class CountState:
    """Where the count of a round stands, for one reader."""

    counts: list
    mine: BallotCount | None
    other: BallotCount | None  # only once the reader has keyed too
    agreed: BallotCount | None  # the count that holds, once all have keyed the same
    fields: list = field(default_factory=list)  # totals that differ
    keys: list = field(default_factory=list)  # ids of subjects whose lines differ

    @property
    def differs(self):
        return bool(self.fields or self.keys)


def read_count(count):
    """(Totals, {subject id: Line}) of a BallotCount."""
    return count.totals, {one.subject_id: one.line for one in count.lines.all()}


def agreed_count(ballot):
    """The BallotCount of `ballot` that holds: all who have to key it have keyed the same. None before that. Counts read ahead are used."""
    counts = list(ballot.counts.all())
    if len(counts) < ballot.slots or (ballot.slots == 2 and any(differences(*map(read_count, counts)))):
        return None
    return counts[0]


def count_state(ballot, user):
    """The CountState of `ballot` as `user` may see it: nobody sees a figure of the other keyer before keying their own."""
    counts = list(ballot.counts.select_related("by").prefetch_related("lines"))
    mine = next((one for one in counts if one.by_id == user.pk), None) if ballot.slots == 2 else next(iter(counts), None)
    if len(counts) < ballot.slots:
        return CountState(counts, mine, None, None)
    if ballot.slots == 1:
        return CountState(counts, mine, None, counts[0])
    fields, keys = differences(*map(read_count, counts))
    other = next((one for one in counts if one is not mine), None) if mine else None
    return CountState(counts, mine, other, None if fields or keys else counts[0], fields, keys)


@dataclass
class Result:
    subject: BallotSubject
    line: object
    level: int | None
    short: str  # the level as the year calls it
    share: str
    words: str


def results_of(ballot, count):
    """A Result per line of the paper, by name, from the BallotCount that holds."""
    lines, base, book = read_count(count)[1], count.base_count(ballot), rulebook_for(ballot.cycle.year)
    found = []
    for subject in ballot.subjects.select_related("review__sheet").order_by("review__sort_key", "review_id"):
        line = lines[subject.pk]
        level = winner(line, ballot.threshold, base)
        share, words = share_of(line, ballot.threshold, base), result_words(line, ballot.threshold, base, ballot.voters)
        found.append(Result(subject, line, level, book.level_short(level, ballot.subject), share, words))
    return found


def left_without(ballot):
    """The BallotSubjects of `ballot` that it gave no result and that no later round has taken up, by name."""
    later = _standing_at(ballot.organisation, ballot.sheet_id).filter(round__number__gt=ballot.number)
    found = ballot.subjects.filter(result=None).exclude(review__in=later.values("review"))
    return found.select_related("review").order_by("review__sort_key", "review_id")


def against_filling(ballot):
    """What stands against writing the levels of `ballot` where they belong, as sentences."""
    rows = Review.objects.filter(ballot_subjects__round=ballot)
    if rows.filter(decided_level__isnull=False).exists():
        return ["Đã có mức được quyết định trong các dòng của lần này; mức đã quyết định chỉ sửa bằng quyết định khác."]
    if ballot.sheet:
        if not ReviewSheet.objects.get(pk=ballot.sheet_id).is_writable:
            return ["Bảng xếp loại đã gửi nên chưa ghi kết quả vào được. Hãy đề nghị cấp trên trả lại bảng."]
        return []
    sheets = ReviewSheet.objects.filter(reviews__in=rows)
    if Decision.objects.filter(state=DecisionState.PROPOSED, body=ballot.organisation, sheets__in=sheets).exists():
        return ["Có dòng đang trình lãnh đạo. Hãy rút dự thảo quyết định về rồi xác nhận."]
    if names := [one.organisation_name for one in sheets.distinct() if one.is_writable]:
        return [f"Bảng xếp loại của {', '.join(names[:3])} đã trả lại đơn vị. Hãy chờ đơn vị gửi lại."]
    return []


def versions_of(ballot):
    """What stands in the counts of `ballot` now, as a short mark: it changes with every save."""
    return "-".join(f"{slot}.{version}" for slot, version in ballot.counts.order_by("slot").values_list("slot", "version"))


def confirm_ballot(ballot, *, document=None, seen=None, by):
    """Take the agreed count as the result and write each level into the sheet, once. Returns True, False when it was done before.

    `seen` is the mark (`versions_of`) of the counts that the page showed: another one is refused, so that nobody confirms figures unseen.
    `document` (an unsaved Document, biên bản kiểm phiếu) is required where one account keys the signed minutes. DomainError while a count
    is missing, while the two differ, and when the rows cannot be written any more. A recount takes back what the replaced round gave.
    """
    if not can_write_ballot(by, ballot):
        raise PermissionDenied
    with change(by=by):
        _lock_sheets(ballot.sheet, ballot.subjects.values_list("review", flat=True))
        row = locked(BallotRound.objects.filter(pk=ballot.pk)).get()
        if not row.is_open:
            return False
        if seen is not None and seen != versions_of(ballot):
            raise DomainError("Kết quả kiểm phiếu vừa được sửa. Hãy xem lại các số rồi xác nhận.")
        count = _refuse_confirming(ballot, document, by)
        if document:
            document.save()
        now = {"state": BallotState.CONFIRMED, "document": document, "confirmed_by": by, "confirmed_at": timezone.now()}
        BallotRound.objects.filter(pk=row.pk).update(**now)
        if row.replaces_id:
            BallotRound.objects.filter(pk=row.replaces_id).update(state=BallotState.REPLACED)
        filled = _fill(ballot, results_of(ballot, count), by)
        summary = f"Xác nhận kết quả bỏ phiếu lần {row.number}: {filled} dòng có mức."
        totals = {name: getattr(count, name) for name in ("present", "issued", "collected", "valid", "invalid")}
        on_behalf = writes_on_behalf(by, ballot.organisation)
        record("ballot.confirmed", row, summary=summary, organisation=ballot.organisation, on_behalf=on_behalf, filled=filled, **totals)
    return True


def _refuse_confirming(ballot, document, by):
    """The agreed BallotCount, or a DomainError."""
    state = count_state(ballot, by)
    if len(state.counts) < ballot.slots:
        who = "cả hai người" if ballot.slots == 2 else "kết quả"
        raise DomainError(f"Chưa nhập đủ: cần {who} nhập xong kiểm phiếu trước khi xác nhận.")
    if state.agreed is None:
        raise DomainError("Hai lần nhập còn khác nhau. Hãy đối chiếu với phiếu rồi sửa cho khớp.")
    if ballot.slots == 1 and document is None:
        raise DomainError("Hãy ghi số, ngày của biên bản kiểm phiếu đã ký.", field="document_number")
    if document and document.issued_on < ballot.held_on:
        raise DomainError(f"Ngày biên bản không được trước ngày họp {date_text(ballot.held_on)}.", field="document_on")
    if against := against_filling(ballot):
        raise DomainError(" ".join(against))
    return state.agreed


def _fill(ballot, results, by):
    """Each result into its opinion, with the round as its source; rows that left the list meanwhile are passed over. Returns how many."""
    voice = Voice.CELL_VOTE if ballot.sheet_id else Voice.DECIDING
    ids = [one.subject.review_id for one in results]
    rows = {row.pk: row for row in locked(Review.objects.present().filter(pk__in=ids, eligibility=Eligibility.REQUIRED).order_by("pk"))}
    opinions = {one.review_id: one for one in Opinion.objects.filter(review__in=ids, voice=voice)}
    before = _levels_before(ids, voice)
    filled, decided = 0, []
    for one in sorted(results, key=lambda result: result.subject.review_id):
        review, now = rows.get(one.subject.review_id), opinions.get(one.subject.review_id)
        one.subject.result = one.level
        decided.append(one.subject)
        if review is None or not _belongs(ballot, now, one.level):
            continue
        reason = now.reason if now and now.level == one.level else ""
        if one.level and not reason and before.get(review.pk, one.level) != one.level:
            reason = f"Bỏ phiếu kín lần {ballot.number} ngày {date_text(ballot.held_on)}: {one.words}"[:400]
        save_opinion(review, voice, level=one.level, reason=reason, version=now.version if now else 0, ballot=ballot, by=by)
        filled += bool(one.level)
    BallotSubject.objects.bulk_update(decided, ["result"])
    return filled


def _levels_before(ids, voice):
    """{review id: the level that the voice before `voice` gave}: a result that departs from it says why by its figures."""
    own = (Voice.SELF, Voice.COMMITTEE)
    earlier = own if voice == Voice.CELL_VOTE else (*own, Voice.CELL_VOTE, Voice.PROPOSED)
    found = {}
    for each in earlier:  # the later one counts
        found |= dict(Opinion.objects.filter(review__in=ids, voice=each, level__isnull=False).values_list("review", "level"))
    return found


def _belongs(ballot, now, level):
    """Whether the opinion that stands `now` is this round's to write: a later ballot's is not. Without a result what the unit typed as its
    vote goes, for nobody won it; what a body intends stays."""
    if now is None:
        return level is not None
    if now.ballot_id is not None:
        return now.ballot_id == ballot.replaces_id
    return level is not None or (ballot.sheet_id is not None and now.level is not None)


def discard_ballot(ballot, *, by):
    """Throw away a round that was not confirmed, with what was keyed of it; the rows are free for another. DomainError once confirmed."""
    if not can_write_ballot(by, ballot):
        raise PermissionDenied
    with change(by=by):
        row = locked(BallotRound.objects.filter(pk=ballot.pk)).get()
        if not row.is_open:
            raise DomainError("Kết quả đã được xác nhận nên không bỏ được. Cần sửa thì mở kiểm phiếu lại.")
        summary = f"Bỏ lần bỏ phiếu {row.number} chưa xác nhận."
        record("ballot.discarded", row, summary=summary, organisation=ballot.organisation, counts=row.counts.count())
        row.delete()
