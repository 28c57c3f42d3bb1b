"""Addresses of people who live there."""

from django.urls import include, path

app_name = "tenants"
urlpatterns = [
    path("households/", include("tenants.households.urls")),
    path("taras/", include("tenants.taras.urls")),
    path("letters/", include("tenants.letters.urls")),
]
