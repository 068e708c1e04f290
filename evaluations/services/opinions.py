"""One cell of the grid: the level that one voice gives to one row, saved with its version so that no typing is lost."""

from django.core.exceptions import PermissionDenied

from evaluations.enums import ON_MEMBERS, DecisionState, Eligibility, Subject, Voice
from evaluations.models import Decision, Opinion, Review
from evaluations.permissions import CHOOSING_KINDS, can_prepare_decision, can_write_voice, writes_on_behalf
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError, StaleVersion

FROM_BALLOT = "Mức này lấy từ kết quả kiểm phiếu. Cần sửa thì mở kiểm phiếu lại ở trang Bỏ phiếu; lý do thì sửa được ngay."
IS_PROPOSED = "Mức này đang trình lãnh đạo. Hãy rút dự thảo quyết định về rồi sửa."


def is_proposed(review):
    """Whether a decision on the row lies before the leader: what he reads must not change under his eyes."""
    return Decision.objects.filter(state=DecisionState.PROPOSED, body=review.decided_by, sheets=review.sheet).exists()


def save_opinion(review, voice, *, level, reason="", exemplary=False, version, ballot=None, by):
    """Set the level (1-4 or None) of `voice` on `review` and return the Opinion.

    `reason` says why it departs from the voice before; `exemplary` marks an organisation that a top-level body decides as tiêu biểu
    (with level 1, as a proposal).

    `ballot` is the round that gave the level; such a level is changed by another count alone, its reason by anybody who may write.
    `version` is the one the page showed, 0 where the cell was empty. The same level and reason again changes nothing.
    Raises PermissionDenied by right or state, DomainError for a level the year does not know, a row that is not rated, a misplaced mark,
    StaleVersion (with `.current`, the other person's Opinion) when someone saved in between.
    """
    if voice not in Voice.values:
        raise DomainError("Không có cột này.")
    if level is not None and level not in (1, 2, 3, 4):
        raise DomainError(f"Năm {review.sheet.cycle.year} không có mức “{level}”. Hãy chọn một trong bốn mức.", field="level")
    with change(by=by):
        locked(Review.objects.filter(pk=review.pk)).get()  # first the lock, then the states it guards: a join would show those from before the wait
        row = Review.objects.select_related("sheet__organisation", "decided_by").get(pk=review.pk)
        _refuse_cell(row, voice, level, exemplary, by)
        opinion = Opinion.objects.filter(review=row, voice=voice).first() or Opinion(review=row, voice=voice, version=0)
        source = opinion.ballot_id if ballot is None else ballot.pk if level else None
        if (opinion.level, opinion.reason, opinion.exemplary, opinion.ballot_id) == (level, reason.strip(), exemplary, source) and opinion.pk:
            return opinion
        if opinion.version != version:
            raise StaleVersion("Ô này vừa được người khác sửa.", current=opinion)
        if ballot is None and opinion.ballot_id and level != opinion.level:
            raise DomainError(FROM_BALLOT, field="level")
        opinion.ballot_id = source
        before, opinion.level, opinion.reason, opinion.exemplary, opinion.by = opinion.level, level, reason.strip(), exemplary, by
        opinion.on_behalf = writes_on_behalf(by, row.sheet.organisation)
        opinion.version += 1
        opinion.save()
        record(
            "opinion.saved",
            row,
            summary=f"{Voice(voice).label}: mức {level}" if level else f"{Voice(voice).label}: bỏ trống",
            organisation=row.sheet.organisation,
            on_behalf=opinion.on_behalf,
            note=opinion.reason,
            voice=voice,
            before=before,
            after=level,
            exemplary=exemplary,
            **({"ballot": opinion.ballot_id} if opinion.ballot_id else {}),
        )
    return opinion


