"""Modelled against actual, drift, and the review after a year."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
