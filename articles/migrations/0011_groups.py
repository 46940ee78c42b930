"""Four groups of accounts, with what each may do. Made once: an archive may change them afterwards."""

from typing import Any

from django.db import migrations

VIEWED = ("article", "articleversion", "source", "collection", "story", "capture", "synonymgroup", "synonymterm")
OF_IMPORTS = ("importrun", "importitem", "notcopies", "extractionrules", "repeatedline", "indexremoval")
ALL = (*VIEWED, *OF_IMPORTS, "takedown")
EDITED = ("article", "source", "collection", "story", "extractionrules", "repeatedline", "synonymgroup", "synonymterm")
DELETED = ("article", "source", "collection", "notcopies", "extractionrules", "synonymgroup", "synonymterm")


def each(action: str, models: tuple[str, ...]) -> set[str]:
    return {f"{action}_{model}" for model in models}


RESEARCHERS = each("view", VIEWED)
IMPORTERS = (
    RESEARCHERS
    | each("view", OF_IMPORTS)
    | each("add", ("source", "collection", "extractionrules"))
    | each("change", ("source", "collection", "extractionrules", "repeatedline"))
)
CURATORS = (
    IMPORTERS | each("view", ALL) | each("add", EDITED) | each("change", EDITED) | each("delete", DELETED)
) | {"publish_article"}
ADMINISTRATORS = CURATORS | {"take_down_article"}

GROUPS = {
    "باحثون": RESEARCHERS,
    "مستوردون": IMPORTERS,
    "محررون": CURATORS,
    "مديرون": ADMINISTRATORS,
}


def make_groups(apps: Any, schema_editor: Any) -> None:
    """Permissions are made after the last migration; those that are needed here are made here, under the same names."""
    database = schema_editor.connection.alias
    permissions = {}
    for model in apps.get_app_config("articles").get_models():
        kind, _made = (
            apps.get_model("contenttypes", "ContentType")
            .objects.using(database)
            .get_or_create(app_label="articles", model=model._meta.model_name)
        )
        named = {
            f"{action}_{model._meta.model_name}": f"Can {action} {model._meta.verbose_name}"
            for action in ("add", "change", "delete", "view")
        }
        for codename, name in (named | dict(model._meta.permissions)).items():
            permissions[codename], _made = (
                apps.get_model("auth", "Permission")
                .objects.using(database)
                .get_or_create(content_type=kind, codename=codename, defaults={"name": name})
            )
    for name, codenames in GROUPS.items():
        group, made = apps.get_model("auth", "Group").objects.using(database).get_or_create(name=name)
        if made:
            group.permissions.set([permissions[codename] for codename in sorted(codenames)])


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_the_desk"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
