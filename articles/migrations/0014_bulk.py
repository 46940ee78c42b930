"""Drafts of jobs, curators' tags, and what is left of articles that were merged."""

from typing import Any

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from articles.migrations._granting import grant

VIEW = ("view_tag", "view_articleredirect")
EDIT = (*VIEW, "add_tag", "change_tag", "delete_tag")


def grant_tags(apps: Any, schema_editor: Any) -> None:
    grant(apps, schema_editor, {"باحثون": VIEW, "مستوردون": VIEW, "محررون": EDIT, "مديرون": EDIT})


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0013_lists'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleRedirect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(max_length=16, unique=True, verbose_name='المعرّف')),
                ('version_offset', models.PositiveIntegerField(default=0, verbose_name='ما تزيد به أرقام صيغه')),
                ('title', models.CharField(blank=True, max_length=500, verbose_name='العنوان')),
                ('url', models.TextField(blank=True, verbose_name='الرابط الأصلي')),
                ('url_digest', models.CharField(blank=True, max_length=64, verbose_name='بصمة الرابط')),
                ('external_id', models.CharField(blank=True, max_length=200, verbose_name='رقم السجل الأصلي')),
                ('text_digest', models.CharField(blank=True, max_length=64, verbose_name='بصمة النص')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='السبب')),
                ('merged_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='دُمج في')),
                ('held', models.JSONField(blank=True, default=dict, editable=False, verbose_name='ما كان')),
            ],
            options={
                'verbose_name': 'مقال مدموج',
                'verbose_name_plural': 'مقالات مدموجة',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Tag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='الوسم')),
                ('name_key', models.CharField(editable=False, max_length=100, unique=True, verbose_name='مفتاح الاسم')),
            ],
            options={
                'verbose_name': 'وسم',
                'verbose_name_plural': 'الوسوم',
                'ordering': ['name'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='job',
            name='job_state_known',
        ),
        migrations.AlterField(
            model_name='job',
            name='state',
            field=models.CharField(choices=[('draft', 'يُعاين'), ('waiting', 'ينتظر'), ('running', 'جارٍ'), ('finished', 'اكتمل'), ('stopped', 'أوقفه محرر'), ('failed', 'تعثّر')], default='waiting', max_length=10, verbose_name='الحالة'),
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'waiting', 'running', 'finished', 'stopped', 'failed'])), name='job_state_known'),
        ),
        migrations.AddField(
            model_name='articleredirect',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='redirects', to='articles.article', verbose_name='المقال'),
        ),
        migrations.AddField(
            model_name='articleredirect',
            name='merged_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='دمجه'),
        ),
        migrations.AddField(
            model_name='articleredirect',
            name='source',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.source', verbose_name='المصدر'),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='merged_from',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='versions', to='articles.articleredirect', verbose_name='جاءت من مقال مدموج'),
        ),
        migrations.AddField(
            model_name='capture',
            name='merged_from',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='captures', to='articles.articleredirect', verbose_name='جاءت من مقال مدموج'),
        ),
        migrations.AddConstraint(
            model_name='tag',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='tag_has_a_name'),
        ),
        migrations.AddField(
            model_name='article',
            name='tags',
            field=models.ManyToManyField(blank=True, related_name='articles', to='articles.tag', verbose_name='الوسوم'),
        ),
        migrations.AddIndex(
            model_name='articleredirect',
            index=models.Index(condition=models.Q(('url_digest', ''), _negated=True), fields=['url_digest'], name='redirect_by_address'),
        ),
        migrations.AddIndex(
            model_name='articleredirect',
            index=models.Index(condition=models.Q(('external_id', ''), _negated=True), fields=['external_id'], name='redirect_by_record'),
        ),
        migrations.AddIndex(
            model_name='articleredirect',
            index=models.Index(fields=['text_digest'], name='redirect_by_text'),
        ),
        migrations.RunPython(grant_tags, migrations.RunPython.noop),
    ]
