"""Designs: listing, making, drawing, comparing."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
