"""Designs: listing, making, drawing, comparing."""

from django.urls import path

from patches.design.views import checks, designs, detail, drawing

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
]
