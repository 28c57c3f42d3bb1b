"""Assumption sets and the work of homes."""

from django.urls import path

from patches.design.views import assumptions, rates, work_types, workload

_SETS = [
    path("sets/", assumptions.set_list, name="set_list"),
    path("sets/start/", assumptions.set_start, name="set_start"),
    path("sets/compare/", assumptions.set_compare, name="set_compare"),
    path("sets/<int:pk>/", assumptions.set_detail, name="set_detail"),
    path("sets/<int:pk>/copy/", assumptions.set_copy, name="set_copy"),
    path("sets/<int:pk>/edit/", assumptions.set_edit, name="set_edit"),
    path(
        "sets/<int:pk>/make-default/",
        assumptions.set_make_default,
        name="set_make_default",
    ),
    path("sets/<int:pk>/archive/", assumptions.set_archive, name="set_archive"),
]

_RATES = [
    path("sets/<int:pk>/work/add/", rates.rate_add, name="rate_add"),
    path("sets/<int:pk>/work/<int:rate_pk>/", rates.rate_edit, name="rate_edit"),
    path(
        "sets/<int:pk>/work/<int:rate_pk>/remove/",
        rates.rate_remove,
        name="rate_remove",
    ),
    path(
        "sets/<int:pk>/work/<int:rate_pk>/rates/add/",
        rates.area_rate_add,
        name="area_rate_add",
    ),
    path(
        "sets/<int:pk>/work/<int:rate_pk>/rates/<int:area_rate_pk>/remove/",
        rates.area_rate_remove,
        name="area_rate_remove",
    ),
]

_TYPES = [
    path("types/", work_types.work_type_list, name="work_type_list"),
    path("types/add/", work_types.work_type_add, name="work_type_add"),
    path("types/<int:pk>/", work_types.work_type_edit, name="work_type_edit"),
    path(
        "types/<int:pk>/remove/", work_types.work_type_remove, name="work_type_remove"
    ),
]

urlpatterns = [
    path("", workload.service, name="home"),
    path("wards/<int:pk>/", workload.ward, name="ward"),
    path("patches/<int:pk>/", workload.patch, name="patch"),
    path("blocks/<int:pk>/", workload.block, name="block"),
    path("homes/<int:pk>/", workload.home, name="property"),
    *_SETS,
    *_RATES,
    *_TYPES,
]
