"""Addresses of tenants' and residents' associations."""

from django.urls import path

from . import views

app_name = "taras"
urlpatterns = [
    path("", views.tara_list, name="list"),
    path("new/", views.tara_create, name="create"),
    path("<int:pk>/", views.tara_detail, name="detail"),
    path("<int:pk>/homes/", views.tara_homes, name="homes"),
    path("<int:pk>/edit/", views.tara_edit, name="edit"),
    path("<int:pk>/area/", views.tara_area, name="area"),
    path("<int:pk>/officers/", views.tara_officer, name="officer"),
    path("<int:pk>/committee/add/", views.role_add, name="role_add"),
    path("<int:pk>/committee/<int:role_pk>/end/", views.role_end, name="role_end"),
    path("<int:pk>/contacts/add/", views.contact_add, name="contact_add"),
]
