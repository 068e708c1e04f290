"""The lists behind the figures of a summary of registrations: the units of one kind, all, registered, of one level, or not registered."""

from cells.enums import BASE_KINDS, OrganisationKind
from evaluations.models import Registration
from evaluations.rulebooks import rulebook_for
from khoi_party.common.excel import Column
from reports.figures.registered import SENT
from reports.figures.rows import Behind

ALL, BASES = "all", "bases"
SENT_ONLY, NOT_SENT = "-sent", 0


def list_behind(figures, user, topic, level):
    """The Behind of one figure of `figures` (reports.figures.registered.Aims); None for a topic that has no list.

    `topic` is a kind of organisation, BASES or ALL, with SENT_ONLY after it for those who registered; level 0: those who have not.
    """
    kind = topic.removesuffix(SENT_ONLY)
    kinds = {ALL: OrganisationKind.values, BASES: BASE_KINDS}.get(kind, [kind])
    if not set(kinds) <= set(OrganisationKind.values):
        return None
    book = rulebook_for(figures.year)
    units = [unit.organisation_id for unit in figures.units if unit.kind in kinds]
    rows = Registration.objects.visible_to(user).filter(cycle=figures.cycle_id, organisation__in=units)
    if level == NOT_SENT:
        rows = rows.exclude(state__in=SENT)
    elif level is not None or topic.endswith(SENT_ONLY):
        rows = rows.filter(state__in=SENT, **({"level": level} if level else {}))
    what = {None: "đã đăng ký" if topic.endswith(SENT_ONLY) else "tất cả", NOT_SENT: "chưa đăng ký"}.get(level) or book.level_name(
        level, "organisation"
    )
    return Behind(
        f"Đăng ký năm {figures.year}: {what[0].lower()}{what[1:]}",
        rows.select_related("organisation").order_by("organisation__path"),
        (
            Column("Tổ chức đảng", lambda row: row.organisation.name, width=48),
            Column("Gửi", lambda row: row.superior_name, width=40),
            Column("Mức đăng ký", lambda row: book.level_name(row.level, "organisation") if row.state in SENT else "Chưa đăng ký", width=32),
            Column("Trạng thái", lambda row: row.get_state_display(), width=18),
        ),
    )
