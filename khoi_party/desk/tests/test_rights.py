"""Every address x role x place against one literal table. An address without a row fails."""

from datetime import date

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cells.models import AdvisingBoard
from evaluations.models import QuotaPool, Registration, Review, ReviewSheet
from khoi_party.common.dates import today
from members.badges import ceremony_for
from members.models import Seat

from .conftest import PLACES, ROLES

OPEN_TO_ALL = {"accounts:login", "accounts:logout", "accounts:password_change", "accounts:text_size", "desk:home", "desk:search", "desk:quality_line"}
POSTED = {
    "members:class_enrol",
    "members:class_leave",
    "evaluations:commendation_add",
    "evaluations:commendation_propose",
    "evaluations:commendation_withdraw",
    "evaluations:commendation_decline",
    "evaluations:commendation_discard",
    "evaluations:commendation_remove",
    "members:admission_reopen",
    "evaluations:cycle_units_add",
    "cells:calendar_remove",
    "members:badge_propose",
    "members:break_remove",
    "members:member_reveal",
    "cells:target_remove",
    "evaluations:cycle_reopen",
    "cells:account_lock",
    "cells:account_reset",
    "cells:account_unlock",
    "cells:role_end",
    "evaluations:review_open",
    "evaluations:registration_note",
    "evaluations:registration_return",
    "evaluations:cell_save",
    "evaluations:sheet_save",
    "evaluations:sheet_submit",
    "evaluations:sheet_accept",
    "evaluations:sheet_return",
    "evaluations:sheet_propose",
    "evaluations:sheet_roster",
    "evaluations:decision_propose",
    "evaluations:decision_discard",
    "evaluations:decision_withdraw",
    "evaluations:decision_publish",
    "evaluations:ballot_discard",
    "evaluations:outside_remove",
    "evaluations:revision_leave_out",
    "evaluations:notice_seen",
    "reports:report_cancel",
    "reports:report_retry",
    "reports:report_reset",
    "reports:report_words_restore",
    "reports:report_marks",
    "members:import_accept",
    "members:import_close",
    "members:import_compare",
    "members:import_drop",
    "members:import_explain",
    "members:import_header",
}

WITHOUT_ROW = {
    "evaluations:commendation_list",
    "evaluations:commendation_new",
    "evaluations:commendation_register",
    "members:admission_board",
    "members:badge_award",
    "members:badge_list",
    "members:badge_propose",
    "cells:account_list",
    "cells:account_new",
    "cells:organisation_list",
    "members:duplicate_list",
    "members:import_list",
    "members:import_new",
    "members:member_list",
    "members:quality_list",
    "evaluations:cycle_list",
    "evaluations:cycle_open",
    "evaluations:rulebook_compare",
    "reports:report_list",
    "reports:report_kinds",
    "reports:report_queue",
}

