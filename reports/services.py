"""Asking for a paper, giving it up, writing in it, issuing it. The making itself is in `jobs`."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from cells.services.numbers import take_number
from cells.standing import term_on
from khoi_party.audit.services import change, record
from khoi_party.audit.workflow import advance
from khoi_party.common.database import database_now, locked
from khoi_party.common.dates import date_text, today
from khoi_party.common.errors import DomainError, StaleVersion
from reports.building import thaw
from reports.enums import ACTIVE_STATES, About, Circulation, PaperKind, Urgency
from reports.models import Paper, PaperWords
from reports.papers.catalogue import recipe_of
from reports.papers.formats import DateWithoutProfileError, profile_for
from reports.papers.signing import SigningError
from reports.permissions import can_build
from reports.signers import boards_of, office_on
from reports.states import PAPER

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 3  # papers of one person that wait or are being made
MOST_LETTERS = 20_000  # of one place
OTHER_OPTIONS = "Văn bản này đang được lập theo yêu cầu trước của đồng chí, với cách in khác. Hãy đợi lập xong, hoặc hủy, rồi lập lại."
CONFLICT = "Mục này vừa được sửa ở nơi khác. Nội dung đồng chí gõ còn nguyên trên trang; hãy so với bản đó rồi chọn."


def request_term_report(term, *, by):
    """Queue the five-year report of `term` (a cells.Term). As `request_paper`."""
    return request_paper(PaperKind.TERM_REPORT, term.organisation, term, by=by)


def request_paper(kind, organisation, subject, *, by, options=None):
    """Queue a paper of `kind` (a PaperKind) of `organisation` about `subject` and wake a worker once this is saved. Returns the Paper.

    subject: the row that the kind's recipe is about, or the date of its figures; `options`: how it is printed, where the recipe asks.
    Asking again while one's own is being made gives that one. PermissionDenied for those who may not build it; DomainError while
    MOST_AT_ONCE of one's own are under way, or the same one with other options.
    """
    if not can_build(by, organisation):
        raise PermissionDenied
    about = recipe_of(kind).about
    key = f"{about.value}:{subject.isoformat() if about == About.DAY else subject.pk}"
    with change(by=by):
        locked(type(organisation).objects.filter(pk=organisation.pk)).get()
        mine = Paper.objects.filter(requested_by=by, state__in=ACTIVE_STATES)
        same = mine.filter(kind=kind, organisation=organisation, about_key=key).first()
        if same and same.options == (options or {}):
            return same
        if same:
            raise DomainError(OTHER_OPTIONS)
        _refuse_too_many(by)
        now = database_now()
        paper = Paper.objects.create(
            kind=kind,
            organisation=organisation,
            about_key=key,
            options=options or {},
            requested_by=by,
            asked_by=by,
            queued_at=now,
            sent_at=now,
            **{about.value: subject},
        )
        record("paper.requested", paper, summary=f"Yêu cầu lập {_small(paper.get_kind_display())}.", organisation=organisation, about=key)
        transaction.on_commit(lambda: wake_worker(paper.pk))
    return paper


def cancel_paper(paper, *, by):
    """Give up a paper that waits or is being made; the worker notices at its next step. True when it was still under way."""
    return advance(paper, "cancel", by=by, table=PAPER, organisation=paper.organisation)


def retry_paper(paper, *, by):
    """Queue a failed or cancelled paper again, with all its tries before it. True when it was not queued already."""
    with change(by=by):
        if not paper.is_active:
            _refuse_too_many(by)
        changed = advance(paper, "retry", by=by, table=PAPER, organisation=paper.organisation)
        if changed:
            _queue(paper, by)
    return changed


def reset_paper(paper, *, new_figures, by):
    """Make a finished draft anew: with figures read anew (`new_figures`) or the same ones; what people wrote stays. True when it was queued."""
    with change(by=by):
        if not paper.is_active:
            _refuse_too_many(by)
        changed = advance(paper, "reset", by=by, table=PAPER, organisation=paper.organisation)
        if changed:
            _queue(paper, by, keeps_figures=not new_figures, edition=paper.edition + 1)
    return changed


def mark_paper(paper, *, for_meeting=False, circulation="", urgency="", two_sided=False, by):
    """Keep what is to be printed on a draft besides its text; its files carry it once they are set again. True when something changed.

    circulation, urgency: values of Circulation and Urgency, "" for none. PermissionDenied for those who may not write in it; DomainError for
    an issued or unfinished paper, and for any other mark: secret papers are not made here.
    """
    if not can_build(by, paper.organisation):
        raise PermissionDenied
    if circulation not in ("", *Circulation.values) or urgency not in ("", *Urgency.values):
        raise DomainError("Phần mềm không có dấu này. Văn bản mang dấu chỉ mức độ mật không được soạn, lưu trên phần mềm này.")
    given = {"for_meeting": for_meeting, "circulation": circulation, "urgency": urgency, "two_sided": two_sided}
    with change(by=by):
        row = locked(Paper.objects.filter(pk=paper.pk)).get()
        if row.is_issued or not row.is_done:
            raise DomainError("Văn bản đang được lập hoặc đã ban hành nên không sửa dấu chỉ dẫn được.")
        changed = {name: value for name, value in given.items() if getattr(row, name) != value}
        if changed:
            Paper.objects.filter(pk=row.pk).update(**changed)
            record("paper.marked", row, summary="Sửa dấu chỉ dẫn của văn bản.", organisation=row.organisation, **changed)
    return bool(changed)


def issue_paper(paper, *, number, issued_on, signer_position, signer_name, recipients=(), grounds=(), board=None, by):
    """Issue a finished draft: its figures and words are frozen, its files are set once more with number, day and signer, and never again.

    signer_position: a way of signing as reports.papers.signing keeps it. `board`: the AdvisingBoard that issues it instead of the committee.
    The number is entered in the register of the organisation (cells.services.numbers), with what that refuses; an advising body keeps a
    register of its own, here its numbers only must not meet. DomainError besides for a kind that is not issued, a day to come, before the
    figures or without a guideline on form, a missing signer, and a way of signing that the guideline does not know.
    """
    recipe = recipe_of(paper.kind)
    if not recipe.is_issued_here:
        raise DomainError("Văn bản loại này không ghi số ở đây; hãy tải về và in.")
    _check_day(paper, issued_on)
    _check_signer(paper, recipe.code, issued_on, signer_position, signer_name, board)
    with change(by=by):
        row = locked(Paper.objects.filter(pk=paper.pk)).get()
        if not row.is_issued and row.is_done:
            _enter(row, recipe.code, issued_on, number, board, by)
            given = {"number": number, "issued_on": issued_on, "signer_position": signer_position, "signer_name": signer_name, "board": board}
            Paper.objects.filter(pk=row.pk).update(**given, recipients=list(recipients), grounds=list(grounds), keeps_figures=True)
        changed = advance(paper, "issue", by=by, table=PAPER, organisation=paper.organisation)
        if changed:
            _queue(paper, by)
    return changed


def _enter(row, code, day, number, board, by):
    """Take the number in the committee's register, or see that the board has not used it in the same term."""
    if board is None:
        title = _small(f"{row.get_kind_display()} {row.about_text}".strip())
        take_number(row.organisation, code, day, title=title, number=number, by=by)
        return
    term = term_on(row.organisation, day)
    locked(type(row.organisation).objects.filter(pk=row.organisation_id)).get()
    same = Paper.objects.filter(board=board, number=number, issued_at__isnull=False).exclude(pk=row.pk)
    if any(recipe_of(one.kind).code == code and term_on(row.organisation, one.issued_on) == term for one in same):
        raise DomainError(f"{board.name} đã dùng số {number} cho một văn bản khác cùng loại trong nhiệm kỳ.", field="number")


