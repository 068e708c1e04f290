from django.urls import path

from . import views

app_name = "members"
urlpatterns = [
    path("", views.member_list, name="member_list"),
    path("<int:pk>/", views.member_detail, name="member_detail"),
    path("<int:pk>/edit/", views.member_edit, name="member_edit"),
    path("<int:pk>/event/", views.member_event, name="member_event"),
    path("events/<int:pk>/take-back/", views.event_take_back, name="event_take_back"),
    path("admit/<int:cell_pk>/", views.member_admit, name="member_admit"),
    path("transfer-in/<int:cell_pk>/", views.member_transfer_in, name="member_transfer_in"),
]
