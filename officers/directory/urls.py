"""Addresses of officers."""

from django.urls import path

from . import views

app_name = "directory"
urlpatterns = [
    path("", views.OfficerList.as_view(), name="list"),
    path("new/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/leave/", views.leave, name="leave"),
    path("<int:pk>/photo/", views.photo, name="photo"),
    path("<int:pk>/signature/", views.signature, name="signature"),
]
