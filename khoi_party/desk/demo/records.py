"""What else stands in the records of the illustration: numbers, schooling, origin. Some of it is not known, and a few faults are on purpose.

All of it is drawn by an own generator, so that what the other modules draw stays as it is.
"""

import random
from datetime import date, timedelta

from members.enums import Background, Education, MemberState, Post, Precision, TheoryLevel
from members.models import Seat
from members.models.people import first_of

TODAY = date(2026, 11, 1)
SEED = 1930
ETHNICITIES = (("Kinh", 930), ("Tày", 22), ("Nùng", 14), ("Mường", 12), ("Sán Dìu", 10), ("Dao", 7), ("Thái", 5))
RELIGIONS = (("", 980), ("Phật giáo", 13), ("Công giáo", 7))
EDUCATIONS = ((Education.BACHELOR, 60), (Education.MASTER, 26), (Education.COLLEGE, 6), (Education.INTERMEDIATE, 5), (Education.DOCTOR, 3))
THEORY = ((TheoryLevel.INTERMEDIATE, 52), (TheoryLevel.PRIMARY, 25), (TheoryLevel.ADVANCED, 20), (TheoryLevel.BACHELOR, 3))
LANGUAGES = (("Tiếng Anh B", 45), ("Tiếng Anh C", 20), ("Tiếng Anh B1", 20), ("Tiếng Nga B", 8), ("Tiếng Trung B", 7))
SPECIALITIES = (
    "Quản lý công",
    "Luật",
    "Kế toán",
    "Tài chính - Ngân hàng",
    "Quản trị kinh doanh",
    "Công nghệ thông tin",
    "Xây dựng",
    "Y khoa",
    "Sư phạm",
)
OCCUPATIONS = ("Sinh viên", "Công chức", "Viên chức", "Giáo viên", "Bộ đội", "Công nhân")
COMMUNES = ("Đồng Tâm", "An Hòa", "Bình Minh", "Tân Tiến", "Hợp Thịnh", "Yên Lạc", "Quang Sơn", "Trung Nghĩa")
DISTRICTS = ("huyện Đông", "huyện Tây", "huyện Nam", "huyện Bắc", "thành phố tỉnh lỵ")
KNOWN = 0.94  # of what a record may lack
CARD_CODE, RECORD_LETTERS = "12", "MH"
IDENTITY_CODE = "099"  # no province has it: nobody's number
FAULTS_EACH = 3
WITHOUT_COMMITTEE = 5


def fill_records(members, first_number=1):
    """Fill `members` before they are saved; their numbers count from `first_number`, so that a second call needs another one."""
    chance = random.Random(SEED + first_number)  # noqa: S311  an illustration, nothing secret
    for number, one in enumerate(members, first_number):
        _fill(one, number, chance)


def _drawn(chance, shares):
    return chance.choices([value for value, _ in shares], [weight for _, weight in shares])[0]


def _fill(one, number, chance):
    def known(value, share=KNOWN):
        return value if chance.random() < share else ""

    one.ethnicity, one.religion = _drawn(chance, ETHNICITIES), _drawn(chance, RELIGIONS)
    one.home_town = known(f"Xã {chance.choice(COMMUNES)}, {chance.choice(DISTRICTS)} (minh họa)")
    one.identity_number = known(_identity_number(one, number), 0.9)
    one.general_education = known("12/12" if one.born_on.year >= 1972 else "10/10")
    one.education, one.theory_level = known(_drawn(chance, EDUCATIONS)), known(_drawn(chance, THEORY))
    one.speciality, one.foreign_language = known(chance.choice(SPECIALITIES), 0.85), known(_drawn(chance, LANGUAGES), 0.7)
    one.occupation_before = known(chance.choice(OCCUPATIONS), 0.85)
    one.background = _drawn(chance, ((Background.RETIRED, 1),) if one.is_exempt else (("", 94), (Background.ARMY, 4), (Background.POLICE, 2)))
    one.record_number = known(f"{number:06d}{RECORD_LETTERS}")
    issued_on = one.official_on and one.official_on + timedelta(chance.randint(30, 120))
    has_card = chance.random() < KNOWN
    if issued_on and issued_on <= TODAY and has_card:
        one.card_number, one.card_issued_on = f"{CARD_CODE}.{number:06d}", issued_on if chance.random() < KNOWN else None
    if one.admitted_on.year < 1996 and chance.random() < 0.08:
        one.decided_precision = chance.choice((Precision.MONTH, Precision.YEAR))
        one.decided_on = first_of(one.decided_on, one.decided_precision)
    if one.born_on.year < 1970 and chance.random() < 0.04:
        one.born_precision, one.born_on = Precision.YEAR, first_of(one.born_on, Precision.YEAR)
    one.fill_keys()


def _identity_number(one, number):
    century = 2 if one.born_on.year >= 2000 else 0
    return f"{IDENTITY_CODE}{century + (one.gender == 'female')}{one.born_on.year % 100:02d}{number:06d}"


def plant_faults(present):
    """A few records of `present` members with what the page of data quality is there to find; before they are saved."""
    fit = [one for one in present if one.state == MemberState.OFFICIAL and one.card_number and one.card_issued_on and one.record_number]
    chance = random.Random(SEED)  # noqa: S311
    rows = iter(chance.sample([one for one in fit if one.admitted_on.year >= 2012 and one.official_on.month < 10], 5 * FAULTS_EACH))

    def some():
        return [next(rows) for _ in range(FAULTS_EACH)]

    for one in some():
        one.card_number = one.card_number.replace(".", "")
        one.fill_keys()
    for one in some():
        one.card_issued_on = one.official_on - timedelta(20)
    for one in some():
        one.record_number = one.record_number[2:]
    for one in some():
        one.born_on = one.admitted_on.replace(year=one.admitted_on.year - 17, day=1)
    for one in some():
        one.born_on = None


def build_committees(present):
    """Members of the chi ủy of every cell with nine official members, but for some; in one of them sits somebody who is on probation."""
    chance = random.Random(SEED + 1)  # noqa: S311
    seated = set(Seat.objects.open().values_list("member", flat=True))
    of_cell = {}
    for one in sorted(present, key=lambda one: one.pk):
        of_cell.setdefault(one.cell_id, []).append(one)
    seats = []
    for number, people in enumerate(of_cell.values()):
        official = [one for one in people if one.state == MemberState.OFFICIAL]
        free = [one for one in official if one.pk not in seated]
        if len(official) < 9 or number < WITHOUT_COMMITTEE:
            continue
        seats += [_seat(one, position) for position, one in enumerate(chance.sample(free, min(len(free), 1 + len(official) // 12)), 3)]
    probationary = next(one for one in present if one.state == MemberState.PROBATIONARY)
    Seat.objects.bulk_create([*seats, _seat(probationary, 9)], batch_size=500)


def _seat(one, position):
    return Seat(member=one, organisation_id=one.cell_id, post=Post.COMMITTEE, position=position, valid_from=TODAY.replace(year=2025, month=6, day=1))
