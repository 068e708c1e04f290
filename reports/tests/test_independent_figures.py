"""The figures printed in the PDF against questions put to the tables in SQL, written by hand and apart from the code of the figures."""

import io
from datetime import date

import pytest
from django.db import connection
from pypdf import PdfReader

from evaluations.models import Cycle
from members.models import Member
from reports.building import build
from reports.enums import PaperKind
from reports.models import Paper

from .honours import give_honours, leave_uncounted

TOP = "0001%"  # the committee of the fixture is the first root

STANDING = """
    SELECT count(*) FROM cells_placement
    WHERE path LIKE %s AND length(path) > 4 AND kind IN {kinds}
      AND valid_from <= %s AND (valid_to IS NULL OR valid_to > %s)
"""
PEOPLE = """
    SELECT count(*) FROM members_membership s
    JOIN members_member m ON m.id = s.member_id
    JOIN cells_placement p ON p.organisation_id = s.cell_id
    WHERE s.kind = 'official' AND s.valid_from <= %s AND (s.valid_to IS NULL OR s.valid_to > %s)
      AND p.path LIKE %s AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to > %s) AND {whom}
"""
LEVELS = """
    SELECT count(*) FROM evaluations_review r
    JOIN evaluations_reviewsheet s ON s.id = r.sheet_id
    JOIN evaluations_cycle c ON c.id = s.cycle_id
    WHERE c.year = %s AND s.path LIKE %s AND r.removed_at IS NULL AND r.eligibility <> 'not_subject' AND {whose} AND {which}
"""
ADMITTED = """
    SELECT count(*) FROM members_membershipevent e
    JOIN members_member m ON m.id = e.member_id
    JOIN cells_placement p ON p.organisation_id = e.to_cell_id
    WHERE e.kind = 'admitted' AND e.effective_on BETWEEN %s AND %s AND p.path LIKE %s
      AND p.valid_from <= e.effective_on AND (p.valid_to IS NULL OR p.valid_to > e.effective_on)
      AND e.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM members_membershipevent b WHERE b.reverses_id = e.id) AND {whom}
"""
AWARDS = """
    SELECT count(*) FROM evaluations_commendation WHERE last_year = %s AND award = %s AND granted AND revoked_on IS NULL AND {whose} IS NOT NULL
"""
TYPED = """
    SELECT sum(f.value) FROM cells_yearfigure f JOIN cells_organisation o ON o.id = f.organisation_id
    WHERE f.year = %s AND f.key = %s AND o.path LIKE %s AND f.value IS NOT NULL
"""
BASES = "('base_committee', 'base_cell')"
SUBJECTS = {
    "bases": f"r.subject = 'organisation' AND s.organisation_kind IN {BASES}",
    "cells": "r.subject = 'organisation' AND s.organisation_kind = 'cell'",
    "members": "r.subject = 'member'",
}


def asked(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.fetchone()[0] or 0)


def printed(kind, **about):
    """The text of the PDF, blanks squeezed."""
    paper = Paper(kind=kind, about_key="term:1", **about)
    pages = PdfReader(io.BytesIO(build(paper).files["pdf"])).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def share(part, base):
    return f"{part * 100 / base:.2f}".rstrip("0").rstrip(".").replace(".", ",") if base else "–"


def standing(kinds, day):
    return asked(STANDING.format(kinds=kinds), TOP, day, day)


def people(day, whom="1 = 1"):
    return asked(PEOPLE.format(whom=whom), day, day, TOP, day, day)


def levels(year, subject, which):
    return asked(LEVELS.format(whose=SUBJECTS[subject], which=which), year, TOP)


def level_cells(year, subject):
    """What stands between the year and the reasons in a row of PL2-PL4, and the number without a level."""
    total, rated = levels(year, subject, "1 = 1"), levels(year, subject, "r.decided_level IS NOT NULL")
    counts = [levels(year, subject, f"r.decided_level = {level}") for level in (1, 2, 3, 4)]
    shares = " ".join(f"{count} {share(count, rated)}" for count in counts)
    return f"{total} {rated} {share(rated, total)} {shares}", total - rated


@pytest.fixture
def world(two_years):
    give_honours(two_years)
    leave_uncounted(two_years)
    Member.objects.update(gender="male")
    Member.objects.filter(cell=two_years.first).update(gender="female")
    Member.objects.filter(cell=two_years.lone).update(ethnicity="Sán Dìu")
    two_years.other.placements.update(valid_to=date(2018, 11, 1))
    return two_years


