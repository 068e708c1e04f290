"""The years 2015 to 2025 of the illustration, closed one by one with results inside what public reports of such bodies show."""

from datetime import UTC, date, datetime
from functools import cached_property

from django.db.models import Q

from cells.enums import BASE_KINDS, CELL_KINDS, DocumentKind, OrganisationKind
from cells.models import Document, Organisation, OrganisationName, YearFigure
from evaluations.enums import DecisionState, Eligibility, RegistrationState, SheetState, Subject
from evaluations.models import Cycle, Decision, Registration, Review, ReviewSheet, Stage
from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.quota import ceiling
from evaluations.services.cycles import default_stages
from evaluations.services.rosters import Roster, make_sheets
from evaluations.services.tallies import replace_tallies
from khoi_party.common.database import refresh_statistics

from .facts import items_of
from .places import SOURCE

YEARS = range(2015, 2026)
# Base organisations at the best, the third and the lowest level; all others are at the second.
BASES = {
    2015: (38, 3, 1),
    2016: (40, 2, 0),
    2017: (41, 2, 0),
    2018: (12, 2, 1),
    2019: (12, 2, 0),
    2020: (13, 2, 0),
    2021: (13, 1, 0),
    2022: (12, 2, 0),
    2023: (13, 1, 0),
    2024: (13, 1, 0),
    2025: (13, 1, 0),
}
# Tiêu biểu in every year of the term, beside others that change.
STARS = {range(2015, 2020): ("Sở Tài chính", "Tòa án nhân dân tỉnh", "Văn phòng Tỉnh ủy", "Bệnh viện Đa khoa tỉnh")}
STARS |= {range(2020, 2026): ("Sở Nội vụ", "Viện kiểm sát nhân dân tỉnh", "Trường Chính trị tỉnh")}
CLEAN_AND_STRONG = 62  # per cent of cells "trong sạch, vững mạnh" to 2017
WITHOUT_CAP = 15  # per cent of members at the best level in 2018, for which no cap was found
COUNTED = [key.value for key in YearFigure.Key if key != YearFigure.Key.AGENCY_TASK_DONE_WELL]
RARE = {"organisations_dissolved", "organisations_warned", "organisations_reprimanded", "members_expelled", "members_dismissed"}
TASK_MISSED = {(2022, "Sở Xây dựng")}


def build_history(root, staff, leader, chance):
    """One closed Cycle per year with registrations, sheets, reviews, decisions and tallies."""
    names = list(OrganisationName.objects.all())
    for year in YEARS:
        units = units_on(root, names, date(year, 12, 31))
        cycle = _cycle(root, year)
        sheets = make_sheets(cycle, units, units)
        roster = Roster(cycle, units)
        rows = [row for unit in units for row in roster.rows_of(unit, sheets[unit.pk])]
        rows.sort(key=lambda row: (row.sheet.path, row.member_id or 0))  # memberships of one day come in any order
        _rate(rows, cycle, chance)
        Review.objects.bulk_create(rows, batch_size=1000)
        _register(cycle, units, rows, chance)
        _accept(sheets.values(), year, staff)
        _decide(cycle, rows, units, staff, leader, chance)
        if year in (YEARS[0], YEARS[-1]):
            refresh_statistics()
        replace_tallies(list(sheets.values()))
        _figures(units, year)


def units_on(root, names, day):
    """The organisations below `root` that stood on `day`, in order, under the names of that day; the root's object is renamed too."""
    then = {name.organisation_id: name.name for name in names if name.covers(day)}
    standing = Organisation.objects.below(root).filter(established_on__lte=day).filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day))
    units = list(standing.order_by("path"))
    by_id = {unit.pk: unit for unit in units} | {root.pk: root}
    for unit in [root, *units]:
        unit.name = then.get(unit.pk, unit.name)
        unit.parent = by_id.get(unit.parent_id)
    return units


def _moment(year, month, day):
    return datetime(year, month, day, 2, tzinfo=UTC)


def _document(organisation, kind, number, day):
    return Document(
        organisation=organisation, kind=kind, number=number, issued_on=day, issuer=organisation.committee_name, signer="(minh họa)", title=SOURCE
    )


