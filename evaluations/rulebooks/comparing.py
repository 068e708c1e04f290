"""Two years' rule books side by side: what the later one says otherwise, what it no longer says, what it says for the first time."""

from dataclasses import dataclass

from khoi_party.rules import Confidence

from . import conditions_hd27, rulebook_for
from .book import COLLECTIVE, GOOD, MEMBER, ORGANISATION
from .judging import RULES

QUOTA_SUBJECTS = {MEMBER: "đảng viên", ORGANISATION: "tổ chức đảng", COLLECTIVE: "tập thể lãnh đạo, quản lý"}
NOT_FOUND = "chưa tìm thấy trong văn bản đã đọc"


@dataclass(frozen=True)
class Said:
    """What one book says of one thing: words for people, the source, how well it is known (None where there is no text)."""

    text: str
    source: str = ""
    confidence: Confidence | None = None


@dataclass(frozen=True)
class Line:
    what: str
    before: Said
    after: Said


@dataclass(frozen=True)
class Pairing:
    """Rules of both books on one matter in other words: one may have become several, several one."""

    before: tuple
    after: tuple


@dataclass(frozen=True)
class Comparison:
    before: object
    after: object
    lines: tuple[Line, ...]
    changed: tuple[Pairing, ...]
    gone: tuple
    new: tuple
    open_before: tuple[str, ...]
    open_after: tuple[str, ...]

    @property
    def is_same(self):
        return not (self.lines or self.changed or self.gone or self.new)


def compare(year_a, year_b):
    """The Comparison of the books of `year_a` and `year_b`. Raises YearWithoutRuleBook for a year before 2014."""
    before, after = rulebook_for(year_a), rulebook_for(year_b)
    lines = [line for line in _lines(before, after, year_a, year_b) if line.before.text != line.after.text]
    old, new = _rules_of(year_a), _rules_of(year_b)
    gone = [rule for rule in old if rule not in new]
    fresh = [rule for rule in new if rule not in old]
    changed = _pairings(gone, fresh)
    paired = [rule for pairing in changed for rule in (*pairing.before, *pairing.after)]
    return Comparison(
        before,
        after,
        tuple(lines),
        tuple(changed),
        tuple(rule for rule in gone if rule not in paired),
        tuple(rule for rule in fresh if rule not in paired),
        open_points(before),
        open_points(after),
    )


def open_points(book):
    """What no text that was read answers."""
    return (*book.open_points, *(conditions_hd27.OPEN if book.key == "hd27" else ()))


def _rules_of(year):
    return [rule for rule in RULES if any(rule.covers(year, subject) for subject in rule.subjects)]


def _lines(before, after, year_a, year_b):
    yield Line("Tên gọi của việc đánh giá", _of(before, before.noun), _of(after, after.noun))
    for subject, label in ((ORGANISATION, "tổ chức đảng"), (MEMBER, "đảng viên")):
        for level in (1, 2, 3, 4):
            names = [_of(book, book.level_name(level, subject)) for book in (before, after)]
            yield Line(f"Mức {level} của {label}", *names)
    yield Line("Danh hiệu chọn trong số cao nhất", _of(before, before.exemplary_label), _of(after, after.exemplary_label))
    yield Line("Cách cho điểm", _of(before, scoring(year_a)), _of(after, scoring(year_b)))
    for subject, label in QUOTA_SUBJECTS.items():
        rules = before.quota(subject), after.quota(subject)
        for what, words in (("Tỷ lệ tối đa", _rate), ("Trần tính trên", _base), ("Nhóm tính trần", lambda rule: rule.group)):
            yield Line(f"{what}: {label}", *(_of_quota(rule, words) for rule in rules))
    yield Line("Thời hạn hằng năm", *(_deadline(book) for book in (before, after)))


def _of(book, text):
    return Said(text, str(book.citation))


def _of_quota(rule, words):
    return Said(words(rule), str(rule.citation), rule.confidence) if rule else Said(NOT_FOUND)


def _rate(rule):
    return f"{rule.rate}%" + (f", {rule.raised_rate}% khi cấp có thẩm quyền cho phép" if rule.raised_rate else "")


def _base(rule):
    return "số hoàn thành tốt nhiệm vụ" if rule.base == GOOD else "số hoàn thành tốt nhiệm vụ trở lên"


def _deadline(book):
    return Said("xong trước ngày 31/12", str(book.deadline)) if book.deadline else Said(NOT_FOUND)


def scoring(year):
    """How the year's rules measure the work: by points, by grades, or neither."""
    needs = {need for rule in _rules_of(year) for need in rule.needs}
    if any(need.startswith("grade") for need in needs):
        return "cấp độ: Xuất sắc, Tốt, Trung bình, Kém"
    return "điểm, tối đa 100" if "score" in needs else NOT_FOUND


def _pairings(gone, fresh):
    """Rules on one matter: the same effect, level and people, asking for the same facts; else the only two left for the same people."""
    links = {(old, new) for old in gone if (new := _nearest(old, fresh))} | {(old, new) for new in fresh if (old := _nearest(new, gone))}
    linked = {rule for link in links for rule in link}
    for old in gone:
        alike = (new for new in fresh if new not in linked and old.level and _place(new) == _place(old) and new.subjects == old.subjects)
        if old not in linked and (new := next(alike, None)):
            links.add((old, new))
            linked |= {old, new}
    return _joined(links, gone, fresh)


def _place(rule):
    return rule.effect, rule.level


def _nearest(rule, others):
    """The one of `others` that asks for most of the same facts about the same people, or None."""
    near = [one for one in others if _place(one) == _place(rule) and set(one.subjects) & set(rule.subjects) and set(one.needs) & set(rule.needs)]
    return max(near, key=lambda one: len(set(one.needs) & set(rule.needs)) / len(set(one.needs) | set(rule.needs)), default=None)


def _joined(links, gone, fresh):
    """The links as Pairings, in the order of the older rules: what hangs together stands together."""
    groups = []
    for old, new in sorted(links, key=lambda link: (gone.index(link[0]), fresh.index(link[1]))):
        touching = [group for group in groups if old in group[0] or new in group[1]]
        groups = [group for group in groups if group not in touching]
        groups.append(({old}.union(*(group[0] for group in touching)), {new}.union(*(group[1] for group in touching))))
    pairings = [Pairing(tuple(rule for rule in gone if rule in olds), tuple(rule for rule in fresh if rule in news)) for olds, news in groups]
    return sorted(pairings, key=lambda pairing: gone.index(pairing.before[0]))
