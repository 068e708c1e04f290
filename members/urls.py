from django.urls import path

from .views import discipline, duplicates, imports, movements, people

app_name = "members"
urlpatterns = [
    path("", people.member_list, name="member_list"),
    path("<int:pk>/", people.member_detail, name="member_detail"),
    path("<int:pk>/edit/", people.member_edit, name="member_edit"),
    path("<int:pk>/reveal/", people.member_reveal, name="member_reveal"),
    path("<int:pk>/discipline/", discipline.discipline_new, name="discipline_new"),
    path("discipline/<int:pk>/withdraw/", discipline.discipline_withdraw, name="discipline_withdraw"),
    path("<int:pk>/event/", movements.member_event, name="member_event"),
    path("events/<int:pk>/take-back/", movements.event_take_back, name="event_take_back"),
    path("admit/<int:cell_pk>/", movements.member_admit, name="member_admit"),
    path("transfer-in/<int:cell_pk>/", movements.member_transfer_in, name="member_transfer_in"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:pk>/header/", imports.import_header, name="import_header"),
    path("imports/<int:pk>/compare/", imports.import_compare, name="import_compare"),
    path("imports/<int:pk>/apply/", imports.import_apply, name="import_apply"),
    path("imports/<int:pk>/drop/", imports.import_drop, name="import_drop"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/refused/", imports.import_refused, name="import_refused"),
    path("imports/<int:pk>/explain/", imports.import_explain, name="import_explain"),
    path("imports/<int:pk>/close/", imports.import_close, name="import_close"),
    path("imports/<int:pk>/print/", imports.import_print, name="import_print"),
    path("imports/rows/<int:pk>/accept/", imports.import_accept, name="import_accept"),
    path("duplicates/", duplicates.duplicate_list, name="duplicate_list"),
    path("duplicates/<int:pk>/<int:other_pk>/", duplicates.duplicate_pair, name="duplicate_pair"),
]
