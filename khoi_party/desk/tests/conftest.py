"""The tree of the rights tests: everybody acts at `own`; a row exists at every place, so that a leak would show."""

from datetime import UTC, date, datetime
from functools import cache
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile

from cells.enums import OrganisationKind as Kind
from cells.enums import Role
from cells.models import CalendarDay, Document, NumberSeries, Organisation, RegisteredNumber, RoleAssignment, Target, Term
from evaluations.models import (
    BallotRound,
    Commendation,
    CommendationRound,
    Complaint,
    Decision,
    FormerCellRemark,
    Notice,
    OutsideRating,
    Review,
    RevisedRow,
)
from evaluations.services.cycles import open_cycle, open_review
from khoi_party.common.tree import child_path
from members.models import (
    Admission,
    AdmissionStep,
    BadgeAward,
    Discipline,
    Meeting,
    Member,
    Membership,
    MembershipEvent,
    Participant,
    PartyBreak,
    StudyClass,
)
from members.services import imports
from reports.building import Frozen, freeze, store
from reports.enums import PaperKind, PaperState
from reports.figures.term import collect
from reports.models import Paper
from reports.papers.framing import framing_of

User = get_user_model()
ROLES = ("staff", "secretary", "leader", "inspector", "administrator")
PLACES = ("own", "child", "sibling", "parent", "other")


def organisation(name, kind, parent, number):
    path = child_path(parent.path if parent else "", number)
    return Organisation.objects.create(name=name, kind=kind, parent=parent, path=path, code=f"M{path}", established_on=date(2010, 1, 1))


def make_world():
    root = organisation("Đảng bộ Khối các cơ quan tỉnh", Kind.UPPER_COMMITTEE, None, 1)
    own = organisation("Đảng bộ Sở Nội vụ", Kind.BASE_COMMITTEE, root, 1)
    child = organisation("Chi bộ Văn phòng", Kind.CELL, own, 1)
    sibling = organisation("Chi bộ Liên minh Hợp tác xã", Kind.BASE_CELL, root, 2)
    away = organisation("Đảng bộ Sở Tư pháp", Kind.BASE_COMMITTEE, root, 3)
    other = organisation("Chi bộ Thanh tra Sở Tư pháp", Kind.CELL, away, 1)
    opener = User.objects.create(username="opener", full_name="Người mở năm")
    RoleAssignment.objects.create(user=opener, role=Role.STAFF, organisation=root, valid_from=date(2020, 1, 1))
    world = SimpleNamespace(root=root, places={"own": own, "child": child, "sibling": sibling, "parent": root, "other": other}, users={})
    world.members, world.events, world.disciplines = {}, {}, {}
    for place, cell in world.places.items():
        world.members[place] = Member.objects.create(
            full_name=f"Đảng viên {place}", gender="male", cell=cell, admitted_on=date(2015, 1, 1), state="probationary"
        )
        world.events[place] = MembershipEvent.objects.create(
            member=world.members[place], kind="admitted", effective_on=date(2015, 1, 1), to_cell=cell
        )
        world.disciplines[place] = Discipline.objects.create(member=world.members[place], place=cell)  # a case that is still open
        if cell.holds_members:
            Membership.objects.create(member=world.members[place], cell=cell, valid_from=date(2015, 1, 1))
    world.cycle = open_cycle(root, 2026, by=opener)
    open_review(world.cycle, by=opener)
    world.decisions = {place: Decision.objects.create(cycle=world.cycle, body=body, title="Công nhận") for place, body in world.places.items()}
    rows = {row.sheet.organisation_id: row for row in Review.objects.filter(subject="organisation").select_related("sheet")}
    world.remarks = {place: remark_at(rows.get(cell.pk)) for place, cell in world.places.items()}
    world.results = {place: result_of(place_there, world.members[place], opener) for place, place_there in world.places.items()}
    world.badges = lambda place: BadgeAward.objects.get_or_create(member=world.members[place], years=30, ceremony_on=date(2027, 2, 3))[0]
    world.admissions = lambda place: admission_at(world.members[place])
    world.ballots = lambda place: ballot_at(world.cycle, world.places[place], opener)
    world.breaks = lambda place: PartyBreak.objects.get_or_create(
        member=world.members[place], valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1)
    )[0]
    world.after_publication = lambda noun, place: after_publication(world, noun, place, opener)
    world.meeting = lambda name, place: meeting_at(world.places[place], name, opener)
    world.year_lists = lambda name, place: year_lists(world, name, place)
    world.assignments = {}
    for place, organisation_there in world.places.items():
        somebody = User.objects.create(username=f"at-{place}", full_name=f"Người ở {place}")
        world.assignments[place] = RoleAssignment.objects.create(
            user=somebody, role=Role.SECRETARY, organisation=organisation_there, valid_from=date(2020, 1, 1)
        )
    for role in ROLES:
        world.users[role] = User.objects.create(username=role, full_name=f"Người {role}")
        RoleAssignment.objects.create(user=world.users[role], role=role, organisation=own, valid_from=date(2020, 1, 1))
    world.term_at = cache(lambda place: term_of(world.places[place]))
    world.import_at = lambda place, purpose: list_of(world.places[place], opener, purpose)
    world.twins = cache(lambda place: twin_of(world.members[place]))
    world.number_at = lambda place: number_at(world.places[place])
    world.arguments = lambda name, place: arguments(world, name, place)
    world.commendation = lambda name, place: commendation_arguments(world, name, place)
    world.paper_at = cache(lambda place: finished_paper(world.term_at(place), opener))
    return world


