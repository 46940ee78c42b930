from django.db import migrations

from articles.importing.fingerprints import url_digest

BATCH = 1000


def fill(apps, schema_editor):
    """Give every capture the digest of its address, in batches by key."""
    captures = apps.get_model("articles", "Capture").objects.exclude(url="").only("pk", "url").order_by("pk")
    last = 0
    while batch := list(captures.filter(pk__gt=last)[:BATCH]):
        for capture in batch:
            capture.url_digest = url_digest(capture.url)
        captures.model.objects.bulk_update(batch, ["url_digest"])
        last = batch[-1].pk


class Migration(migrations.Migration):

    dependencies = [("articles", "0005_evidence_kept")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
