"""From proposal to publication."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
