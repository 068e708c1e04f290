"""The review sheet of one cell as its members may know it: what each voice said, the count of the ballot, what was decided and published."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import F

from evaluations.enums import BallotState, Eligibility, Subject, Voice
from evaluations.models import BallotLine, BallotRound, DecisionItem, Opinion
from khoi_party.common.database import read_snapshot


@dataclass(frozen=True)
class SheetRow:
    """One member or the cell itself. `votes`: papers for level 1 to 4 and those that say nothing, in the last count that holds; None where
    it did not stand on a ballot. `proposed` and `decided` are None until they may be read in the cell."""

    name: str
    is_member: bool
    position: str
    own: int | None
    agency: int | None
    committee: int | None
    votes: tuple[int, int, int, int, int] | None
    vote: int | None
    proposed: int | None
    decided: int | None
    exemplary: bool
    reasons: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Unrated:
    """A row without a level: `why` it is not rated, or why it was taken off the list."""

    name: str
    position: str
    why: str
    removed: bool


@dataclass(frozen=True)
class Ballot:
    """One ballot whose count holds, by the words of its minutes."""

    number: int
    held_on: datetime.date
    subject: str
    eligible: int
    present: int
    issued: int
    collected: int
    valid: int
    invalid: int
    threshold: str


@dataclass(frozen=True)
class CellSheet:
    """A sheet on `as_of`: `rows` that are rated, members by name and then the cell itself; `documents` name the decisions of its levels."""

    as_of: datetime.date
    year: int
    unit: str
    superior: str
    state: str
    rows: tuple[SheetRow, ...]
    unrated: tuple[Unrated, ...]
    ballots: tuple[Ballot, ...]
    documents: tuple[str, ...]

    @property
    def members(self):
        return tuple(row for row in self.rows if row.is_member)

    def counts(self, name):
        """{level: how many members} of one column ("vote", "decided"); None for those without a level."""
        return Counter(getattr(row, name) for row in self.members)


def collect(sheet, as_of):
    """The CellSheet of `sheet` as it stands on `as_of`, as far as the people of the cell may read it."""
    with read_snapshot():
        reader = _Reader(sheet)
        reviews = list(sheet.reviews.order_by("subject", F("removed_at").asc(nulls_first=True), "sort_key", "pk"))
        rated = [one for one in reviews if one.eligibility == Eligibility.REQUIRED and one.removed_at is None]
        return CellSheet(
            as_of=as_of,
            year=sheet.cycle.year,
            unit=sheet.organisation_name,
            superior=sheet.superior_name,
            state=sheet.get_state_display(),
            rows=tuple(reader.row(one) for one in rated),
            unrated=tuple(_unrated(one) for one in reviews if one not in rated),
            ballots=tuple(reader.ballots),
            documents=tuple(reader.documents),
        )


def _unrated(review):
    if review.removed_at:
        return Unrated(review.name, review.position, review.removal_reason, removed=True)
    why = review.get_eligibility_display()
    return Unrated(review.name, review.position, f"{why}: {review.eligibility_reason}" if review.eligibility_reason else why, removed=False)


class _Reader:
    """What all rows of one sheet share, read once."""

    def __init__(self, sheet):
        self.sheet = sheet
        self.said = {(one.review_id, one.voice): one for one in Opinion.objects.filter(review__sheet=sheet).select_related("ballot")}
        self.unpublished = set(sheet.reviews.unpublished().values_list("pk", flat=True))
        self.ballots, self.votes = [], {}
        self._read_ballots()
        items = DecisionItem.objects.standing().filter(review__sheet=sheet).select_related("decision__document", "review").order_by("decision_id")
        self.items = {item.review_id: item for item in items if self._is_open(item.review)}
        self.documents = dict.fromkeys(str(item.decision.document) for item in self.items.values() if item.decision.document)

    def _is_open(self, review):
        """Whether the cell may read what was proposed and decided of the row: once it is published, or where the cell itself decides."""
        if review.decided_by_id == self.sheet.organisation_id:
            return True
        return review.decided_level is not None and review.pk not in self.unpublished

    def _read_ballots(self):
        """The counts that hold, oldest first, so that a later ballot on the same row wins. Counts only: no paper is ever kept."""
        rounds = BallotRound.objects.filter(sheet=self.sheet, state=BallotState.CONFIRMED).order_by("held_on", "number", "pk")
        for one in rounds.prefetch_related("counts"):
            count = one.counts.all()[0]  # two that were confirmed agree
            self.ballots.append(
                Ballot(
                    number=one.number,
                    held_on=one.held_on,
                    subject=one.get_subject_display(),
                    eligible=one.eligible,
                    threshold=one.threshold_words,
                    **{name: getattr(count, name) for name in ("present", "issued", "collected", "valid", "invalid")},
                )
            )
            for line in BallotLine.objects.filter(count=count).select_related("subject"):
                self.votes[line.subject.review_id] = (*line.line.votes, line.silent)

    def row(self, review):
        reads = self._is_open(review)
        item = self.items.get(review.pk)
        return SheetRow(
            name=review.name,
            is_member=review.subject == Subject.MEMBER,
            position=review.position,
            own=self.level(review, Voice.SELF),
            agency=self.level(review, Voice.AGENCY),
            committee=self.level(review, Voice.COMMITTEE),
            votes=self.votes.get(review.pk),
            vote=self.level(review, Voice.CELL_VOTE),
            proposed=self.level(review, Voice.PROPOSED) if reads else None,
            decided=review.decided_level if reads else None,
            exemplary=bool(reads and review.exemplary),
            reasons=tuple(self._reasons(review, item, reads)),
        )

    def level(self, review, voice):
        said = self.said.get((review.pk, voice))
        return said.level if said else None

    def _reasons(self, review, item, reads):
        """What people wrote; the sentence that a count writes itself is left out, its figures stand in the columns."""
        told = set()
        for voice in (Voice.COMMITTEE, Voice.CELL_VOTE, *((Voice.PROPOSED,) if reads else ())):
            said = self.said.get((review.pk, voice))
            if said and said.reason and not (said.ballot and said.reason.startswith(f"Bỏ phiếu kín lần {said.ballot.number} ")):
                told.add(said.reason)
                yield Voice(voice).label, said.reason
        if item and item.reason and item.reason not in told:
            yield "Quyết định", item.reason
