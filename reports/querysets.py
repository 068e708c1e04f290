from django.db import models

from cells.scope import paths_of, within
from reports.enums import PaperState


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers of organisations in the scope of `user`: a report on all below one is for those who may read all of it."""
        return self.filter(within("organisation__path", paths_of(user)))

    def for_list(self):
        from reports.models import Paper

        return self.select_related(*Paper.ABOUT, "organisation", "requested_by").prefetch_related("files").defer("figures").order_by("-pk")

    def ahead_of(self, paper):
        """How many papers wait before `paper`, whoever asked for them: a number only."""
        return self.filter(state=PaperState.QUEUED, queued_at__lt=paper.queued_at).count() if paper.state == PaperState.QUEUED else 0
