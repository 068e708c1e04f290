"""Results that others decided: written one by one or from a workbook, always with the document they come from."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone

from cells.enums import Role
from cells.models import Document, Organisation
from cells.scope import paths_of, roles_of, within
from evaluations.enums import MEMBER_KINDS, OutsideKind, OutsideLevel
from evaluations.models import OutsideRating
from evaluations.permissions import can_write_for, can_write_outside_rating, writes_on_behalf
from evaluations.services.opinions import fill_agency
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError, StaleVersion
from khoi_party.common.names import one_line
from khoi_party.common.tree import in_subtree, subtree_q
from members.models import Member

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Result:
    """One result as it was typed or read from a file. `version` is that of the stored row it was set against, 0 where there was none."""

    kind: str
    level: int
    points: Decimal | None = None
    quarter: int | None = None
    member_id: int | None = None
    organisation_id: int | None = None
    body_name: str = ""
    version: int = 0

    @property
    def key(self):
        """Whose result of which span it is; a mass body is the same however its name's letters are written."""
        return self.kind, self.member_id, self.organisation_id, one_line(self.body_name).casefold(), self.quarter


def key_of(row):
    return row.kind, row.member_id, row.organisation_id, row.body_name.casefold(), row.quarter


def writable_places(user, cycle):
    """The organisations below the root of `cycle` that `user` writes results for, in the order of the tree."""
    own = [assignment.organisation_id for assignment in roles_of(user) if assignment.role == Role.SECRETARY]
    below = Organisation.objects.filter(subtree_q("path", cycle.root.path), dissolved_on__isnull=True)
    return below.filter(within("path", paths_of(user, (Role.STAFF,))) | Q(pk__in=own)).order_by("path")


def keeper(user, cycle):
    """Where the source of an imported list is kept: the highest organisation that `user` writes for in `cycle`, or None."""
    places = (a.organisation for a in roles_of(user) if a.role in (Role.STAFF, Role.SECRETARY))
    inside = [place if in_subtree(place.path, cycle.root.path) else cycle.root for place in places if _meet(place.path, cycle.root.path)]
    return min(inside, key=lambda place: place.path, default=None)


def _meet(one, other):
    return in_subtree(one, other) or in_subtree(other, one)


def standing(year, results):
    """{key: OutsideRating} of what is stored already for those that `results` speak of."""
    members = [result.member_id for result in results if result.member_id]
    organisations = [result.organisation_id for result in results if result.organisation_id]
    rows = OutsideRating.objects.filter(Q(member__in=members) | Q(organisation__in=organisations), year=year)
    return {key_of(row): row for row in rows.select_related("document", "member__cell", "organisation")}


def is_same(row, result, document):
    return (row.level, row.points) == (result.level, result.points) and is_same_document(row.document, document)


def is_same_document(one, other):
    def said(document):
        return one_line(document.number).casefold(), document.issued_on, one_line(document.issuer).casefold()

    return one.pk == other.pk is not None or said(one) == said(other)


def save_outside_rating(year, result, *, document, by):
    """Write one Result of `year` with its source `document` (a Document, saved here if it is new). Returns the OutsideRating.

    A member's civil-service level of the whole year also goes into the empty column of the open row (see `fill_agency`). The same
    values and source again change nothing. PermissionDenied by right, DomainError for what cannot be, StaleVersion (with `.current`)
    when somebody saved first.
    """
    save_outside_ratings(year, [result], document=document, by=by)
    return standing(year, [result])[result.key]


def save_outside_ratings(year, results, *, document, by):
    """Write all `results` or none, with one source. Returns (how many are new, changed, the same). Errors as `save_outside_rating`."""
    if document is None:
        raise DomainError("Hãy ghi số, ngày và cơ quan ban hành văn bản nguồn của kết quả.", field="document_number")
    for result in results:
        _refuse(result)
    with change(by=by):
        places = _locked_places(results)
        if not all(can_write_for(by, places[result.key]) for result in results):
            raise PermissionDenied
        rows = standing(year, results)
        new, changed = [], []
        for result in results:
            row = rows.get(result.key)
            if row and is_same(row, result, document):
                continue
            if (row.version if row else 0) != result.version:
                raise StaleVersion("Kết quả này đã có hoặc vừa được người khác sửa.", current=row)
            (changed if row else new).append((row, result))
        if new or changed:
            _store(year, new, changed, places, _kept(document), by)
        levels = {r.member_id: r.level for r in results if r.kind == OutsideKind.CIVIL_SERVANT and r.quarter is None}
        fill_agency(year, levels, by=by)
    return len(new), len(changed), len(results) - len(new) - len(changed)


def import_outside_ratings(cycle, results, *, document, by):
    """`save_outside_ratings` for the year of `cycle` from a file that was looked at first, with one entry about the file as a whole.

    DomainError, and nothing written, when something was changed since it was looked at.
    """
    with change(by=by):
        try:
            new, changed, same = save_outside_ratings(cycle.year, results, document=document, by=by)
        except StaleVersion as stale:
            raise DomainError("Từ lúc xem trước đã có kết quả được người khác ghi hoặc sửa nên chưa nhập gì. Hãy tải lại tệp để xem lại.") from stale
        place = keeper(by, cycle)
        summary = f"Nhập kết quả xếp loại nơi khác từ tệp: {new} mới, {changed} thay đổi, {same} giữ nguyên."
        record("outside_rating.imported", cycle, summary=summary, organisation=place, new=new, changed=changed, same=same)
    return new, changed, same


