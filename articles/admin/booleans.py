"""Yes and no in lists and forms: Django's icons are named True and False, whatever the language."""

from django.contrib.admin.templatetags import admin_list
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

ICONS = {True: ("yes", _("نعم")), False: ("no", _("لا")), None: ("unknown", _("لا يُعرف"))}


def boolean_icon(value: bool | None) -> SafeString:
    icon, name = ICONS[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{icon}.svg"), name)


def name_icons() -> None:
    """Have Django's lists and forms use our icons: they have no hook, and ask for the function when they need it."""
    vars(admin_list)["_boolean_icon"] = boolean_icon
