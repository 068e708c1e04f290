from django.urls import path

from .views import accounts, boards, calendar, documents, numbers, organisations, terms, year_figures

app_name = "cells"
urlpatterns = [
    path("", organisations.organisation_list, name="organisation_list"),
    path("<int:pk>/", organisations.organisation_detail, name="organisation_detail"),
    path("<int:pk>/found/", organisations.organisation_found, name="organisation_found"),
    path("<int:pk>/rename/", organisations.organisation_rename, name="organisation_rename"),
    path("<int:pk>/move/", organisations.organisation_move, name="organisation_move"),
    path("<int:pk>/close/", organisations.organisation_close, name="organisation_close"),
    path("<int:pk>/terms/", terms.term_list, name="term_list"),
    path("<int:pk>/terms/new/", terms.term_new, name="term_new"),
    path("<int:pk>/figures/<int:year>/", year_figures.year_figures, name="year_figures"),
    path("<int:pk>/figures/<int:year>/unit/", year_figures.year_unit, name="year_unit"),
    path("<int:pk>/figures/<int:year>/tasks/", year_figures.year_tasks, name="year_tasks"),
    path("<int:pk>/calendar/", calendar.calendar_year, name="calendar_year"),
    path("<int:pk>/calendar/new/", calendar.calendar_new, name="calendar_new"),
    path("<int:pk>/boards/", boards.board_list, name="board_list"),
    path("<int:pk>/numbers/", numbers.number_list, name="number_list"),
    path("<int:pk>/numbers/new/", numbers.number_new, name="number_new"),
    path("<int:pk>/numbers/reserve/", numbers.number_reserve, name="number_reserve"),
    path("numbers/<int:pk>/void/", numbers.number_void, name="number_void"),
    path("boards/<int:pk>/end/", boards.board_end, name="board_end"),
    path("calendar/<int:pk>/remove/", calendar.calendar_remove, name="calendar_remove"),
    path("terms/<int:pk>/", terms.term_edit, name="term_edit"),
    path("terms/<int:pk>/targets/new/", terms.target_new, name="target_new"),
    path("targets/<int:pk>/", terms.target_edit, name="target_edit"),
    path("targets/<int:pk>/remove/", terms.target_remove, name="target_remove"),
    path("documents/<int:pk>/file/", documents.document_file, name="document_file"),
    path("accounts/", accounts.account_list, name="account_list"),
    path("accounts/new/", accounts.account_new, name="account_new"),
    path("accounts/<int:pk>/", accounts.account_detail, name="account_detail"),
    path("accounts/<int:pk>/reset/", accounts.account_reset, name="account_reset"),
    path("accounts/<int:pk>/lock/", accounts.account_lock, name="account_lock"),
    path("accounts/<int:pk>/unlock/", accounts.account_unlock, name="account_unlock"),
    path("roles/<int:pk>/end/", accounts.role_end, name="role_end"),
]
