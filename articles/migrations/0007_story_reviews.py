from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0006_capture_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='storymember',
            name='is_reviewed',
            field=models.BooleanField(default=False, verbose_name='روجعت'),
        ),
        migrations.AddField(
            model_name='storymember',
            name='words',
            field=models.PositiveIntegerField(default=0, verbose_name='عدد الكلمات'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['updated_at'], name='article_by_change'),
        ),
    ]
