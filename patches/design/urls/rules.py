"""What a design must keep: rules and barriers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
