from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("new/", views.report_kinds, name="report_kinds"),
    path("new/<slug:kind>/", views.report_new, name="report_new"),
    path("<int:pk>/", views.report_detail, name="report_detail"),
    path("<int:pk>/download/<slug:kind>/", views.report_download, name="report_download"),
    path("<int:pk>/cancel/", views.report_cancel, name="report_cancel"),
    path("<int:pk>/retry/", views.report_retry, name="report_retry"),
    path("<int:pk>/reset/<slug:figures>/", views.report_reset, name="report_reset"),
    path("<int:pk>/marks/", views.report_marks, name="report_marks"),
    path("<int:pk>/issue/", views.report_issue, name="report_issue"),
    path("<int:pk>/words/<slug:place>/", views.report_words, name="report_words"),
    path("<int:pk>/rows/<slug:topic>/", views.report_rows, name="report_rows"),
]
