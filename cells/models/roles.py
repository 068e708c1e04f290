from django.conf import settings
from django.db import models
from django.db.models import Q

from cells.enums import Role
from cells.querysets import RoleAssignmentQuerySet

from .dated import Dated, dates_in_order


class RoleAssignment(Dated):
    """Who acts for an organisation and everything below it (phân công vai trò)."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="role_assignments", verbose_name="tài khoản")
    role = models.CharField("vai trò", max_length=20, choices=Role)
    organisation = models.ForeignKey("cells.Organisation", models.RESTRICT, related_name="role_assignments", verbose_name="tổ chức đảng")
    board = models.ForeignKey("cells.AdvisingBoard", models.PROTECT, null=True, blank=True, related_name="people", verbose_name="ban tham mưu")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "vai trò"
        verbose_name_plural = "vai trò"
        constraints = [
            dates_in_order("role_dates_in_order"),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(valid_to__isnull=True),
                name="role_assigned_once",
                violation_error_message="Tài khoản này đang có vai trò đó ở tổ chức đảng này.",
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()} - {self.organisation}"
