from django.urls import include, path

urlpatterns = [
    path("", include("khoi_party.desk.urls")),
    path("account/", include("khoi_party.accounts.urls")),
    path("organisations/", include("cells.urls")),
    path("members/", include("members.urls")),
    path("evaluations/", include("evaluations.urls")),
    path("reports/", include("reports.urls")),
]
