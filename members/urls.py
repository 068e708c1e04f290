from django.urls import path

from .views import admissions, badges, discipline, movements, people

app_name = "members"
urlpatterns = [
    path("", people.member_list, name="member_list"),
    path("<int:pk>/", people.member_detail, name="member_detail"),
    path("<int:pk>/edit/", people.member_edit, name="member_edit"),
    path("<int:pk>/reveal/", people.member_reveal, name="member_reveal"),
    path("<int:pk>/discipline/", discipline.discipline_new, name="discipline_new"),
    path("discipline/<int:pk>/withdraw/", discipline.discipline_withdraw, name="discipline_withdraw"),
    path("<int:pk>/event/", movements.member_event, name="member_event"),
    path("<int:pk>/badges/", badges.member_badges, name="member_badges"),
    path("<int:pk>/break/", badges.member_break, name="member_break"),
    path("breaks/<int:pk>/remove/", badges.break_remove, name="break_remove"),
    path("admissions/", admissions.admission_board, name="admission_board"),
    path("admissions/new/<int:cell_pk>/", admissions.admission_new, name="admission_new"),
    path("admissions/<int:pk>/", admissions.admission_detail, name="admission_detail"),
    path("admissions/<int:pk>/close/", admissions.admission_close, name="admission_close"),
    path("admissions/<int:pk>/reopen/", admissions.admission_reopen, name="admission_reopen"),
    path("admissions/<int:pk>/step/<str:kind>/", admissions.admission_step, name="admission_step"),
    path("admissions/steps/<int:pk>/take-back/", admissions.admission_step_take_back, name="admission_step_take_back"),
    path("badges/", badges.badge_list, name="badge_list"),
    path("badges/propose/", badges.badge_propose, name="badge_propose"),
    path("badges/award/", badges.badge_award, name="badge_award"),
    path("badges/<int:pk>/withdraw/", badges.badge_withdraw, name="badge_withdraw"),
    path("events/<int:pk>/take-back/", movements.event_take_back, name="event_take_back"),
    path("admit/<int:cell_pk>/", movements.member_admit, name="member_admit"),
    path("transfer-in/<int:cell_pk>/", movements.member_transfer_in, name="member_transfer_in"),
]
