from django.shortcuts import render

from evaluations.models import Cycle
from khoi_party.common.dates import today

from .tasks import tasks_of


def home(request):
    cycle = Cycle.objects.visible_to(request.user).open().prefetch_related("stages").first()
    context = {"tasks": tasks_of(request.user), "cycle": cycle, "stages": cycle.stages.all() if cycle else [], "today": today()}
    return render(request, "desk/home.html", context)
