from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0002_synonyms'),
    ]

    operations = [
        migrations.AddField(
            model_name='capture',
            name='details',
            field=models.JSONField(blank=True, default=dict, verbose_name='تفاصيل الالتقاط'),
        ),
        migrations.AddIndex(
            model_name='capture',
            index=models.Index(condition=models.Q(('captured_at__isnull', False)), fields=['captured_at'], name='capture_by_moment'),
        ),
    ]
