"""How points are counted: the frame of the year's regulation, and the local score sheet that breaks it down."""

from dataclasses import dataclass


class ScoreError(ValueError):
    """Points or a sheet that cannot be: the Vietnamese sentence says why."""


@dataclass(frozen=True)
class Group:
    """A group of criteria with the points that the regulation gives it."""

    key: str
    name: str
    maximum: int


@dataclass(frozen=True)
class Item:
    key: str
    group: str
    text: str
    maximum: float


@dataclass(frozen=True)
class ScoreSheet:
    """Items with their maxima, summing to the groups of the frame; `vetoes` are local conditions that bar a high level when ticked.

    `source` names the document that set it, "" where the bare frame of the regulation is used.
    """

    groups: tuple[Group, ...]
    items: tuple[Item, ...]
    vetoes: tuple[str, ...] = ()
    source: str = ""

    @property
    def is_bare(self):
        return not self.source

    def by_group(self):
        """[(Group, its items)] in order."""
        return [(group, [item for item in self.items if item.group == group.key]) for group in self.groups]

    def score(self, points):
        """The sum of `points` ({item key: number}), None until every item has some. Raises ScoreError for points outside an item's range."""
        for item in self.items:
            given = points.get(item.key)
            if given is not None and not 0 <= given <= item.maximum:
                raise ScoreError(f"“{item.text}”: điểm phải từ 0 đến {plain(item.maximum)}.")
        if any(points.get(item.key) is None for item in self.items):
            return None
        return round(sum(points[item.key] for item in self.items), 2)


def frame(year):
    """The groups of points of the year's regulation: 100 in one up to 2017, none in 2018-2024 (grades), 30 + 70 from 2025 (QĐ 366, Điều 10)."""
    if year <= 2017:
        return (Group("total", "Tổng điểm", 100),)
    if year <= 2024:
        return ()
    return (Group("common", "Nhóm tiêu chí chung", 30), Group("results", "Nhóm kết quả thực hiện nhiệm vụ", 70))


def bare_sheet(year):
    """The regulation's own frame as a sheet: one item per group; the text gives no points per criterion."""
    groups = frame(year)
    return ScoreSheet(groups, tuple(Item(group.key, group.key, group.name, group.maximum) for group in groups))


def sheet_from(value, source):
    """The ScoreSheet of a stored setting {"items": [{"group", "text", "max"}], "vetoes": [text]} for the frame of 2025 and later."""
    items = tuple(Item(f"{one['group']}-{place}", one["group"], one["text"], one["max"]) for place, one in enumerate(value["items"], 1))
    return ScoreSheet(frame(2025), items, tuple(value.get("vetoes", ())), source)


def check_sheet(sheet):
    """Raise ScoreError unless every group's items sum to the points that the regulation gives the group, exactly."""
    for group, items in sheet.by_group():
        total = round(sum(item.maximum for item in items), 2)
        if total != group.maximum:
            raise ScoreError(f"{group.name}: các mục cộng lại {plain(total)} điểm, quy định là {group.maximum} điểm.")


def plain(number):
    """A number of points as people write it: 7,5."""
    return f"{number:g}".replace(".", ",")
