"""What migrations that make something new say of who may do what with it."""

from collections.abc import Mapping
from typing import Any

ACTIONS = ("add", "change", "delete", "view")


def grant(apps: Any, schema_editor: Any, granted: Mapping[str, tuple[str, ...]]) -> None:
    """Give groups that are there permissions such as «view_job»; a group that was renamed or deleted gets nothing.

    Permissions are made after the last migration; those that are needed are made here, under the same names.
    """
    database = schema_editor.connection.alias
    for name, codenames in granted.items():
        group = apps.get_model("auth", "Group").objects.using(database).filter(name=name).first()
        if group:
            group.permissions.add(*(_permission(apps, database, codename) for codename in codenames))


def _permission(apps: Any, database: str, codename: str) -> Any:
    """The permission of a code: one of the four that every model has, or one of a model's own."""
    named = {
        code: (model, name)
        for model in apps.get_app_config("articles").get_models()
        for code, name in (
            *((f"{action}_{model._meta.model_name}", f"Can {action} {model._meta.verbose_name}") for action in ACTIONS),
            *model._meta.permissions,
        )
    }
    model, name = named[codename]
    kind, _made = (
        apps.get_model("contenttypes", "ContentType")
        .objects.using(database)
        .get_or_create(app_label="articles", model=model._meta.model_name)
    )
    permission, _made = (
        apps.get_model("auth", "Permission")
        .objects.using(database)
        .get_or_create(content_type=kind, codename=codename, defaults={"name": name})
    )
    return permission
