from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("new/", views.report_new, name="report_new"),
    path("<int:pk>/", views.report_detail, name="report_detail"),
    path("<int:pk>/download/", views.report_download, name="report_download"),
    path("<int:pk>/cancel/", views.report_cancel, name="report_cancel"),
    path("<int:pk>/retry/", views.report_retry, name="report_retry"),
    path("<int:pk>/rows/<slug:topic>/", views.report_rows, name="report_rows"),
]
