"""Asking for a paper, giving it up, trying again. The making itself is in `jobs`."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from kombu.exceptions import OperationalError

from khoi_party.audit.services import change, record
from khoi_party.audit.workflow import advance
from khoi_party.common.database import database_now, locked
from reports.enums import ACTIVE_STATES, PaperKind
from reports.models import Paper
from reports.permissions import can_build
from reports.states import PAPER

logger = logging.getLogger(__name__)


def request_term_report(term, *, by, number=None, issued_on=None, signer_position="", signer_name=""):
    """Queue the five-year report of `term` (a cells.Term) and wake a worker once this is saved. Returns the Paper.

    `number`, `issued_on` and the signer are printed where they are given and left blank on the paper otherwise. Asking again while one's
    own is being made gives that one. PermissionDenied for those who may not build it.
    """
    organisation = term.organisation
    if not can_build(by, organisation):
        raise PermissionDenied
    with change(by=by):
        locked(type(organisation).objects.filter(pk=organisation.pk)).get()
        mine = Paper.objects.filter(kind=PaperKind.TERM_REPORT, term=term, requested_by=by, state__in=ACTIVE_STATES).first()
        if mine:
            return mine
        paper = Paper.objects.create(
            kind=PaperKind.TERM_REPORT,
            organisation=organisation,
            term=term,
            number=number,
            issued_on=issued_on,
            signer_position=signer_position,
            signer_name=signer_name,
            requested_by=by,
            queued_at=database_now(),
        )
        record("paper.requested", paper, summary=f"Yêu cầu lập báo cáo nhiệm kỳ {term.label}.", organisation=organisation, term=term.label)
        transaction.on_commit(lambda: wake_worker(paper.pk))
    return paper


def cancel_paper(paper, *, by):
    """Give up a paper that waits or is being made; the worker notices at its next step. True when it was still under way."""
    return advance(paper, "cancel", by=by, table=PAPER, organisation=paper.organisation)


def retry_paper(paper, *, by):
    """Queue a failed or cancelled paper again, with all its tries before it. True when it was not queued already."""
    with change(by=by):
        changed = advance(paper, "retry", by=by, table=PAPER, organisation=paper.organisation)
        if changed:
            fresh = {"queued_at": database_now(), "tries": 0, "progress": 0, "step": "", "failure": "", "heartbeat_at": None, "finished_at": None}
            Paper.objects.filter(pk=paper.pk).update(**fresh)
            transaction.on_commit(lambda: wake_worker(paper.pk))
    return changed


def wake_worker(pk):
    """Tell a worker of the paper `pk`. A broker that does not answer loses nothing: the sweep sends it again."""
    from reports.tasks import build_paper

    try:
        build_paper.apply_async((pk,), retry=False)
    except (OperationalError, OSError):
        logger.warning("broker did not take the message for a paper; the sweep will send it again")
