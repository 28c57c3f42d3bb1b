"""Addresses of ward teams."""

from django.urls import path

from . import views

app_name = "teams"
urlpatterns = [
    path("", views.team_list, name="list"),
    path("new/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/wards/add/", views.give_ward, name="give_ward"),
    path("<int:pk>/members/add/", views.add_member, name="add_member"),
    path("<int:pk>/leader/", views.set_leader, name="set_leader"),
    path("members/<int:pk>/end/", views.end_membership, name="end_membership"),
]
