"""The numbers and dates of a member's record (rules M1 to M3): what must hold, what is only doubtful, each with its source."""

import re
from datetime import date

from django.core.exceptions import ValidationError

from khoi_party.rules import Citation, Confidence

CARDS = Citation("Hướng dẫn số 12-HD/BTCTW", date(2022, 1, 18), "mục II.2")
EXCHANGE = date(2025, 8, 8)  # the exchange of cards (CT 51-CT/TW); whether its cards keep eight digits was not found
CARD_SHAPE = re.compile(r"\d{2}\.(?!000000)\d{6}", re.ASCII)
RECORD_SHAPE = re.compile(r"\d{6} ?[A-ZĐ]{1,3}")
IDENTITY_SHAPE = re.compile(r"\d{12}", re.ASCII)


def card_number_problem(number, issued_on=None):
    """(sentence, Confidence) against a card number, None where there is none. Eight digits as 12.345678 are sure for cards issued before
    the exchange of 2025 (or on a day not known); a later card is only doubted."""
    if not number or CARD_SHAPE.fullmatch(number):
        return None
    later = issued_on is not None and issued_on >= EXCHANGE
    sentence = "Số thẻ đảng viên gồm hai chữ số, dấu chấm và sáu chữ số khác 000000, ví dụ 12.345678."
    return sentence, Confidence.SECONDARY if later else Confidence.VERIFIED


def record_number_problem(number):
    """(sentence, Confidence) against a lý lịch number: six digits and one to three letters, by a secondary source only."""
    if not number or RECORD_SHAPE.fullmatch(number):
        return None
    return "Số lý lịch thường gồm sáu chữ số và một đến ba chữ cái in hoa, ví dụ 012345VP.", Confidence.SECONDARY


def identity_number_shape(number):
    """Validator: twelve digits."""
    if number and not IDENTITY_SHAPE.fullmatch(number):
        raise ValidationError("Số căn cước gồm 12 chữ số.")


def whole_number(text):
    """The card, lý lịch or identity number that somebody typed, as the record keeps it (12345678 as 12.345678); "" for anything else."""
    typed = "".join(text.split()).upper()
    if re.fullmatch(r"\d{8}", typed, re.ASCII):
        return f"{typed[:2]}.{typed[2:]}"
    return typed if any(shape.fullmatch(typed) for shape in (CARD_SHAPE, RECORD_SHAPE, IDENTITY_SHAPE)) else ""
