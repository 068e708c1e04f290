"""The shapes that rules are written in. Pure: no database, no clock, no settings; the content stays in the apps."""

from dataclasses import dataclass
from datetime import date
from enum import Enum


class Confidence(Enum):
    """How well the project knows a clause. Only VERIFIED may forbid anything; all others warn or inform."""

    VERIFIED = "đã đọc nguyên văn"
    VERIFIED_EN = "đã đọc bản dịch tiếng Anh"
    SECONDARY = "theo nguồn thứ cấp"
    INFERRED = "suy luận"
    UNKNOWN = "chưa rõ"


@dataclass(frozen=True)
class Citation:
    """Where a rule stands: the document with its number, its date, the article."""

    document: str
    issued_on: date
    article: str = ""

    def __str__(self):
        place = f"{self.article}, " if self.article else ""
        return f"{place}{self.document}, ngày {self.issued_on:%d/%m/%Y}"
