"""Vietnamese text: one Unicode form, search without diacritics, and sort keys in dictionary order.

The order is the one ICU gives for `vi` (CLDR; quy tắc ABC of the dictionaries): letters first, where ă â đ ê ô ơ ư are
letters of their own, then tones (ngang, huyền, hỏi, ngã, sắc, nặng), case never. Keys are ASCII and compare as bytes, so
both databases sort alike. Keys stay below SORT_KEY_LENGTH; only unusually long names are cut.
"""

import re
import unicodedata

SORT_KEY_LENGTH = 400

# Below every letter and digit, so that a shorter part sorts before a longer one.
_END = " "
_SPACE = "!"
_PUNCTUATION = {mark: '"' + chr(ord("A") + index) for index, mark in enumerate("_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$")}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014"), "-") | dict.fromkeys(map(ord, "\u2018\u2019\u02bc"), "'")
# "{" and "|" follow "z" in ASCII: ă sorts after a with any letter behind it, â after ă.
_OWN_LETTERS = {"ă": "a{", "â": "a|", "đ": "d{", "ê": "e{", "ô": "o{", "ơ": "o|", "ư": "u{"}
_LETTER_MARKS = {"\u0306": "a", "\u0302": "aeo", "\u031b": "ou"}
# Grave, hook, tilde, acute, dot below are the tones; the others appear in foreign names, in the order of Unicode's table.
_TONES = {mark: str(place) for place, mark in enumerate("\u0300\u0309\u0303\u0301\u0323", start=1)}
_FOREIGN_MARKS = dict(zip("\u0306\u0302\u030c\u030a\u0308\u030b\u0307", "6789ABC", strict=True))
_OTHER_MARK = "Z"
_FOREIGN_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ð": "d", "ı": "i", "þ": "th"})


def nfc(text):
    """`text` in Unicode NFC, the only form we store, compare and print."""
    return unicodedata.normalize("NFC", text)


def one_line(text):
    """`text` in NFC on one line: no control or invisible characters, single spaces, none at the ends."""
    text = nfc(text)
    if not text.isprintable():  # nothing to drop in printable text: what most of it is, and a list has a hundred thousand cells
        text = "".join(" " if ch.isspace() else ch for ch in text if ch.isspace() or unicodedata.category(ch) not in ("Cc", "Cf"))
    return " ".join(text.split())


def search_text(text):
    """`text` as it is searched for: lower case, no diacritics, đ as d, single spaces. Idempotent."""
    letters = unicodedata.normalize("NFKD", text.lower()).lower()
    plain = "".join(ch for ch in letters if not unicodedata.combining(ch))
    return " ".join(plain.replace("đ", "d").split())


def person_sort_key(full_name):
    """The key that sorts people by tên (last word), then đệm (the words between), then họ (first word).

    A single word is a tên. ASCII, compared bytewise; "" for an empty name.
    """
    words = one_line(full_name).split()
    if not words:
        return ""
    surname = words[0] if len(words) > 1 else ""
    parts = (words[-1], " ".join(words[1:-1]), surname)
    return _END.join(_text_key(part) for part in parts)[:SORT_KEY_LENGTH]


def plain_sort_key(text):
    """The key that sorts `text` from left to right, numbers by their value ("Chi bộ 2" before "Chi bộ 10")."""
    numbers_by_length = re.sub(r"[0-9]+", _number_by_length, one_line(text))
    return _text_key(numbers_by_length)[:SORT_KEY_LENGTH] if numbers_by_length else ""


def _number_by_length(match):
    digits = match[0].lstrip("0") or "0"
    return f"{min(len(digits), 9)}{digits}"


def _text_key(text):
    """Letters, end mark, tones: what ICU compares first and second. Tones end at the last letter that has one."""
    letters, tones = [], []
    for character in unicodedata.normalize("NFC", text.translate(_DASHES).lower().translate(_FOREIGN_LETTERS)):
        letter, marks = _letter_and_marks(character)
        letters.append(letter)
        tones.append("0" * bool(letter) + marks)
    return f"{''.join(letters)}{_END}{''.join(tones).rstrip('0')}"


def _letter_and_marks(character):
    """The ASCII key of one letter and of the marks that ICU compares only after all letters."""
    if character in _OWN_LETTERS:
        return _OWN_LETTERS[character], ""
    base, *marks = unicodedata.normalize("NFD", character)
    if unicodedata.combining(base):
        return "", _mark_key(base)
    for mark in marks:
        if base in _LETTER_MARKS.get(mark, ""):
            marks.remove(mark)
            return _OWN_LETTERS[nfc(base + mark)], "".join(map(_mark_key, marks))
    return _base_key(base), "".join(map(_mark_key, marks))


def _base_key(base):
    if base.isascii() and base.isalnum():
        return base
    if base == " ":
        return _SPACE
    return _PUNCTUATION.get(base) or f"~{ord(base):06x}"


def _mark_key(mark):
    return _TONES.get(mark) or _FOREIGN_MARKS.get(mark, _OTHER_MARK)
