from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_what_was_before")]

    operations = [
        migrations.AddField(
            model_name="repeatedline",
            name="examples",
            field=models.JSONField(blank=True, default=list, editable=False, verbose_name="أمثلة"),
        )
    ]
