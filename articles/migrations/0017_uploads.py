"""Files that curators send to be imported."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from articles.migrations._granting import grant


SENDING = ("view_upload", "add_upload")
UNDOING = (*SENDING, "undo_import")


def grant_uploads(apps: Any, schema_editor: Any) -> None:
    grant(apps, schema_editor, {"مستوردون": SENDING, "محررون": UNDOING, "مديرون": UNDOING})


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0016_names_and_sources'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=300, verbose_name='الملفات')),
                ('size', models.PositiveBigIntegerField(default=0, verbose_name='الحجم')),
                ('options', models.JSONField(blank=True, default=dict, verbose_name='الخيارات')),
                ('state', models.CharField(choices=[('staged', 'تُقرأ للمعاينة'), ('previewed', 'جاهز للاستيراد'), ('importing', 'يُستورد'), ('imported', 'استُورد'), ('undone', 'أُلغي استيراده'), ('discarded', 'تُخلّص منه')], default='staged', max_length=10, verbose_name='الحالة')),
                ('preview', models.JSONField(blank=True, default=dict, verbose_name='المعاينة')),
                ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='أُرسلت في')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='أرسلها')),
                ('job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.job', verbose_name='المهمة')),
                ('runs', models.ManyToManyField(blank=True, related_name='uploads', to='articles.importrun', verbose_name='عمليات الاستيراد')),
            ],
            options={
                'verbose_name': 'ملفات مرسلة',
                'verbose_name_plural': 'الملفات المرسلة',
                'ordering': ['-pk'],
                'permissions': [('undo_import', 'إلغاء عمليات الاستيراد')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['staged', 'previewed', 'importing', 'imported', 'undone', 'discarded'])), name='upload_state_known')],
            },
        ),
        migrations.RunPython(grant_uploads, migrations.RunPython.noop),
    ]
