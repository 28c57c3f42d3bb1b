"""Addresses of households."""

from django.urls import path

from . import views

app_name = "households"
urlpatterns = [
    path("", views.household_list, name="list"),
    path("<int:pk>/", views.household_detail, name="detail"),
    path("<int:pk>/needs/", views.edit_needs, name="edit_needs"),
    path(
        "<int:pk>/correspondence-address/",
        views.correspondence_address,
        name="correspondence_address",
    ),
    path("<int:pk>/do-not-write/", views.do_not_write, name="do_not_write"),
    path(
        "<int:pk>/do-not-write/lift/",
        views.lift_do_not_write,
        name="lift_do_not_write",
    ),
    path("<int:pk>/safe-contact/", views.safe_contact, name="safe_contact"),
    path(
        "<int:pk>/safe-contact/lift/",
        views.lift_safe_contact,
        name="lift_safe_contact",
    ),
]
