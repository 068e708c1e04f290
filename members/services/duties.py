"""Months in which a member missed the meeting or the dues without a reason: kept per year, the basis of a reminder only."""

from django.core.exceptions import PermissionDenied

from khoi_party.audit.services import change, record
from khoi_party.common.database import locked
from khoi_party.common.dates import today
from khoi_party.common.errors import DomainError
from members.enums import Duty
from members.models import Member, MissedMonth
from members.permissions import can_edit_member


def missed_of(member, year):
    """{duty: the months of `year` in order}."""
    found = {duty: [] for duty in Duty}
    for duty, month in MissedMonth.objects.filter(member=member, year=year).order_by("month").values_list("duty", "month"):
        found[Duty(duty)].append(month)
    return found


def save_missed(member, year, months, *, by):
    """Keep which months of `year` were missed: `months` {Duty: months 1 to 12}; a month left out is taken off again. Returns how many changed.

    DomainError for a month that has not begun. Điều lệ Đảng, Điều 8.1: three of one kind in a calendar year are a reason to consider.
    """
    if not can_edit_member(by, member):
        raise PermissionDenied
    day = today()
    if any((year, month) > (day.year, day.month) for each in months.values() for month in each):
        raise DomainError(f"Chưa đến tháng đó: hôm nay là tháng {day.month}/{day.year}.")
    with change(by=by):
        locked(Member.objects.filter(pk=member.pk)).get()
        rows = MissedMonth.objects.filter(member=member, year=year)
        before = set(rows.values_list("duty", "month"))
        after = {(str(duty), month) for duty, each in months.items() for month in each}
        for duty, month in before - after:
            rows.filter(duty=duty, month=month).delete()
        MissedMonth.objects.bulk_create(
            MissedMonth(member=member, duty=duty, year=year, month=month, recorded_by=by) for duty, month in sorted(after - before)
        )
        changed = len(before ^ after)
        if changed:
            told = {"year": year, "changed": changed}
            record("member.missed_months", member, summary=f"Ghi tháng không sinh hoạt, đảng phí năm {year}.", organisation=member.cell, **told)
    return changed