def list_of(organisation, by, purpose):
    """A list of one new member, compared and waiting for a decision; each request has its own."""
    titles = ("Họ và tên", "Giới tính", "Ngày sinh", "Ngày vào Đảng", "Mã chi bộ")
    cell = organisation if organisation.holds_members else Organisation.objects.filter(path__startswith=organisation.path, kind=Kind.CELL).first()
    text = "\n".join((";".join(titles), f"Lê Thị Mới;Nữ;01/02/1990;03/02/2020;{cell.code}"))
    batch = imports.upload(text.encode(), name="ds.csv", organisation=organisation, purpose=purpose, as_of=date(2026, 6, 30), by=by)
    return imports.choose_columns(batch, {int(place): key for place, key in batch.mapping.items()}, by=by)


def twin_of(member):
    """Another record in the same cell."""
    return Member.objects.create(full_name=member.full_name, gender="male", cell=member.cell, admitted_on=date(2015, 1, 1), state="probationary")


def admission_at(member):
    """An open file with one step, whose helper is `member`."""
    given = {"full_name": "Người xin vào Đảng", "gender": "male", "born_on": date(1995, 5, 1), "rules": "qd294", "opened_on": date(2025, 8, 1)}
    one, is_new = Admission.objects.get_or_create(cell=member.cell, helper=member, defaults=given)
    if is_new:
        AdmissionStep.objects.create(admission=one, kind="certificate", done_on=date(2025, 9, 1))
    return one


def ballot_at(cycle, organisation, by):
    """An open round on the sheet of `organisation`, one that it holds as a body where it has no sheet; another after it was thrown away."""
    share = {"base": "convened", "part": 1, "whole": 2, "at_least": False, "is_set": False, "slots": 1}
    about = {"subject": "organisation", "meeting": "committee", "held_on": date(2026, 11, 20), "eligible": 5, "opened_by": by}
    sheet = cycle.sheets.filter(organisation=organisation).first()
    return BallotRound.objects.get_or_create(cycle=cycle, organisation=organisation, sheet=sheet, defaults=share | about)[0]


def remark_at(review):
    """The id of a remark that the row's own unit is asked for; one that nobody has where there is no row."""
    return FormerCellRemark.objects.create(review=review, cell=review.sheet.organisation, months=7).pk if review else 10**9


def after_publication(world, noun, place, by):
    """What stands in the address of a notice, a complaint or a row of a draft revision at `place`; a number that nobody has without a row."""
    row = Review.objects.filter(sheet__organisation=world.places[place], subject="organisation").first()
    if row is None:
        return [10**9, 10**9] if noun == "revision" else [10**9]
    if noun == "complaint":
        given = {"source": "people", "received_on": date(2026, 11, 2), "summary": "Đơn", "recorded_by": by}
        return [Complaint.objects.get_or_create(review=row, defaults=given)[0].pk]
    decision = world.decisions[place]
    if noun == "revision":
        decision.save()  # who may leave its last row out has thrown it away
        RevisedRow.objects.get_or_create(decision=decision, review=row, defaults={"level": 2, "reason": "Thử"})
        return [decision.pk, row.pk]
    published, is_new = Decision.objects.get_or_create(cycle=world.cycle, body=decision.body, title="Đã công bố")
    if is_new:
        moment = datetime(2026, 12, 31, tzinfo=UTC)
        paper = {"kind": "decision", "number": "9-QĐ/ĐU", "issued_on": date(2026, 12, 30), "issuer": "Đảng ủy"}
        document = Document.objects.create(organisation=decision.body, **paper)
        Decision.objects.filter(pk=published.pk).update(state="published", issued_at=moment, published_at=moment, document=document)
    return [Notice.objects.get_or_create(decision=published, sheet=row.sheet)[0].pk]


def meeting_at(organisation, name, by):
    """What stands in the address of the meetings at `organisation`."""
    if name != "members:meeting_edit":
        return [organisation.pk, 2026] if name == "members:meeting_year" else [organisation.pk]
    given = {"kind": "regular", "held_on": date(2026, 3, 3), "expected": 5, "present": 5, "recorded_by": by}
    return [Meeting.objects.get_or_create(cell=organisation, **given)[0].pk]