def remove_outside_rating(rating, reason, *, version, by):
    """Take a result out that should not be there, with a reason (required). What it filled into a sheet stays.

    PermissionDenied by right, DomainError without a reason, StaleVersion when somebody changed or removed it first.
    """
    if not can_write_outside_rating(by, rating):
        raise PermissionDenied
    reason = one_line(reason)
    if not reason:
        raise DomainError("Hãy ghi lý do bỏ kết quả này.", field="reason")
    with change(by=by):
        row = locked(OutsideRating.objects.filter(pk=rating.pk)).select_related("member__cell", "organisation").first()
        if row is None or row.version != version:
            raise StaleVersion("Kết quả này vừa được người khác sửa hoặc bỏ. Hãy xem lại.", current=row)
        _note("outside_rating.removed", row, row.place, "Bỏ", by, note=reason)
        row.delete()


def _refuse(result):
    """What cannot be, in words, before the database says so."""
    if result.level not in OutsideLevel.values:
        raise DomainError("Hãy chọn một trong bốn mức xếp loại.", field="level")
    if result.quarter not in (None, 1, 2, 3, 4):
        raise DomainError("Quý là từ 1 đến 4, hoặc để trống nếu là kết quả cả năm.", field="quarter")
    if result.points is not None and (not 0 <= result.points <= 100 or result.points != result.points.quantize(TENTH)):
        raise DomainError("Điểm phải từ 0 đến 100, nhiều nhất một chữ số sau dấu phẩy.", field="points")
    if (result.kind in MEMBER_KINDS) != (result.member_id is not None) or (result.member_id is None) == (result.organisation_id is None):
        raise DomainError("Hãy chọn đảng viên nếu là kết quả của cá nhân; của tập thể, cơ quan, đoàn thể thì không chọn.", field="member")
    if (result.kind == OutsideKind.MASS_BODY) != bool(one_line(result.body_name)):
        raise DomainError("Hãy ghi tên Mặt trận, đoàn thể; các đối tượng khác thì để trống.", field="body_name")


def _locked_places(results):
    """{key: Organisation} the results belong to. Holds what they are about, so that two people cannot write the same result at once."""
    wanted = {result.organisation_id for result in results if result.organisation_id}
    organisations = {row.pk: row for row in locked(Organisation.objects.filter(pk__in=wanted).order_by("pk"))}
    people = locked(Member.objects.filter(pk__in={result.member_id for result in results if result.member_id}).order_by("pk"))
    cells = {row.pk: row.cell for row in people.select_related("cell")}
    return {result.key: cells[result.member_id] if result.member_id else organisations[result.organisation_id] for result in results}


def _kept(document):
    """The same paper as stored before, or this one, saved."""
    if document.pk is None:
        said = {"organisation": document.organisation, "number": document.number, "issued_on": document.issued_on, "issuer": document.issuer}
        known = Document.objects.filter(**said).first()
        if known:
            return known
        document.save()
    return document


def _store(year, new, changed, places, document, by):
    now = timezone.now()
    fresh = []
    for _, result in new:
        subject = {"member_id": result.member_id, "organisation_id": result.organisation_id, "body_name": one_line(result.body_name)}
        values = {"level": result.level, "points": result.points, "document": document, "entered_by": by, "entered_at": now}
        fresh.append(OutsideRating(year=year, quarter=result.quarter, kind=result.kind, **subject, **values))
        fresh[-1].fill_keys()
    OutsideRating.objects.bulk_create(fresh, batch_size=500)
    for row in fresh:
        _note("outside_rating.saved", row, places[key_of(row)], "Ghi", by, after=row.level)
    for row, result in changed:
        before, row.level, row.points, row.document = row.level, result.level, result.points, document
        row.entered_by, row.entered_at, row.version = by, now, row.version + 1
        _note("outside_rating.saved", row, places[result.key], "Sửa", by, before=before, after=row.level)
    fields = ["level", "points", "document", "entered_by", "entered_at", "version"]
    OutsideRating.objects.bulk_update([row for row, _ in changed], fields, batch_size=500)


def _note(action, row, place, verb, by, note="", **data):
    record(
        action,
        row,
        summary=f"{verb} kết quả xếp loại nơi khác: {row.get_kind_display().lower()}, {row.period.lower()}, mức {row.level}.",
        organisation=place,
        on_behalf=writes_on_behalf(by, place),
        note=note,
        kind=row.kind,
        year=row.year,
        quarter=row.quarter,
        points=None if row.points is None else str(row.points),
        **data,
    )


def as_row(result, people, places):
    """An unsaved OutsideRating of `result`, to be shown: `people` and `places` are {id: Member} and {id: Organisation}."""
    subject = {"member": people.get(result.member_id), "organisation": places.get(result.organisation_id), "body_name": result.body_name}
    return OutsideRating(kind=result.kind, quarter=result.quarter, level=result.level, points=result.points, **subject)
