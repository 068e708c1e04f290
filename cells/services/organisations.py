"""Founding, renaming, moving and closing organisations. Each is dated, proved by a document, and one entry in the trail."""

from django.core.exceptions import PermissionDenied
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from cells.models import Organisation, OrganisationName, Placement
from cells.organisation_rules import few_official, wrong_parent, wrong_size
from cells.permissions import can_edit_organisation, can_move_organisation
from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.errors import DomainError
from khoi_party.common.tree import STEP, child_path, in_subtree, subtree_q


def found_organisation(*, parent, kind, name, code, established_on, document=None, short_name="", agency="", sector=None, by):
    """Found an organisation under `parent` and return it, placed at the parent's next free number.

    DomainError when the kind may not stand under the parent's (rule O3; Điều lệ Đảng 2011, Điều 10, 21, 24), the parent is
    closed or the code is taken; PermissionDenied unless `by` is staff at the parent or above.
    """
    if not can_edit_organisation(by, parent):
        raise PermissionDenied
    refuse_wrong_parent(kind, parent)
    if Organisation.objects.filter(code=code).exists():
        raise DomainError(f"Mã {code} đã dùng cho tổ chức đảng khác.", field="code")
    with change(by=by):
        locked(Organisation.objects.filter(pk=parent.pk)).get()
        one = Organisation.objects.create(
            parent=parent,
            kind=kind,
            path=next_path(parent),
            name=name,
            short_name=short_name,
            code=code,
            agency=agency,
            sector=sector,
            established_on=established_on,
            established_by=saved(document),
        )
        open_dated_rows(one, established_on, document)
        record("organisation.founded", one, summary=f"Thành lập {name}.", organisation=one, code=code, kind=kind)
    return one


def refuse_wrong_parent(kind, parent):
    if parent.is_closed:
        raise DomainError(f"{parent.name} đã kết thúc hoạt động.", field="kind")
    if sentence := wrong_parent(kind, parent.kind):
        raise DomainError(sentence, field="kind")


def next_path(parent):
    """The path of the next child: one more than the highest number ever used there, so that no path is used twice."""
    used = Placement.objects.filter(parent=parent).values_list("path", flat=True)
    children = [int(path[-STEP:]) for path in used if len(path) == len(parent.path) + STEP and path.startswith(parent.path)]
    children += [int(path[-STEP:]) for path in parent.children.values_list("path", flat=True)]
    return child_path(parent.path, max(children, default=0) + 1)


def saved(document):
    if document is not None and document.pk is None:
        document.save()
    return document


def open_dated_rows(one, day, document):
    Placement.objects.create(organisation=one, kind=one.kind, parent=one.parent, path=one.path, sector=one.sector, valid_from=day, document=document)
    _call_from(one, day, document)


def rename_organisation(organisation, *, name, short_name, from_day, paper_code=None, superior_name=None, document=None, by):
    """Give a new name from `from_day`; papers of earlier days keep the old one. DomainError when the day is not after the last.

    `paper_code` (ĐUK) and `superior_name` (for the top of the tree only) stay as they are when None.
    """
    if not can_edit_organisation(by, organisation):
        raise PermissionDenied
    with change(by=by):
        one = _locked_open(organisation)
        current = one.names.open().first()
        if current and current.valid_from >= from_day:
            raise DomainError(f"Tên hiện nay có từ {current.valid_from:%d/%m/%Y}; tên mới phải có từ ngày sau đó.", field="from_day")
        before, one.name, one.short_name = one.name, name, short_name
        one.paper_code = one.paper_code if paper_code is None else paper_code
        one.save()
        _call_from(one, from_day, saved(document), superior_name)
        record("organisation.renamed", one, summary=f"Đổi tên {before} thành {name}.", organisation=one)
    return one


def _locked_open(organisation):
    one = locked(Organisation.objects.filter(pk=organisation.pk)).get()
    if one.is_closed:
        raise DomainError(f"{one.name} đã kết thúc hoạt động.")
    return one


def _call_from(one, day, document, superior_name=None):
    """End the open dated name, if there is one, and begin one with what `one` is called now; the superior's name stays unless given."""
    before = one.names.open().first()
    one.names.open().update(valid_to=day)
    if superior_name is None:
        superior_name = before.superior_name if before else ""
    OrganisationName.objects.create(
        organisation=one,
        name=one.name,
        short_name=one.short_name,
        paper_code=one.paper_code,
        superior_name="" if one.parent_id else superior_name,
        valid_from=day,
        document=document,
    )


