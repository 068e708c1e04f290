"""The entry grid as plain text values: a row per subject, a cell per voice, from a fixed number of queries however many rows there are."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from cells.models import Organisation
from evaluations.enums import ON_MEMBERS, SHEET_VOICES, DecisionState, Eligibility, Subject, Voice
from evaluations.findings import mark_of
from evaluations.known import COLUMNS, facts_of, subject_of
from evaluations.models import Decision, DecisionItem, Opinion, QuotaPool, Review, ReviewSheet
from evaluations.permissions import CHOOSING_KINDS, sees_unpublished, writable_voices
from evaluations.rulebooks import rulebook_for
from evaluations.rulebooks.judging import judge
from evaluations.services.quotas import Usage, usages
from khoi_party.rules import Kind
from members.enums import PaperKind
from members.models import AnnualPaper

REASON_ASKED = (Voice.CELL_VOTE, Voice.PROPOSED, Voice.DECIDING)  # what these say is set against the voice before
AWAITED = {True: (Voice.SELF,), False: (Voice.SELF, Voice.COMMITTEE, Voice.CELL_VOTE)}  # by whether the row is a unit
RESIDENCE = "Nhận xét nơi cư trú"
EMPTY = (None, 0, "", False, None)
FIELDS = (*COLUMNS, "name", "position", "eligibility_reason", "exemplary", "pool_id", "removal_reason")


@dataclass(slots=True)
class Cell:
    """One voice on one row. All values are text: the template prints many of them, and numbers would each be localised."""

    key: str
    voice: str
    label: str
    level: str
    version: str
    options: str  # the choices as markup, empty where the cell is only read
    chip: str  # the level as markup, where it is only read
    reason: str
    asks_reason: bool
    lacks_reason: bool
    exemplary: bool
    can_be_exemplary: bool = False
    typed: str = ""  # a level that was sent and refused, shown again
    ballot: str = ""  # the address of the count that gave the level


@dataclass(slots=True)
class Row:
    key: str
    subject_id: int | None  # of the member or the organisation
    is_unit: bool  # an organisation, not a member
    number: str
    name: str
    position: str
    cells: list
    decided: str
    mark: Cell | None  # the cell that proposes the row as tiêu biểu, where it may be proposed
    is_exemplary: bool
    note: str  # why it has no level, where it needs none
    is_removed: bool
    is_missing: bool
    why: str  # the address of what the regulation says of the row
    standing: int | None  # the decided level, else the latest that the reader sees
    facts: dict = field(default_factory=dict)  # what is known of the row, once decided as it was known then
    alarm: str = ""  # "red" or "amber" where a clause speaks against the standing level
    remark: str = ""  # what others than the voices have not given yet: the remark of the place of residence

    @property
    def differs(self):
        """Whether those who have spoken disagree: the meeting talks about these rows."""
        return len({cell.level for cell in self.cells if cell.level}) > 1


@dataclass
class Meter:
    pool: QuotaPool
    usage: Usage
    opens: bool = False  # whether the reader may see who competes


@dataclass
class Group:
    """The rows of one sheet."""

    sheet: ReviewSheet
    rows: list = field(default_factory=list)
    is_writable: bool = False

    @property
    def missing(self):
        return sum(row.is_missing for row in self.rows)

    @property
    def rated(self):
        return sum(not row.note for row in self.rows)


@dataclass
class Grid:
    groups: list
    subject: str
    voices: list
    meters: list
    exemplary_label: str  # the heading of its column, empty where no row can be chosen
    has_remarks: bool = False  # the remarks of the places of residence have begun to come in

    @property
    def is_flat(self):
        """Whether every sheet gives one organisation: then the row itself says what a head row would."""
        return self.subject == Subject.ORGANISATION and len(self.groups) > 1 and all(len(group.rows) == 1 for group in self.groups)

    @property
    def has_heads(self):
        return len(self.groups) > 1 and not self.is_flat

    @property
    def width(self):
        return 4 + len(self.voices) + bool(self.exemplary_label)

    @property
    def missing(self):
        return sum(group.missing for group in self.groups)

    @property
    def differing(self):
        return sum(row.differs for group in self.groups for row in group.rows)

    @property
    def silent(self):
        """[(voice, on how many rows it has not spoken)] of those that are waited for; the residence's remark is one of them."""
        rows = [row for group in self.groups for row in group.rows if not row.note and not row.decided]
        counts = Counter(cell.label for row in rows for cell in row.cells if cell.voice in AWAITED[row.is_unit] and not cell.level)
        counts.update(row.remark for row in rows if row.remark)
        order = [label for _, label in Voice.choices]
        return sorted(counts.items(), key=lambda found: order.index(found[0]) if found[0] in order else len(order))

    def keep_differing(self):
        """Leave the rows on which voices differ; groups without one go."""
        for group in self.groups:
            group.rows = [row for row in group.rows if row.differs]
        self.groups = [group for group in self.groups if group.rows]

    @property
    def is_writable(self):
        return any(group.is_writable for group in self.groups)

    @property
    def may_propose(self):
        return any(cell.options and cell.voice == Voice.PROPOSED for group in self.groups for row in group.rows for cell in row.cells)


