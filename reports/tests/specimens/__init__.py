"""One specimen of every kind of paper: invented figures, written by hand, that need no database.

Every module here has SPECIMENS {PaperKind: function that gives a reports.building.Frozen}. What must hold for all papers (looks, fonts,
tags, hostile text, three formats from one object) walks these; a kind without one fails the test of the walk.
"""

import importlib
import pkgutil
from datetime import date

from reports.building import Frozen
from reports.papers.framing import Framing

ISSUED_ON = date(2026, 1, 15)


def framing(**other):
    """The frame of an invented committee's issued paper; `other` fields in place of the usual ones."""
    usual = {
        "organisation": "Đảng bộ Khối các cơ quan tỉnh",
        "organisation_then": "Đảng bộ Khối các cơ quan tỉnh",
        "committee": "Đảng ủy Khối các cơ quan tỉnh",
        "superior": "Đảng bộ tỉnh Vĩnh Phúc",
        "code": "ĐUK",
        "place": "Vĩnh Yên",
        "number": 12,
        "issued_on": ISSUED_ON,
        "reporting_body": "Ban Thường vụ Đảng ủy Khối các cơ quan tỉnh",
        "authority": "T/M BAN THƯỜNG VỤ",
        "position": "Phó Bí thư",
        "signer": "Nguyễn Thị Thuỳ Dương",
        "is_demo": True,
    }
    return Framing(**usual | other)


def specimen_of(kind, figures, *, words=None, **frame):
    """The Frozen of `figures` in the usual frame."""
    return Frozen(kind.value, figures, framing(**frame), words or {})


def all_specimens():
    """{PaperKind: function} of every module in this folder."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        found |= importlib.import_module(f"{__name__}.{module.name}").SPECIMENS
    return found
