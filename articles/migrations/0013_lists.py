"""What the lists of the desk are narrowed by: how sure an article's values are, what was corrected, and indexes."""

from typing import Any

from django.db import migrations, models

from articles.models.evidence import told_by

BATCH = 2000


def tell_of_evidence(apps: Any, schema_editor: Any) -> None:
    """Fill the two columns, rows with nothing to tell left as they are; no more than a batch in memory."""
    articles = apps.get_model("articles", "Article").objects.using(schema_editor.connection.alias)
    rows, last = articles.order_by("pk").values_list("pk", "evidence"), 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1][0]
        for key, evidence in batch:
            told = told_by(evidence)
            if any(value is not None for value in told.values()):
                articles.filter(pk=key).update(**told)


class Migration(migrations.Migration):

    dependencies = [("articles", "0012_jobs")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="confidence",
            field=models.FloatField(blank=True, editable=False, null=True, verbose_name="أقل ثقة"),
        ),
        migrations.AddField(
            model_name="article",
            name="corrected",
            field=models.PositiveSmallIntegerField(
                blank=True, editable=False, null=True, verbose_name="حقول صححها محرر"
            ),
        ),
        migrations.RunPython(tell_of_evidence, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-published_on", "-id"], name="article_in_time"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["language", "-published_on", "-id"], name="article_by_language"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("author", "")),
                fields=["-published_on", "-id"],
                name="article_without_author",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("title_is_derived", True)),
                fields=["-published_on", "-id"],
                name="article_title_derived",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("corrected__isnull", False)),
                fields=["-published_on", "-id"],
                name="article_corrected",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("confidence__isnull", False)),
                fields=["confidence", "-published_on", "-id"],
                name="article_in_doubt",
            ),
        ),
        migrations.AddIndex(
            model_name="importitem",
            index=models.Index(fields=["run", "article"], name="import_item_by_article"),
        ),
    ]
