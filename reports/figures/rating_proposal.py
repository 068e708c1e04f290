"""What is put before a body about its decision on levels: every row with what each voice said of it, and the caps, as plain values."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from cells.models import RoleAssignment
from cells.models.organisations import committee_of
from evaluations.enums import DecisionState, Subject, Voice
from evaluations.models import BoardOpinion, Opinion
from evaluations.permissions import ROOT_KINDS
from evaluations.services.decisions import pools_of
from evaluations.services.proposals import levels_to_decide
from khoi_party.common.database import read_snapshot
from reports.figures.caps import Cap, caps_of
from reports.figures.clauses import Clause, clauses_of
from reports.figures.decisions import ByKind, is_readable

REASONED = (Voice.PROPOSED, Voice.DECIDING)  # whoever departs from the voice before says why


@dataclass(frozen=True)
class Proposed:
    """One row: what it said itself, its agency, the cell's committee and vote, each advising board (None: nothing), and the level proposed.

    `reasons` are (who, text) of the boards and of the proposal; `clauses` speak against the level, `answer` is why the body keeps it.
    """

    name: str
    is_member: bool
    unit: str
    position: str
    own: int | None
    agency: int | None
    committee: int | None
    vote: int | None
    boards: tuple[int | None, ...]
    level: int | None
    exemplary: bool
    reasons: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...]
    answer: str

    @property
    def before(self):
        """The level that the unit itself gave: its vote, else its committee's, else the own one."""
        return self.vote or self.committee or self.own

    @property
    def departs(self):
        return bool(self.level and self.before and self.level != self.before)


@dataclass(frozen=True)
class RatingProposal(ByKind):
    """A decision as it is put before `body`, the name of who decides.

    `proposer`: the advising board of who proposed it, "" where that is not on record; `boards`: the short names of those that said something;
    `rows` in the order of the tree, organisations before members of one unit.
    """

    as_of: datetime.date
    year: int
    body: str
    proposer: str
    proposed_on: datetime.date | None
    sheets: int
    boards: tuple[str, ...]
    rows: tuple[Proposed, ...]
    caps: tuple[Cap, ...]


def fits(decision):
    """A first decision that lies before the leader or was issued: a draft is not settled, a revision is proposed by its own reasons."""
    return is_readable(decision) and not decision.revision


def collect(decision, as_of):
    """The RatingProposal of `decision` as it stands on `as_of`. ValueError for what does not fit."""
    if not fits(decision):
        raise ValueError("only a first decision that was proposed can be put before its body")
    with read_snapshot():
        rows = list(_issued(decision) if decision.state in (DecisionState.ISSUED, DecisionState.PUBLISHED) else _waiting(decision))
        said = _Said([review.pk for review, *_ in rows])
        return RatingProposal(
            as_of=as_of,
            year=decision.cycle.year,
            body=_body(decision.body, as_of),
            proposer=_proposer(decision),
            proposed_on=timezone.localdate(decision.proposed_at) if decision.proposed_at else None,
            sheets=len({review.sheet_id for review, *_ in rows}),
            boards=tuple(said.boards.values()),
            rows=tuple(said.row(*row) for row in rows),
            caps=caps_of(pools_of(decision)),
        )


def _issued(decision):
    overrides = {one.review_id: one for one in decision.overrides.select_related("document")}
    items = decision.items.select_related("review__sheet").order_by("review__sheet__path", "-review__subject", "review__sort_key", "pk")
    for item in items:
        yield item.review, item.level, item.exemplary, item.findings, overrides.get(item.review_id)


def _waiting(decision):
    for row in levels_to_decide(decision):
        yield row, row.final_level, row.is_exemplary, row.against, row.override


def _body(organisation, day):
    """Who decides, by the name of `day`: a committee above the bases by its standing committee."""
    committee = committee_of(organisation.name_on(day))
    return f"Ban Thường vụ {committee}" if organisation.kind in ROOT_KINDS else committee


def _proposer(decision):
    if not decision.proposed_by_id:
        return ""
    roles = RoleAssignment.objects.in_force(timezone.localdate(decision.proposed_at))
    row = roles.filter(user=decision.proposed_by_id, organisation=decision.body_id, board__isnull=False).select_related("board").first()
    return row.board.name if row else ""


class _Said:
    """What voices and boards said of the rows `ids`, read once."""

    def __init__(self, ids):
        given = Opinion.objects.filter(review__in=ids).values_list("review_id", "voice", "level", "reason")
        self.voices = {(review, voice): (level, reason) for review, voice, level, reason in given}
        opinions = list(BoardOpinion.objects.filter(review__in=ids).select_related("board").order_by("board_id"))
        self.boards = {one.board_id: one.board.short_name for one in opinions}
        self.opinions = {(one.review_id, one.board_id): one for one in opinions}

    def level(self, review, voice):
        return self.voices.get((review.pk, voice), (None, ""))[0]

    def row(self, review, level, exemplary, findings, override):
        return Proposed(
            name=review.name,
            is_member=review.subject == Subject.MEMBER,
            unit=review.sheet.organisation_name,
            position=review.position,
            own=self.level(review, Voice.SELF),
            agency=self.level(review, Voice.AGENCY),
            committee=self.level(review, Voice.COMMITTEE),
            vote=self.level(review, Voice.CELL_VOTE),
            boards=tuple(one.level if (one := self.opinions.get((review.pk, board))) else None for board in self.boards),
            level=level,
            exemplary=exemplary,
            reasons=tuple(self._reasons(review)),
            clauses=clauses_of(findings),
            answer=_answer(override, level),
        )

    def _reasons(self, review):
        for board, short in self.boards.items():
            one = self.opinions.get((review.pk, board))
            if one and one.text:
                yield short, one.text
        told = [(Voice(voice).label, self.voices.get((review.pk, voice), (None, ""))[1]) for voice in REASONED]
        yield from ((who, reason) for who, reason in told if reason)


def _answer(override, level):
    """Why the body keeps a level that a clause speaks against, with its paper; "" while it has not said so of this level."""
    if override is None or override.level != level:
        return ""
    paper = f" ({override.document})" if override.document else ""
    return f"{override.reason}{paper}"