# Answers at (own, child, sibling, parent, other) for somebody who acts at `own`. 404: not visible. 403: visible, not allowed.
# 302 after a POST: taken up, done or refused with a sentence. 409: refused with a sentence.
TABLE = {
    "evaluations:commendation_list": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "evaluations:commendation_register": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "evaluations:commendation_new": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [403, 403, 403, 403, 403],  # administrator
    ),
    "evaluations:commendation_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:commendation_print": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:commendation_item": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:commendation_settings": (
        [403, 403, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "evaluations:commendation_setting": (
        [403, 403, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "evaluations:commendation_candidates": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:commendation_add": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:commendation_propose": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:commendation_withdraw": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:commendation_discard": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:commendation_remove": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:commendation_decline": (
        [403, 403, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [302, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:admission_board": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "members:admission_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:admission_new": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:admission_close": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:admission_step": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:admission_step_take_back": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:admission_reopen": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:register": (
        [404, 200, 404, 404, 404],  # staff
        [404, 200, 404, 404, 404],  # secretary
        [404, 200, 404, 404, 404],  # leader
        [404, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:sign_off_new": (
        [404, 200, 404, 404, 404],  # staff
        [404, 403, 404, 404, 404],  # secretary
        [404, 403, 404, 404, 404],  # leader
        [404, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:sign_off_list": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:statistics": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:class_list": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:class_new": (
        [200, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:class_detail": (
        [200, 200, 404, 200, 404],  # staff
        [200, 200, 404, 200, 404],  # secretary
        [200, 200, 404, 200, 404],  # leader
        [200, 200, 404, 200, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:class_enrol": (
        [302, 302, 404, 403, 404],  # staff
        [403, 403, 404, 403, 404],  # secretary
        [403, 403, 404, 403, 404],  # leader
        [403, 403, 404, 403, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:class_leave": (
        [302, 302, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:card_list": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:paper_grid": (
        [404, 200, 404, 404, 404],  # staff
        [404, 200, 404, 404, 404],  # secretary
        [404, 200, 404, 404, 404],  # leader
        [404, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:paper_overview": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "evaluations:admission_plan": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:admission_move": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:seat_list": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:seat_end": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:meeting_year": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:meeting_new": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:meeting_edit": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:roster_on": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:balance": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:balance_rows": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "evaluations:cycle_units_add": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:member_years": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:badge_list": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "members:badge_award": (
        [200, 200, 200, 200, 200],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [403, 403, 403, 403, 403],  # administrator
    ),
    "members:badge_propose": (
        [302, 302, 302, 302, 302],  # staff
        [302, 302, 302, 302, 302],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [403, 403, 403, 403, 403],  # administrator
    ),
    "members:member_duties": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:member_badges": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:member_break": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:break_remove": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:badge_withdraw": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "cells:calendar_year": (
        [404, 404, 404, 200, 404],  # staff
        [404, 404, 404, 200, 404],  # secretary
        [404, 404, 404, 200, 404],  # leader
        [404, 404, 404, 200, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "cells:calendar_new": (
        [404, 404, 404, 403, 404],  # staff
        [404, 404, 404, 403, 404],  # secretary
        [404, 404, 404, 403, 404],  # leader
        [404, 404, 404, 403, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "cells:calendar_remove": (
        [403, 403, 404, 403, 404],  # staff
        [403, 403, 404, 403, 404],  # secretary
        [403, 403, 404, 403, 404],  # leader
        [403, 403, 404, 403, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:member_reveal": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:discipline_new": (
        [403, 403, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:discipline_withdraw": (
        [404, 404, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:row_facts": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_facts": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_findings": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:remark": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:row_override": (
        [302, 403, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [302, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:appraisal_board": (
        [200, 404, 404, 404, 404],  # staff
        [200, 404, 404, 404, 404],  # secretary
        [200, 404, 404, 404, 404],  # leader
        [200, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:board_opinions": (
        [200, 403, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "cells:board_list": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [200, 200, 404, 404, 404],  # administrator
    ),
    "cells:board_end": (
        [200, 403, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "evaluations:cycle_progress": (
        [200, 404, 404, 404, 404],  # staff
        [200, 404, 404, 404, 404],  # secretary
        [200, 404, 404, 404, 404],  # leader
        [200, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_plan": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:registration_compare": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:registration_members": (
        [404, 200, 404, 404, 404],  # staff
        [404, 403, 404, 404, 404],  # secretary
        [404, 403, 404, 404, 404],  # leader
        [404, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_report": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_dossier": (
        [403, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:body_findings": (
        [200, 404, 404, 404, 404],  # staff
        [200, 404, 404, 404, 404],  # secretary
        [200, 404, 404, 404, 404],  # leader
        [200, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:revision_new": (
        [403, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:revision_leave_out": (
        [302, 302, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:complaint_list": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:complaint_new": (
        [403, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:complaint_answer": (
        [404, 200, 404, 404, 404],  # staff
        [404, 403, 404, 404, 404],  # secretary
        [404, 403, 404, 404, 404],  # leader
        [404, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:notice_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:notice_seen": (
        [302, 403, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:review_why": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:pool_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:rulebook_compare": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [403, 403, 403, 403, 403],  # administrator
    ),
    "members:event_take_back": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "cells:term_list": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:term_new": (
        [200, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:year_figures": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:year_unit": (
        [200, 404, 404, 404, 404],  # staff
        [200, 404, 404, 404, 404],  # secretary
        [403, 404, 404, 404, 404],  # leader
        [403, 404, 404, 404, 404],  # inspector
        [403, 404, 404, 404, 404],  # administrator
    ),
    "cells:year_tasks": (
        [200, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:term_edit": (
        [200, 200, 404, 403, 404],  # staff
        [403, 403, 404, 403, 404],  # secretary
        [403, 403, 404, 403, 404],  # leader
        [403, 403, 404, 403, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "cells:target_new": (
        [200, 200, 404, 403, 404],  # staff
        [403, 403, 404, 403, 404],  # secretary
        [403, 403, 404, 403, 404],  # leader
        [403, 403, 404, 403, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "cells:target_edit": (
        [200, 200, 404, 403, 404],  # staff
        [403, 403, 404, 403, 404],  # secretary
        [403, 403, 404, 403, 404],  # leader
        [403, 403, 404, 403, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "cells:target_remove": (
        [302, 302, 404, 403, 404],  # staff
        [403, 403, 404, 403, 404],  # secretary
        [403, 403, 404, 403, 404],  # leader
        [403, 403, 404, 403, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "cells:document_file": (
        [200, 200, 404, 200, 404],  # staff
        [200, 200, 404, 200, 404],  # secretary
        [200, 200, 404, 200, 404],  # leader
        [200, 200, 404, 200, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:cycle_stages": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:cycle_guidance": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:cycle_close": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:cycle_reopen": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:registration_list": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:outside_list": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:outside_place": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:outside_template": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:outside_import": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:outside_preview": (
        [302, 302, 302, 302, 302],  # staff
        [302, 302, 302, 302, 302],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:outside_new": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:outside_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:outside_remove": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:setting_list": (
        [403, 403, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "evaluations:setting_change": (
        [403, 403, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "evaluations:organisation_years": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:account_detail": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [200, 200, 404, 404, 404],  # administrator
    ),
    "cells:account_list": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "cells:account_lock": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [302, 302, 404, 404, 404],  # administrator
    ),
    "cells:account_new": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "cells:account_reset": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [200, 200, 404, 404, 404],  # administrator
    ),
    "cells:account_unlock": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [302, 302, 404, 404, 404],  # administrator
    ),
    "cells:role_end": (
        [404, 404, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [302, 302, 404, 404, 404],  # administrator
    ),
    "evaluations:body_grid": (
        [200, 404, 404, 404, 404],  # staff
        [200, 404, 404, 404, 404],  # secretary
        [200, 404, 404, 404, 404],  # leader
        [200, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "cells:organisation_close": (
        [403, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:organisation_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [200, 200, 404, 404, 404],  # administrator
    ),
    "cells:organisation_found": (
        [200, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:organisation_list": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "cells:organisation_move": (
        [403, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:organisation_rename": (
        [200, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:number_list": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:number_new": (
        [200, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [200, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:number_reserve": (
        [200, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [200, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "cells:number_void": (
        [200, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [200, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:cell_save": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:cycle_detail": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:cycle_list": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "evaluations:cycle_open": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [403, 403, 403, 403, 403],  # administrator
    ),
    "evaluations:decision_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:decision_new": (
        [200, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:decision_propose": (
        [302, 302, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:decision_publish": (
        [302, 302, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:decision_discard": (
        [302, 302, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:decision_withdraw": (
        [302, 302, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:registration_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:registration_note": (
        [403, 409, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:registration_return": (
        [403, 409, 404, 404, 404],  # staff
        [403, 409, 404, 404, 404],  # secretary
        [403, 409, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:review_open": (
        [403, 403, 403, 403, 403],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_accept": (
        [403, 302, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_propose": (
        [403, 302, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_roster": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_return": (
        [403, 302, 404, 404, 404],  # staff
        [403, 302, 404, 404, 404],  # secretary
        [403, 302, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_save": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_submit": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_ballots": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:sheet_ballot_new": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:body_ballots": (
        [200, 404, 404, 404, 404],  # staff
        [200, 404, 404, 404, 404],  # secretary
        [200, 404, 404, 404, 404],  # leader
        [200, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:body_ballot_new": (
        [200, 404, 404, 404, 404],  # staff
        [403, 404, 404, 404, 404],  # secretary
        [403, 404, 404, 404, 404],  # leader
        [403, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:ballot_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:ballot_count": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:ballot_confirm": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:ballot_again": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:ballot_recount": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "evaluations:ballot_discard": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:duplicate_list": (
        [200, 200, 200, 200, 200],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [403, 403, 403, 403, 403],  # administrator
    ),
    "members:duplicate_pair": (
        [200, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_accept": (
        [302, 302, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_close": (
        [302, 302, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_compare": (
        [302, 302, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_drop": (
        [302, 302, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_explain": (
        [302, 302, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_header": (
        [302, 302, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_columns": (
        [200, 200, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_detail": (
        [200, 200, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_print": (
        [200, 200, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_refused": (
        [200, 200, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_apply": (
        [200, 200, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_undo": (
        [302, 302, 404, 404, 404],  # staff
        [404, 404, 404, 404, 404],  # secretary
        [404, 404, 404, 404, 404],  # leader
        [404, 404, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:import_list": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "members:import_new": (
        [200, 200, 200, 200, 200],  # staff
        [403, 403, 403, 403, 403],  # secretary
        [403, 403, 403, 403, 403],  # leader
        [403, 403, 403, 403, 403],  # inspector
        [403, 403, 403, 403, 403],  # administrator
    ),
    "members:member_admit": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:member_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:member_edit": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:member_event": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "members:member_list": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "members:member_transfer_in": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [403, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [403, 403, 404, 404, 404],  # administrator
    ),
    "members:quality_list": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "reports:report_cancel": (
        [409, 409, 404, 404, 404],  # staff
        [409, 403, 404, 404, 404],  # secretary
        [409, 409, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "reports:report_detail": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "reports:report_download": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "reports:report_list": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "reports:report_new": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "reports:report_issue": (
        [200, 200, 404, 404, 404],  # staff
        [403, 403, 404, 404, 404],  # secretary
        [200, 403, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "reports:report_kinds": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "reports:report_marks": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [302, 302, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "reports:report_reset": (
        [302, 302, 404, 404, 404],  # staff
        [302, 403, 404, 404, 404],  # secretary
        [302, 302, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "reports:report_retry": (
        [409, 409, 404, 404, 404],  # staff
        [409, 403, 404, 404, 404],  # secretary
        [409, 409, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "reports:report_differences": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "reports:report_queue": (
        [200, 200, 200, 200, 200],  # staff
        [200, 200, 200, 200, 200],  # secretary
        [200, 200, 200, 200, 200],  # leader
        [200, 200, 200, 200, 200],  # inspector
        [200, 200, 200, 200, 200],  # administrator
    ),
    "reports:report_words_restore": (
        [409, 409, 404, 404, 404],  # staff
        [409, 403, 404, 404, 404],  # secretary
        [409, 409, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "reports:report_rows": (
        [200, 200, 404, 404, 404],  # staff
        [200, 200, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [200, 200, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
    "reports:report_words": (
        [200, 200, 404, 404, 404],  # staff
        [200, 403, 404, 404, 404],  # secretary
        [200, 200, 404, 404, 404],  # leader
        [403, 403, 404, 404, 404],  # inspector
        [404, 404, 404, 404, 404],  # administrator
    ),
}


def names(patterns=None, prefix=""):
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def address(name, world, place):
    """The address of `name` for the row at `place`; the year itself belongs to the root and is the same for all places."""
    organisation = world.places[place]
    noun = name.split(":")[1].split("_")[0]
    if name in WITHOUT_ROW:
        return reverse(name)
    if noun in ("calendar", "term", "target", "year", "setting", "document") or name == "evaluations:organisation_years":
        return reverse(name, args=world.arguments(name, place))
    if name in ("evaluations:outside_detail", "evaluations:outside_remove"):
        return reverse(name, args=[world.cycle.pk, world.results[place].pk])
    if name == "evaluations:outside_new":
        return reverse(name, args=[world.cycle.pk, organisation.pk])
    if name in ("evaluations:registration_list", "evaluations:registration_compare") or noun == "outside":
        return reverse(name, args=[world.cycle.pk])
    if noun in ("account", "role"):
        assignment = world.assignments[place]
        return reverse(name, args=[assignment.user_id if noun == "account" else assignment.pk])
    if name == "reports:report_new":
        return reverse(name, args=["term-report"])
    if noun == "report":
        paper = world.paper_at(place)
        more = {"report_rows": "exemplary", "report_download": "pdf", "report_reset": "same", "report_words": "strengths"}
        part = more.get(name.partition(":")[2])
        if name == "reports:report_words_restore":
            return reverse(name, args=[paper.pk, "strengths", 1])
        return reverse(name, args=[paper.pk, part] if part else [paper.pk])
    if name == "evaluations:remark":
        return reverse(name, args=[world.remarks[place]])
    if name == "evaluations:row_override":
        return reverse(name, args=[world.decisions[place].pk, 1])
    if name in ("cells:board_end", "evaluations:board_opinions"):
        board, _ = AdvisingBoard.objects.get_or_create(organisation=organisation, name="Ban Tổ chức", valid_from=date(2020, 1, 1))
        return reverse(name, args=[board.pk] if name == "cells:board_end" else [world.cycle.pk, board.pk])
    if name == "cells:number_void":
        return reverse(name, args=[world.number_at(place).pk])
    if name == "cells:board_list" or noun == "number":
        return reverse(name, args=[organisation.pk])
    if noun == "commendation":
        return reverse(name, args=world.commendation(name, place))
    if noun == "ballot":
        return reverse(name, args=[world.ballots(place).pk])
    if name.startswith("evaluations:body_ballot") or name in (
        "evaluations:decision_new",
        "evaluations:body_grid",
        "evaluations:body_findings",
        "evaluations:appraisal_board",
        "evaluations:cycle_progress",
        "evaluations:admission_plan",
    ):
        return reverse(name, args=[world.cycle.pk, organisation.pk])
    if noun in ("notice", "complaint", "revision") and name not in (
        "evaluations:complaint_list",
        "evaluations:complaint_new",
        "evaluations:revision_new",
    ):
        return reverse(name, args=world.after_publication(noun, place))
    if name == "evaluations:complaint_list":
        return reverse(name, args=[world.cycle.pk])
    if name in ("evaluations:review_why", "evaluations:row_facts", "evaluations:complaint_new", "evaluations:revision_new"):
        row = Review.objects.filter(sheet__organisation=world.places[place], subject="organisation").first()
        return reverse(name, args=[row.pk if row else 10**9])
    if noun == "pool":
        made = {"subject": "member", "group": "Đảng viên", "base": "good", "rate": 20, "citation": "Điều 11"}
        pool = QuotaPool.objects.filter(body=organisation).first() or QuotaPool.objects.create(cycle=world.cycle, body=organisation, **made)
        return reverse(name, args=[pool.pk])
    if noun in ("cycle", "review"):
        return reverse(name, args=[world.cycle.pk])
    if noun == "admission" and name != "members:admission_new":
        one = world.admissions(place)
        return reverse(name, args=[one.steps.get().pk] if "step_" in name else [one.pk, *(["application"] if name.endswith("step") else [])])
    if name in ("members:admission_new", "members:member_admit", "members:member_transfer_in") or noun == "organisation":
        return reverse(name, args=[organisation.pk])
    if noun == "meeting":
        return reverse(name, args=world.meeting(name, place))
    if name == "members:seat_end":
        given = {"member": world.members[place], "post": "committee", "valid_from": date(2025, 1, 1)}
        return reverse(name, args=[Seat.objects.get_or_create(organisation=organisation, **given)[0].pk])
    if name == "members:seat_list":
        return reverse(name, args=[organisation.pk])
    if noun in ("class", "card", "paper"):
        return reverse(name, args=world.year_lists(name, place))
    if name in ("members:register", "members:sign_off_new", "members:sign_off_list", "members:statistics"):
        return reverse(name, args=[organisation.pk])
    if name in ("members:roster_on", "members:balance", "members:balance_rows"):
        return reverse(name, args=[organisation.pk, *(["admitted"] if name.endswith("rows") else [])])
    if name in ("members:badge_withdraw", "members:break_remove"):
        return reverse(name, args=[(world.badges if "badge" in name else world.breaks)(place).pk])
    if name == "members:event_take_back":
        return reverse(name, args=[world.events[place].pk])
    if noun == "import":
        list_at = world.import_at(place, "load" if name == "members:import_apply" else "reconcile")
        return reverse(name, args=[list_at.rows.get().pk if name == "members:import_accept" else list_at.pk])
    if name == "members:duplicate_pair":
        return reverse(name, args=[world.members[place].pk, world.twins(place).pk])
    if name == "members:discipline_withdraw":
        return reverse(name, args=[world.disciplines[place].pk])
    if noun in ("member", "discipline"):
        return reverse(name, args=[world.members[place].pk, *([2026] if name == "members:member_duties" else [])])
    if noun == "decision":
        world.decisions[place].save()  # those who may discard it have done so
        return reverse(name, args=[world.decisions[place].pk])
    model = Registration if noun == "registration" else ReviewSheet
    row = model.objects.filter(cycle=world.cycle, organisation=organisation).first()
    return reverse(name, args=[row.pk if row else 10**9])


def answers(client, world, name, role):
    client.force_login(world.users[role])
    ask = client.post if name in POSTED else client.get
    return [ask(address(name, world, place), said(name, world, place)).status_code for place in PLACES]


def said(name, world, place):
    """What a request must say to get past the address: the cell of a grid names its row."""
    if name == "members:badge_propose":
        return {"round": str(ceremony_for(today()))}
    if name != "evaluations:cell_save":
        return {}
    row = Review.objects.filter(sheet__organisation=world.places[place], subject="organisation").first()
    return {"review": row.pk if row else "", "voice": "self", "level": "2", "version": "0"}


def test_every_address_has_a_row():
    assert set(names()) - OPEN_TO_ALL == set(TABLE)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_answers(client, world, name):
    assert {role: answers(client, world, name, role) for role in ROLES} == dict(zip(ROLES, TABLE[name], strict=True))


@pytest.mark.parametrize("name", sorted(set(TABLE) | OPEN_TO_ALL - {"accounts:login"}))
def test_signed_out_people_are_led_to_the_login_page(client, world, name):
    url = reverse(name) if name in OPEN_TO_ALL else address(name, world, "child")

    answer = client.post(url) if name in POSTED else client.get(url)

    assert answer.status_code in (302, 405)
    assert answer.status_code == 405 or answer.url.startswith(reverse("accounts:login"))
