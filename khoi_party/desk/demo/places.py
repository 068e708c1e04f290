"""The tree of the illustration: one root, 66 bases in four sectors, 289 cells, two đảng bộ bộ phận; what changed since; terms, targets."""

from datetime import date
from decimal import Decimal

from cells.enums import Base, DocumentKind, Ending, Indicator, Operator, OrganisationKind, Span
from cells.models import AdvisingBoard, DatedSetting, Document, Organisation, OrganisationName, Placement, Sector, Target, Term
from khoi_party.common.tree import child_path

from .names import COMMITTEES, LONE_CELLS, ROOMS, SECTORS

FOUNDED = date(2010, 1, 1)
SUCCEEDED = date(2025, 3, 1)  # an illustration of what happened to such bodies in 2025, not a fact about one of them
CELLS = 289
LATE = "Trung tâm Lưu trữ lịch sử tỉnh"  # founded in the middle of 2017, too late to be rated that year
LATE_ON = date(2017, 10, 1)
RENAMED, OLD_AGENCY, RENAMED_ON = "Trung tâm Kiểm soát bệnh tật tỉnh", "Trung tâm Y tế dự phòng tỉnh", date(2018, 6, 1)
MERGED, MERGED_INTO, MERGED_ON = "Ban Thi đua - Khen thưởng tỉnh", "Sở Nội vụ", date(2021, 7, 1)
SOURCE = "Dữ liệu minh họa"
BOARDS = (
    ("Ban Tổ chức", "Tổ chức"),
    ("Cơ quan Ủy ban Kiểm tra", "Kiểm tra"),
    ("Ban Tuyên giáo và Dân vận", "Tuyên giáo và Dân vận"),
    ("Văn phòng", "Văn phòng"),
)


def build_tree():
    """Create root, bases, đảng bộ bộ phận and cells; returns (root, cells that hold members)."""
    sectors = [Sector.objects.create(name=name, position=number) for number, name in enumerate(SECTORS, 1)]
    root = Organisation(
        kind=OrganisationKind.UPPER_COMMITTEE,
        path=child_path("", 1),
        name="Đảng bộ Khối các cơ quan tỉnh",
        short_name="Đảng bộ Khối",
        code="DUK-VP",
        paper_code="ĐUK",
        established_on=FOUNDED,
    )
    root.save()
    bases = _bases(root, sectors)
    committees = [base for base in bases if base.kind == OrganisationKind.BASE_COMMITTEE]
    parts = _save(
        [_new(base, 1, OrganisationKind.SUB_COMMITTEE, f"Đảng bộ bộ phận Khối cơ quan {base.agency}", base.agency) for base in committees[:2]]
    )
    cells = _save(list(_cells(committees, {part.parent_id: part for part in parts})))
    everything = [root, *bases, *parts, *cells]
    Placement.objects.bulk_create(
        Placement(organisation=o, kind=o.kind, parent=o.parent, path=o.path, sector=o.sector, valid_from=o.established_on) for o in everything
    )
    _name_all(root, everything)
    _rename(next(base for base in bases if base.agency == RENAMED))
    lone = [base for base in bases if base.kind == OrganisationKind.BASE_CELL]
    return root, cells + lone


def _new(parent, number, kind, name, agency, sector=None):
    path = child_path(parent.path, number)
    founded = LATE_ON if agency == LATE else FOUNDED
    one = Organisation(
        parent=parent, kind=kind, path=path, name=name, code=f"{kind[:2].upper()}-{path[4:]}", agency=agency, sector=sector, established_on=founded
    )
    one.fill_keys()
    return one


def _save(organisations):
    return Organisation.objects.bulk_create(organisations)


def _bases(root, sectors):
    made = []
    for place, sector in enumerate(sectors):
        for agency in COMMITTEES[place]:
            made.append(_new(root, len(made) + 1, OrganisationKind.BASE_COMMITTEE, f"Đảng bộ {agency}", agency, sector))
        for agency in LONE_CELLS[place]:
            made.append(_new(root, len(made) + 1, OrganisationKind.BASE_CELL, f"Chi bộ {agency}", agency, sector))
    return _save(made)


def _cells(committees, parts):
    for turn in range(CELLS):
        base = committees[turn % len(committees)]
        number = turn // len(committees)
        part = parts.get(base.pk)
        parent = part if part and number in (2, 3) else base
        place = number + (1 if parent is base and part else 0) + 1
        yield _new(parent, place, OrganisationKind.CELL, f"Chi bộ {ROOMS[number]}", base.agency)


def _name_all(root, everything):
    names = [
        OrganisationName(
            organisation=o,
            name=o.name,
            short_name=o.short_name,
            paper_code=o.paper_code,
            superior_name="" if o.parent else "Đảng bộ tỉnh",
            valid_from=o.established_on,
            valid_to=SUCCEEDED if o == root else None,
        )
        for o in everything
    ]
    for name in names:
        name.fill_keys()
    OrganisationName.objects.bulk_create(names)
    root.name, root.short_name = "Đảng bộ các cơ quan Đảng, chính quyền tỉnh (minh họa)", "Đảng bộ các cơ quan tỉnh"
    root.save()
    OrganisationName.objects.create(
        organisation=root,
        name=root.name,
        short_name=root.short_name,
        paper_code=root.paper_code,
        superior_name="Đảng bộ tỉnh",
        valid_from=SUCCEEDED,
    )
    AdvisingBoard.objects.bulk_create(AdvisingBoard(organisation=root, name=name, short_name=short, valid_from=SUCCEEDED) for name, short in BOARDS)
    DatedSetting.objects.create(organisation=root, key=DatedSetting.Key.DEMO, value=True, valid_from=FOUNDED)