def grid_of(sheet, user):
    """The Grid of one `sheet` (with organisation and cycle selected) as `user` may see and write it."""
    return _grid([sheet], sheet.reviews.all(), sheet.cycle, user, subject=Subject.MEMBER)


def grid_of_body(body, cycle, user):
    """The Grid of all rows that `body` decides in `cycle`, a group per sheet, and of its own sheet."""
    rows = Review.objects.filter(sheet__cycle=cycle, decided_by=body) | Review.objects.filter(sheet__cycle=cycle, sheet__organisation=body)
    sheets = list(ReviewSheet.objects.filter(pk__in=rows.values("sheet")).select_related("organisation", "cycle__root").order_by("path"))
    own = [sheet for sheet in sheets if sheet.organisation_id == body.pk]
    sheets = own + [sheet for sheet in sheets if sheet not in own]
    return _grid(sheets, rows, cycle, user, subject=Subject.ORGANISATION if body.kind in CHOOSING_KINDS else Subject.MEMBER)


def _grid(sheets, reviews, cycle, user, *, subject):
    groups = {sheet.pk: Group(sheet) for sheet in sheets}
    voices = [voice for voice in Voice.choices if subject == Subject.MEMBER or voice[0] not in ON_MEMBERS]
    plain = list(reviews.order_by("subject", F("removed_at").asc(nulls_first=True), "sort_key", "pk").values(*FIELDS))
    maker = _RowMaker(sheets, cycle, user, voices, {values["decided_by_id"] for values in plain})
    pools = Counter()
    for values in plain:
        group = groups[values["sheet_id"]]
        row = maker.row(values, group)
        group.rows.append(row)
        group.is_writable = group.is_writable or any(cell.options for cell in row.cells)
        if values["subject"] == subject and values["pool_id"]:
            pools[values["pool_id"]] += 1
    all_rows = [row for group in groups.values() for row in group.rows]
    maker.mark(plain, {int(row.key): row for row in all_rows})
    has_remarks = subject == Subject.MEMBER and mark_remarks(cycle, all_rows)
    grid = Grid(
        groups=list(groups.values()),
        subject=subject,
        voices=[label for _, label in voices],
        meters=_meters(pools, maker),
        exemplary_label=maker.book.exemplary_label if any(row.mark or row.is_exemplary for row in all_rows) else "",
        has_remarks=has_remarks,
    )
    if grid.is_flat:
        for number, row in enumerate(all_rows, 1):
            row.number = str(number)
    return grid


def mark_remarks(cycle, rows):
    """Say on each member's row that the place of residence has not given its remark of the year. Whether any of them has one already."""
    people = {row.subject_id: row for row in rows if not row.is_unit and not row.note and row.subject_id}
    given = AnnualPaper.objects.filter(member__in=people, year=cycle.year, kind=PaperKind.RESIDENCE).values_list("member", flat=True)
    have = set(given)
    for missing in set(people) - have:
        people[missing].remark = RESIDENCE
    return bool(have)


