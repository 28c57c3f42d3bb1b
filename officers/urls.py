"""Addresses of people who do the work."""

from django.urls import include, path

app_name = "officers"
urlpatterns = [
    path("officers/", include("officers.directory.urls")),
    path("teams/", include("officers.teams.urls")),
    path("assignments/", include("officers.assignments.urls")),
    path("councillors/", include("officers.councillors.urls")),
    path("drop-ins/", include("officers.drop_ins.urls")),
    path("notices/", include("officers.notices.urls")),
    path("", include("officers.who_answers.urls")),
    path("account/", include("officers.accounts.urls")),
]
