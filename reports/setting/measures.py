"""The measures of a FormatProfile as a style sheet. What stands here is not repeated in static/reports/paper.css."""

from reports.papers.formats import profile_of

FACE = "Tinos"
RED = "#c00000"
SELECTORS = {
    "party": ".party",
    "superior": ".superior",
    "issuer": ".issuer",
    "asterisk": ".asterisk",
    "number": ".number",
    "urgency": ".urgency",
    "letter_summary": ".letter-summary",
    "place_date": ".place-date",
    "mark": ".mark",
    "title": "h1",
    "summary": ".summary",
    "title_rule": ".title-rule",
    "addressee": ".addressees p",
    "body": "p",
    "heading": "h2",
    "part": "h2.part",
    "subheading": "h3",
    "point": "h4",
    "article_number": ".article b",
    "deciding": ".deciding",
    "caption": ".caption",
    "table": "table",
    "wide_table": ".across table",
    "footnote": ".footnote",
    "chart_caption": "figcaption",
    "authority": ".foot .authority",
    "position": ".foot .position",
    "signer": ".foot .signer",
    "recipients_head": ".recipients-head",
    "recipient": ".recipient",
    "appendix": "h2.appendix-heading",
    "appended_to": ".appended-to",
    "foot_mark": ".stamp-foot",
}
INHERITING = {"body"}  # a paragraph may stand inside what has letters of its own
INLINE = {"article_number"}  # words inside a paragraph, which has its own room and lines
CELLS = {"table", "wide_table"}  # every column has its own alignment
WIDTHS = range(1, 61)


def measures_of(paper):
    """The style sheet that `paper` (what a recipe writes) is set with, by its profile, and its own measures after them (`paper.css`)."""
    return f"{style_sheet(profile_of(paper), two_sided=paper.marking.two_sided)}\n{paper.css}"


def style_sheet(profile, *, two_sided=False):
    """`profile` (a FormatProfile) as CSS; `two_sided` turns the margins on the backs."""
    parts = [_page("", profile.page, profile.margins), _page(" landscape", profile.page[::-1], profile.margins)]
    if two_sided:
        parts.append(f"@page :left {{ margin: {_sides(profile.verso_margins)}; }}")
    body = profile.styles["body"]
    parts.append(f"body {{ font: {body.size:g}pt/{body.line:g}pt {FACE}; }}")  # paragraphs take it from here
    parts += [f"{selector} {{ {_declared(name, profile.styles[name])} }}" for name, selector in SELECTORS.items()]
    for part, (left, right) in (("head", profile.head_columns), ("foot", profile.foot_columns)):
        parts += [f".{part}-left {{ width: {left}mm; }}", f".{part}-right {{ width: {right}mm; }}"]
    width, height = profile.signature_field
    parts += [
        f".head {{ margin-bottom: {profile.head_after:g}pt; }}",
        f".foot {{ margin-top: {profile.foot_before:g}pt; }}",
        f".foot .signature-field {{ width: {width}mm; height: {height}mm; }}",
        f"figure svg {{ width: {profile.text_width}mm; }}",
        *(f".w{width} {{ width: {width}%; }}" for width in WIDTHS),
    ]
    return "\n".join(parts)


def _page(name, size, margins):
    return f"@page{name} {{ size: {size[0]}mm {size[1]}mm; margin: {_sides(margins)}; }}"


def _sides(margins):
    return f"{margins.top}mm {margins.right}mm {margins.bottom}mm {margins.left}mm"


def _declared(name, style):
    if name in INHERITING:
        return _placed(style)
    told = [
        f"font-size: {style.size:g}pt",
        f"font-weight: {'bold' if style.bold else 'normal'}",
        f"font-style: {'italic' if style.italic else 'normal'}",
    ]
    if name not in INLINE:
        told.append(f"line-height: {style.line:g}pt")
    if name not in INLINE | CELLS:
        told.append(_placed(style))
    if style.underlined:
        told.append("text-decoration: underline")
    if style.red:
        told.append(f"color: {RED}")
    return "; ".join(told)


def _placed(style):
    margins = f"margin-top: {style.before:g}pt; margin-bottom: {style.after:g}pt"
    hanging = f"; padding-left: {-style.indent:g}mm" if style.indent < 0 else ""
    return f"{margins}; text-align: {style.align}; text-indent: {style.indent:g}mm{hanging}"
