from django.urls import path

from . import views

app_name = "wards"
urlpatterns = [
    path("", views.ward_list, name="list"),
    path("<int:pk>/", views.ward_detail, name="detail"),
    path("<int:pk>/map/", views.ward_map, name="map"),
]
