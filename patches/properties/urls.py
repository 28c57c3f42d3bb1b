"""Addresses of homes and blocks."""

from django.urls import path

from . import block_views, views

app_name = "properties"
urlpatterns = [
    path("<int:pk>/", views.property_detail, name="detail"),
    path("blocks/<int:pk>/", block_views.block_detail, name="block"),
]
