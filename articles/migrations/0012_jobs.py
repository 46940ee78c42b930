"""Work that no request waits for."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from articles.migrations._granting import grant


VIEW = ("view_job",)


def grant_jobs(apps: Any, schema_editor: Any) -> None:
    grant(apps, schema_editor, {"مستوردون": VIEW, "محررون": VIEW, "مديرون": VIEW})


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0011_groups'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='العمل')),
                ('title', models.CharField(max_length=300, verbose_name='المهمة')),
                ('options', models.JSONField(blank=True, default=dict, verbose_name='الخيارات')),
                ('state', models.CharField(choices=[('waiting', 'ينتظر'), ('running', 'جارٍ'), ('finished', 'اكتمل'), ('stopped', 'أوقفه محرر'), ('failed', 'تعثّر')], default='waiting', max_length=10, verbose_name='الحالة')),
                ('is_to_stop', models.BooleanField(default=False, verbose_name='طُلب إيقافها')),
                ('done', models.PositiveIntegerField(default=0, verbose_name='أُنجز')),
                ('total', models.PositiveIntegerField(blank=True, null=True, verbose_name='من أصل')),
                ('counts', models.JSONField(blank=True, default=dict, verbose_name='الحصيلة')),
                ('result', models.JSONField(blank=True, default=dict, verbose_name='ما نتج')),
                ('problem', models.TextField(blank=True, verbose_name='ما تعثّر')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='طُلبت في')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='بدأت في')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='انتهت في')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='طلبها')),
            ],
            options={
                'verbose_name': 'مهمة',
                'verbose_name_plural': 'المهمات',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='JobChunk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='الرقم')),
                ('keys', models.JSONField(verbose_name='المفاتيح')),
                ('is_done', models.BooleanField(default=False, verbose_name='أُنجزت')),
                ('problem', models.TextField(blank=True, verbose_name='ما تعثّر')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chunks', to='articles.job', verbose_name='المهمة')),
            ],
            options={
                'verbose_name': 'دفعة من مهمة',
                'verbose_name_plural': 'دفعات المهمات',
                'ordering': ['job', 'number'],
            },
        ),
        migrations.AddIndex(
            model_name='job',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'running'])), fields=['id'], name='job_open'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'running', 'finished', 'stopped', 'failed'])), name='job_state_known'),
        ),
        migrations.AddConstraint(
            model_name='jobchunk',
            constraint=models.UniqueConstraint(fields=('job', 'number'), name='job_chunk_once'),
        ),
        migrations.RunPython(grant_jobs, migrations.RunPython.noop),
    ]
