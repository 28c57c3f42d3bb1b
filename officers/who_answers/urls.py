"""Addresses open to everybody; `middleware.PUBLIC_PATHS` names where they begin."""

from django.urls import path

from . import views

app_name = "who_answers"
urlpatterns = [
    path("who-is-my-officer/", views.start, name="start"),
    path("who-is-my-officer/embed/", views.embed, name="embed"),
    path("who-is-my-officer/wards/", views.ward_list, name="wards"),
    path("who-is-my-officer/wards/<str:code>/", views.ward_detail, name="ward"),
    path("who-is-my-officer/photos/<int:pk>/", views.photo, name="photo"),
    path("who-is-my-officer/colours.css", views.colours, name="colours"),
    path("api/who-answers/", views.who_answers, name="api"),
]
