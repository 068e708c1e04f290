"""Writes the pictures of papers that the tests compare (reports/tests/golden/) and those of the guide (docs/huong-dan/images/vb-*.png) anew;
look at each of them before you commit it.

.venv/bin/python tools/golden.py                     all kinds of papers
.venv/bin/python tools/golden.py rating_decision     only these
.venv/bin/python tools/golden.py --beside            on another Debian: keeps what is there, adds the pages that are set otherwise here
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "khoi_party.settings.test"

import django

django.setup()

from reports.tests.every_paper import KINDS  # noqa: E402
from reports.tests.pictures import GOLDEN, kept_files, write_for_guide, write_golden  # noqa: E402


def main(arguments):
    """Write the pages of the kinds in `arguments`, or of all kinds, and take away those of kinds that are no more."""
    beside = "--beside" in arguments
    for kind in [one for one in arguments if one != "--beside"] or KINDS:
        print(kind, *write_golden(kind, beside=beside))
        if not beside:
            write_for_guide(kind)
    known = {path for kind in KINDS for paths in kept_files(kind).values() for path in paths}
    for path in set(GOLDEN.glob("*.png")) - known:
        path.unlink()


main(sys.argv[1:])
