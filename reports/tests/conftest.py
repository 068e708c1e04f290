"""A small committee through three years: one đảng bộ cơ sở with two cells, two chi bộ cơ sở, seven members, two targets."""

import socket
import threading
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model

from cells.enums import Base, Indicator, Operator, OrganisationKind, Role, Span
from cells.models import RoleAssignment, Target, Term
from cells.tests.factories import OrganisationFactory
from evaluations.enums import Eligibility, RegistrationState, SheetState, Subject
from evaluations.models import Cycle, Registration, Review, ReviewSheet
from evaluations.rulebooks import rulebook_for
from evaluations.services.tallies import replace_tallies
from members.tests.factories import MemberFactory
from reports import jobs, lists, services
from reports.building import Frozen, frame, freeze, made_with, sha256, store, thaw, words_of
from reports.papers.catalogue import recipe_of

User = get_user_model()
NOON = "2019-01-10T05:00:00Z"


def rated_year(world, year, levels, members, *, closed=True, exemplary=(), registered=None):
    """A year with the decided levels of organisations ({name in world: level}) and of members ({cell: [levels]}); None is not rated."""
    cycle = Cycle.objects.create(
        root=world.root, year=year, rulebook=rulebook_for(year).key, cutoff_on=date(year, 12, 31), closed_on=date(year + 1, 1, 31) if closed else None
    )
    sheets = []
    for name, level in levels.items():
        unit = getattr(world, name)
        sheet = ReviewSheet.objects.create(
            cycle=cycle,
            organisation=unit,
            organisation_name=unit.name,
            organisation_kind=unit.kind,
            path=unit.path,
            state=SheetState.ACCEPTED,
            submitted_at=NOON,
            accepted_at=NOON,
        )
        common = {"sheet": sheet, "decided_by": world.root}
        eligibility = Eligibility.REQUIRED if level or not closed else Eligibility.NOT_YET
        Review.objects.create(
            **common,
            subject=Subject.ORGANISATION,
            organisation=unit,
            name=unit.name,
            decided_level=level,
            eligibility=eligibility,
            exemplary=name in exemplary,
        )
        for number, given in enumerate(members.get(name, ())):
            kind = Eligibility.REQUIRED if given or not closed else Eligibility.EXEMPT
            Review.objects.create(**common, subject=Subject.MEMBER, name=f"Người {number}", decided_level=given, eligibility=kind)
        if registered and name in registered:
            Registration.objects.create(
                cycle=cycle, organisation=unit, level=registered[name], state=RegistrationState.NOTED, submitted_at=NOON, noted_at=NOON
            )
        sheets.append(sheet)
    replace_tallies(sheets if closed else [])
    return cycle


@pytest.fixture
def world(db):
    root = OrganisationFactory(code="DUK-TEST", name="Đảng bộ Khối các cơ quan tỉnh", paper_code="ĐUK")
    base = OrganisationFactory(parent=root, kind=OrganisationKind.BASE_COMMITTEE, name="Đảng bộ Sở Nội vụ")
    first = OrganisationFactory(parent=base, kind=OrganisationKind.CELL, name="Chi bộ Văn phòng")
    second = OrganisationFactory(parent=base, kind=OrganisationKind.CELL, name="Chi bộ Thanh tra")
    lone = OrganisationFactory(parent=root, kind=OrganisationKind.BASE_CELL, name="Chi bộ Liên minh Hợp tác xã")
    other = OrganisationFactory(parent=root, kind=OrganisationKind.BASE_CELL, name="Chi bộ Hội Nhà báo")
    one = SimpleNamespace(root=root, base=base, first=first, second=second, lone=lone, other=other)
    MemberFactory.create_batch(3, cell=first)
    MemberFactory(cell=second)
    MemberFactory(cell=lone, admitted_on=date(2017, 9, 2), official_on=date(2018, 9, 2))
    MemberFactory(cell=lone, admitted_on=date(2018, 3, 26), official_on=date(2019, 3, 26))
    MemberFactory(cell=other, admitted_on=date(2019, 5, 19), official_on=date(2020, 5, 19))
    one.term = Term.objects.create(
        organisation=root, label="2017-2019", congress_on=date(2017, 6, 1), next_congress_on=date(2019, 6, 1), first_year=2017, last_year=2018
    )
    for role in (Role.STAFF, Role.LEADER, Role.INSPECTOR):
        user = User.objects.create(username=role, full_name=f"Người {role}")
        RoleAssignment.objects.create(user=user, role=role, organisation=root, valid_from=date(2020, 1, 1))
        setattr(one, role, user)
    one.secretary = User.objects.create(username="secretary", full_name="Người bí thư")
    RoleAssignment.objects.create(user=one.secretary, role=Role.SECRETARY, organisation=lone, valid_from=date(2020, 1, 1))
    return one


