"""A date of which an old file may know only the month or the year."""

import re
from datetime import date

from django.core.exceptions import ValidationError

from khoi_party.common.forms import FIRST_YEAR, LAST_YEAR, DateField
from members.enums import Precision

PARTIAL = re.compile(r"(?:(?P<month>\d{1,2})[-/.])?(?P<year>\d{4})", re.ASCII)


class PartialDateField(DateField):
    """d/m/Y, m/Y or Y. Gives (first day of what is known, Precision) or None."""

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, tuple):
            return value or None
        found = PARTIAL.fullmatch("".join(str(value).split()))
        if not found:
            return super().to_python(value), Precision.DAY
        year, month = int(found["year"]), int(found["month"] or 1)
        if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
            raise ValidationError("Tháng hoặc năm không có thật. Hãy ghi như 02/1985 hoặc 1985.", code="unreal")
        return date(year, month, 1), Precision.MONTH if found["month"] else Precision.YEAR
