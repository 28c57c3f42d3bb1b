from django.urls import URLPattern

app_name = "wards"
urlpatterns: list[URLPattern] = []
