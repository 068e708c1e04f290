"""One secret ballot as plain values: the paper that is handed out, and the count that holds. Never who voted how: no such thing is stored."""

import datetime
from dataclasses import dataclass

from evaluations.ballots import Line, Threshold, Totals
from evaluations.enums import BallotMeeting, Subject
from evaluations.services.ballots import agreed_count, read_count
from khoi_party.common.database import read_snapshot


@dataclass(frozen=True)
class PaperLine:
    """One line of the paper: a name, the unit where names of several units stand on it, the levels that it offers."""

    name: str
    unit: str
    levels: tuple[int, ...]


@dataclass(frozen=True)
class Ballot:
    """What a round is, on its papers and in its minutes alike. `as_of` is the day of the meeting, whose names both carry."""

    as_of: datetime.date
    year: int
    subject: str
    number: int
    meeting: str
    committee: str
    lines: tuple[PaperLine, ...]

    @property
    def is_on_members(self):
        return self.subject == Subject.MEMBER


@dataclass(frozen=True)
class BallotPapersFigures:
    """The papers of a round: `copies` that are all alike."""

    ballot: Ballot
    copies: int

    @property
    def as_of(self):
        return self.ballot.as_of


@dataclass(frozen=True)
class MinutesFigures:
    """The minutes of a count. `totals` and `votes` (one Line per line of the paper) are None and empty while no count is agreed.

    `voters` says who votes at such a meeting; `before` is the round that this one follows, `recount_of` why another count replaced one.
    """

    ballot: Ballot
    voters: str
    eligible: int
    threshold: Threshold
    totals: Totals | None
    votes: tuple[Line, ...]
    chair: str
    secretary: str
    head_teller: str
    before: str
    recount_of: str

    @property
    def as_of(self):
        return self.ballot.as_of


def papers(round_, copies=None):
    """The BallotPapersFigures of a BallotRound; `copies` None prints as many as the round foresees."""
    with read_snapshot():
        return BallotPapersFigures(_ballot(round_, _subjects(round_)), copies or round_.papers)


def minutes(round_):
    """The MinutesFigures of a BallotRound: with its figures once its count is agreed, before that without any."""
    with read_snapshot():
        subjects, count = _subjects(round_), agreed_count(round_)
        totals, lines = read_count(count) if count else (None, {})
        return MinutesFigures(
            ballot=_ballot(round_, subjects),
            voters=round_.voters,
            eligible=round_.eligible,
            threshold=round_.threshold,
            totals=totals,
            votes=tuple(lines[one.pk] for one in subjects) if count else (),
            chair=round_.chair,
            secretary=round_.secretary,
            head_teller=round_.head_teller,
            before=str(round_.follows) if round_.follows_id else "",
            recount_of=round_.reason if round_.replaces_id else "",
        )


def _subjects(round_):
    return list(round_.subjects.select_related("review__sheet").order_by("review__sort_key", "review_id"))


def _ballot(round_, subjects):
    has_units = round_.sheet_id is None and round_.subject != Subject.ORGANISATION
    committee = round_.organisation.committee_name
    return Ballot(
        as_of=round_.held_on,
        year=round_.cycle.year,
        subject=round_.subject,
        number=round_.number,
        meeting=round_.get_meeting_display(),
        committee=f"Ban Thường vụ {committee}" if round_.meeting == BallotMeeting.STANDING else committee,
        lines=tuple(PaperLine(one.review.name, one.review.sheet.organisation_name if has_units else "", one.allowed) for one in subjects),
    )
