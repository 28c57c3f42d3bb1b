"""Assumption sets and the work of homes."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
