"""Writes the pictures of papers that the tests compare (reports/tests/golden/) anew; look at each of them before you commit it.

.venv/bin/python tools/golden.py                     all kinds of papers
.venv/bin/python tools/golden.py rating_decision     only these
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "khoi_party.settings.test"

import django

django.setup()

from reports.tests.every_paper import KINDS  # noqa: E402
from reports.tests.pictures import GOLDEN, kept_names, write_golden  # noqa: E402


def main(kinds):
    """Write the pages of `kinds`, or of all kinds, and take away those of kinds that are no more."""
    for kind in kinds or KINDS:
        print(*write_golden(kind))
    known = {name for kind in KINDS for name in kept_names(kind)}
    for path in set(GOLDEN.glob("*.png")) - {GOLDEN / name for name in known}:
        path.unlink()


main(sys.argv[1:])
