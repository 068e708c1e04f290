"""How templates print numbers, dates and levels, and how links keep the filters of a list."""

from django import template

from khoi_party.common import dates, numbers

register = template.Library()
NUMBER_KINDS = ("int", "decimal", "percent")

register.filter("decimal", numbers.decimal)
register.filter("thousands", numbers.thousands)
register.filter("percent_of", numbers.percent)
register.filter("two_digits", numbers.two_digits)
register.filter("paper_date", dates.paper_date)
register.filter("paper_short_date", dates.paper_short_date)


@register.filter
def get(mapping, key):
    """What `mapping` holds under `key`, or None."""
    return mapping.get(key) if mapping else None


@register.filter
def due(deadline):
    """How far `deadline` is from today: "còn 5 ngày"; "" without a deadline."""
    return dates.due_text(deadline, dates.today()) if deadline else ""


@register.filter
def level_class(level):
    """The CSS class of a level: kp-level-1 (best) to kp-level-4, kp-level-none where there is none."""
    return f"kp-level-{level}" if level in (1, 2, 3, 4) else "kp-level-none"


@register.simple_tag(takes_context=True)
def query_with(context, **changes):
    """The address's query string with `changes`; None or "" takes a parameter out. An export is never kept."""
    query = context["request"].GET.copy()
    query.pop("export", None)
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}"


@register.filter
def page_numbers(page):
    """The page numbers to offer: both ends and the neighbours, "…" between."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.filter
def cells(row, columns):
    """What a row shows under the Excel columns of its list: (text, whether it is a number), so that page and file say the same."""
    return [(_shown(column.value(row), column.kind), column.kind in NUMBER_KINDS) for column in columns]


def _shown(value, kind):
    if value is None:
        return ""
    shown = {"date": dates.date_text, "int": numbers.thousands, "decimal": numbers.decimal, "percent": lambda ratio: numbers.percent(ratio, 1)}
    return shown[kind](value) if kind in shown else value
