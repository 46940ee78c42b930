"""Accounts and groups, which Django brings along: their lists like all others, what they may do in the desk's words."""

from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.admin.desk import ListingAdmin

ACTIONS = {"view": _("الاطلاع"), "add": _("الإضافة"), "change": _("التعديل"), "delete": _("الحذف")}


def permission_name(permission: Permission) -> str:
    """What a permission allows, and to what; Django's own names of them are English.

    Those that a model adds to Django's four have names of ours.
    """
    action, _underline, _model = permission.codename.partition("_")
    model = permission.content_type.model_class()
    about = str(model._meta.verbose_name) if model else permission.content_type.model
    is_django_s = action in ACTIONS and permission.codename == f"{action}_{permission.content_type.model}"
    return f"{capfirst(about)}: {ACTIONS[action] if is_django_s else gettext(permission.name)}"


class PermissionsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return permission_name(obj)


class AccountsAdmin(ListingAdmin):
    """Boxes to tick, where Django has two lists moved about by a script that speaks English."""

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.remote_field.model is Permission:
            rows = Permission.objects.select_related("content_type")
            return PermissionsField(
                rows.order_by("content_type__app_label", "content_type__model", "pk"),
                label=capfirst(db_field.verbose_name),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        field = db_field.formfield(widget=forms.CheckboxSelectMultiple)
        field.help_text = ""
        return field
