"""Commendations of every closed year of the illustration, with a Random of their own so that nothing else of it changes."""

import random
from datetime import UTC, date, datetime
from decimal import Decimal

from cells.enums import DocumentKind, OrganisationKind
from cells.models import Document, Organisation
from evaluations.awards.money import key_of, money
from evaluations.awards.runs import LENGTH, wanted
from evaluations.awards.subjects import BASE, MEMBER
from evaluations.candidates import standing_items
from evaluations.enums import Award, AwardBasis, AwardSettingKey, CommendationState, Dossier, Subject
from evaluations.models import AwardSetting, Commendation, CommendationRound
from evaluations.services.commendations import add_subjects, open_round, propose_round, save_vote
from members.models import Member

from .places import SOURCE

SALARIES = ((date(2019, 7, 1), 1490000), (date(2023, 7, 1), 1800000), (date(2024, 7, 1), 2340000))
ISSUED, VOTED = (1, 28), (1, 15)  # month and day in the year after
LAST = 2025
FIELDS = ("year", "level", "exemplary", "member", "organisation", "name", "sort_key", "place", "place_name", "body", "number")


def build_commendations(root, staff, leader, base, base_staff):
    """Giấy khen of every year, bằng khen after five; `base` has the last year's list put before its leader, the root's is being written."""
    chance = random.Random("khen thưởng")  # noqa: S311  nothing secret
    settings = _settings(root)
    rows = _rows()
    bodies = Organisation.objects.select_related("parent").in_bulk()
    lists = []  # (round, rows, award, basis, first year)
    for (year, body), some in sorted(_by_body(rows).items()):
        members = [row for row in some if row["member"]]
        chosen = [row for row in some if not row["member"] and row["exemplary"] and body == root.pk]
        if chosen and year < LAST:
            lists.append((_round(bodies[root.pk], year, "Khen thưởng tổ chức cơ sở đảng"), chosen, Award.CERTIFICATE, AwardBasis.YEAR, year))
        if members and not (year == LAST and body == base.pk):
            picked = sorted(chance.sample(members, (len(members) + 1) // 2), key=lambda row: row["sort_key"])
            lists.append((_round(bodies[body], year, "Khen thưởng đảng viên"), picked, Award.CERTIFICATE, AwardBasis.YEAR, year))
    for year in (2019, 2024):
        stars = _five_years(rows, year)
        if stars:
            one = _round(bodies[root.pk], year, f"Đề nghị bằng khen {LENGTH} năm liền", is_outside=True)
            lists.append((one, stars, Award.MERIT, AwardBasis.FIVE_YEARS, year - LENGTH + 1))
    _write(lists, settings, staff, leader, rows, bodies)
    _under_way(base, base_staff, bodies[root.pk], staff)


def _settings(root):
    """The base salary since 2019; before that it stays unknown, and so do the sums."""
    kept = []
    for place, (day, value) in enumerate(SALARIES):
        paper = Document.objects.create(
            organisation=root, kind=DocumentKind.OTHER, number=f"LCS-{day.year}", issued_on=day, issuer="Dữ liệu minh họa", title=SOURCE
        )
        end = SALARIES[place + 1][0] if place + 1 < len(SALARIES) else None
        AwardSetting.objects.create(root=root, key=AwardSettingKey.BASE_SALARY, value=value, valid_from=day, valid_to=end, document=paper)
        kept.append((day, end, Decimal(value), f"{paper.number} (minh họa)"))
    return {AwardSettingKey.BASE_SALARY: kept[::-1]}


def _rows():
    """The best results of all closed years, plain."""
    names = (
        "decision__cycle__year",
        "level",
        "exemplary",
        "review__member",
        "review__organisation",
        "review__name",
        "review__sort_key",
        "review__sheet__organisation",
        "review__sheet__organisation_name",
        "decision__body",
        "decision__document__number",
    )
    best = standing_items().filter(level=1, decision__cycle__closed_on__isnull=False, review__subject__in=(Subject.MEMBER, Subject.ORGANISATION))
    return [dict(zip(FIELDS, values, strict=True)) for values in best.order_by("pk").values_list(*names)]


def _by_body(rows):
    found = {}
    for row in rows:
        found.setdefault((row["year"], row["body"]), []).append(row)
    return found


def _five_years(rows, year):
    """The last year's rows of the base organisations that were chosen in each of the five years up to `year`."""
    chosen = [row for row in rows if row["exemplary"] and year - LENGTH < row["year"] <= year]
    years = {}
    for row in chosen:
        years.setdefault(row["organisation"], set()).add(row["year"])
    return [row for row in chosen if row["year"] == year and len(years[row["organisation"]]) == LENGTH]


def _round(body, year, title, is_outside=False):
    kind = OrganisationKind.PROVINCIAL_COMMITTEE if is_outside else body.kind
    title = f"{title} năm {year} (minh họa)"
    return CommendationRound(body=body, awarding_body=None if is_outside else body, awarder_kind=kind, year=year, title=title)


def _write(lists, settings, staff, leader, rows, bodies):
    papers = []
    for number, (one, *_) in enumerate(lists, 1):
        day = date(one.year + 1, *ISSUED)
        own = "ĐUK" if one.body.parent_id is None else "CB" if one.body.holds_members else "ĐU"
        suffix = own if one.awarding_body else "TU"
        issuer = "Ban Thường vụ Tỉnh ủy (minh họa)" if one.awarding_body is None else one.body.committee_name
        kind = DocumentKind.DECISION
        papers.append(Document(organisation=one.body, kind=kind, number=f"{100 + number}-QĐ/{suffix}", issued_on=day, issuer=issuer, title=one.title))
    Document.objects.bulk_create(papers, batch_size=500)
    for (one, *_), paper in zip(lists, papers, strict=True):
        moment = datetime(one.year + 1, *ISSUED, tzinfo=UTC)
        one.document, one.state = paper, CommendationState.ISSUED
        one.meeting_on, one.members_total, one.members_present, one.votes_for, one.votes_against = date(one.year + 1, *VOTED), 7, 7, 7, 0
        one.proposed_at, one.proposed_by, one.issued_at, one.issued_by = moment, staff, moment, leader
    CommendationRound.objects.bulk_create([one for one, *_ in lists], batch_size=500)
    numbers = {(row["year"], row["organisation"]): row["number"] for row in rows if row["organisation"]}
    items = [_item(one, row, award, basis, first, settings, numbers, bodies) for one, some, award, basis, first in lists for row in some]
    Commendation.objects.bulk_create(items, batch_size=500)


def _item(one, row, award, basis, first, settings, numbers, bodies):
    subject = MEMBER if row["member"] else BASE
    day = one.document.issued_on
    sum_ = money(key_of(subject, award, one.awarder_kind), day, settings)
    proof = [
        {
            "year": year,
            "says": wanted(year, subject),
            "number": row["number"] if year == row["year"] else numbers[year, row["organisation"]],
            "on": f"28/12/{year}",
            "decision": None,
        }
        for year in range(first, one.year + 1)
    ]
    item = Commendation(
        round=one,
        member_id=row["member"],
        organisation_id=None if row["member"] else row["organisation"],
        place_id=row["place"],
        name=row["name"],
        place_name=_place(row, bodies),
        sort_key=row["sort_key"],
        award=award,
        basis=basis,
        first_year=first,
        last_year=one.year,
        dossier=list(Dossier.values),
        granted=True,
        proof=proof,
        multiplier=sum_.multiplier,
        base_salary=sum_.base_salary,
        amount=sum_.amount,
        money_source=sum_.source,
    )
    item.fill_keys()
    return item


def _place(row, bodies):
    """The name of that year; a member's cell with the committee above it."""
    above = bodies[row["place"]].parent if row["member"] else None
    return f"{row['place_name']}, {above.name}" if above and above.parent_id else row["place_name"]


def _under_way(base, base_staff, root, staff):
    """A list before the leader of `base`, and one that the root's staff is still writing."""
    best = standing_items().filter(level=1, decision__cycle__year=LAST, review__member__cell__path__startswith=base.path)
    members = Member.objects.active().filter(pk__in=best.values("review__member")).select_related("cell").order_by("pk")[:12]
    one = open_round(base, year=LAST, awarding_body=base, title=f"Khen thưởng đảng viên năm {LAST} (minh họa)", by=base_staff)
    add_subjects(one, list(members), award=Award.CERTIFICATE, basis=AwardBasis.YEAR, by=base_staff)
    numbers = {"members_total": 7, "members_present": 7, "votes_for": 7, "votes_against": 0}
    save_vote(one, meeting_on=date(LAST + 1, *VOTED), **numbers, by=base_staff)
    propose_round(one, by=base_staff)
    chosen = standing_items().filter(exemplary=True, decision__cycle__year=LAST, decision__body=root)
    bases = Organisation.objects.filter(pk__in=chosen.values("review__organisation"), dissolved_on=None).order_by("path")
    other = open_round(root, year=LAST, awarding_body=root, title=f"Khen thưởng tổ chức cơ sở đảng năm {LAST} (minh họa)", by=staff)
    add_subjects(other, list(bases), award=Award.CERTIFICATE, basis=AwardBasis.YEAR, by=staff)
