"""Addresses of places."""

from django.urls import include, path

app_name = "patches"
urlpatterns = [
    path("wards/", include("patches.wards.urls")),
    path("homes/", include("patches.properties.urls")),
    path("patches/", include("patches.register.urls")),
    path("", include("patches.design.urls")),
]
