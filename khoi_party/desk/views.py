from django.shortcuts import render

from cells.enums import READING_ROLES, Role
from cells.models import Organisation, Term
from cells.scope import roles_of
from evaluations.models import Cycle
from khoi_party.common.dates import today
from members.models import Member
from members.quality_facts import errors_in_own_units
from reports.charts import bullet_bars
from reports.figures.targets import progress
from reports.papers.term_targets import bullets

from .tasks import tasks_of, waiting_of

MOST = 20


def home(request):
    cycle = Cycle.objects.visible_to(request.user).open().prefetch_related("stages").first()
    context = {
        "tasks": tasks_of(request.user),
        "waiting": waiting_of(request.user),
        "cycle": cycle,
        "stages": cycle.stages.all() if cycle else [],
        "today": today(),
        "standing": standing_of(request.user),
        "keeps_records": any(assignment.role in (Role.STAFF, Role.SECRETARY) for assignment in roles_of(request.user)),
    }
    return render(request, "desk/home.html", context)


def quality_line(request):
    """The home page's line about records: asked after the page is there, because all rules over all members take longer than a page may."""
    return render(request, "desk/_quality.html", {"errors": errors_in_own_units(request.user, today())})


def standing_of(user):
    """The running term of the committee one works for, how its targets stand, and their picture: (term, bullets, picture), or None."""
    mine = [assignment.organisation_id for assignment in roles_of(user) if assignment.role in (Role.STAFF, Role.LEADER, Role.INSPECTOR)]
    day = today()
    running = Term.objects.filter(organisation__in=mine, first_year__lte=day.year, last_year__gte=day.year, targets__isnull=False)
    term = running.select_related("organisation").order_by("organisation__path").first()
    if term is None:
        return None
    shown = bullets(progress(term, day))
    title = "; ".join(f"{bullet.label}: {bullet.value_text}, {bullet.outcome.lower()}" for bullet in shown)
    desc = "Mỗi chỉ tiêu một thanh: thanh đậm là kết quả, vạch đứng hoặc khoảng nhạt là chỉ tiêu."
    return term, shown, bullet_bars(shown, title=title, desc=desc)


def search(request):
    """Organisations by a part of their name, present or former, members by words of theirs or a whole number; asked by POST, since a name
    belongs into no address."""
    wanted = " ".join(request.POST.get("q", "").split())[:100]
    organisations = members = ()
    if wanted:
        found = Organisation.objects.visible_to(request.user).matching(wanted).found_by(wanted)
        organisations = found.select_related("parent").order_by("dissolved_on", "path")[: MOST + 1]
        members = Member.objects.visible_to(request.user).matching(wanted).spelled_first(wanted).select_related("cell__parent")[: MOST + 1]
    reads = any(assignment.role in READING_ROLES for assignment in roles_of(request.user))
    context = {"wanted": wanted, "organisations": organisations, "members": members, "reads": reads, "most": MOST}
    return render(request, "desk/search.html", context)
