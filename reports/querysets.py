from django.db import models
from django.db.models import Q

from cells.scope import paths_of, within
from khoi_party.common.names import search_text
from reports.enums import ACTIVE_STATES, PaperKind, PaperState


class PaperQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Papers of organisations in the scope of `user`: a report on all below one is for those who may read all of it."""
        return self.filter(within("organisation__path", paths_of(user)))

    def for_list(self):
        from reports.models import Paper

        whole = self.select_related(*Paper.ABOUT, "organisation", "requested_by", "asked_by")
        return whole.prefetch_related("files").defer("figures").order_by("-pk")

    def matching(self, text):
        """Papers whose kind, organisation or number contains `text`, diacritics aside."""
        if not (wanted := search_text(text)):
            return self
        kinds = [kind for kind, label in PaperKind.choices if wanted in search_text(label)]
        found = Q(kind__in=kinds) | Q(organisation__search_text__contains=wanted) | Q(term__label__contains=wanted)
        return self.filter(found | Q(number=int(wanted)) if wanted.isdecimal() and len(wanted) < 5 else found)

    def standing(self, word):
        """Papers as people speak of them: issued, draft, active (waiting or being made) or failed (or given up)."""
        return self.filter(
            {
                "issued": Q(state=PaperState.DONE, issued_at__isnull=False),
                "draft": Q(state=PaperState.DONE, issued_at=None),
                "active": Q(state__in=ACTIVE_STATES),
                "failed": Q(state__in=(PaperState.FAILED, PaperState.CANCELLED)),
            }[word]
        )

    def under_way(self):
        return self.filter(state__in=ACTIVE_STATES)

    def asked_by(self, user):
        """Papers whose making `user` asked for last."""
        return self.filter(Q(asked_by=user) | Q(asked_by=None, requested_by=user))
