"""Designs: listing, making, drawing, comparing."""

from django.urls import path

from patches.design.views import (
    alternatives,
    checks,
    comparing,
    designs,
    detail,
    drawing,
    drawn_patches,
    equality,
    homes,
    summary,
)

_ALTERNATIVE = "<int:pk>/alternatives/<int:number>"
_PATCH = f"{_ALTERNATIVE}/patches/<int:patch_pk>"

urlpatterns = [
    path("", designs.design_list, name="list"),
    path("new/", designs.design_create, name="create"),
    path("new/<slug:kind>/", designs.design_create_for, name="create_for"),
    path("<int:pk>/", detail.design_detail, name="detail"),
    path("<int:pk>/edit/", designs.design_edit, name="edit"),
    path("<int:pk>/copy/", designs.design_copy, name="copy"),
    path("<int:pk>/draw/", drawing.design_draw, name="draw"),
    path(
        "<int:pk>/cancel-drawing/", drawing.design_cancel_drawing, name="cancel_drawing"
    ),
    path("<int:pk>/progress/", drawing.design_progress, name="progress"),
    path("<int:pk>/no-coordinates/", checks.no_coordinates_list, name="no_coordinates"),
    path("<int:pk>/compare/", comparing.compare_csv, name="compare_csv"),
    path("<int:pk>/eye/", homes.eye, name="eye"),
    path(f"{_ALTERNATIVE}/", alternatives.alternative_detail, name="alternative"),
    path(f"{_ALTERNATIVE}/summary/", summary.alternative_summary, name="summary"),
    path(f"{_ALTERNATIVE}/map/", alternatives.alternative_map, name="alternative_map"),
    path(f"{_ALTERNATIVE}/changes-map/", alternatives.changes_map, name="changes_map"),
    path(
        f"{_ALTERNATIVE}/split-streets/",
        alternatives.split_streets,
        name="split_streets",
    ),
    path(f"{_ALTERNATIVE}/homes/", homes.alternative_homes, name="homes"),
    path(f"{_ALTERNATIVE}/homes/<int:home_pk>/", homes.home_detail, name="home"),
    path(f"{_ALTERNATIVE}/equality/", equality.equality_check, name="equality"),
    path(f"{_PATCH}/", drawn_patches.patch_detail, name="patch"),
    path(f"{_PATCH}/map/", drawn_patches.patch_map, name="patch_map"),
    path(f"{_PATCH}/band/", drawn_patches.patch_band, name="patch_band"),
]
