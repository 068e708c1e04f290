"""The lists behind the figures of a year's report, read now: the rows of one group, one unit, one level, one step of the work."""

import re
from datetime import date

from django.db.models import Q

from cells.enums import BASE_KINDS, CELL_KINDS
from cells.standing import path_on
from evaluations.enums import Eligibility, Subject
from evaluations.models import Complaint, Cycle, OutsideRating, QuotaPool, Review, ReviewSheet
from evaluations.rulebooks import rulebook_for
from evaluations.services.quotas import competing
from khoi_party.common.excel import Column
from khoi_party.common.tree import subtree_q
from reports.figures.rows import Behind
from reports.figures.year import GROUP_OF
from reports.figures.year_persons import cadre_reviews, collective_ratings
from reports.figures.year_work import SENT, complaints_of, plans_of, reports_of

MEMBERS, BASES, BESIDE = "members", "bases", "beside"
KINDS = {group.replace("_", "-"): (kind,) for kind, group in GROUP_OF.items()} | {BASES: BASE_KINDS}
NOT_RATED = 0
NARROWED = {
    "": (Q(), "tất cả"),
    "rated": (Q(decided_level__isnull=False), "đã có mức"),
    "exempt": (Q(decided_level__isnull=True, eligibility__in=(Eligibility.EXEMPT, Eligibility.REVIEW_ONLY)), "miễn đánh giá"),
    "unrated": (Q(decided_level__isnull=True, eligibility__in=(Eligibility.REQUIRED, Eligibility.NOT_YET)), "chưa đánh giá"),
    "waiting": (Q(decided_level__isnull=True, eligibility=Eligibility.REQUIRED), "chưa có quyết định"),
}
REVIEWS = re.compile(rf"(?P<who>{MEMBERS}|{BESIDE}|{'|'.join(KINDS)}|unit-\d+)(?:-(?P<part>rated|exempt|unrated|waiting))?")
SHEETS = {
    "sheets": "Tổ chức đảng có bảng xếp loại",
    "sheets-sent": "Đã gửi kết quả kiểm điểm, đề nghị xếp loại",
    "plans-held": "Đã họp kiểm điểm",
    "plans-suggested": "Được gợi ý kiểm điểm",
    "reports": "Đã gửi báo cáo kiểm điểm",
}


def list_behind(figures, organisation, user, topic, level):
    """The Behind of one figure of `figures` (YearFigures) as far as `user` sees its rows; None for a topic that has no list.

    Topics: "members", a group of organisations ("bases", "cells" …), "unit-<organisation id>" for that unit's members or "beside" for those of
    none, each with a part of NARROWED after it ("members-exempt") or with `level` (0: without one); "unit-<id>-cells"; "pool-<id>" (level 1,
    else 1 and 2); those of SHEETS; "complaints", "complaints-open", "collectives", "cadres".
    """
    lists = _Lists(figures, organisation, user)
    if found := REVIEWS.fullmatch(topic):
        return lists.reviews(found["who"], found["part"] or "", level)
    if topic in SHEETS:
        return lists.sheets(topic)
    if topic in ("complaints", "complaints-open"):
        return lists.complaints(only_open=topic.endswith("open"))
    if topic == "collectives":
        return lists.collectives()
    if topic == "cadres":
        return lists.cadres()
    name, _, number = topic.partition("-")
    if name == "pool" and number.isdecimal():
        return lists.pool(int(number), level)
    if name == "unit" and number.removesuffix("-cells").isdecimal():
        return lists.cells(int(number.removesuffix("-cells")))
    return None


