from django.urls import URLPattern

app_name = "taras"
urlpatterns: list[URLPattern] = []
