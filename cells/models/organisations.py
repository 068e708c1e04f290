from django.db import models
from django.db.models import F, Q

from cells.enums import CELL_KINDS, Ending, OrganisationKind
from cells.paper_numbers import usual_issuer
from cells.querysets import OrganisationNameQuerySet, OrganisationQuerySet, PlacementQuerySet
from khoi_party.common.fields import ByteField, LineField
from khoi_party.common.names import plain_sort_key, search_text

from .dated import Dated, dates_in_order


def committee_of(name):
    """The committee of the organisation called `name`: Đảng ủy Sở Nội vụ of Đảng bộ Sở Nội vụ, Tỉnh ủy of Đảng bộ tỉnh; a cell is its own."""
    head, _, rest = name.partition(" ")
    bo, _, tail = rest.partition(" ")
    if (head, bo) != ("Đảng", "bộ"):
        return name
    province = tail.removeprefix("tỉnh")
    return f"Tỉnh ủy{province}" if tail.startswith("tỉnh") and province[:1] in ("", " ") else f"Đảng ủy {tail}"


class Sector(models.Model):
    """A group of base organisations that compete with one another (khối thi đua)."""

    name = LineField("tên khối thi đua", max_length=120, unique=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "khối thi đua"
        verbose_name_plural = "khối thi đua"
        ordering = ["position"]

    def __str__(self):
        return self.name


class Organisation(models.Model):
    """A Party organisation (tổ chức đảng). Name, kind, parent, path and sector are the current copy of its dated rows."""

    kind = models.CharField("loại hình", max_length=30, choices=OrganisationKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="tổ chức đảng cấp trên")
    path = ByteField(max_length=60, unique=True, editable=False)
    name = LineField("tên tổ chức đảng", max_length=200)
    short_name = LineField("tên gọi tắt", max_length=120, blank=True)
    code = ByteField("mã", max_length=30, unique=True)
    paper_code = LineField("ký hiệu văn bản", max_length=20, blank=True, help_text="Ví dụ: ĐUK, ĐU, CB.")
    agency = LineField("cơ quan, đơn vị", max_length=200, blank=True)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name="khối thi đua")
    established_on = models.DateField("ngày thành lập")
    established_by = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định thành lập")
    dissolved_on = models.DateField("ngày kết thúc hoạt động", null=True, blank=True)
    dissolved_by = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quyết định kết thúc")
    ending = models.CharField("hình thức kết thúc", max_length=20, choices=Ending, blank=True)
    successors = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="predecessors", verbose_name="tổ chức kế thừa")
    exceptional_approval = models.ForeignKey(
        "cells.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="văn bản đồng ý lập đảng bộ dưới 30 đảng viên",
    )
    sort_key = ByteField(max_length=400, editable=False, default="")
    search_text = models.CharField(max_length=400, editable=False, default="")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "tổ chức đảng"
        verbose_name_plural = "tổ chức đảng"
        indexes = [models.Index(fields=["parent", "sort_key"], name="organisation_children")]
        constraints = [
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True, ending="") | (Q(dissolved_on__isnull=False) & ~Q(ending="")),
                name="organisation_ending_has_date",
                violation_error_message="Ngày kết thúc hoạt động và hình thức kết thúc phải cùng có hoặc cùng để trống.",
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=F("established_on")),
                name="organisation_dates_in_order",
                violation_error_message="Ngày kết thúc hoạt động không được trước ngày thành lập.",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self):
        self.sort_key = plain_sort_key(self.name)
        self.search_text = search_text(f"{self.name} {self.short_name} {self.code} {self.agency}")[:400]

    @property
    def holds_members(self):
        return self.kind in CELL_KINDS

    @property
    def is_closed(self):
        return self.dissolved_on is not None

    @property
    def committee_name(self):
        """The committee that acts for the organisation, as a button or a letter calls it: Đảng ủy Sở Nội vụ, Chi bộ Văn phòng."""
        return committee_of(self.name)

    def name_on(self, day):
        """What it was called on `day`; its present name where that day is not on record."""
        dated = self.names.in_force(day).first()
        return dated.name if dated else self.name

    def paper_code_on(self, day):
        """The issuer in the symbol of its papers of `day` (ĐUK): as recorded, else what its kind usually writes; "" where neither is known."""
        dated = self.names.in_force(day).first()
        return (dated.paper_code if dated else "") or self.paper_code or usual_issuer(self.kind)

    def superior_name_on(self, day):
        """What stood above it on `day`, under the name of that day; for the top of the tree what was typed as its superior."""
        placement = self.placements.in_force(day).select_related("parent").first()
        above = placement.parent if placement else self.parent
        if above:
            return above.name_on(day)
        dated = self.names.in_force(day).first()
        return dated.superior_name if dated else ""


class OrganisationName(Dated):
    """What an organisation was called in a span of time: papers of a past year print that year's names.

    `superior_name` is for the top of the tree, whose superior is outside; all others find theirs by their placement.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = LineField("tên tổ chức đảng", max_length=200)
    short_name = LineField("tên gọi tắt", max_length=120, blank=True)
    paper_code = LineField("ký hiệu văn bản", max_length=20, blank=True)
    superior_name = LineField("tên đảng bộ cấp trên", max_length=200, blank=True)
    search_text = models.CharField(max_length=400, editable=False, default="")
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+")

    objects = OrganisationNameQuerySet.as_manager()

    class Meta:
        verbose_name = "tên gọi theo thời gian"
        verbose_name_plural = "tên gọi theo thời gian"
        ordering = ["valid_from"]
        constraints = [
            dates_in_order("organisation_name_dates_in_order"),
            models.UniqueConstraint(fields=["organisation"], condition=Q(valid_to__isnull=True), name="organisation_name_one_open"),
        ]

    def save(self, *args, **kwargs):
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self):
        self.search_text = search_text(f"{self.name} {self.short_name}")[:400]


class Placement(Dated):
    """Where an organisation stood in a span of time: kind, parent, path, sector."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="placements")
    kind = models.CharField("loại hình", max_length=30, choices=OrganisationKind)
    parent = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    path = ByteField(max_length=60)
    sector = models.ForeignKey(Sector, models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey("cells.Document", models.PROTECT, null=True, blank=True, related_name="+")

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "vị trí theo thời gian"
        verbose_name_plural = "vị trí theo thời gian"
        ordering = ["valid_from"]
        indexes = [models.Index(fields=["path", "valid_from"], name="placement_by_path")]
        constraints = [
            dates_in_order("placement_dates_in_order"),
            models.UniqueConstraint(fields=["organisation"], condition=Q(valid_to__isnull=True), name="placement_one_open"),
        ]
