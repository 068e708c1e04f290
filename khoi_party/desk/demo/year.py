"""The year 2026 of the illustration: open, registered in part, under review in part, so that each role has something to do."""

from datetime import date

from django.utils import timezone

from cells.enums import DocumentKind
from cells.models import Document
from evaluations.enums import Eligibility, RegistrationState, SheetState, Subject, Voice
from evaluations.models import Opinion, Registration, Review, ReviewSheet
from evaluations.services.cycles import open_cycle, open_review

YEAR = 2026


def build_year(root, staff, chance, left_open):
    """Open 2026 through the services, then fill nine registrations in ten and the votes of four cells in ten, but nothing of the
    organisation `left_open`: its secretary has the whole year still to do."""
    guidance = Document(
        organisation=root,
        kind=DocumentKind.GUIDANCE,
        number="05-HD/ĐUK",
        issued_on=date(YEAR, 1, 12),
        issuer=root.committee_name,
        title="Dữ liệu minh họa",
    )
    cycle = open_cycle(root, YEAR, by=staff, guidance=guidance)
    _register(cycle, staff, chance, left_open)
    open_review(cycle, by=staff)
    _vote(cycle, staff, chance, left_open)
    return cycle


def _register(cycle, staff, chance, left_open):
    rows = [row for row in cycle.registrations.exclude(organisation=left_open).order_by("organisation__path") if chance.random() < 0.9]
    now = timezone.now()
    for row in rows:
        row.level = chance.choices((1, 2), (3, 7))[0]
        row.planned_1, row.planned_2, row.planned_3, row.planned_4 = 2, chance.randint(8, 12), 0, 0
        row.admissions_planned, row.thematic_meetings_planned = chance.randint(0, 2), 4
        row.commitments = "Giữ vững đoàn kết, hoàn thành nhiệm vụ chính trị được giao (minh họa)."
        row.state = chance.choices((RegistrationState.NOTED, RegistrationState.SUBMITTED), (8, 2))[0]
        row.submitted_at, row.submitted_by, row.on_behalf = now, staff, True
        if row.state == RegistrationState.NOTED:
            row.noted_at, row.noted_by = now, staff
    fields = [f.name for f in Registration._meta.concrete_fields if f.name not in ("id", "cycle", "organisation")]
    Registration.objects.bulk_update(rows, fields, batch_size=200)


def _vote(cycle, staff, chance, left_open):
    sheets = [sheet for sheet in cycle.sheets.exclude(organisation=left_open).order_by("path") if chance.random() < 0.4 and len(sheet.path) > 8]
    rows = Review.objects.filter(sheet__in=sheets, eligibility=Eligibility.REQUIRED)
    opinions = []
    for row in rows:
        voice = Voice.CELL_VOTE if row.subject == Subject.MEMBER else Voice.SELF
        opinions.append(Opinion(review=row, voice=voice, level=chance.choices((1, 2, 3), (16, 82, 2))[0], by=staff, on_behalf=True))
    Opinion.objects.bulk_create(opinions, batch_size=1000)
    sent = [sheet.pk for sheet in sheets if chance.random() < 0.5]
    ReviewSheet.objects.filter(pk__in=sent).update(state=SheetState.SUBMITTED, submitted_at=timezone.now(), submitted_by=staff)