def _meters(pools, maker):
    shown = list(QuotaPool.objects.filter(pk__in=pools).order_by("part"))
    used = usages(shown) if shown else {}
    return [Meter(pool, used[pool.pk], maker.reads_papers_of(pool.body_id)) for pool in shown]


class _RowMaker:
    """Holds what all rows share, so that a row costs no query and no repeated work."""

    def __init__(self, sheets, cycle, user, voices, bodies):
        self.cycle, self.user, self.voices = cycle, user, voices
        self.book = rulebook_for(cycle.year)
        self.sheets = {sheet.pk: sheet for sheet in sheets}
        ids = list(self.sheets)
        opinions = Opinion.objects.filter(review__sheet__in=ids).values_list(
            "review_id", "voice", "level", "version", "reason", "exemplary", "ballot"
        )
        self.given = {(review, voice): rest for review, voice, *rest in opinions}
        self.unpublished = set(Review.objects.filter(sheet__in=ids).unpublished().values_list("pk", flat=True))
        proposed = Decision.objects.filter(state=DecisionState.PROPOSED, sheets__in=ids)
        self.proposed = set(proposed.values_list("sheets", "body"))
        self.bodies = {one.pk: one for one in (cycle.root, *(sheet.organisation for sheet in sheets)) if one.pk in bodies}
        if missing := bodies - set(self.bodies):
            self.bodies |= Organisation.objects.in_bulk(missing)
        self.rights, self.readers, self.options, self.chips = {}, {}, {}, {}
        self.why, self.ballot = (reverse(f"evaluations:{name}", args=[0]).partition("0") for name in ("review_why", "ballot_detail"))  # once

    def row(self, values, group):
        is_rated = values["eligibility"] == Eligibility.REQUIRED and values["removed_at"] is None
        level = self.shown_level(values)
        cells = self.cells(values) if is_rated else []
        own = next((cell.level for cell in cells if cell.voice == Voice.CELL_VOTE), "")
        if not own and values["subject"] != Subject.MEMBER:
            own = next((cell.level for cell in cells if cell.voice == Voice.SELF), "")
        return Row(
            key=str(values["pk"]),
            subject_id=values["member_id"] if values["subject"] == Subject.MEMBER else values["organisation_id"],
            is_unit=values["subject"] != Subject.MEMBER,
            number=str(len(group.rows) + 1),
            name=values["name"],
            position=values["position"],
            cells=cells,
            decided=self.chip(level, values["subject"]) if level else "",
            mark=next((cell for cell in cells if cell.can_be_exemplary), None),
            is_exemplary=values["exemplary"] and bool(level),
            note="" if is_rated else _why_not_rated(values),
            is_removed=values["removed_at"] is not None,
            is_missing=is_rated and not own,
            why=f"{self.why[0]}{values['pk']}{self.why[2]}",
            standing=level or next((int(cell.level) for cell in reversed(cells) if cell.level and cell.voice != Voice.AGENCY), None),
        )

    def mark(self, plain, rows):
        """Give every row that is rated its alarm: by the facts while it is open, as it was said then once it is decided."""
        rated = [values for values in plain if values["eligibility"] == Eligibility.REQUIRED and values["removed_at"] is None]
        if not rated:
            return
        levels = {values["pk"]: self.shown_level(values) for values in plain}
        agency = {review: given[0] for (review, voice), given in self.given.items() if voice == Voice.AGENCY and given[0]}
        undecided = [values for values in rated if not levels[values["pk"]]]
        if undecided:
            own = any(values["subject"] == Subject.MEMBER for values in plain)
            facts = facts_of(self.cycle, undecided, self.user, agency=agency, levels=levels if own else None, everybody=plain if own else None)
            for values in undecided:
                rows[values["pk"]].facts = facts[values["pk"]]
                verdict = judge(self.cycle.year, subject_of(values["subject"], values["sheet__organisation_kind"]), facts[values["pk"]])
                rows[values["pk"]].alarm = mark_of(verdict, rows[values["pk"]].standing)
        for pk, said, facts in self.said_when_decided([values["pk"] for values in rated if levels[values["pk"]]]):
            rows[pk].facts = facts
            kinds = {one["kind"] for one in said}
            rows[pk].alarm = "red" if Kind.FORBIDS in kinds else "amber" if kinds else ""

    def said_when_decided(self, ids):
        """(review id, findings, facts) of the decided rows among `ids`, as they were when the level was decided."""
        return DecisionItem.objects.standing().filter(review__in=ids).values_list("review_id", "findings", "facts") if ids else ()

    def shown_level(self, values):
        """The decided level, unless it is issued only and the reader is below the deciding body."""
        return None if values["pk"] in self.unpublished and not self.reads_papers_of(values["decided_by_id"]) else values["decided_level"]

    def reads_papers_of(self, body_id):
        if body_id not in self.readers:
            self.readers[body_id] = sees_unpublished(self.user, self.bodies[body_id])
        return self.readers[body_id]

    def is_hidden(self, values, voice):
        """What the deciding body proposes and intends is its own paper until the level is published."""
        if voice in SHEET_VOICES or self.reads_papers_of(values["decided_by_id"]):
            return False
        return values["decided_level"] is None or values["pk"] in self.unpublished

    def writable(self, values):
        key = values["sheet_id"], values["decided_by_id"]
        if values["decided_level"] is not None or key in self.proposed:
            return ()
        if key not in self.rights:
            self.rights[key] = writable_voices(self.user, self.sheets[key[0]], self.bodies[key[1]])
        return self.rights[key]

    def cells(self, values):
        writable, before, cells = self.writable(values), None, []
        may_stand_out = values["subject"] == Subject.ORGANISATION and self.bodies[values["decided_by_id"]].kind in CHOOSING_KINDS
        for voice, label in self.voices:
            given = EMPTY if self.is_hidden(values, voice) else self.given.get((values["pk"], voice), EMPTY)
            can_write = voice in writable and (voice not in ON_MEMBERS or values["subject"] == Subject.MEMBER)
            cell = self.cell(values, voice, label, given, before, can_write)
            if given[4] and (voice in SHEET_VOICES or self.reads_papers_of(values["decided_by_id"])):
                cell.ballot = f"{self.ballot[0]}{given[4]}{self.ballot[2]}"
            cell.can_be_exemplary = may_stand_out and voice == Voice.PROPOSED and self.reads_papers_of(values["decided_by_id"])
            cells.append(cell)
            if voice != Voice.AGENCY:
                before = given[0] or before
        return cells

    def cell(self, values, voice, label, given, before, can_write):
        level, version, reason, exemplary, _ = given
        departs = bool(voice in REASON_ASKED and level and before and level != before)
        return Cell(
            key=f"{values['pk']}-{voice}",
            voice=voice,
            label=label,
            level=str(level or ""),
            version=str(version),
            options=self.choices(level, values["subject"]) if can_write else "",
            chip=self.chip(level, values["subject"]) if level and not can_write else "",
            reason=reason,
            asks_reason=departs or bool(reason),
            lacks_reason=departs and not reason,
            exemplary=exemplary,
        )

    def choices(self, level, subject):
        if (level, subject) not in self.options:
            plain, chosen = '<option value="{}" title="{}">{} {}</option>', '<option value="{}" title="{}" selected>{} {}</option>'
            names = {n: (self.book.level_name(n, subject), self.book.level_short(n, subject)) for n in (1, 2, 3, 4)}
            each = ((format_html(chosen if n == level else plain, n, name, n, short),) for n, (name, short) in names.items())
            self.options[level, subject] = format_html('<option value="">{}</option>{}', "", format_html_join("", "{}", each))
        return self.options[level, subject]

    def chip(self, level, subject):
        key = level, subject
        if key not in self.chips:
            name, short = self.book.level_name(level, subject), self.book.level_short(level, subject)
            self.chips[key] = format_html('<span class="kp-level kp-level-{}" title="{}">{}</span>', level, name, short)
        return self.chips[key]


def _why_not_rated(values):
    if values["removed_at"]:
        return values["removal_reason"]
    label = Eligibility(values["eligibility"]).label
    return f"{label}: {values['eligibility_reason']}" if values["eligibility_reason"] else label
