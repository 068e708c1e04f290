"""The lists behind the figures: the same questions as the counts, answered with rows. Rows are read now, figures were read then."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, Subquery

from cells.enums import BASE_KINDS, OrganisationKind
from cells.models import Organisation, OrganisationName, Placement, YearFigure
from cells.standing import counting_day, path_on
from evaluations.enums import Eligibility, RegistrationState, Subject
from evaluations.models import Registration, Review
from evaluations.rulebooks import rulebook_for
from khoi_party.common.excel import Column
from khoi_party.common.tree import subtree_q
from reports.figures.admissions import admitted
from reports.figures.reach import cycles_of, rows_of
from reports.figures.situations import members_on
from reports.figures.values import BASES, CELLS, CLOSED, MEMBERS

KINDS = {BASES: BASE_KINDS, CELLS: (OrganisationKind.CELL,)}
STANDING = {
    "organisations": ("Tổ chức cơ sở đảng", BASE_KINDS),
    "committees": ("Đảng bộ cơ sở", (OrganisationKind.BASE_COMMITTEE,)),
    "base-cells": ("Chi bộ cơ sở", (OrganisationKind.BASE_CELL,)),
    "cells-standing": ("Chi bộ trực thuộc", (OrganisationKind.CELL,)),
}
REGISTERED = {
    "all": "Đăng ký",
    "sent": "Đã đăng ký",
    "aimed": "Đăng ký mức cao nhất",
    "reached": "Đăng ký và đạt mức cao nhất",
    "kept": "Đạt mức đã đăng ký",
}


@dataclass(frozen=True)
class Behind:
    """A list: its title, its rows (a queryset in order) and its columns."""

    title: str
    rows: object
    columns: tuple[Column, ...]


def list_behind(figures, organisation, user, topic, year, level):
    """The Behind of one figure of `figures` (TermFigures), as far as `user` sees its rows; None for a topic that has no list.

    `topic` and what `year` and `level` mean are those of the links that papers.term_sections writes; level 0 asks for those not rated.
    """
    if topic == "admissions":
        return _admissions(figures, organisation, user, year)
    if topic == "exemplary":
        return _exemplary(figures, user)
    if year not in figures.years:
        return None
    if topic in (BASES, CELLS, MEMBERS):
        return _levels(figures, organisation, user, topic, year, level)
    if topic in STANDING:
        return _organisations(organisation, user, *STANDING[topic], counting_day(year, figures.as_of))
    if topic in ("members-standing", "probationary"):
        return _members(organisation, user, counting_day(year, figures.as_of), probationary=topic == "probationary")
    if topic == "task":
        return _tasks(organisation, user, year, counting_day(year, figures.as_of))
    word, _, subject = topic.partition("-")
    if word in REGISTERED and subject in KINDS:
        return _registrations(organisation, user, subject, year, word)
    return None


def _organisations(organisation, user, title, kinds, day):
    names = OrganisationName.objects.in_force(day).filter(organisation=OuterRef("organisation")).values("name")[:1]
    rows = Placement.objects.visible_to(user).under(path_on(organisation, day), day).filter(kind__in=kinds)
    rows = rows.annotate(name_then=Subquery(names)).select_related("organisation", "sector", "parent").order_by("path")
    return Behind(
        f"{title} có đến ngày {day:%d/%m/%Y}",
        rows,
        (
            Column("Tổ chức đảng", lambda row: row.name_then or row.organisation.name, width=48),
            Column("Loại hình", lambda row: row.get_kind_display(), width=24),
            Column("Tổ chức đảng cấp trên", lambda row: row.parent.name if row.parent else "", width=40),
            Column("Khối thi đua", lambda row: row.sector.name if row.sector else "", width=24),
        ),
    )


def _members(organisation, user, day, *, probationary):
    rows = members_on(organisation, day).filter(pk__in=members_on(organisation, day).visible_to(user).values("pk"))
    if probationary:
        rows = rows.filter(Q(member__official_on__isnull=True) | Q(member__official_on__gt=day))
    return Behind(
        f"Đảng viên{' dự bị' if probationary else ''} có đến ngày {day:%d/%m/%Y}",
        rows.select_related("member", "cell").order_by("member__sort_key", "pk"),
        (
            Column("Họ và tên", lambda row: row.member.full_name, width=28),
            Column("Chi bộ", lambda row: row.cell.name, width=44),
            Column("Ngày vào Đảng", lambda row: row.member.admitted_on, width=14, kind="date"),
            Column("Ngày chính thức", lambda row: row.member.official_on, width=14, kind="date"),
        ),
    )


def _registrations(organisation, user, subject, year, word):
    book = rulebook_for(year)
    condition = rows_of(organisation, cycles_of(organisation, [year]), path="organisation__path")
    decided = Review.objects.filter(organisation=OuterRef("organisation"), sheet__cycle=OuterRef("cycle"), subject=Subject.ORGANISATION)
    rows = Registration.objects.visible_to(user).filter(condition, organisation__kind__in=KINDS[subject])
    rows = rows.annotate(result=Subquery(decided.values("decided_level")[:1])).select_related("organisation").order_by("organisation__path")
    if word != "all":
        rows = rows.filter(level__isnull=False).exclude(state=RegistrationState.DRAFT)
    narrowed = {"aimed": Q(level=1), "reached": Q(level=1, result=1), "kept": Q(result__lte=F("level"))}
    rows = rows.filter(narrowed.get(word, Q()))
    return Behind(
        f"{REGISTERED[word]}, năm {year}",
        rows,
        (
            Column("Tổ chức đảng", lambda row: row.organisation.name, width=48),
            Column("Trạng thái", lambda row: row.get_state_display(), width=16),
            Column("Mức đăng ký", lambda row: book.level_name(row.level, "organisation"), width=30),
            Column("Kết quả xếp loại", lambda row: book.level_name(row.result, "organisation") or "Chưa xếp loại", width=30),
        ),
    )


def _tasks(organisation, user, year, day):
    figures = YearFigure.objects.visible_to(user).known().filter(key=YearFigure.Key.AGENCY_TASK_DONE_WELL, year=year)
    rows = figures.filter(subtree_q("organisation__path", path_on(organisation, day))).select_related("organisation").order_by("organisation__path")
    return Behind(
        f"Cơ quan hoàn thành tốt nhiệm vụ chính trị, năm {year}",
        rows,
        (
            Column("Tổ chức cơ sở đảng", lambda row: row.organisation.name, width=48),
            Column("Kết quả", lambda row: "Hoàn thành tốt" if row.value == 1 else "Không", width=20),
            Column("Nguồn", lambda row: row.source, width=40),
        ),
    )


def _levels(figures, organisation, user, subject, year, level):
    book, kind = rulebook_for(year), "member" if subject == MEMBERS else "organisation"
    condition = rows_of(organisation, cycles_of(organisation, [year]), cycle="sheet__cycle", path="sheet__path")
    rows = Review.objects.visible_to(user).present().filter(condition).exclude(eligibility=Eligibility.NOT_SUBJECT)
    if subject == MEMBERS:
        rows = rows.filter(subject=Subject.MEMBER)
    else:
        rows = rows.filter(subject=Subject.ORGANISATION, sheet__organisation_kind__in=KINDS[subject])
    closed = next((one.state == CLOSED for one in figures.levels[subject] if one.year == year), False)
    if level:
        rows = rows.filter(decided_level=level)
    elif level == 0:
        rows = rows.filter(decided_level__isnull=True)
    else:
        rows = rows.filter(decided_level__isnull=False) if closed else rows.filter(eligibility=Eligibility.REQUIRED)
    who = "Đảng viên" if subject == MEMBERS else "Tổ chức đảng"
    asked = {None: f"được {book.noun}" if closed else "phải xếp loại", 0: "không xếp loại hoặc chưa xếp loại"}
    what = asked.get(level) or book.level_name(level, kind)
    ordered = rows.select_related("sheet").order_by("sort_key" if subject == MEMBERS else "sheet__path", "pk")
    return Behind(
        f"{who} năm {year}: {what[0].lower()}{what[1:]}",
        ordered,
        (
            Column("Họ và tên" if subject == MEMBERS else "Tổ chức đảng", lambda row: row.name, width=44),
            Column("Bảng xếp loại của", lambda row: row.sheet.organisation_name, width=44),
            Column("Mức", lambda row: book.level_name(row.decided_level, kind) or "Chưa xếp loại", width=32),
            Column("Ghi chú", lambda row: "Tiêu biểu" if row.exemplary else row.eligibility_reason, width=44),
        ),
    )


def _admissions(figures, organisation, user, year):
    spans = {one.year: one for one in figures.admissions}
    if not spans or (year is not None and year not in spans):
        return None
    chosen = [spans[year]] if year else list(spans.values())
    events = admitted(organisation, chosen[0].first_day, min(chosen[-1].last_day, figures.as_of))
    rows = events.filter(pk__in=events.model.objects.visible_to(user).values("pk")).select_related("member", "to_cell")
    return Behind(
        f"Đảng viên kết nạp {f'năm {year}' if year else f'nhiệm kỳ {figures.label}'}",
        rows.order_by("effective_on", "pk"),
        (
            Column("Ngày kết nạp", lambda row: row.effective_on, width=14, kind="date"),
            Column("Họ và tên", lambda row: row.member.full_name, width=28),
            Column("Chi bộ", lambda row: row.to_cell.name, width=44),
        ),
    )


def _exemplary(figures, user):
    years = [one.year for one in figures.levels[BASES] if one.state == CLOSED]
    running = [base.organisation_id for base in figures.bases if set(years) <= set(base.exemplary_years)]
    rows = Organisation.objects.visible_to(user).filter(pk__in=running).select_related("sector").order_by("path")
    return Behind(
        f"Tổ chức cơ sở đảng tiêu biểu trong tất cả các năm {years[0]} - {years[-1]}" if years else "Tổ chức cơ sở đảng tiêu biểu",
        rows,
        (
            Column("Tổ chức cơ sở đảng", lambda row: row.name, width=48),
            Column("Khối thi đua", lambda row: row.sector.name if row.sector else "", width=24),
        ),
    )
