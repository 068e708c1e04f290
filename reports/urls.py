from django.urls import path

from .views import differences, issuing, making, papers, words

app_name = "reports"
urlpatterns = [
    path("", papers.report_list, name="report_list"),
    path("queue/", making.report_queue, name="report_queue"),
    path("new/", papers.report_kinds, name="report_kinds"),
    path("new/<slug:kind>/", papers.report_new, name="report_new"),
    path("<int:pk>/", papers.report_detail, name="report_detail"),
    path("<int:pk>/download/<slug:kind>/", papers.report_download, name="report_download"),
    path("<int:pk>/cancel/", making.report_cancel, name="report_cancel"),
    path("<int:pk>/retry/", making.report_retry, name="report_retry"),
    path("<int:pk>/reset/<slug:figures>/", making.report_reset, name="report_reset"),
    path("<int:pk>/marks/", issuing.report_marks, name="report_marks"),
    path("<int:pk>/issue/", issuing.report_issue, name="report_issue"),
    path("<int:pk>/differences/", differences.report_differences, name="report_differences"),
    path("<int:pk>/words/<slug:place>/", words.report_words, name="report_words"),
    path("<int:pk>/words/<slug:place>/<int:version>/restore/", words.report_words_restore, name="report_words_restore"),
    path("<int:pk>/rows/<slug:topic>/", papers.report_rows, name="report_rows"),
]
