"""Text as it can be printed: what a paper is written of passes here once, before it becomes a page, a Word or an Excel file.

The fields that people fill clean what they take (khoi_party.common.fields), but a frozen paper may hold text from before that, from
lists or from the program's own log; XML refuses control characters, and a letter that turns the direction of writing would turn the
figures behind it around.
"""

import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from operator import attrgetter

# Tabs and other kinds of line ends become a space; line ends themselves part paragraphs and stay.
SPACES = re.compile("[\t\v\f\r\x1c-\x1f\x85\u2028\u2029]")
# Control characters, invisible marks (zero width, direction of writing, byte order, tags), halves of letters and what is no character.
WITHOUT_FORM = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)

PLAIN = (int, float, bool, type(None), date)


def printable(value):
    """`value` (text, or dataclasses and tuples of it) with its text in NFC and without characters that have no form on paper.

    Gives the same object where there is nothing to change.
    """
    kind = type(value)
    if kind is str:
        return _text(value)
    if kind is tuple:
        made = _each(value)
        return value if made is None else tuple(made)
    if kind in PLAIN or not is_dataclass(value):
        return value
    names, read = _fields(kind)
    made = _each(read(value))
    return value if made is None else replace(value, **dict(zip(names, made, strict=True)))


def _each(values):
    """The printable forms of `values`, None where all are what they were: a list has a hundred thousand cells."""
    made = None
    for place, value in enumerate(values):
        if type(value) in PLAIN:
            continue
        new = printable(value)
        if new is not value:
            made = list(values) if made is None else made
            made[place] = new
    return made


def _text(text):
    if text.isascii() and text.isprintable():
        return text
    made = WITHOUT_FORM.sub("", SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    return text if made == text else made


@cache
def _fields(kind):
    """The names of a dataclass's fields and what reads them all at once, as a tuple."""
    names = tuple(one.name for one in fields(kind))
    return names, attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)
