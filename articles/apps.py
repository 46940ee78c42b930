"""The app's registration with Django."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks
from django.utils.translation import gettext_lazy as _

from articles.checks import check_index_rules


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("الأرشيف")

    def ready(self) -> None:
        checks.register(check_index_rules)


class ArchiveAdminConfig(SimpleAdminConfig):
    """Django's admin with our own site; it stands here because articles.admin needs models to be ready.

    The desk is imported with the addresses of the site, and before it is checked: most commands need neither, and with
    the readers of pages it would take a third of their memory and of the time until they begin.
    """

    default_site = "articles.admin.site.ArchiveAdminSite"

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_desk, checks.Tags.admin)


def check_desk(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[checks.CheckMessage]:
    """Django's own check of the admin, once the desk is there."""
    admin.autodiscover()
    return check_admin_app(app_configs, **options)
