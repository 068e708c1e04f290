"""What the frame of every page shows: the functions one has, whom one acts for, whether the data are an illustration."""

from django.urls import reverse

from cells.enums import READING_ROLES
from cells.models import DatedSetting
from cells.scope import roles_of
from khoi_party.accounts.models import User

NAVIGATION = (
    ("Việc cần làm", "desk:home", None),
    ("Tổ chức đảng", "cells:organisation_list", None),
    ("Đảng viên", "members:member_list", READING_ROLES),
    ("Đánh giá, xếp loại", "evaluations:cycle_list", READING_ROLES),
)


def frame(request):
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    roles = roles_of(user)
    held = {assignment.role for assignment in roles}
    shown = [(label, reverse(name)) for label, name, wanted in NAVIGATION if signed_in and (wanted is None or held.intersection(wanted))]
    current = max((url for _, url in shown if request.path.startswith(url)), key=len, default=None)
    return {
        "nav_items": [{"label": label, "url": url, "is_current": url == current} for label, url in shown],
        "acting": " · ".join(f"{a.get_role_display()}, {a.organisation.name}" for a in roles[:2]) or "Chưa được phân công vai trò",
        "is_demo": DatedSetting.objects.open().filter(key=DatedSetting.Key.DEMO).exists() if signed_in else False,
        "text_size": user.text_size if signed_in else User.TextSize.NORMAL,
    }
