"""Addresses of patch designs (`patches:designs:…`, `patches:workload:…`)."""

from django.urls import include, path

from . import adjusting, core, deciding, reviewing, rules, workload

_DESIGNS = [
    *core.urlpatterns,
    *rules.urlpatterns,
    *adjusting.urlpatterns,
    *deciding.urlpatterns,
    *reviewing.urlpatterns,
]

urlpatterns = [
    path("designs/", include((_DESIGNS, "designs"))),
    path("workload/", include((workload.urlpatterns, "workload"))),
]
