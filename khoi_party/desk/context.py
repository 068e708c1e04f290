"""What the frame of every page shows: the functions one has, whom one acts for, whether the data are an illustration."""

from django.urls import NoReverseMatch, reverse

from cells.enums import READING_ROLES, Role
from cells.models import DatedSetting
from cells.scope import roles_of
from khoi_party.accounts.models import User

NAVIGATION = (
    ("Việc cần làm", "desk:home", None),
    ("Tổ chức đảng", "cells:organisation_list", None),
    ("Đảng viên", "members:member_list", READING_ROLES),
    ("Kết nạp", "members:admission_board", READING_ROLES),
    ("Đánh giá, xếp loại", "evaluations:cycle_list", READING_ROLES),
    ("Khen thưởng", "evaluations:commendation_list", READING_ROLES),
    ("Báo cáo", "reports:report_list", READING_ROLES),
    ("Quản trị", "cells:account_list", (Role.ADMINISTRATOR,)),
)


def frame(request):
    user = getattr(request, "user", None)
    if not user or not user.is_authenticated:
        return {"nav_items": [], "acting": "", "is_demo": False, "text_size": User.TextSize.NORMAL}
    roles = roles_of(user)
    return {
        "nav_items": _nav_items(request.path, {assignment.role for assignment in roles}),
        "acting": " · ".join(f"{a.get_role_display()}, {a.organisation.name}" for a in roles[:2]) or "Chưa được phân công vai trò",
        "is_demo": DatedSetting.objects.open().filter(key=DatedSetting.Key.DEMO).exists(),
        "text_size": user.text_size,
    }


def _nav_items(path, held):
    shown = [(label, url) for label, name, wanted in NAVIGATION if (url := _address(name)) and (wanted is None or held.intersection(wanted))]
    current = max((url for _, url in shown if path.startswith(url)), key=len, default=None)
    return [{"label": label, "url": url, "is_current": url == current and (url != "/" or path == "/")} for label, url in shown]


def _address(name):
    """The address of a page of the frame, or "" while an installation does not have it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
