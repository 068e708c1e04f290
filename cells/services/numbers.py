"""The register of the numbers of a committee's papers: taken, kept for later, left out. No number twice, no gap without its reason.

Hướng dẫn số 36-HD/VPTW, ngày 03/4/2018, số và ký hiệu văn bản: from 01 for each type and each term. The term is the organisation's own
in which the day falls, from the day of its congress; where none is on record for that day, that of the nearest superior that has one;
where no superior has one either, all days lie in one open series, which ends when a term is recorded.
"""

from django.core.exceptions import PermissionDenied
from django.db.models import Max

from cells.enums import NumberState, PaperCode
from cells.models import Document, NumberSeries, RegisteredNumber
from cells.paper_numbers import MOST, OF_CONGRESS, number_text, parse_number
from cells.permissions import can_keep_numbers
from cells.standing import term_on
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import date_text
from khoi_party.common.errors import DomainError

MOST_RESERVED = 50  # at one time; more is a slip of the finger


def next_number(organisation, code, day):
    """The number that the next paper of type `code` (a PaperCode) of `organisation` gets in the series of `day`.

    Where the register holds none yet: one more than the highest on papers of that series that are on record, so that a committee
    that begins in the middle of a term goes on from its paper register; else 1.
    """
    _refuse_code(code)
    term = term_on(organisation, day)
    return _following(organisation, NumberSeries.objects.filter(organisation=organisation, term=term).first(), term, code, day)


def _following(organisation, series, term, code, day):
    last = series and series.numbers.filter(code=code).aggregate(last=Max("number"))["last"]
    return (last or _last_on_record(organisation, term, code, day)) + 1


def _last_on_record(organisation, term, code, day):
    papers = Document.objects.filter(organisation=organisation, issuer=organisation.committee_name, issued_on__lte=day)
    if term:
        papers = papers.filter(issued_on__gte=term.congress_on)
    issuer = _issuer(organisation, code, day)
    found = (parse_number(text) for text in papers.values_list("number", flat=True))
    return max((one.number for one in found if one and one.code == code and _is_own(one, issuer)), default=0)


def _is_own(number, issuer):
    """Whether `number` carries the organisation's own symbol; where that is not known, what it writes on its papers is its own."""
    return not issuer or number.issuer.casefold() == issuer.casefold()


def offered_number(organisation, code, day):
    """The next number as the form of a paper offers it ("12-QĐ/ĐUK"); "" where the organisation's own symbol is not known."""
    issuer = _issuer(organisation, code, day)
    return number_text(next_number(organisation, code, day), code, issuer) if issuer else ""


def _issuer(organisation, code, day):
    return OF_CONGRESS if code == PaperCode.CONGRESS else organisation.paper_code_on(day)


def take_number(organisation, code, day, *, title, number=None, document=None, by):
    """Enter a paper of `organisation`: type `code`, issued on `day`, its `title` (trích yếu) and, where it is on record, the `document`.

    number: None for the next one; else the next one, one that the organisation has reserved, or any in an empty series. Returns the
    RegisteredNumber, used; its `warnings` say where days do not follow the numbers. PermissionDenied for others than its staff and leaders;
    DomainError(field="number") that names the next free number, field="title" without a title. Locks the series, audit head last.
    """
    _refuse_writing(organisation, code, by)
    if not title.strip():
        raise DomainError("Hãy ghi trích yếu của văn bản.", field="title")
    with change(by=by):
        series = _held_series(organisation, day)
        row = _row_to_use(series, organisation, code, day, number, by)
        row.state, row.title, row.issued_on, row.document, row.changed_by = NumberState.USED, title.strip(), day, document, by
        row.save()
        record("number.taken", row, summary=f"Vào sổ số {row.label}.", organisation=organisation, code=code, number=row.number, day=day)
    return row


def _held_series(organisation, day):
    """The series of `day`, made where it is new, and locked: numbers are given out one after the other."""
    series, _ = NumberSeries.objects.get_or_create(organisation=organisation, term=term_on(organisation, day))
    return locked(NumberSeries.objects.filter(pk=series.pk)).select_related("term").get()


def _row_to_use(series, organisation, code, day, number, by):
    following, issuer = _following(organisation, series, series.term, code, day), _issuer(organisation, code, day)
    if number is not None:
        if not 1 <= number <= MOST:
            raise DomainError(f"Số văn bản phải từ 01 đến {MOST}. Số kế tiếp là {number_text(following, code, issuer)}.", field="number")
        rows = series.numbers.filter(code=code)
        row = rows.filter(number=number).first()
        if row and row.is_free:
            return row
        if row:
            raise DomainError(f"{_why_taken(row, by)} Số kế tiếp là {number_text(following, code, issuer)}.", field="number")
        if number != following and rows.exists():
            raise DomainError(_why_not_next(number_text(number, code, issuer), number_text(following, code, issuer)), field="number")
    return _new_row(series, code, following if number is None else number, issuer)


