"""Charts as plain geometry: pure functions from numbers to shapes, drawn by one SVG template on the web page and on paper alike.

Units are those of the drawing (WIDTH across). Levels differ in hue, in lightness and, below the second, by hatching,
so that a black and white copy can still be read. Names of levels come from the caller: each regulation has its own.
"""

from dataclasses import dataclass, field

from django.template.loader import render_to_string

from khoi_party.common.numbers import thousands

WIDTH = 560
FONT_SIZE = 13
INK, INK_2, LINE, GROUND = "#1f2733", "#4b5563", "#9aa3af", "#e8eaee"
TARGET_INK = "#a61b1b"
BAR_INK = "#2f6db3"
LEVEL_FILLS = {1: "#0f5132", 2: "#5b9ad6", 3: "#f3c969", 4: "#b42318"}
LEVEL_TEXTS = {1: "#ffffff", 2: "#10202f", 3: "#10202f", 4: "#ffffff"}
LEVEL_HATCHES = {3: (7, "#8a5a00"), 4: (6, "#ffffff")}
PANELS_ACROSS, PANEL_HEIGHT = 3, 190
LEAST_BESIDE = 10  # below this size words beside a bar take two lines
LETTER = 0.56  # mean advance of a letter in parts of the size: Noto Sans, the wider of our two typefaces


@dataclass(frozen=True)
class Shape:
    """One thing to draw. `kind` rect (x, y, w, h), line (x, y to w, h), path (d) or text (x, y baseline, anchor)."""

    kind: str
    x: str = ""
    y: str = ""
    w: str = ""
    h: str = ""
    d: str = ""
    text: str = ""
    fill: str = "none"
    stroke: str = "none"
    stroke_width: str = "1"
    dash: str = "none"
    anchor: str = "start"
    size: str = str(FONT_SIZE)
    weight: str = "400"


@dataclass(frozen=True)
class Picture:
    """A finished chart. `title` states the finding (it is what a reader who cannot see it is told), `desc` says how it is drawn."""

    title: str
    desc: str
    height: int
    shapes: tuple[Shape, ...]
    width: int = WIDTH

    def svg(self):
        """The picture as markup."""
        return render_to_string("reports/charts/picture.svg", {"picture": self})


@dataclass(frozen=True)
class YearOfLevels:
    """One year: how many got each level (1 best), how many in the year were not rated; `rated` False while the year is open."""

    year: int
    counts: dict[int, int]
    unrated: int = 0
    rated: bool = True
    note: str = ""


@dataclass(frozen=True)
class LevelSeries:
    """Years under one set of level names. Two series are never joined: a gap and a line keep them apart."""

    names: dict[int, str]
    years: tuple[YearOfLevels, ...]
    heading: str = ""
    short: dict[int, str] = field(default_factory=dict)

    def short_name(self, level):
        """How a level is written beside a bar: as given, or the first letters of its name ("HTNV")."""
        return self.short.get(level) or "".join(word[0] for word in self.names[level].replace(",", " ").split()).upper()


@dataclass(frozen=True)
class Bullet:
    """One target: `value` against a least value or a range `low`..`high`, on a scale from 0 to `scale`; None while not known."""

    label: str
    value: float | None
    value_text: str
    low: float
    target_text: str
    scale: float
    high: float | None = None
    outcome: str = ""


@dataclass(frozen=True)
class Columns:
    """Yearly values of one thing. `provisional` years are hatched; `target` draws a line over them."""

    title: str
    values: tuple[tuple[str, int | None], ...]
    target: float | None = None
    target_text: str = ""
    provisional: tuple[str, ...] = field(default=())


def stacked_bars(series, *, title, desc, is_broken=True):
    """Levels by year as bars of equal length (shares of those rated), with the counts in them. `series`: LevelSeries, oldest first.

    is_broken: a line parts two series that must not be compared; without it they are groups of one year, one under the other.
    """
    shapes, y = [], 4.0
    for index, part in enumerate(series):
        if index:
            y += 6
            if is_broken:
                shapes.append(_line(0, y, WIDTH, y, TARGET_INK, dash="6 4", width=1.4))
            y += 12
        if part.heading:
            shapes.append(_text(0, y + 12, part.heading, weight="700"))
            y += 20
        legend, y = _legend(part.names, y)
        shapes += legend
        for year in part.years:
            shapes += _year_bar(year, part, y)
            y += 27
    return Picture(title, desc, round(y + 2), tuple(shapes))


def _legend(names, y):
    """Swatch and name of every level, wrapped into lines. Gives (shapes, next y)."""
    shapes, x = [], 0.0
    for level, name in sorted(names.items()):
        width = 22 + _text_width(name) + 14
        if x + width > WIDTH:
            x, y = 0.0, y + 19
        shapes += _level_box(level, x, y + 2, 15, 11)
        shapes.append(_text(x + 20, y + 12, name, fill=INK))
        x += width
    return shapes, y + 22


