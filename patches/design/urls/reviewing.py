"""Modelled against actual, drift, and the review after a year."""

from django.urls import URLPattern, path

from patches.design.views import actual_work, drift

urlpatterns: list[URLPattern] = [
    path("actual/", actual_work.actual, name="actual"),
    path("actual/patches/", actual_work.actual_patches, name="actual_patches"),
    path("actual/patches/<int:pk>/", actual_work.actual_patch, name="actual_patch"),
    path("drift/", drift.drift, name="drift"),
]
