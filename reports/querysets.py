from django.db import models

from cells.scope import paths_of, within


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers of organisations in the scope of `user`: a report on all below one is for those who may read all of it."""
        return self.filter(within("organisation__path", paths_of(user)))

    def for_list(self):
        return self.select_related("organisation", "term", "requested_by").defer("figures").order_by("-pk")