def _year_bar(year, series, y):
    left, right = 44.0, 300.0
    shapes = [_text(36, y + 15, str(year.year), anchor="end", weight="700")]
    if not year.rated:
        shapes += [_rect(left, y + 1, right - left, 20, "#ffffff", LINE), _hatch(left, y + 1, right - left, 20, 9, LINE)]
        return [*shapes, *_beside(right + 8, y, year.note or "chưa xếp loại")]
    total = sum(year.counts.values())
    x, outside = left, []
    for level in sorted(series.names):
        count = year.counts.get(level, 0)
        if not count:
            continue
        width = (right - left) * count / total
        shapes += _level_box(level, x, y + 1, width, 20)
        if width >= _text_width(thousands(count)) + 10:
            shapes += _count_on_bar(level, x, y, width, thousands(count))
        else:
            outside.append(f"{series.short_name(level)} {thousands(count)}")
        x += width
    beside = "; ".join([f"cộng {thousands(total)}", *outside] + ([f"chưa XL {thousands(year.unrated)}"] if year.unrated else []))
    return [*shapes, *_beside(right + 8, y, beside)]


def _beside(x, y, text):
    """The words at the right of a bar: in two lines, then smaller, rather than cut where they are long."""
    size = _fitting(text, x)
    if size >= LEAST_BESIDE:
        return [_text(x, y + 15, text, size=size)]
    parts = text.split("; ")
    half = min(range(1, len(parts)), key=lambda place: _longer(parts, place), default=0)
    lines = [one for one in ("; ".join(parts[:half]), "; ".join(parts[half:])) if one]
    return [_text(x, y + 10 + 11 * place, line, size=min(10, _fitting(line, x))) for place, line in enumerate(lines)]


def _longer(parts, place):
    """How long the longer of two lines is when `parts` are broken at `place`."""
    return max(len("; ".join(parts[:place])), len("; ".join(parts[place:])))


def _fitting(text, x):
    """The size at which `text` goes from x to the edge, no more than 12."""
    return min(12, round((WIDTH - x) / (len(text) * LETTER), 1))


def _count_on_bar(level, x, y, width, text):
    middle = x + width / 2
    shapes = []
    if level in LEVEL_HATCHES:
        plate = _text_width(text) + 6
        shapes.append(_rect(middle - plate / 2, y + 4, plate, 14, LEVEL_FILLS[level]))
    return [*shapes, _text(middle, y + 15.5, text, anchor="middle", fill=LEVEL_TEXTS[level], weight="700")]


def bullet_bars(bullets, *, title, desc):
    """Targets, one above the other: the bar is the result, the pale field or the upright line is the target."""
    shapes, y = [], 2.0
    for bullet in bullets:
        if bullet.outcome:
            shapes.append(_text(WIDTH, y + 13, bullet.outcome, anchor="end", weight="700"))
        for line in _wrapped(bullet.label, WIDTH - 16 - _text_width(bullet.outcome) * 1.1):
            shapes.append(_text(0, y + 13, line, weight="700"))
            y += 17
        shapes += _bullet(bullet, y)
        y += 50
    return Picture(title, desc, round(y), tuple(shapes))


def _bullet(bullet, y):
    left, length = 0.0, 330.0

    def at(value):
        return left + length * min(value, bullet.scale) / bullet.scale

    shapes = [_rect(left, y + 3, length, 22, GROUND)]
    if bullet.high is not None:
        low, high = at(bullet.low), at(bullet.high)
        shapes.append(_rect(low, y + 1, high - low, 26, "#f3d9d9", TARGET_INK))
    if bullet.value is None:
        shapes.append(_text(length / 2, y + 18, bullet.value_text, anchor="middle"))
    else:
        shapes.append(_rect(left, y + 8, max(at(bullet.value) - left, 1), 12, BAR_INK, "#ffffff"))
        shapes.append(_text(length + 12, y + 13, f"Kết quả: {bullet.value_text}", weight="700"))
    if bullet.high is None:
        shapes.append(_line(at(bullet.low), y, at(bullet.low), y + 28, TARGET_INK, width=3))
    shapes.append(_text(length + 12, y + 28, f"Chỉ tiêu: {bullet.target_text}", fill=INK))
    return shapes


