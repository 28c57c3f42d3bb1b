"""Addresses of what a ward's team prints and hands out."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("wards/<int:pk>/", views.ward_notices, name="ward"),
    path("wards/<int:pk>/<slug:kind>.pdf", views.ward_pdf, name="pdf"),
]
