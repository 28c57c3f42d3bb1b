"""Allauth's addresses, with those this service closes or does its own way."""

from django.urls import include, path
from django.views.generic import RedirectView

from . import views

urlpatterns = [
    path("login/", views.SignIn.as_view()),
    path("signup/", views.closed),
    path("email/", views.closed),
    path("confirm-email/", views.closed),
    path("confirm-email/<path:key>/", views.closed),
    path("sessions/", RedirectView.as_view(pattern_name="officers:accounts:sessions")),
    path("", include("allauth.urls")),
]
