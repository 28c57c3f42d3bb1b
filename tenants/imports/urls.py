from django.urls import path

from . import downloads, views

app_name = "imports"
urlpatterns = [
    path("", views.import_list, name="list"),
    path("upload/", views.upload, name="upload"),
    path("columns/", views.column_help, name="help"),
    path("templates/<str:kind>.<str:suffix>", downloads.template, name="template"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/columns/", views.columns, name="columns"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
    path("<int:pk>/start-again/", views.start_again, name="start_again"),
    path(
        "<int:pk>/failed-rows.<str:suffix>", downloads.failed_rows, name="failed_rows"
    ),
]
