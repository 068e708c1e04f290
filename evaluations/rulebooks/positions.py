"""Who leads, as far as the words of a post say it: the regulations part members into those who hold a leading post and those who do not."""

import re

LEADING = ("trưởng", "phó", "chánh", "giám đốc", "chủ tịch", "chủ nhiệm", "bí thư", "tổng biên tập")
_LEADING = re.compile(rf"\b({'|'.join(LEADING)})\b")


def leads(position):
    """Whether `position` (chức vụ, as written on the row) names a leading or managing post. "Chuyên viên chính" does not."""
    return bool(_LEADING.search(position.casefold()))
