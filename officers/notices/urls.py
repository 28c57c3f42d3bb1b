"""Addresses of what a ward's team prints, hands out and sends."""

from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("wards/<int:pk>/", views.ward_notices, name="ward"),
    path("wards/<int:pk>/brief/", views.ward_brief, name="brief"),
    path("wards/<int:pk>/sent/", views.sent_list, name="sent_list"),
    path("wards/<int:pk>/places/", views.ward_places, name="places"),
    path("wards/<int:pk>/places.pdf", views.place_posters_pdf, name="places_pdf"),
    path("wards/<int:pk>/<slug:kind>.pdf", views.ward_pdf, name="pdf"),
    path("sent/<int:pk>/", views.sent_detail, name="sent"),
    path("sent/<int:pk>/pdf/", views.sent_pdf, name="sent_pdf"),
    path("sent/<int:pk>/again/", views.sent_again, name="sent_again"),
]
