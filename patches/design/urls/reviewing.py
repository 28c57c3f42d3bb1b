"""Modelled against actual, drift, and the review after a year."""

from django.urls import URLPattern, path

from patches.design.views import actual_work, drift, reviews

urlpatterns: list[URLPattern] = [
    path("actual/", actual_work.actual, name="actual"),
    path("actual/patches/", actual_work.actual_patches, name="actual_patches"),
    path("actual/patches/<int:pk>/", actual_work.actual_patch, name="actual_patch"),
    path("drift/", drift.drift, name="drift"),
    path("reviews/", reviews.review_list, name="reviews"),
    path("<int:pk>/review/", reviews.review, name="review"),
    path("<int:pk>/review/freeze/", reviews.review_freeze, name="review_freeze"),
    path(
        "<int:pk>/review/proposals/", reviews.review_proposals, name="review_proposals"
    ),
    path("<int:pk>/review/decide/", reviews.review_decide, name="review_decide"),
    path("<int:pk>/review/evidence.pdf", reviews.review_pdf, name="review_pdf"),
]
