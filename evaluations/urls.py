from django.urls import path

from .views import cycles, decisions, history, reasons, registrations, settings, sheets

app_name = "evaluations"
urlpatterns = [
    path("", cycles.cycle_list, name="cycle_list"),
    path("open/", cycles.cycle_open, name="cycle_open"),
    path("<int:pk>/", cycles.cycle_detail, name="cycle_detail"),
    path("<int:pk>/open-review/", cycles.review_open, name="review_open"),
    path("<int:pk>/stages/", cycles.cycle_stages, name="cycle_stages"),
    path("<int:pk>/guidance/", cycles.cycle_guidance, name="cycle_guidance"),
    path("<int:pk>/close/", cycles.cycle_close, name="cycle_close"),
    path("<int:pk>/reopen/", cycles.cycle_reopen, name="cycle_reopen"),
    path("<int:pk>/registrations/", registrations.registration_list, name="registration_list"),
    path("settings/<int:pk>/", settings.setting_list, name="setting_list"),
    path("settings/<int:pk>/<slug:key>/", settings.setting_change, name="setting_change"),
    path("organisations/<int:pk>/", history.organisation_years, name="organisation_years"),
    path("registrations/<int:pk>/", registrations.registration_detail, name="registration_detail"),
    path("registrations/<int:pk>/note/", registrations.registration_note, name="registration_note"),
    path("registrations/<int:pk>/return/", registrations.registration_return, name="registration_return"),
    path("reviews/<int:pk>/why/", reasons.review_why, name="review_why"),
    path("sheets/<int:pk>/", sheets.sheet_detail, name="sheet_detail"),
    path("sheets/<int:pk>/cell/", sheets.cell_save, name="cell_save"),
    path("sheets/<int:pk>/save/", sheets.sheet_save, name="sheet_save"),
    path("sheets/<int:pk>/submit/", sheets.sheet_submit, name="sheet_submit"),
    path("sheets/<int:pk>/accept/", sheets.sheet_accept, name="sheet_accept"),
    path("sheets/<int:pk>/return/", sheets.sheet_return, name="sheet_return"),
    path("sheets/<int:pk>/propose/", sheets.sheet_propose, name="sheet_propose"),
    path("sheets/<int:pk>/roster/", sheets.sheet_roster, name="sheet_roster"),
    path("<int:cycle_pk>/bodies/<int:body_pk>/", sheets.body_grid, name="body_grid"),
    path("<int:cycle_pk>/decisions/<int:body_pk>/new/", decisions.decision_new, name="decision_new"),
    path("decisions/<int:pk>/", decisions.decision_detail, name="decision_detail"),
    path("decisions/<int:pk>/propose/", decisions.decision_propose, name="decision_propose"),
    path("decisions/<int:pk>/discard/", decisions.decision_discard, name="decision_discard"),
    path("decisions/<int:pk>/withdraw/", decisions.decision_withdraw, name="decision_withdraw"),
    path("decisions/<int:pk>/publish/", decisions.decision_publish, name="decision_publish"),
]
