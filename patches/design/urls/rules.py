"""What a design must keep: rules and barriers."""

from django.urls import path

from patches.design.views import barriers, rules

_BARRIERS = [
    path("barriers/", barriers.barrier_list, name="barrier_list"),
    path("barriers/upload/", barriers.barrier_upload, name="barrier_upload"),
    path("barriers/<int:pk>/", barriers.barrier_detail, name="barrier_detail"),
    path("barriers/<int:pk>/map/", barriers.barrier_map, name="barrier_map"),
    path(
        "barriers/<int:pk>/archive/", barriers.barrier_archive, name="barrier_archive"
    ),
]

urlpatterns = [
    *_BARRIERS,
    path("<int:pk>/rules/", rules.rule_list, name="rule_list"),
    path("<int:pk>/rules/add/<slug:kind>/", rules.rule_add, name="rule_add"),
    path("<int:pk>/rules/<int:rule_pk>/", rules.rule_detail, name="rule_detail"),
    path("<int:pk>/rules/<int:rule_pk>/remove/", rules.rule_remove, name="rule_remove"),
]
