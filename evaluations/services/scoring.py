"""Which score sheet counts: the one that the root has set for the year and the kind of subject, else the regulation's bare frame."""

from datetime import date

from cells.models import DatedSetting
from evaluations.rulebooks.facts import CELL, COMMITTEE, MEMBER
from evaluations.rulebooks.scores import bare_sheet, frame, sheet_from

KEYS = {
    (MEMBER, True): DatedSetting.Key.SCORE_LEADER,
    (MEMBER, False): DatedSetting.Key.SCORE_MEMBER,
    (CELL, False): DatedSetting.Key.SCORE_CELL,
    (COMMITTEE, False): DatedSetting.Key.SCORE_COMMITTEE,
}


class ScoreSheets:
    """The score sheets of one year, read once."""

    def __init__(self, year, settings):
        self.bare = bare_sheet(year)
        self.set = {}
        if len(frame(year)) > 1:  # only the 30 + 70 of 2025 and later is broken down locally
            self.set = {key: sheet_from(one.value, str(one.document) if one.document else "thiết lập của đảng bộ") for key, one in settings.items()}

    def of(self, subject, leads=None):
        """The ScoreSheet for a subject as the rules call it; `leads` is whether a member holds a leading post."""
        return self.set.get(KEYS.get((subject, subject == MEMBER and bool(leads))), self.bare)


def score_sheets(cycle):
    """The ScoreSheets of `cycle`, in force at the end of its year. One query, none in years that do not count 30 + 70 points."""
    if len(frame(cycle.year)) < 2:
        return ScoreSheets(cycle.year, {})
    rows = DatedSetting.objects.filter(organisation=cycle.root_id, key__in=KEYS.values()).in_force(date(cycle.year, 12, 31))
    return ScoreSheets(cycle.year, {row.key: row for row in rows.select_related("document")})
