"""The arithmetic of a count of paper ballots, as pure functions: what must add up, who won, in which words. No database, no clock.

No text of the regulations that was read fixes the share of votes or what it is counted on (Hướng dẫn 21-HD/BTCTW, 1.5 only asks for a
secret ballot on one of the four levels), so both come in as a `Threshold` and stand in every sentence.
"""

from collections import namedtuple
from dataclasses import dataclass

from khoi_party.common.numbers import percent

LEVELS = (1, 2, 3, 4)
CONVENED, PRESENT, ISSUED, COLLECTED, VALID = "convened", "present", "issued", "collected", "valid"

Fault = namedtuple("Fault", "field says")


@dataclass(frozen=True)
class Totals:
    """What the tellers count of the papers. `printed` and `unused` (left over, spoilt and exchanged) are None where nobody counted them."""

    present: int
    issued: int
    collected: int
    valid: int
    invalid: int
    printed: int | None = None
    unused: int | None = None


@dataclass(frozen=True)
class Line:
    """The votes on one subject: one number per level, best first, and the papers that say nothing of it (không ghi ý kiến)."""

    votes: tuple[int, int, int, int]
    silent: int

    @property
    def total(self):
        return sum(self.votes) + self.silent


@dataclass(frozen=True)
class Threshold:
    """A level wins with more than (or, `at_least`, no less than) `part` in `whole` of the `base`."""

    base: str = CONVENED
    part: int = 1
    whole: int = 2
    at_least: bool = False

    def is_reached(self, votes, base_count):
        needed, has = self.part * base_count, votes * self.whole
        return votes > 0 and (has >= needed if self.at_least else has > needed)

    @property
    def share_words(self):
        share = {(1, 2): "nửa", (2, 3): "hai phần ba"}.get((self.part, self.whole), f"{self.part}/{self.whole}")
        return f"từ {share} trở lên" if self.at_least else f"quá {share}"


def base_words(base, voters="đảng viên chính thức"):
    """What the share is counted on, in words: `voters` says who votes at such a meeting."""
    return {
        CONVENED: f"{voters} được triệu tập",
        PRESENT: f"{voters} có mặt",
        ISSUED: "phiếu phát ra",
        COLLECTED: "phiếu thu về",
        VALID: "phiếu hợp lệ",
    }[base]


def base_count(base, totals, eligible):
    """The number that the share is counted on."""
    return eligible if base == CONVENED else getattr(totals, base)


def faults_of_totals(totals, eligible):
    """Every total that does not add up: (field, a sentence that says which and what to do), in the order of the form."""
    faults = []

    def refuse(wrong, field, says):
        if wrong:
            faults.append(Fault(field, says))

    t = totals
    refuse(
        t.present > eligible,
        "present",
        f"Có mặt {t.present} nhưng chỉ {eligible} người có quyền bỏ phiếu. Hãy đếm lại người có mặt; đảng viên dự bị dự họp nhưng không bỏ phiếu.",
    )
    refuse(t.issued > t.present, "issued", f"Phát ra {t.issued} phiếu nhưng chỉ {t.present} người có mặt. Hãy đếm lại số phiếu phát ra.")
    refuse(t.collected > t.issued, "collected", f"Thu về {t.collected} phiếu nhưng chỉ phát ra {t.issued}. Hãy đếm lại số phiếu thu về.")
    parts = f"hợp lệ {t.valid} + không hợp lệ {t.invalid} = {t.valid + t.invalid}"
    refuse(t.valid + t.invalid != t.collected, "valid", f"{parts.capitalize()}, khác số thu về {t.collected}. Hãy đếm lại hai loại phiếu.")
    if t.printed is None and t.unused is not None:
        faults.append(Fault("printed", "Đã ghi số phiếu không dùng thì hãy ghi cả số phiếu đã in."))
    if t.printed is not None:
        refuse(t.issued > t.printed, "printed", f"Phát ra {t.issued} phiếu nhưng chỉ in {t.printed}. Hãy kiểm tra lại số phiếu đã in.")
        if t.unused is None:
            faults.append(Fault("unused", "Đã ghi số phiếu đã in thì hãy ghi cả số phiếu không dùng (không có thì ghi 0)."))
        elif t.issued <= t.printed:
            sum_text = f"Phát ra {t.issued} + không dùng {t.unused} = {t.issued + t.unused}, khác số đã in {t.printed}"
            refuse(t.issued + t.unused != t.printed, "unused", f"{sum_text}. Hãy đếm lại phiếu chưa phát, phiếu hỏng đã đổi.")
    return faults


def fault_of_line(line, valid, allowed=LEVELS):
    """The sentence against one subject's line, "" where it adds up: all options and "không ghi ý kiến" make the valid papers."""
    outside = [level for level in LEVELS if level not in allowed and line.votes[level - 1]]
    if outside:
        return f"Mức {outside[0]} không có trên phiếu lần này. Hãy bỏ số đã ghi ở mức đó."
    if line.total != valid:
        away = f"thiếu {valid - line.total}" if line.total < valid else f"thừa {line.total - valid}"
        return f"Cộng lại {line.total} phiếu, {away} so với {valid} phiếu hợp lệ. Hãy đếm lại dòng này."
    return ""


def winner(line, threshold, base):
    """The level that reached the threshold; None where none did, or more than one."""
    won = [level for level in LEVELS if threshold.is_reached(line.votes[level - 1], base)]
    return won[0] if len(won) == 1 else None


def leading(line):
    """The two levels with the most votes, best first; more where votes are equal, all four where nobody wrote a level."""
    given = sorted((votes for votes in line.votes if votes), reverse=True)
    if not given:
        return LEVELS
    least = given[min(1, len(given) - 1)]
    found = tuple(level for level in LEVELS if line.votes[level - 1] >= least)
    return found if len(found) > 1 else LEVELS


def share_of(line, threshold, base):
    """The share of the level that won, or of the one with the most votes: "18/25 = 72%"."""
    level = winner(line, threshold, base)
    votes = line.votes[level - 1] if level else max(line.votes)
    return f"{votes}/{base} = {percent(votes, base)}"


def result_words(line, threshold, base, voters="đảng viên chính thức"):
    """The outcome with its share and base: "18/25 = 72% đảng viên chính thức được triệu tập, quá nửa"."""
    share = f"{share_of(line, threshold, base)} {base_words(threshold.base, voters)}"
    return f"{share}, {threshold.share_words}" if winner(line, threshold, base) else f"cao nhất {share}, chưa {threshold.share_words}"


def quorum_note(present, eligible):
    """What to look at where few came. No text that was read gives a quorum for this meeting, so it only warns; "" otherwise."""
    if 2 * present > eligible:
        return ""
    return f"Chỉ {present}/{eligible} người có quyền bỏ phiếu có mặt, chưa quá nửa. Văn bản đã đọc không nêu mức tối thiểu; hãy cân nhắc họp lại."


def differences(one, other):
    """(names of the totals that differ, keys of the lines that differ) of two counts, each a (Totals, {key: Line})."""
    (totals, lines), (their_totals, their_lines) = one, other
    fields = [name for name in Totals.__dataclass_fields__ if getattr(totals, name) != getattr(their_totals, name)]
    return fields, [key for key in lines if lines[key] != their_lines.get(key)]