def move_organisation(organisation, *, parent, from_day, document=None, sector=None, by):
    """Put an organisation, with all below it, under another parent from `from_day`. Refuses a wrong kind and its own subtree."""
    if not (can_move_organisation(by, organisation) and can_edit_organisation(by, parent)):
        raise PermissionDenied
    with change(by=by):
        list(locked(Organisation.objects.filter(pk__in=[organisation.pk, parent.pk]).order_by("pk")))
        one, parent = _locked_open(organisation), Organisation.objects.get(pk=parent.pk)
        refuse_wrong_parent(one.kind, parent)
        _refuse_move(one, parent, from_day)
        saved(document)
        old, new = one.path, next_path(parent)
        Organisation.objects.filter(pk=one.pk).update(parent=parent, sector=sector or one.sector)
        moved = Organisation.objects.filter(subtree_q("path", old))
        moved.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
        _replace_placements(Organisation.objects.filter(subtree_q("path", new), dissolved_on__isnull=True), from_day, document)
        one = Organisation.objects.get(pk=one.pk)
        _call_from(one, from_day, document)
        record("organisation.moved", one, summary=f"Chuyển về {parent.name}.", organisation=one, before=old, after=new)
    return one


def _refuse_move(one, parent, from_day):
    if in_subtree(parent.path, one.path):
        raise DomainError("Không chuyển một tổ chức đảng vào bên dưới chính nó.", field="parent")
    if one.parent_id == parent.pk:
        raise DomainError(f"{one.name} đang trực thuộc {parent.name}.", field="parent")
    placed_later = Placement.objects.open().filter(subtree_q("organisation__path", one.path), valid_from__gte=from_day).exists()
    if placed_later or one.names.open().filter(valid_from__gte=from_day).exists():
        raise DomainError("Ngày chuyển phải sau ngày của lần sắp xếp, đổi tên gần nhất của tổ chức này và cấp dưới.", field="from_day")


def _replace_placements(organisations, from_day, document):
    ids = list(organisations.values_list("pk", flat=True))
    Placement.objects.open().filter(organisation__in=ids).update(valid_to=from_day)
    Placement.objects.bulk_create(
        Placement(organisation=o, kind=o.kind, parent_id=o.parent_id, path=o.path, sector_id=o.sector_id, valid_from=from_day, document=document)
        for o in organisations
    )


def close_organisation(organisation, *, ending, on_day, document=None, successors=(), by):
    """End an organisation. DomainError while members or open organisations remain in it (rule O8)."""
    if not can_move_organisation(by, organisation):
        raise PermissionDenied
    with change(by=by):
        one = _locked_open(organisation)
        _refuse_closing(one, on_day)
        one.ending, one.dissolved_on, one.dissolved_by = ending, on_day, saved(document)
        one.save()
        one.successors.set(successors)
        one.placements.open().update(valid_to=on_day)
        one.names.open().update(valid_to=on_day)
        record("organisation.closed", one, summary=f"Kết thúc hoạt động {one.name}.", organisation=one, ending=ending)
    return one


def _refuse_closing(one, on_day):
    if one.children.filter(dissolved_on__isnull=True).exists():
        raise DomainError("Còn tổ chức đảng trực thuộc đang hoạt động; hãy chuyển hoặc kết thúc các tổ chức đó trước.")
    if one.memberships.filter(valid_to__isnull=True).exists():
        raise DomainError("Còn đảng viên đang sinh hoạt; hãy chuyển đảng viên đến chi bộ khác trước.")
    if on_day < one.established_on:
        raise DomainError("Ngày kết thúc không được trước ngày thành lập.", field="on_day")
    if one.placements.open().filter(valid_from__gt=on_day).exists() or one.names.open().filter(valid_from__gt=on_day).exists():
        raise DomainError("Ngày kết thúc không được trước lần sắp xếp, đổi tên gần nhất.", field="on_day")
    if one.memberships.filter(valid_to__gt=on_day).exists():
        raise DomainError("Sau ngày này vẫn còn đảng viên sinh hoạt tại đây; hãy chọn ngày sau khi người cuối cùng chuyển đi.", field="on_day")


def warnings_about(organisation, official_count, member_count):
    """What the Party statute wants of an organisation and it does not meet: Vietnamese sentences (rules O1, O2)."""
    return [said for said in (few_official(organisation, official_count), wrong_size(organisation, member_count)) if said]
