"""Addresses of drop-in sessions, as staff keep them."""

from django.urls import path

from . import views

app_name = "drop_ins"
urlpatterns = [
    path("", views.drop_in_list, name="list"),
    path("new/", views.create, name="create"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