def test_the_term_report_prints_what_the_tables_hold(world, targets):
    text = printed(PaperKind.TERM_REPORT, organisation=world.root, term=world.term)
    rows = []
    for place, year in enumerate((2017, 2018), 1):
        day = f"{year}-12-31"
        bases, committees, lone = standing(BASES, day), standing("('base_committee')", day), standing("('base_cell')", day)
        parts, cells = standing("('sub_committee')", day), standing("('cell')", day)
        official = f"m.official_on <= '{day}'"
        counted = [people(day), people(day, "m.gender = 'female'"), people(day, "m.ethnicity <> 'Kinh'"), people(day, official)]
        rows.append(f"{year} {bases} {cells} {counted[0]}")
        rows.append(f"{place} {year} {bases} {committees} {lone} {parts} {cells} {' '.join(map(str, counted))} {counted[0] - counted[3]}")
        for subject in ("bases", "cells", "members"):
            cells, unrated = level_cells(year, subject)
            exempt = levels(year, subject, "r.eligibility = 'exempt'")
            rows.append(f"{year} {cells} {f'{exempt} {unrated - exempt}' if subject == 'members' else unrated}")
        spans = {2017: ("2017-06-01", "2017-12-31"), 2018: ("2018-01-01", "2018-12-31")}
        admitted = asked(ADMITTED.format(whom="1 = 1"), *spans[year], TOP)
        women = asked(ADMITTED.format(whom="m.gender = 'female'"), *spans[year], TOP)
        rows.append(f"{year} – {admitted} – {women} –")
    organisations, members = (
        [asked(AWARDS.format(whose=whose), 2018, award) for award in ("certificate", "merit", "flag")] for whose in ("organisation_id", "member_id")
    )
    rows.append(f"2018 {organisations[0]} {members[0]} {organisations[1]} {members[1]} {organisations[2]} 1")
    rows.append(f"2018 {asked(TYPED, 2018, 'inspected_organisations', TOP)} – – – – – – {asked(TYPED, 2018, 'members_reprimanded', TOP)} 1*")

    assert rows[1] == "1 2017 3 1 2 0 2 5 3 1 4 1"  # what the questions give, counted by hand once
    assert rows[4].startswith("2017 5 5 100 1 20 4 80 0 0 0 0 0 0")
    assert [row for row in rows if row not in text] == []


def test_the_year_report_prints_what_the_tables_hold(world):
    text = printed(PaperKind.YEAR_REPORT, organisation=world.root, cycle=Cycle.objects.get(year=2018))
    rows = []
    kinds = {
        "Tổ chức cơ sở đảng": f"s.organisation_kind IN {BASES}",
        "Đảng bộ cơ sở": "s.organisation_kind = 'base_committee'",
        "Chi bộ cơ sở": "s.organisation_kind = 'base_cell'",
        "Chi bộ trực thuộc": "s.organisation_kind = 'cell'",
    }
    for name, kind in kinds.items():
        SUBJECTS["kind"] = f"r.subject = 'organisation' AND {kind}"
        cells, unrated = level_cells(2018, "kind")
        rows.append(f"{name} {cells} {unrated}")
    cells, unrated = level_cells(2018, "members")
    total, rest = cells.split(" ", 1)
    exempt = levels(2018, "members", "r.eligibility = 'exempt'")
    rows.append(f"Cộng {total} {exempt} {rest} {unrated - exempt}")

    assert rows[-1] == "Cộng 6 1 5 83,33 1 20 3 60 0 0 1 20 0"
    assert [row for row in rows if row not in text] == []


def test_the_statistics_print_what_the_tables_hold(world):
    day = date(2018, 12, 31)
    text = printed(PaperKind.STATISTICS, organisation=world.root, as_of=day)
    total = people(day)
    counts = {
        "Đảng viên": total,
        "Chính thức": people(day, f"m.official_on <= '{day}'"),
        "Dự bị": people(day, f"(m.official_on IS NULL OR m.official_on > '{day}')"),
        "Nữ": people(day, "m.gender = 'female'"),
        "Dân tộc thiểu số": people(day, "m.ethnicity NOT IN ('Kinh', '')"),
        "Trên 60 tuổi": 0,
        "Chưa ghi": people(day, "m.born_on IS NULL"),
    }
    assert (total, counts["Nữ"], counts["Dân tộc thiểu số"]) == (6, 3, 2)  # counted by hand
    assert [row for name, count in counts.items() if (row := f"{name} {count} {share(count, total)}") not in text] == []


REGISTERED = """
    SELECT count(*) FROM evaluations_registration r
    JOIN evaluations_cycle c ON c.id = r.cycle_id
    JOIN cells_organisation o ON o.id = r.organisation_id
    WHERE c.year = %s AND o.path LIKE %s AND length(o.path) > 4 AND o.kind = %s AND r.state IN ('submitted', 'noted') AND {which}
"""


def test_the_summary_of_registrations_prints_what_the_tables_hold(world):
    text = printed(PaperKind.REGISTRATION_SUMMARY, organisation=world.root, cycle=Cycle.objects.get(year=2018))
    rows = []
    for name, kind in (("Đảng bộ cơ sở", "base_committee"), ("Chi bộ cơ sở", "base_cell"), ("Chi bộ trực thuộc", "cell")):
        sent = asked(REGISTERED.format(which="1 = 1"), 2018, TOP, kind)
        counts = [asked(REGISTERED.format(which=f"r.level = {level}"), 2018, TOP, kind) for level in (1, 2, 3, 4)]
        rows.append(f"{name} {sent} {sent} 100 {' '.join(f'{count} {share(count, sent)}' for count in counts)} 0")
    assert rows[1] == "Chi bộ cơ sở 2 2 100 0 0 2 100 0 0 0 0 0"
    assert [row for row in rows if row not in text] == []