def _rename(base):
    """What the base was called before: papers of the years to 2017 print that."""
    base.names.update(valid_from=RENAMED_ON, document=_decision(base, "15-QĐ/ĐUK", RENAMED_ON))
    OrganisationName.objects.create(organisation=base, name=f"Đảng bộ {OLD_AGENCY}", valid_from=FOUNDED, valid_to=RENAMED_ON)


def _decision(organisation, number, day):
    return Document.objects.create(
        organisation=organisation, kind=DocumentKind.DECISION, number=number, issued_on=day, issuer="Đảng ủy Khối các cơ quan tỉnh", title=SOURCE
    )


def build_merged(root):
    """A chi bộ cơ sở that was merged into the đảng bộ of another agency in 2021; returns it, with the cell that took its members."""
    heir = Organisation.objects.get(parent=root, agency=MERGED_INTO)
    one = _new(root, 90, OrganisationKind.BASE_CELL, f"Chi bộ {MERGED}", MERGED, heir.sector)
    one.dissolved_on, one.ending = MERGED_ON, Ending.MERGED
    one.dissolved_by = _decision(root, "34-QĐ/ĐUK", MERGED_ON)
    one.save()
    one.successors.add(heir)
    Placement.objects.create(organisation=one, kind=one.kind, parent=root, path=one.path, sector=one.sector, valid_from=FOUNDED, valid_to=MERGED_ON)
    OrganisationName.objects.create(organisation=one, name=one.name, valid_from=FOUNDED, valid_to=MERGED_ON)
    return one, heir.children.filter(kind=OrganisationKind.CELL).order_by("path").last()


def build_settings(root):
    """The place that papers are dated at, and how the cap on organisations is counted since 2019, confirmed by a document."""
    DatedSetting.objects.create(organisation=root, key=DatedSetting.Key.PLACE_NAME, value="Tỉnh lỵ", valid_from=FOUNDED)
    DatedSetting.objects.create(
        organisation=root,
        key=DatedSetting.Key.QUOTA_ORGANISATIONS,
        value={"base": "good_or_better", "rate": 20, "rounding": "floor", "group": "body"},
        valid_from=date(2019, 1, 1),
        document=_decision(root, "21-QĐ/ĐUK", date(2019, 1, 15)),
    )


def build_terms(root):
    """Three terms. The targets of 2020-2025 are those of the published congress resolution; the new term's are an illustration."""
    years = [("2015-2020", 2015, date(2015, 8, 20)), ("2020-2025", 2020, date(2020, 8, 20)), ("2025-2030", 2025, date(2025, 7, 25))]
    terms = []
    for number, (label, first, congress) in enumerate(years):
        following = years[number + 1][2] if number < 2 else None
        terms.append(
            Term.objects.create(
                organisation=root, label=label, congress_on=congress, next_congress_on=following, first_year=first, last_year=first + 4
            )
        )
    first, second, third = terms
    published = "Nghị quyết đại hội, theo báo chí công bố"
    rows = [
        (first, Indicator.ADMISSIONS, Span.TERM, Operator.AT_LEAST, 930, None, Base.NONE, "Kết nạp 930 đảng viên trong nhiệm kỳ", published),
        (
            second,
            Indicator.ADMISSIONS,
            Span.YEARLY_AVERAGE,
            Operator.AT_LEAST,
            80,
            None,
            Base.NONE,
            "Mỗi năm bình quân kết nạp 80 người",
            published,
        ),
        (second, Indicator.ADMISSIONS, Span.TERM, Operator.BETWEEN, 450, 500, Base.NONE, "Cả nhiệm kỳ kết nạp 450 - 500 đảng viên", published),
    ]
    for term, source in ((second, published), (third, SOURCE)):
        rows += _shares(term, source)
    rows.append((third, Indicator.ADMISSIONS, Span.TERM, Operator.AT_LEAST, 400, None, Base.NONE, "Kết nạp từ 400 đảng viên trở lên", SOURCE))
    Target.objects.bulk_create(
        Target(
            term=term,
            indicator=indicator,
            span=span,
            operator=operator,
            low=Decimal(low),
            high=None if high is None else Decimal(high),
            base=base,
            wording=wording,
            source=source,
            position=place,
        )
        for place, (term, indicator, span, operator, low, high, base, wording, source) in enumerate(rows, 1)
    )


def _shares(term, source):
    each, more = Span.EACH_YEAR, Operator.MORE_THAN
    organisations, members = "tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên", "đảng viên hoàn thành tốt nhiệm vụ trở lên"
    return [
        (term, Indicator.ORGANISATIONS_GOOD, each, more, 95, None, Base.RATED_ORGANISATIONS, f"Hằng năm có trên 95% {organisations}", source),
        (
            term,
            Indicator.ORGANISATIONS_EXCELLENT,
            each,
            Operator.AT_LEAST,
            20,
            None,
            Base.GOOD_OR_BETTER_ORGANISATIONS,
            "Trong đó 20% hoàn thành xuất sắc nhiệm vụ",
            source,
        ),
        (term, Indicator.MEMBERS_GOOD, each, more, 97, None, Base.RATED_MEMBERS, f"Hằng năm có trên 97% {members}", source),
        (
            term,
            Indicator.MEMBERS_EXCELLENT,
            each,
            Operator.BETWEEN,
            15,
            20,
            Base.GOOD_OR_BETTER_MEMBERS,
            "Trong đó 15 - 20% hoàn thành xuất sắc nhiệm vụ",
            source,
        ),
        (
            term,
            Indicator.AGENCIES_TASK,
            each,
            Operator.AT_LEAST,
            100,
            None,
            Base.ALL_ORGANISATIONS,
            "100% tổ chức cơ sở đảng lãnh đạo cơ quan hoàn thành tốt nhiệm vụ chính trị",
            source,
        ),
    ]
