"""The lists behind the figures: the same questions as the counts, answered with rows. Rows are read now, figures were read then."""

from django.db.models import F, OuterRef, Q, Subquery

from cells.enums import BASE_KINDS, OrganisationKind
from cells.models import Organisation, OrganisationName, Placement, YearFigure
from cells.standing import bases_below, counting_day, path_on
from evaluations.enums import RegistrationState, Subject
from evaluations.models import Registration, Review
from evaluations.rulebooks import rulebook_for
from khoi_party.common.excel import Column
from members.enums import Gender
from reports.figures.admissions import admitted
from reports.figures.behind import Behind
from reports.figures.honour_rows import list_of_honours
from reports.figures.level_rows import KINDS, list_of_levels
from reports.figures.reach import cycles_of, stood_in
from reports.figures.registrations import registered
from reports.figures.situations import MINORITY, members_on
from reports.figures.values import BASES, CLOSED

STANDING = {
    "organisations": ("Tổ chức cơ sở đảng", BASE_KINDS),
    "committees": ("Đảng bộ cơ sở", (OrganisationKind.BASE_COMMITTEE,)),
    "base-cells": ("Chi bộ cơ sở", (OrganisationKind.BASE_CELL,)),
    "cells-standing": ("Chi bộ trực thuộc", (OrganisationKind.CELL,)),
    "sub-committees": ("Đảng bộ bộ phận", (OrganisationKind.SUB_COMMITTEE,)),
}
PEOPLE = {
    "members-standing": "Đảng viên",
    "members-women": "Đảng viên nữ",
    "members-minority": "Đảng viên là người dân tộc thiểu số",
    "members-official": "Đảng viên chính thức",
    "probationary": "Đảng viên dự bị",
}
ADMITTED = {"admissions": "Đảng viên kết nạp", "admitted-women": "Đảng viên nữ kết nạp", "admitted-minority": "Đảng viên dân tộc thiểu số kết nạp"}
REGISTERED = {
    "all": "Đăng ký",
    "sent": "Đã đăng ký",
    "aimed": "Đăng ký mức cao nhất",
    "reached": "Đăng ký và đạt mức cao nhất",
    "kept": "Đạt mức đã đăng ký",
}


def list_behind(figures, organisation, user, topic, year, level):
    """The Behind of one figure of `figures` (TermFigures), as far as `user` sees its rows; None for a topic that has no list.

    `topic` and what `year` and `level` mean are those of the links that the term report writes; level 0 asks for those not rated.
    """
    if topic in ADMITTED:
        return _admissions(figures, organisation, user, topic, year)
    if topic == "exemplary":
        return _exemplary(figures, user)
    if (found := list_of_honours(figures, organisation, user, topic, year)) is not None:
        return found
    if year not in figures.years:
        return None
    if topic in STANDING:
        return _organisations(organisation, user, *STANDING[topic], counting_day(year, figures.as_of))
    if topic in PEOPLE:
        return _members(organisation, user, topic, counting_day(year, figures.as_of))
    if topic == "task":
        return _tasks(organisation, user, year, counting_day(year, figures.as_of))
    word, _, subject = topic.partition("-")
    if word in REGISTERED and subject in KINDS:
        return _registrations(figures, organisation, user, subject, year, word)
    return list_of_levels(figures, organisation, user, topic, year, level)


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


def _members(organisation, user, topic, day):
    rows = members_on(organisation, day).filter(pk__in=members_on(organisation, day).visible_to(user).values("pk"))
    probationary = Q(member__official_on__isnull=True) | Q(member__official_on__gt=day)
    narrowed = {"probationary": probationary, "members-official": ~probationary, "members-women": Q(member__gender=Gender.FEMALE)}
    rows = rows.filter(narrowed.get(topic, MINORITY if topic == "members-minority" else Q()))
    return Behind(
        f"{PEOPLE[topic]} có đến ngày {day:%d/%m/%Y}",
        rows.select_related("member", "cell").order_by("member__sort_key", "pk"),
        (
            Column("Họ và tên", lambda row: row.member.full_name, width=28),
            Column("Chi bộ", lambda row: row.cell.name, width=44),
            Column("Ngày vào Đảng", lambda row: row.member.admitted_on, width=14, kind="date"),
            Column("Ngày chính thức", lambda row: row.member.official_on, width=14, kind="date"),
        ),
    )


def _registrations(figures, organisation, user, subject, year, word):
    book, cycles = rulebook_for(year), cycles_of(organisation, [year])
    decided = Review.objects.filter(organisation=OuterRef("organisation"), sheet__cycle=OuterRef("cycle"), subject=Subject.ORGANISATION)
    rows = registered(cycles, stood_in(organisation, cycles, figures.as_of), KINDS[subject])
    rows = rows.filter(pk__in=Registration.objects.visible_to(user).values("pk"))
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
    bases = bases_below(organisation, day).values("organisation")
    rows = figures.filter(organisation__in=bases).select_related("organisation").order_by("organisation__path")
    return Behind(
        f"Cơ quan hoàn thành tốt nhiệm vụ chính trị, năm {year}",
        rows,
        (
            Column("Tổ chức cơ sở đảng", lambda row: row.organisation.name, width=48),
            Column("Kết quả", lambda row: "Hoàn thành tốt" if row.value == 1 else "Không", width=20),
            Column("Nguồn", lambda row: row.source, width=40),
        ),
    )


def _admissions(figures, organisation, user, topic, year):
    spans = {one.year: one for one in figures.admissions}
    if not spans or (year is not None and year not in spans):
        return None
    chosen = [spans[year]] if year else list(spans.values())
    events = admitted(organisation, chosen[0].first_day, min(chosen[-1].last_day, figures.as_of))
    narrowed = {"admitted-women": Q(member__gender=Gender.FEMALE), "admitted-minority": MINORITY}
    events = events.filter(narrowed.get(topic, Q()))
    rows = events.filter(pk__in=events.model.objects.visible_to(user).values("pk")).select_related("member", "to_cell")
    return Behind(
        f"{ADMITTED[topic]} {f'năm {year}' if year else f'nhiệm kỳ {figures.label}'}",
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