def _check_signer(paper, code, day, position, name, board):
    if not name.strip():
        raise DomainError("Hãy ghi họ và tên người ký.", field="signer_name")
    if board and not boards_of(paper.organisation, code, day).filter(pk=board.pk).exists():
        raise DomainError(f"Ngày {date_text(day)} không có {board.name}, hoặc ban không ban hành loại văn bản này.", field="board")
    try:
        office_on(paper.organisation, day, board).signed(position)
    except SigningError as unknown:
        raise DomainError(str(unknown), field="signer_position") from unknown


def _check_day(paper, day):
    if day > today():
        raise DomainError("Ngày ban hành chưa đến.", field="issued_on")
    if paper.as_of and day < paper.as_of:
        raise DomainError(f"Ngày ban hành trước ngày số liệu ({date_text(paper.as_of)}).", field="issued_on")
    try:
        profile_for(day)
    except DateWithoutProfileError as unknown:
        raise DomainError(str(unknown), field="issued_on") from unknown


def write_words(paper, place, text, *, version, by):
    """Keep what people write at `place` of a draft, as a version of its own. Returns the PaperWords (the last one where nothing changed).

    version: of the words that were read, 0 where there were none. StaleVersion when somebody else wrote in between; DomainError for an
    issued or unfinished paper, a place that it does not have, and more than MOST_LETTERS.
    """
    if not can_build(by, paper.organisation):
        raise PermissionDenied
    if len(text) > MOST_LETTERS:
        raise DomainError(f"Nội dung dài quá {MOST_LETTERS:,} ký tự; hãy rút gọn hoặc đưa vào phụ lục.".replace(",", "."), field="text")
    with change(by=by):
        row = locked(Paper.objects.filter(pk=paper.pk)).get()
        if row.is_issued or not row.is_done:
            raise DomainError("Văn bản đang được lập hoặc đã ban hành nên không sửa nội dung được.")
        written = thaw(row.figures).write()
        if place not in {one.place for one in written.places}:
            raise DomainError("Văn bản này không có mục đó.")
        last = row.words_written.filter(place=place).order_by("-version").first()
        basis = written.basis_of(place)
        if last and (last.text, last.basis) == (text, basis):
            return last  # also where the answer to the first saving was lost on the way and it is sent again
        if last is None and not text.strip():
            return PaperWords(paper=row, place=place, version=0, written_at=timezone.now())
        if (last.version if last else 0) != version:
            raise StaleVersion(CONFLICT, current=last)
        said = {"basis": basis, "around": written.around(place)}
        words = PaperWords.objects.create(paper=row, place=place, version=version + 1, text=text, written_by=by, **said)
        if words.version == 1:  # one entry for the place, not one for every few seconds
            record("paper.words", row, summary="Viết nội dung của văn bản.", organisation=row.organisation, place=place)
    return words


