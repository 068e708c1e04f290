"""The number and symbol of a paper: "12-QĐ/ĐUK" is number 12 among the decisions of the Đảng ủy Khối.

Hướng dẫn số 36-HD/VPTW, ngày 03/4/2018, số và ký hiệu văn bản: the numbers run from 01 for each type of paper and each term of the
committee, not for each year; the papers of a congress have one series for all types.
"""

import re
from dataclasses import dataclass

from khoi_party.common.numbers import two_digits

from .enums import OrganisationKind, PaperCode

OF_CONGRESS = "ĐH"  # the issuer of a congress's papers
MOST = 99_999
_SHAPE = re.compile(r"([0-9]{1,5})\s*[-–]\s*(\w{2,3})\s*/\s*(\S.*)")
_CODES = {code.casefold(): code for code in PaperCode}
_USUAL_ISSUERS = {OrganisationKind.BASE_COMMITTEE: "ĐU", OrganisationKind.BASE_CELL: "CB", OrganisationKind.CELL: "CB"}


@dataclass(frozen=True)
class PaperNumber:
    """A number with what it is counted among; `code` is a PaperCode, one for all the types of a congress."""

    number: int
    code: str
    issuer: str

    def __str__(self):
        return number_text(self.number, self.code, self.issuer)


def number_text(number, code, issuer):
    """ "12-QĐ/ĐUK", "02-BC/ĐU"; a congress's number stands without a type: "03/ĐH"; "12-QĐ" where the issuer's symbol is not known."""
    start = two_digits(number) if code == PaperCode.CONGRESS else f"{two_digits(number)}-{code}"
    return f"{start}/{issuer}" if issuer else start


def parse_number(text):
    """The PaperNumber that `text` spells, whatever its capitals; None where it follows another pattern (old papers, State bodies)."""
    found = _SHAPE.fullmatch(text.strip())
    code = _CODES.get(found[2].casefold()) if found else None
    if code is None or code == PaperCode.CONGRESS or not 1 <= int(found[1]) <= MOST:
        return None
    issuer = found[3].strip()
    return PaperNumber(int(found[1]), PaperCode.CONGRESS if issuer.casefold() == OF_CONGRESS.casefold() else code, issuer)


def usual_issuer(kind):
    """The symbol that an organisation of `kind` writes when none is on record: ĐU for a base committee, CB for a cell, else ""."""
    return _USUAL_ISSUERS.get(kind, "")
