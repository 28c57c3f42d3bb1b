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
    path("<int:pk>/notices/", views.notice_list, name="notices"),
    path("<int:pk>/notices/new/", views.notice_send, name="notice_send"),
    path("<int:pk>/notices/sheet.pdf", views.notice_pdf, name="notice_pdf"),
    path("<int:pk>/notices/<int:sending_pk>/", views.notice_detail, name="notice"),
    path(
        "<int:pk>/notices/<int:sending_pk>/pdf/",
        views.notice_sent_pdf,
        name="notice_sent_pdf",
    ),
    path(
        "<int:pk>/notices/<int:sending_pk>/again/",
        views.notice_again,
        name="notice_again",
    ),
    path("<int:pk>/contacts/add/", views.contact_add, name="contact_add"),
]