def _refuse_too_many(by):
    if Paper.objects.under_way().asked_by(by).count() >= MOST_AT_ONCE:
        raise DomainError(f"Đồng chí đang có {MOST_AT_ONCE} văn bản chờ lập. Hãy đợi một văn bản xong, hoặc hủy bớt, rồi lập tiếp.")


def restore_words(paper, place, old_version, *, version, by):
    """Write again what stood in `old_version` of `place`, as a new version. As `write_words`; DomainError for a version that is not there."""
    old = paper.words_written.filter(place=place, version=old_version).first()
    if old is None:
        raise DomainError("Không tìm thấy bản này.")
    return write_words(paper, place, old.text, version=version, by=by)


def _queue(paper, by, **fields):
    now = database_now()
    fresh = {"queued_at": now, "sent_at": now, "asked_by": by, "tries": 0, "failure": "", "heartbeat_at": None, "finished_at": None}
    Paper.objects.filter(pk=paper.pk).update(**fresh, step="", progress=0, parts_done=0, parts_of=0, **fields)
    transaction.on_commit(lambda: wake_worker(paper.pk))


def _small(name):
    return name[:1].lower() + name[1:]


def wake_worker(pk):
    """Tell a worker of the paper `pk`. A broker that does not answer loses nothing: the sweep sends it again."""
    from reports.tasks import build_paper

    try:
        build_paper.apply_async((pk,), retry=False)
    except (OperationalError, OSError):
        logger.warning("broker did not take the message for a paper; the sweep will send it again")