def _refuse_cell(row, voice, level, exemplary, by):
    """By right, by state, by what the row is."""
    if not can_write_voice(by, row, voice):
        raise PermissionDenied
    if is_proposed(row):
        raise DomainError(IS_PROPOSED)
    if row.eligibility != Eligibility.REQUIRED:
        raise DomainError(f"Không xếp loại: {row.eligibility_reason or row.get_eligibility_display().lower()}")
    if voice in ON_MEMBERS and row.subject != Subject.MEMBER:
        raise DomainError(f"“{Voice(voice).label}” chỉ ghi cho đảng viên.")
    if exemplary and not (voice == Voice.PROPOSED and level == 1 and can_be_exemplary(row)):
        raise DomainError("Chỉ đề nghị tiêu biểu cho tổ chức đảng được đề xuất mức cao nhất.")


def can_be_exemplary(review):
    """Tiêu biểu is chosen among organisations: of bases by the committee above them, of cells by the đảng ủy cơ sở that decides them."""
    return review.subject == Subject.ORGANISATION and review.decided_by.kind in CHOOSING_KINDS


def fill_agency(year, levels, *, by):
    """Put the civil-service levels of `year` ({member id: level}) into the empty columns of these members' open rows. Returns how many.

    What somebody typed stays as it is; so do rows that are decided or lie before the leader, and those `by` may not write.
    """
    count = 0
    with change(by=by):
        wanted = {"member__in": list(levels), "subject": Subject.MEMBER, "sheet__cycle__year": year, "eligibility": Eligibility.REQUIRED}
        rows = Review.objects.present().filter(**wanted, decided_level__isnull=True).order_by("pk")
        ids = [row.pk for row in locked(rows)]  # first the lock, then the states it guards
        rows = Review.objects.filter(pk__in=ids).select_related("sheet__organisation", "decided_by").prefetch_related("opinions").order_by("pk")
        proposed = set(Decision.objects.filter(state=DecisionState.PROPOSED, sheets__reviews__in=ids).values_list("sheets", "body"))
        for row in rows:
            given = next((opinion for opinion in row.opinions.all() if opinion.voice == Voice.AGENCY), None)
            open_to = can_write_voice(by, row, Voice.AGENCY) and (row.sheet_id, row.decided_by_id) not in proposed
            if open_to and (given is None or given.level is None):
                _fill(row, given or Opinion(review=row, voice=Voice.AGENCY, version=0), levels[row.member_id], by)
                count += 1
    return count


def _fill(row, opinion, level, by):
    opinion.level, opinion.by, opinion.on_behalf = level, by, writes_on_behalf(by, row.sheet.organisation)
    opinion.version += 1
    opinion.save()
    summary = f"{Voice.AGENCY.label}: mức {level}, theo kết quả xếp loại nơi khác"
    place = row.sheet.organisation
    record("opinion.saved", row, summary=summary, organisation=place, on_behalf=opinion.on_behalf, voice=Voice.AGENCY, before=None, after=level)


def propose_from_vote(sheet, *, by):
    """Fill every empty "đề xuất" of the rows that `by` may propose for with what the unit itself gave. Returns how many."""
    if not any(can_prepare_decision(by, review.decided_by) for review in sheet.reviews.select_related("decided_by")):
        raise PermissionDenied
    count = 0
    with change(by=by):
        rows = locked(sheet.reviews.present().filter(eligibility=Eligibility.REQUIRED).order_by("pk"))
        for row in rows.select_related("sheet__organisation", "decided_by").prefetch_related("opinions"):
            given = {opinion.voice: opinion.level for opinion in row.opinions.all() if opinion.level}
            level = given.get(Voice.CELL_VOTE) or given.get(Voice.SELF)
            if level and Voice.PROPOSED not in given and can_write_voice(by, row, Voice.PROPOSED):
                empty = next((opinion for opinion in row.opinions.all() if opinion.voice == Voice.PROPOSED), None)
                save_opinion(row, Voice.PROPOSED, level=level, version=empty.version if empty else 0, by=by)
                count += 1
    return count
