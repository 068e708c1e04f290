from django.urls import path

from . import views

app_name = "cells"
urlpatterns = [
    path("", views.organisation_list, name="organisation_list"),
    path("<int:pk>/", views.organisation_detail, name="organisation_detail"),
    path("<int:pk>/found/", views.organisation_found, name="organisation_found"),
    path("<int:pk>/rename/", views.organisation_rename, name="organisation_rename"),
    path("<int:pk>/move/", views.organisation_move, name="organisation_move"),
    path("<int:pk>/close/", views.organisation_close, name="organisation_close"),
]