def year_lists(world, name, place):
    """What stands in the address of a class, a list of cards or of papers at `place`."""
    organisation = world.places[place]
    if name.startswith("members:paper"):
        return [organisation.pk, 2026]
    if name in ("members:class_list", "members:class_new", "members:card_list"):
        return [organisation.pk]
    dates = {"starts_on": date(2026, 3, 1), "ends_on": date(2026, 3, 5)}
    one, _ = StudyClass.objects.get_or_create(organisation=organisation, kind="awareness", name="Lớp", organiser="Trung tâm", **dates)
    if name != "members:class_leave":
        return [one.pk]
    return [Participant.objects.get_or_create(study_class=one, admission=world.admissions(place))[0].pk]


def result_of(organisation, member, by):
    """What others have decided of `member`."""
    source = Document.objects.create(organisation=organisation, kind="other", number="215/QĐ-SNV", issued_on=date(2026, 12, 5), issuer="Sở Nội vụ")
    moment = datetime(2026, 12, 31, tzinfo=UTC)
    return OutsideRating.objects.create(year=2026, kind="civil_servant", member=member, level=2, document=source, entered_by=by, entered_at=moment)


def term_of(organisation):
    """A term with one target, and a document with a file."""
    term = Term.objects.create(organisation=organisation, label="2025-2030", congress_on=date(2025, 7, 1), first_year=2025, last_year=2029)
    target_of(term)
    document = Document(organisation=organisation, kind="guidance", number="05-HD/ĐUK", issued_on=date(2026, 1, 12), issuer="Đảng ủy")
    document.file.save("x.pdf", ContentFile(b"%PDF-"), save=True)
    return term


def target_of(term):
    return Target.objects.create(
        term=term, indicator="admissions", span="term", operator="at_least", low=400, wording="Kết nạp từ 400 đảng viên", base="none"
    )


def arguments(world, name, place):
    """What stands in the address of `name` for the row at `place`."""
    organisation = world.places[place]
    term = world.term_at(place)
    if name in ("cells:term_edit", "cells:target_new"):
        return [term.pk]
    if name in ("cells:target_edit", "cells:target_remove"):
        return [(term.targets.first() or target_of(term)).pk]
    if name == "cells:calendar_remove":
        return [CalendarDay.objects.get_or_create(organisation=organisation, day=date(2027, 1, 4), kind="off", reason="Nghỉ bù")[0].pk]
    if name == "cells:document_file":
        return [Document.objects.get(organisation=organisation, kind="guidance").pk]
    more = {"cells:year_figures": [2026], "cells:year_unit": [2026], "cells:year_tasks": [2026], "evaluations:setting_change": ["place_name"]}
    return [organisation.pk, *more.get(name, [])]


def number_at(organisation):
    series, _ = NumberSeries.objects.get_or_create(organisation=organisation, term=None)
    made = {"code": "QĐ", "number": 1, "state": "reserved", "reserved_for": "Khen thưởng"}
    return RegisteredNumber.objects.get_or_create(series=series, **made)[0]


def commendation_arguments(world, name, place):
    """What stands in the address of a page of commendations: a list of one name, not put forward yet, new for each request."""
    organisation, member = world.places[place], world.members[place]
    page = name.removeprefix("evaluations:commendation_")
    if page in ("settings", "setting"):
        return [organisation.pk, *(["base_salary"] if page == "setting" else [])]
    one = CommendationRound.objects.create(body=organisation, awarding_body=organisation, awarder_kind=organisation.kind, year=2025, title="Khen")
    years = {"first_year": 2025, "last_year": 2025}
    item = Commendation.objects.create(round=one, member=member, place=organisation, name="Đảng viên", award="praise", basis="year", **years)
    if page in ("item", "remove"):
        return [item.pk]
    return [one.pk, *(["member"] if page in ("candidates", "add") else [])]


def finished_paper(term, by):
    """A draft of the report of `term`, done: its figures are real, its file is a stand-in."""
    organisation = term.organisation
    text = freeze(Frozen(PaperKind.TERM_REPORT.value, collect(term, date(2026, 12, 31)), framing_of(organisation, date(2026, 12, 31), draft=1)))
    name, checksum = store(b"%PDF-", "papers/test.pdf")
    moment = datetime(2026, 12, 31, tzinfo=UTC)
    made = {"queued_at": moment, "finished_at": moment, "figures": text, "state": PaperState.DONE, "about_key": f"term:{term.pk}"}
    paper = Paper.objects.create(kind=PaperKind.TERM_REPORT, organisation=organisation, term=term, requested_by=by, **made)
    paper.files.create(format="pdf", file=name, sha256=checksum)
    return paper


@pytest.fixture
def world(db):
    return make_world()