def _cycle(root, year):
    guidance = _document(root, DocumentKind.GUIDANCE, "03-HD/ĐUK", date(year, 1, 15))
    guidance.save()
    cycle = Cycle.objects.create(
        root=root,
        year=year,
        rulebook=rulebook_for(year).key,
        guidance=guidance,
        cutoff_on=date(year, 12, 31),
        review_opened_at=_moment(year, 11, 3),
        closed_on=date(year + 1, 1, 25),
    )
    Cycle.objects.filter(pk=cycle.pk).update(opened_at=_moment(year, 1, 16))
    Stage.objects.bulk_create(Stage(cycle=cycle, kind=kind, starts_on=start, due_on=due) for kind, start, due in default_stages(year))
    return cycle


def _rate(rows, cycle, chance):
    """Give every row its level: bases by the table above, cells and members by the cap of the year and their pool."""
    book = rulebook_for(cycle.year)
    groups = {}
    for row in rows:
        if row.eligibility == Eligibility.REQUIRED:
            groups.setdefault((row.decided_by_id, row.subject, row.pool_id), []).append(row)
    able = _Able(cycle.year, rows)
    for (body, subject, _), group in sorted(groups.items(), key=lambda pair: (pair[0][1], pair[0][0] == cycle.root_id)):
        if body == cycle.root_id:
            _rate_bases(group, cycle.year, chance, able)
        else:
            rate_pool(group, book, subject, chance, able)


class _Able:
    """Whom the shares of HD 21 leave the best level: nobody at the lowest below, four fifths at the second or better."""

    def __init__(self, year, rows):
        self.counts, self.rows = 2019 <= year <= 2022, rows

    def __call__(self, row):
        if not self.counts or row.subject == Subject.MEMBER:
            return True
        path, is_cell = row.sheet.path, row.sheet.organisation_kind in CELL_KINDS
        if is_cell:
            below = [one.decided_level for one in self.by_sheet.get(path, ())]
        else:
            below = [one.decided_level for one in self.units if one.sheet.path.startswith(path) and one is not row]
        return 4 not in below and sum(level <= 2 for level in below) * 5 >= len(below) * 4

    @cached_property
    def by_sheet(self):
        found = {}
        for row in self.rows:
            if row.subject == Subject.MEMBER and row.decided_level:
                found.setdefault(row.sheet.path, []).append(row)
        return found

    @property
    def units(self):
        return [row for row in self.rows if row.subject == Subject.ORGANISATION and row.decided_level]


def _rate_bases(group, year, chance, able):
    best, third, lowest = BASES[year]
    stars = next(names for years, names in STARS.items() if year in years)
    ahead = [row for row in group if row.organisation.agency in stars]
    others = [row for row in group if row.organisation.agency not in stars]
    chance.shuffle(others)
    others.sort(key=lambda row: not able(row))
    for place, row in enumerate(ahead + others):
        row.decided_level = 1 if place < best else 4 if place >= len(group) - lowest else 3 if place >= len(group) - lowest - third else 2
        row.exemplary = place < len(ahead) + 3 and row.decided_level == 1


def rate_pool(group, book, subject, chance, able=lambda row: True):
    """The worst two per cent first, then as many at the best level as the cap of the pool allows."""
    for row in group:
        row.decided_level = chance.choices((2, 3, 4), (979, 19, 2))[0] if subject == Subject.MEMBER else chance.choices((2, 3), (96, 4))[0]
    good = [row for row in group if row.decided_level == 2]
    pool = group[0].pool
    if pool is not None:
        best = ceiling(pool.rate, len(good), pool.base, pool.rounding)
    else:
        best = len(good) * (CLEAN_AND_STRONG if book.top_series == "TSVM" else WITHOUT_CAP) // 100
    fit = [row for row in good if able(row)]
    for row in chance.sample(fit, min(best, len(fit))):
        row.decided_level = 1


