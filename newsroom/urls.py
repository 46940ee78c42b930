"""Every address of the site: the reading room and the editors' desk."""

from django.contrib import admin
from django.urls import include, path

admin.autodiscover()

urlpatterns = [
    path("", include("articles.urls")),
    path("admin/", admin.site.urls),
]

handler500 = "articles.views.errors.server_error"