@pytest.fixture
def two_years(world):
    """2017 under the old names and 2018 under the new ones, both closed."""
    rated_year(
        world,
        2017,
        {"base": 1, "first": 1, "second": 2, "lone": 2, "other": 3},
        {"first": [1, 2, 2], "second": [2], "lone": [2]},
        exemplary=("base",),
        registered={"base": 1, "first": 1, "lone": 1},
    )
    rated_year(
        world,
        2018,
        {"base": 1, "first": 2, "second": 2, "lone": 2, "other": None},
        {"first": [1, 2, 2], "second": [4], "lone": [2, None]},
        exemplary=("base",),
        registered={"base": 1, "first": 2, "lone": 2, "other": 2},
    )
    return world


def add_target(world, indicator, operator, low, *, high=None, span=Span.EACH_YEAR, base=Base.NONE):
    return Target.objects.create(
        term=world.term,
        indicator=indicator,
        span=span,
        operator=operator,
        low=Decimal(low),
        high=None if high is None else Decimal(high),
        base=base,
        wording=f"Chỉ tiêu {indicator}",
        source="Nghị quyết đại hội",
        position=world.term.targets.count() + 1,
    )


@pytest.fixture
def targets(world):
    add_target(world, Indicator.ADMISSIONS, Operator.AT_LEAST, 3, span=Span.TERM)
    add_target(world, Indicator.ORGANISATIONS_GOOD, Operator.MORE_THAN, 95, base=Base.RATED_ORGANISATIONS)
    return world


@pytest.fixture
def quiet(monkeypatch):
    """No broker: nobody is woken."""
    monkeypatch.setattr(services, "wake_worker", lambda pk: None)


def finish_without_files(paper):
    """Make the waiting `paper` as a worker does, its files being stand-ins: setting them takes seconds and is tested elsewhere."""
    attempt = jobs.claim(paper.pk)
    paper.refresh_from_db()
    recipe = recipe_of(paper.kind)
    is_new = not (paper.keeps_figures and paper.figures)
    figures = recipe.collect(paper) if is_new else thaw(paper.figures).figures
    text = freeze(Frozen(paper.kind, figures, frame(paper, recipe, figures), words_of(paper), made_with()))
    files = {"pdf": store(b"%PDF-1.7 stand-in " + text.encode(), f"papers/{paper.pk}-{attempt}.pdf")}
    if paper.is_issued:
        lists.keep(paper, attempt, text)
    made = {"figures": text, "figures_sha256": sha256(text.encode()), "pages": 3}
    jobs.finish(paper.pk, attempt, files, new_figures=is_new, **made)
    if not paper.is_issued:
        lists.keep(paper, attempt, text)
    paper.refresh_from_db()
    return paper


@pytest.fixture
def draft(two_years, targets, quiet):
    """A finished draft of the term report."""
    return finish_without_files(services.request_term_report(two_years.term, by=two_years.leader))


@pytest.fixture
def issued(draft, two_years):
    """The same paper, issued and set."""
    signed = {"signer_position": "Bí thư", "signer_name": "Trần Văn Ký"}
    services.issue_paper(draft, number=12, issued_on=date(2020, 5, 5), by=two_years.leader, **signed)
    return finish_without_files(draft)


@pytest.fixture
def listener():
    """(port, knocks): a server on this machine that only notes who knocks."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        knocks = []

        def listen():
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                knocks.append(address)
                connection.close()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield server.getsockname()[1], knocks
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)
