"""What a design must keep: rules and barriers."""

from django.urls import path

from patches.design.views import barriers as views

urlpatterns = [
    path("barriers/", views.barrier_list, name="barrier_list"),
    path("barriers/upload/", views.barrier_upload, name="barrier_upload"),
    path("barriers/<int:pk>/", views.barrier_detail, name="barrier_detail"),
    path("barriers/<int:pk>/map/", views.barrier_map, name="barrier_map"),
    path("barriers/<int:pk>/archive/", views.barrier_archive, name="barrier_archive"),
]
