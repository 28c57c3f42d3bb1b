"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("tenants.home.urls")),
    path("search/", include("tenants.search.urls")),
    path("imports/", include("tenants.imports.urls")),
    path("", include("patches.urls")),
    path("", include("officers.urls")),
    path("", include("tenants.urls")),
    path("accounts/", include("officers.accounts.sign_in_urls")),
    path("admin/", admin.site.urls),
]