def small_multiples(panels, *, title, desc, same_scale=False):
    """One small column chart per item of `panels` (Columns), at most three to a line, each from 0 and with its own scale unless `same_scale`."""
    gap = 26.0
    across = -(-len(panels) // -(-len(panels) // PANELS_ACROSS))  # lines as even as they can be
    lines = [panels[start : start + across] for start in range(0, len(panels), across)]
    width = (WIDTH - gap * (len(lines[0]) - 1)) / len(lines[0])
    top = max((_highest(panel) for panel in panels), default=1) if same_scale else None
    shapes, y = [], 0.0
    for line in lines:
        heads = [_wrapped(panel.title, width) for panel in line]
        lower = 17 * (max(len(head) for head in heads) - 1)
        for index, (panel, head) in enumerate(zip(line, heads, strict=True)):
            shapes += _columns(panel, head, index * (width + gap), y + lower, width, top or _highest(panel))
        y += PANEL_HEIGHT + lower
    return Picture(title, desc, round(y), tuple(shapes))


def _highest(panel):
    return max([*(value for _, value in panel.values if value is not None), panel.target or 0, 1])


def _columns(panel, head, left, lower, width, scale):
    """One panel whose columns stand on the line `lower` + 166; the lines of its `head` end at `lower` + 14."""
    base, top = lower + 166.0, lower + 50.0
    step = width / len(panel.values)
    shapes = [_text(left, lower + 14 - 17 * above, text, weight="700") for above, text in enumerate(reversed(head))]
    for index, (label, value) in enumerate(panel.values):
        x, bar = left + index * step + step * 0.18, step * 0.64
        middle = x + bar / 2
        shapes.append(_text(middle, base + 17, label, anchor="middle", size=12))
        if value is None:
            shapes.append(_text(middle, base - 6, "–", anchor="middle"))
            continue
        height = (base - top) * value / scale
        provisional = label in panel.provisional
        shapes.append(_rect(x, base - height, bar, height, "#ffffff" if provisional else BAR_INK, BAR_INK))
        if provisional:
            shapes.append(_hatch(x, base - height, bar, height, 6, BAR_INK))
        shapes += _value_of_column(middle, base - height, base, thousands(value), inside=bool(panel.target) and height > 24, plate=provisional)
    shapes.append(_line(left, base, left + width, base, INK))
    if panel.target:
        level = base - (base - top) * panel.target / scale
        shapes.append(_line(left, level, left + width, level, TARGET_INK, dash="7 3", width=1.8))
        shapes.append(_text(left, lower + 32, f"– – – {panel.target_text}", fill=TARGET_INK, size=12))
    return shapes


def _value_of_column(middle, top, base, text, *, inside, plate):
    """The number of a column: above it, or at its foot where the target's line might cross it."""
    if not inside:
        return [_text(middle, top - 5, text, anchor="middle", weight="700", size=12)]
    width = _text_width(text) + 6
    shapes = [_rect(middle - width / 2, base - 20, width, 15, "#ffffff")] if plate else []
    return [*shapes, _text(middle, base - 8, text, anchor="middle", weight="700", size=12, fill=INK if plate else "#ffffff")]


def _level_box(level, x, y, w, h):
    shapes = [_rect(x, y, w, h, LEVEL_FILLS[level], "#ffffff")]
    if level in LEVEL_HATCHES and w >= 3:
        spacing, colour = LEVEL_HATCHES[level]
        shapes.append(_hatch(x, y, w, h, spacing, colour))
    return shapes


def _hatch(x, y, w, h, spacing, colour):
    """Strokes rising to the right, cut at the rectangle's edges."""
    parts, offset = [], spacing / 2
    while offset < w + h:
        x1, y1 = (x + offset - h, y + h) if offset > h else (x, y + offset)
        x2, y2 = (x + offset, y) if offset <= w else (x + w, y + offset - w)
        parts.append(f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}")
        offset += spacing
    return Shape("path", d="".join(parts), stroke=colour, stroke_width="1")


def _rect(x, y, w, h, fill, stroke="none"):
    return Shape("rect", x=_n(x), y=_n(y), w=_n(w), h=_n(h), fill=fill, stroke=stroke, stroke_width="0.8")


def _line(x1, y1, x2, y2, colour, *, dash="none", width=1.0):
    return Shape("line", x=_n(x1), y=_n(y1), w=_n(x2), h=_n(y2), stroke=colour, dash=dash, stroke_width=_n(width))


def _text(x, y, text, *, anchor="start", size=FONT_SIZE, weight="400", fill=INK):
    return Shape("text", x=_n(x), y=_n(y), text=text, anchor=anchor, size=str(size), weight=weight, fill=fill)


def _text_width(text):
    return len(text) * FONT_SIZE * LETTER


def _wrapped(text, width):
    lines, line = [], ""
    for word in (piece for whole in text.split() for piece in _pieces(whole, width)):
        longer = f"{line} {word}".strip()
        if line and _text_width(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def _pieces(word, width):
    """`word`, in pieces if it alone is wider than `width`."""
    if _text_width(word) <= width:
        return [word]
    letters = max(1, int(width / (FONT_SIZE * 0.8)))  # capitals are wider than letters are on average
    return [word[place : place + letters] for place in range(0, len(word), letters)]


def _n(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")
