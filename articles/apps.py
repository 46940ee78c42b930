"""The app's registration with Django."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from articles.checks import check_index_rules


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("الأرشيف")

    def ready(self) -> None:
        checks.register(check_index_rules)


class ArchiveAdminConfig(AdminConfig):
    """Django's admin with our own site; it stands here because articles.admin needs models to be ready."""

    default_site = "articles.admin.site.ArchiveAdminSite"
