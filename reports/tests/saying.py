"""What a written paper says, as the list of its texts in reading order, to be looked for in each of its files."""

from dataclasses import fields, is_dataclass


def squeezed(text):
    """`text` without white space: a line may be broken anywhere, and words stay what they are."""
    return "".join(text.split())


def said_in(written, *, heads=True):
    """The texts of `written` (a WrittenPaper, or what a template of its own takes) that stand in its PDF and Word files.

    `heads` with the heads of tables.
    """
    return [text for text in (_paper(written, heads) if hasattr(written, "sections") else _all(written)) if text.strip()]


def _paper(paper, heads):
    yield from (paper.header.superior, *paper.header.issuer_lines, paper.header.number_text if paper.header.kind_code else "")
    yield from (paper.header.date_text, *paper.marking.lines, paper.title, paper.summary, *paper.addressees, *paper.ground_lines)
    yield from (paper.deciding_body, *paper.opening)
    for section in paper.sections:
        yield section.heading
        for block in section.blocks:
            yield from _block(block, heads)
    yield paper.closing
    for signature in filter(None, (paper.signature, paper.second_signature)):
        yield from (signature.authority, signature.position, signature.name)
    yield from () if paper.second_signature else paper.recipient_lines
    for appendix in paper.appendices:
        yield from (appendix.heading, appendix.title, paper.appended_to)
        yield from _table(appendix.table, heads)


def _block(block, heads):
    if block.kind == "table":
        yield from _table(block, heads)
    elif block.kind == "words":
        yield from block.paragraphs
    elif block.kind == "chart":
        yield block.caption
    else:
        yield block.text


def _table(table, heads):
    yield table.caption
    yield from (cell.title for row in table.head if heads for cell in row)
    yield from (cell.text for _, cells in table.body for cell, _ in cells)
    yield from table.footnotes


def _all(value):
    """Every text in dataclasses and tuples, but for what describes the file and how it is set."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _all(one)
    elif is_dataclass(value):
        for one in fields(value):
            if one.name not in ("file_title", "size", "marking"):
                yield from _all(getattr(value, one.name))
