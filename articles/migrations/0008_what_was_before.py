from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0007_repeated_line_examples"),
    ]

    operations = [
        migrations.AddField(
            model_name="articleversion",
            name="base",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="قورنت بالصيغة"),
        ),
        migrations.AddField(
            model_name="importitem",
            name="before",
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="ما كان قبل"),
        ),
    ]
