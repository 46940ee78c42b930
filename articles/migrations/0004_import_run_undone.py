from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0003_capture_details'),
    ]

    operations = [
        migrations.AddField(
            model_name='importrun',
            name='undone_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='أُلغي في'),
        ),
    ]
