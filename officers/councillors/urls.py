"""Addresses of councillors, as staff keep them."""

from django.urls import path

from . import views

app_name = "councillors"
urlpatterns = [
    path("", views.councillor_list, name="list"),
    path("new/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/end/", views.end, name="end"),
    path("<int:pk>/remove/", views.remove, name="remove"),
]