def _new_row(series, code, number, issuer):
    return RegisteredNumber(series=series, code=code, number=number, issuer_code=issuer)


def _why_taken(row, by):
    """Which paper has the number; what the paper says only for those who may read the register."""
    if row.state == NumberState.VOID:
        return f"Số {row.label} đã bỏ nên không dùng lại được."
    says = f" “{row.title}”" if RegisteredNumber.objects.visible_to(by).filter(pk=row.pk).exists() else ""
    return f"Số {row.label} đã dùng cho văn bản ngày {date_text(row.issued_on)}{says}."


def _why_not_next(wanted, following):
    advice = "Nếu các số trước đó đã dùng cho văn bản khác thì hãy ghi các văn bản đó vào sổ trước, hoặc giữ số."
    return f"Chưa dùng được số {wanted} vì sổ không được cách số: số kế tiếp là {following}. {advice}"


def reserve_numbers(organisation, code, day, count, *, reason, by):
    """Keep the next `count` numbers of type `code` in the series of `day` for papers to come, for `reason`. Returns the rows, in order.

    PermissionDenied for others than the organisation's staff and leaders; DomainError for a count outside 1 to MOST_RESERVED, or no reason.
    """
    _refuse_writing(organisation, code, by)
    if not 1 <= count <= MOST_RESERVED:
        raise DomainError(f"Mỗi lần giữ từ 1 đến {MOST_RESERVED} số.", field="count")
    if not reason.strip():
        raise DomainError("Hãy ghi lý do giữ số.", field="reason")
    with change(by=by):
        series = _held_series(organisation, day)
        first, issuer = _following(organisation, series, series.term, code, day), _issuer(organisation, code, day)
        rows = [_new_row(series, code, number, issuer) for number in range(first, first + count)]
        for row in rows:
            row.state, row.reserved_for, row.changed_by = NumberState.RESERVED, reason.strip(), by
            row.save()
        told = {"code": code, "first": first, "count": count}
        record("number.reserved", rows[0], summary=f"Giữ {count} số từ {rows[0].label}.", organisation=organisation, note=reason.strip(), **told)
    return rows


def void_number(row, *, reason, by):
    """Leave the number of `row` out for `reason`: it stays in the register and is never given again. Returns the row.

    PermissionDenied for others than the organisation's staff and leaders; DomainError without a reason, for a number that is left out
    already, or one that a paper on record carries.
    """
    _refuse_writing(row.organisation, row.code, by)
    if not reason.strip():
        raise DomainError("Hãy ghi lý do bỏ số.", field="reason")
    with change(by=by):
        locked(NumberSeries.objects.filter(pk=row.series_id)).get()
        row = RegisteredNumber.objects.select_related("series__organisation").get(pk=row.pk)
        if row.state == NumberState.VOID:
            raise DomainError(f"Số {row.label} đã bỏ trước đó.")
        if not row.may_be_void:
            raise DomainError(f"Số {row.label} đã ban hành cùng văn bản nên không bỏ được. Hãy ban hành văn bản khác để thay thế.")
        before, row.state, row.void_reason, row.changed_by = row.state, NumberState.VOID, reason.strip(), by
        row.save()
        told = {"code": row.code, "number": row.number, "before": str(before)}
        record("number.void", row, summary=f"Bỏ số {row.label}.", organisation=row.organisation, note=reason.strip(), **told)
    return row


def enter_document(document, *, by):
    """Enter an issued `document` under the number that it carries, where that follows the pattern of its organisation (12-QĐ/ĐUK).

    Returns the RegisteredNumber, or None for another pattern or another issuer's symbol: such a paper is on record as a document only.
    DomainError and PermissionDenied as `take_number`.
    """
    told = parse_number(document.number)
    if told is None or not _is_own(told, _issuer(document.organisation, told.code, document.issued_on)):
        return None
    title = document.title or PaperCode(told.code).label
    return take_number(document.organisation, told.code, document.issued_on, title=title, number=told.number, document=document, by=by)


def _refuse_writing(organisation, code, by):
    if not can_keep_numbers(by, organisation):
        raise PermissionDenied
    _refuse_code(code)


def _refuse_code(code):
    if code not in PaperCode.values:
        raise DomainError("Loại văn bản này không có trong sổ. Hãy chọn loại khác.", field="code")
