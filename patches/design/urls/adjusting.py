"""Moving homes by hand in an alternative."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
