"""Addresses of who answers for which patch."""

from django.urls import path

from . import views

app_name = "assignments"
urlpatterns = [
    path("", views.board, name="board"),
    path("without-an-officer/", views.unassigned, name="unassigned"),
    path("cover/", views.cover, name="cover"),
    path("reassign/", views.bulk, name="bulk"),
    path("patches/<int:patch_id>/", views.history, name="history"),
    path("patches/<int:patch_id>/assign/", views.assign, name="assign"),
    path("patches/<int:patch_id>/vacancy/", views.vacancy, name="vacancy"),
    path("<int:pk>/done/", views.done, name="done"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/end-cover/", views.end_cover, name="end_cover"),
]