def _register(cycle, units, rows, chance):
    """Every unit has registered; some aimed higher than what they got."""
    result = {row.organisation_id: row.decided_level for row in rows if row.subject == Subject.ORGANISATION}
    members = {}
    for row in rows:
        if row.subject == Subject.MEMBER:
            members[row.sheet.organisation_id] = members.get(row.sheet.organisation_id, 0) + 1
    sent = _moment(cycle.year, 3, 10)
    Registration.objects.bulk_create(
        (
            Registration(
                cycle=cycle,
                organisation=unit,
                superior_name=unit.parent.committee_name,
                level=1 if result.get(unit.pk) == 1 or chance.random() < 0.18 else 2,
                **_planned(members.get(unit.pk)),
                admissions_planned=chance.randint(0, 1),
                thematic_meetings_planned=4,
                state=RegistrationState.NOTED,
                submitted_at=sent,
                noted_at=sent,
            )
            for unit in units
        ),
        batch_size=500,
    )


def _planned(count):
    """How many members a cell of `count` wants at each level; an organisation without members of its own plans none."""
    if count is None:
        return {}
    return {"planned_1": count // 7, "planned_2": count - count // 7, "planned_3": 0, "planned_4": 0}


def _accept(sheets, year, staff):
    for sheet in sheets:
        sheet.state = SheetState.ACCEPTED
        sheet.submitted_at, sheet.submitted_by = _moment(year, 12, 5), staff
        sheet.accepted_at, sheet.accepted_by = _moment(year, 12, 12), staff
    fields = ["state", "submitted_at", "submitted_by", "accepted_at", "accepted_by"]
    ReviewSheet.objects.bulk_update(list(sheets), fields, batch_size=200)


def _decide(cycle, rows, units, staff, leader, chance):
    """One published decision per deciding body and year, with an item for each of its rows."""
    bodies = {unit.pk: unit for unit in [cycle.root, *units]}
    of_body = {}
    for row in rows:
        if row.decided_level:
            of_body.setdefault(row.decided_by_id, []).append(row)
    numbers = {pk: place for place, pk in enumerate(sorted(of_body), 1)}
    documents = {pk: _document(bodies[pk], DocumentKind.DECISION, _number(bodies[pk], numbers[pk]), date(cycle.year, 12, 28)) for pk in of_body}
    Document.objects.bulk_create(documents.values())
    decided = Decision.objects.bulk_create(_decision(cycle, bodies[pk], documents[pk], staff, leader) for pk in of_body)
    by_body = {decision.body_id: decision for decision in decided}
    links = {(by_body[pk].pk, row.sheet_id) for pk, some in of_body.items() for row in some}
    through = Decision.sheets.through
    through.objects.bulk_create((through(decision_id=one, reviewsheet_id=sheet) for one, sheet in sorted(links)), batch_size=1000)
    items_of(cycle, by_body, rows, chance)


def _number(body, place):
    return f"{40 + place}-QĐ/ĐU" if body.kind != OrganisationKind.UPPER_COMMITTEE else "88-QĐ/ĐUK"


def _decision(cycle, body, document, staff, leader):
    is_root = body.kind == OrganisationKind.UPPER_COMMITTEE
    total = 9 if is_root else 7
    return Decision(
        cycle=cycle,
        body=body,
        title=f"Công nhận kết quả xếp loại năm {cycle.year} (minh họa)",
        meeting_on=date(cycle.year, 12, 26),
        members_total=total,
        members_present=total,
        votes_for=total,
        document=document,
        state=DecisionState.PUBLISHED,
        needs_another_person=is_root,
        proposed_at=_moment(cycle.year, 12, 20),
        proposed_by=staff,
        issued_at=_moment(cycle.year, 12, 28),
        issued_by=leader,
        published_at=_moment(cycle.year, 12, 29),
        published_by=staff,
    )


def _figures(units, year):
    bases = [unit for unit in units if unit.kind in BASE_KINDS]
    YearFigure.objects.bulk_create(
        YearFigure(
            organisation=base,
            year=year,
            key=YearFigure.Key.AGENCY_TASK_DONE_WELL,
            value=0 if (year, base.agency) in TASK_MISSED else 1,
            source=SOURCE,
        )
        for base in bases
    )
    YearFigure.objects.bulk_create(
        (YearFigure(organisation=base, year=year, key=key, value=_counted(base, year, key), source=SOURCE) for base in bases for key in COUNTED),
        batch_size=500,
    )


def _counted(base, year, key):
    """A small number that is the same each time; none of what is rare."""
    return 0 if key in RARE else (base.pk + year + len(key)) % (4 if key.startswith(("inspected", "supervised")) else 2)