class _Lists:
    def __init__(self, figures, organisation, user):
        self.figures, self.organisation, self.user = figures, organisation, user
        self.path = path_on(organisation, date(figures.year, 12, 31))
        self.book = rulebook_for(figures.year)

    @property
    def cycle(self):
        return Cycle.objects.get(pk=self.figures.cycle_id)

    @property
    def visible(self):
        return Review.objects.visible_to(self.user).present().filter(subtree_q("sheet__path", self.path), sheet__cycle=self.figures.cycle_id)

    def reviews(self, who, part, level):
        rows = self._rows_of(who)
        if rows is None:
            return None
        kind = "organisation" if who in KINDS else "member"
        condition, what = NARROWED[part]
        rows = rows.exclude(eligibility=Eligibility.NOT_SUBJECT).filter(condition)
        if level is not None:
            rows = rows.filter(decided_level=level) if level != NOT_RATED else rows.filter(decided_level__isnull=True)
            what = self.book.level_name(level, kind) or "chưa, không xếp loại"
        return self._of_reviews(f"Xếp loại năm {self.figures.year}: {what[0].lower()}{what[1:]}", rows)

    def _rows_of(self, who):
        if who == MEMBERS:
            return self.visible.filter(subject=Subject.MEMBER)
        if who in KINDS:
            return self.visible.filter(subject=Subject.ORGANISATION, sheet__organisation_kind__in=KINDS[who]).exclude(sheet__path=self.path)
        if who == BESIDE:
            return self._beside()
        path = self._path_of(int(who.removeprefix("unit-")))
        return path and self.visible.filter(subtree_q("sheet__path", path), subject=Subject.MEMBER)

    def _beside(self):
        """The members who stand under none of the units."""
        rows = self.visible.filter(subject=Subject.MEMBER)
        units = ReviewSheet.objects.filter(cycle=self.figures.cycle_id, organisation__in=[one.organisation_id for one in self.figures.units])
        for path in units.values_list("path", flat=True):
            rows = rows.exclude(subtree_q("sheet__path", path))
        return rows

    def _path_of(self, unit):
        """The path that a unit of the report had when the year was opened; None for any other organisation."""
        if unit not in {one.organisation_id for one in self.figures.units}:
            return None
        return ReviewSheet.objects.filter(cycle=self.figures.cycle_id, organisation=unit).values_list("path", flat=True).first()

    def _of_reviews(self, title, rows):
        return Behind(
            title,
            rows.select_related("sheet").order_by("sheet__path", "subject", "sort_key", "pk"),
            (
                Column("Tên", lambda row: row.name, width=44),
                Column("Bảng xếp loại của", lambda row: row.sheet.organisation_name, width=44),
                Column("Mức", lambda row: self.book.level_name(row.decided_level, kind_of(row)) or "Chưa xếp loại", width=32),
                Column("Ghi chú", lambda row: "Tiêu biểu" if row.exemplary else row.eligibility_reason, width=44),
            ),
        )

    def pool(self, number, level):
        pool = QuotaPool.objects.filter(pk=number, cycle=self.figures.cycle_id, body=self.organisation).first()
        if pool is None:
            return None
        rows = competing(pool).filter(pk__in=self.visible.values("pk")).filter(standing_level__in=(level,) if level else (1, 2))
        shown = "hoàn thành xuất sắc nhiệm vụ" if level == 1 else "hoàn thành tốt nhiệm vụ trở lên"
        found = self._of_reviews(f"{pool.group}: {shown}", rows)
        standing = Column("Mức", lambda row: self.book.level_name(row.standing_level, kind_of(row)), width=32)
        return Behind(found.title, found.rows, (*found.columns[:2], standing, found.columns[3]))

    def sheets(self, topic):
        rows = ReviewSheet.objects.visible_to(self.user).filter(subtree_q("path", self.path), cycle=self.figures.cycle_id)
        plans = plans_of(self.cycle, self.path)
        narrowed = {
            "sheets-sent": Q(state__in=SENT),
            "plans-held": Q(pk__in=plans.filter(held_on__isnull=False).values("sheet")),
            "plans-suggested": Q(pk__in=plans.exclude(suggestion="").values("sheet")),
            "reports": Q(pk__in=reports_of(self.cycle, self.path).values("sheet")),
        }
        return self._of_sheets(f"{SHEETS[topic]}, năm {self.figures.year}", rows.filter(narrowed.get(topic, Q())))

    def cells(self, unit):
        path = self._path_of(unit)
        if path is None:
            return None
        rows = ReviewSheet.objects.visible_to(self.user).filter(
            subtree_q("path", path), cycle=self.figures.cycle_id, organisation_kind__in=CELL_KINDS
        )
        return self._of_sheets(f"Chi bộ có bảng xếp loại năm {self.figures.year}", rows)

    def _of_sheets(self, title, rows):
        return Behind(
            title,
            rows.select_related("plan").order_by("path"),
            (
                Column("Tổ chức đảng", lambda row: row.organisation_name, width=48),
                Column("Loại hình", lambda row: row.get_organisation_kind_display(), width=24),
                Column("Bảng xếp loại", lambda row: row.get_state_display(), width=18),
                Column("Ngày họp kiểm điểm", lambda row: row.plan.held_on if hasattr(row, "plan") else None, width=18, kind="date"),
                Column("Gợi ý kiểm điểm", lambda row: "Có" if hasattr(row, "plan") and row.plan.suggestion else "", width=16),
            ),
        )

    def complaints(self, *, only_open):
        mine = complaints_of(self.organisation, self.cycle, self.path).values("pk")
        rows = Complaint.objects.visible_to(self.user).filter(pk__in=mine)
        return Behind(
            f"Khiếu nại, kiến nghị về kết quả năm {self.figures.year}{', chưa trả lời' if only_open else ''}",
            (rows.open() if only_open else rows).select_related("review__sheet").order_by("received_on", "pk"),
            (
                Column("Ngày nhận", lambda row: row.received_on, width=14, kind="date"),
                Column("Về kết quả của", lambda row: row.review.name, width=40),
                Column("Bảng xếp loại của", lambda row: row.review.sheet.organisation_name, width=40),
                Column("Kết quả", lambda row: row.get_outcome_display() or "Đang xem xét", width=24),
                Column("Ngày trả lời", lambda row: row.answered_on, width=14, kind="date"),
            ),
        )

    def collectives(self):
        there = collective_ratings(self.organisation, self.cycle, self.path).values("pk")
        rows = OutsideRating.objects.visible_to(self.user).filter(pk__in=there)
        return Behind(
            f"Tập thể lãnh đạo, quản lý có kết quả xếp loại năm {self.figures.year}",
            rows.select_related("organisation", "document").order_by("organisation__path", "pk"),
            (
                Column("Bên cạnh tổ chức đảng", lambda row: row.organisation.name, width=48),
                Column("Cơ quan, đơn vị", lambda row: row.organisation.agency, width=40),
                Column("Mức", lambda row: row.get_level_display(), width=32),
                Column("Văn bản nguồn", lambda row: str(row.document), width=40),
            ),
        )

    def cadres(self):
        rows = self.visible.filter(pk__in=cadre_reviews(self.organisation, self.cycle, self.path).values("pk"))
        return self._of_reviews(f"Cán bộ có kết quả kiểm điểm, xếp loại năm {self.figures.year}", rows)


def kind_of(row):
    return "member" if row.subject == Subject.MEMBER else "organisation"
