from django.db import models

from cells.scope import paths_of, within, within_or_above


class CycleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within_or_above("root__path", paths_of(user)))

    def open(self):
        return self.filter(closed_on__isnull=True)


class RegistrationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("organisation__path", paths_of(user)))


class SheetQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("organisation__path", paths_of(user)))


class ReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("sheet__organisation__path", paths_of(user)))

    def present(self):
        return self.filter(removed_at__isnull=True)


class OpinionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("review__sheet__organisation__path", paths_of(user)))


class OfBodyQuerySet(models.QuerySet):
    """Quota pools and decisions: seen by whoever sees the deciding body, and by the units below it."""

    def visible_to(self, user):
        return self.filter(within("body__path", paths_of(user)))


class DecisionItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("review__sheet__organisation__path", paths_of(user)))


class TallyQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(within("path", paths_of(user)))
