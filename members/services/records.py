"""What stands in a member's record: corrected by hand, with its trail; certified fields only with a reason and a document (M17)."""

from django.core.exceptions import PermissionDenied

from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError, StaleVersion
from khoi_party.rules import Confidence
from members.enums import MemberState, Precision
from members.models import Member
from members.models.people import first_of
from members.permissions import can_edit_member, can_reveal
from members.record_rules import card_number_problem

EDITABLE = (
    "full_name",
    "birth_name",
    "gender",
    "born_on",
    "born_precision",
    "ethnicity",
    "religion",
    "home_town",
    "identity_number",
    "general_education",
    "education",
    "speciality",
    "theory_level",
    "foreign_language",
    "occupation_before",
    "position",
    "is_civil_servant",
    "background",
    "decided_on",
    "decided_precision",
    "admitted_on",
    "admitted_precision",
    "official_on",
    "official_precision",
    "card_number",
    "card_issued_on",
    "record_number",
)
# What the certified lý lịch says: a correction needs the consent of the cấp ủy in writing (QĐ 24-QĐ/TW, mục 6.2.4). Filling a gap does not.
CERTIFIED = (
    *("full_name", "birth_name", "gender", "born_on", "ethnicity", "home_town", "identity_number", "card_number", "record_number"),
    *("decided_on", "admitted_on", "official_on"),
)
PRECISIONS = {name: name.replace("_on", "_precision") for name in ("born_on", "decided_on", "admitted_on", "official_on")}


def edit_member(member, values, *, version, by, reason="", document=None):
    """Correct fields of the record: `values` {field: value} for EDITABLE ones, others are left. `reason` and `document` (an unsaved
    cells.Document) are needed where a certified field changes that was filled before. Returns the Member.

    StaleVersion when another person saved in between; DomainError with its field for a card number that cannot be (M1, M3), one that is taken,
    Party dates in a wrong order (M4), or a correction without reason or document (M17). Telling a date more exactly corrects nothing.
    """
    if not can_edit_member(by, member):
        raise PermissionDenied
    with change(by=by):
        row = locked(Member.objects.filter(pk=member.pk)).select_related("cell").get()
        if row.version != version:
            raise StaleVersion("Hồ sơ vừa được người khác sửa. Hãy xem lại rồi lưu lần nữa; nội dung đồng chí nhập vẫn giữ.", current=row)
        changed = [name for name in EDITABLE if name in values and getattr(row, name) != values[name]]
        corrected = [name for name in CERTIFIED if _is_corrected(row, name, values, changed)]
        _refuse_edit(row, values, changed, corrected, reason, document)
        for name in changed:
            setattr(row, name, values[name])
        row.version += 1
        row.save()
        if changed:
            if document is not None:
                document.save()
            proof = {"note": reason.strip(), "document": str(document)} if corrected else {}
            record("member.edited", row, summary="Sửa thông tin đảng viên.", organisation=row.cell, fields=sorted(changed), **proof)
    return row


def _is_corrected(row, name, values, changed):
    """Whether something certified becomes something else: not what was empty, nor a date whose day or month is now told too."""
    before, precision = getattr(row, name), PRECISIONS.get(name)
    if before in (None, "") or not {name, precision}.intersection(changed):
        return False
    if precision is None:
        return True
    known = getattr(row, precision)
    day, now_known = values.get(name, before), values.get(precision, known)
    order = list(Precision)  # from the whole date to the year alone
    return day is None or first_of(day, known) != before or order.index(now_known) > order.index(known)


def _refuse_dates(row, values, changed):
    """M4: the order of the Party dates; what is an event of its own is not typed here."""
    names = ("born_on", "decided_on", "admitted_on", "official_on")
    if not {*names, *PRECISIONS.values()}.intersection(changed):
        return
    born, decided, admitted, official = (values.get(name, getattr(row, name)) for name in names)
    if admitted is None:
        raise DomainError("Hãy ghi ngày vào Đảng; chỉ biết năm thì ghi năm.", field="admitted_on")
    if bool(official) != bool(row.official_on):
        sentence = "Công nhận chính thức là một biến động: hãy ghi ở “Ghi biến động”." if official else "Ngày chính thức không được để trống."
        raise DomainError(sentence, field="official_on")
    if born and born >= admitted:
        raise DomainError("Ngày sinh phải trước ngày vào Đảng.", field="born_on")
    if decided and decided > admitted:
        sentence = "Ngày quyết định kết nạp không được sau ngày vào Đảng; nếu chỉ biết năm của ngày vào Đảng, hãy ghi quyết định cũng theo năm."
        raise DomainError(sentence, field="decided_on")
    if official and official <= admitted:
        raise DomainError("Ngày chính thức phải sau ngày vào Đảng.", field="official_on")


def _refuse_edit(row, values, changed, corrected, reason, document):
    _refuse_dates(row, values, changed)
    if "card_number" in changed or "card_issued_on" in changed:
        number, issued_on = (values.get(name, getattr(row, name)) for name in ("card_number", "card_issued_on"))
        problem = card_number_problem(number, issued_on)
        if problem and problem[1] == Confidence.VERIFIED:
            raise DomainError(problem[0], field="card_number")
        if number and row.official_on is None and row.state == MemberState.PROBATIONARY:
            raise DomainError("Chỉ đảng viên chính thức được cấp thẻ (Quy định 29-QĐ/TW, mục 6.1).", field="card_number")
        official_on = values.get("official_on", row.official_on)
        if issued_on and official_on and issued_on < official_on:
            raise DomainError("Ngày cấp thẻ không được trước ngày chính thức.", field="card_issued_on")
    for name, what in (("card_number", "Số thẻ đảng viên"), ("record_number", "Số lý lịch"), ("identity_number", "Số căn cước")):
        if name in changed and values[name] and Member.objects.filter(**{name: values[name]}).exclude(pk=row.pk).exists():
            raise DomainError(f"{what} này đã có trong danh sách.", field=name)
    if corrected and not reason.strip():
        raise DomainError("Sửa thông tin đã chứng nhận thì phải ghi lý do.", field="reason")
    if corrected and document is None:
        raise DomainError(
            "Sửa thông tin đã chứng nhận thì phải có văn bản đồng ý của cấp ủy: ghi số, ngày, cơ quan ban hành.", field="document_number"
        )


def reveal_numbers(member, *, by):
    """Note that `by` looks at the full card, lý lịch and identity numbers of `member`; gives them as {field: number}."""
    if not can_reveal(by, member):
        raise PermissionDenied
    with change(by=by):
        record("member.revealed", member, summary="Xem số thẻ, số lý lịch, số căn cước.", organisation=member.cell)
    return {name: getattr(member, name) for name in ("card_number", "record_number", "identity_number")}
