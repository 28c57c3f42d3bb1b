from django.urls import path

from . import views

urlpatterns = [
    path("", views.search, name="search"),
    path("<str:key>/", views.search_results, name="search_results"),
    path("<str:key>/<slug:group>/", views.search_group, name="search_group"),
]
