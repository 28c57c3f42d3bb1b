from django.urls import path

from . import views

app_name = "register"
urlpatterns = [
    path("", views.patch_list, name="list"),
    path("new/", views.patch_create, name="create"),
    path("no-patch/", views.unplaced_list, name="unplaced"),
    path("move/", views.move_homes, name="move_homes"),
    path("moves/", views.move_list, name="move_list"),
    path("moves/<int:pk>/", views.move_detail, name="move_detail"),
    path("moves/<int:pk>/undo/", views.move_undo, name="move_undo"),
    path("<int:pk>/", views.patch_detail, name="detail"),
    path("<int:pk>/edit/", views.patch_edit, name="edit"),
    path("<int:pk>/close/", views.patch_close, name="close"),
    path("<int:pk>/walk/", views.patch_walk, name="walk"),
    path("<int:pk>/map/", views.patch_map, name="map"),
]
