"""The appraisal board: every voice on a row side by side, from a fixed number of queries, so that the meeting talks about the rows that differ."""

from dataclasses import dataclass, field

from cells.models import AdvisingBoard
from evaluations.enums import ON_MEMBERS, Subject, Voice
from evaluations.grids import Grid, grid_of_body
from evaluations.models import BoardOpinion, Registration, Review
from evaluations.permissions import sees_unpublished
from evaluations.rulebooks import rulebook_for

SHOWS = (("", "Tất cả"), ("differing", "Có ý kiến khác nhau"), ("silent", "Còn thiếu ý kiến"), ("alarmed", "Cần làm rõ"))
VOICES_SHOWN = (Voice.SELF, Voice.AGENCY, Voice.COMMITTEE, Voice.CELL_VOTE)


@dataclass(slots=True)
class Said:
    """One voice on one row: the level as a number and as a word, a remark."""

    label: str
    level: int | None = None
    name: str = ""
    short: str = ""
    text: str = ""
    is_counted: bool = True  # set against the others when the row is asked whether voices differ
    is_awaited: bool = True  # missing while the row is open


@dataclass(slots=True)
class Line:
    key: str
    name: str
    sheet_id: int
    sheet_name: str
    state: str
    position: str
    note: str
    said: list
    decided: Said
    exemplary: bool
    alarm: str
    why: str

    @property
    def differs(self):
        return len({one.level for one in self.said if one.is_counted and one.level}) > 1

    @property
    def silent(self):
        """The voices that have not spoken, by name; none once the row is decided."""
        return [] if self.decided.level or self.note else [one.label for one in self.said if one.is_awaited and not one.level and not one.text]


@dataclass
class Appraisal:
    grid: Grid
    subject: str
    headings: list
    boards: list
    lines: list = field(default_factory=list)

    def showing(self, show):
        tests = {"differing": lambda line: line.differs, "silent": lambda line: bool(line.silent), "alarmed": lambda line: bool(line.alarm)}
        return [line for line in self.lines if tests[show](line)] if show in tests else self.lines

    def counted(self):
        return [(key, label, len(self.showing(key))) for key, label in SHOWS]


def boards_of(body, cycle):
    """The advising boards of `body` that stand today, or that have said something in `cycle`."""
    spoken = BoardOpinion.objects.filter(review__sheet__cycle=cycle, review__decided_by=body).values("board")
    mine = AdvisingBoard.objects.filter(organisation=body)
    return list((mine.filter(valid_to__isnull=True) | mine.filter(pk__in=spoken)).distinct().order_by("pk"))


def appraisal_of(body, cycle, user, subject):
    """The Appraisal of the rows of `subject` that `body` decides in `cycle`."""
    grid = grid_of_body(body, cycle, user)
    rows = [(group, row) for group in grid.groups for row in group.rows if row.is_unit == (subject != Subject.MEMBER) and not row.is_removed]
    rows = [(group, row) for group, row in rows if not (group.sheet.organisation_id == body.pk and row.is_unit)]  # its own level is decided above
    maker = _LineMaker(body, cycle, user, subject, [row for _, row in rows])
    found = Appraisal(grid, subject, maker.headings, maker.boards)
    found.lines = [maker.line(group, row) for group, row in rows]
    return found


class _LineMaker:
    """Holds what all lines share, so that a line costs no query."""

    def __init__(self, body, cycle, user, subject, rows):
        self.cycle, self.subject, self.book = cycle, subject, rulebook_for(cycle.year)
        self.boards = boards_of(body, cycle) if sees_unpublished(user, body) else []
        opinions = BoardOpinion.objects.filter(review__in=[row.key for row in rows]).values_list("review_id", "board_id", "level", "text")
        self.boards_said = {(review, board): (level, text) for review, board, level, text in opinions}
        registered = Registration.objects.filter(cycle=cycle, level__isnull=False) if self.is_of_units else Registration.objects.none()
        self.registered = dict(registered.values_list("organisation", "level"))
        self.before = self._last_year(user, [row.subject_id for row in rows])
        voices = [voice for voice in VOICES_SHOWN if voice not in ON_MEMBERS or subject == Subject.MEMBER]
        self.voices = [*voices, Voice.PROPOSED, Voice.DECIDING]
        self.headings = [
            "Năm trước",
            *(["Đăng ký"] if self.is_of_units else []),
            *(Voice(voice).label for voice in voices),
            *(["Chính quyền", "Đoàn thể"] if self.is_of_units else []),
            *(board.short_name for board in self.boards),
            Voice.PROPOSED.label,
            Voice.DECIDING.label,
        ]

    @property
    def is_of_units(self):
        return self.subject == Subject.ORGANISATION

    def _last_year(self, user, subjects):
        """{subject id: the level of the year before}, where it is published."""
        key = "organisation_id" if self.is_of_units else "member_id"
        rows = Review.objects.visible_to(user).present().filter(subject=self.subject, sheet__cycle__year=self.cycle.year - 1)
        rows = rows.filter(decided_level__isnull=False, **{f"{key}__in": subjects})
        unpublished = rows.unpublished().values("pk")
        return dict(rows.exclude(pk__in=unpublished).values_list(key, "decided_level"))

    def said(self, label, level, text="", *, counted=True, awaited=True, book=None):
        book = book or self.book
        return Said(label, level, book.level_name(level, self.subject), book.level_short(level, self.subject), text, counted, awaited)

    def line(self, group, row):
        key = int(row.key)
        subject = row.subject_id
        cells = {cell.voice: cell for cell in row.cells}
        before = self.said("Năm trước", self.before.get(subject), counted=False, awaited=False, book=rulebook_for(self.cycle.year - 1))
        said = [before]
        if self.is_of_units:
            said.append(self.said("Đăng ký", self.registered.get(subject), counted=False, awaited=False))
        for voice in self.voices:
            if voice == Voice.PROPOSED:
                if self.is_of_units:
                    said.append(self.said("Chính quyền", row.facts.get("authority_level"), counted=False, awaited=False))
                    said.append(self.said("Đoàn thể", None, _of_mass_bodies(row.facts), counted=False, awaited=False))
                said += [self._of_board(board, key) for board in self.boards]
            cell = cells.get(voice)
            level = int(cell.level) if cell and cell.level else None
            awaited = voice not in (Voice.DECIDING, *ON_MEMBERS) and not (voice == Voice.CELL_VOTE and self.is_of_units)
            said.append(self.said(Voice(voice).label, level, cell.reason if cell else "", awaited=awaited))
        return Line(
            key=row.key,
            name=row.name,
            sheet_id=group.sheet.pk,
            sheet_name=group.sheet.organisation_name,
            state=group.sheet.get_state_display(),
            position=row.position,
            note=row.note,
            said=said if not row.note else [],
            decided=self.said("Quyết định", row.standing if row.decided else None),
            exemplary=row.is_exemplary,
            alarm=row.alarm,
            why=row.why,
        )

    def _of_board(self, board, key):
        level, text = self.boards_said.get((key, board.pk), (None, ""))
        return self.said(board.name, level, text, awaited=board.is_open)


def _of_mass_bodies(facts):
    """How the mass organisations beside the unit were rated, in words; empty where that is not known."""
    total = facts.get("mass_bodies")
    return f"{facts.get('mass_bodies_good', 0)}/{total} tốt trở lên" if total else ""
