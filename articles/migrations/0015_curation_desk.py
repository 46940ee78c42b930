"""Searches in vain, texts taken down that came in again, failed items that were tried again; indexes of the queues."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from articles.migrations._granting import grant

SEARCHES = ("view_emptysearch", "change_emptysearch")
RETURNED = ("view_returnedtext",)
ITEMS = ("change_importitem",)  # to have one tried again


def grant_desks(apps: Any, schema_editor: Any) -> None:
    curators = (*SEARCHES, *RETURNED, *ITEMS)
    granted = {"مستوردون": ITEMS, "محررون": curators, "مديرون": (*curators, "change_returnedtext")}
    grant(apps, schema_editor, granted)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0014_bulk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EmptySearch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=100, unique=True, verbose_name='مفتاح البحث')),
                ('text', models.CharField(max_length=100, verbose_name='ما بُحث عنه')),
                ('count', models.PositiveIntegerField(default=0, verbose_name='عدد المرات')),
                ('first_on', models.DateField(verbose_name='أول مرة')),
                ('last_on', models.DateField(verbose_name='آخر مرة')),
                ('found', models.PositiveIntegerField(default=0, verbose_name='ما يجده الآن')),
                ('asked_again_at', models.DateTimeField(blank=True, null=True, verbose_name='أُعيد البحث في')),
                ('dismissed_at', models.DateTimeField(blank=True, null=True, verbose_name='صُرف النظر عنه في')),
            ],
            options={
                'verbose_name': 'بحث بلا نتائج',
                'verbose_name_plural': 'عمليات بحث بلا نتائج',
                'ordering': ['-count', '-last_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ReturnedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('similarity', models.FloatField(default=1, verbose_name='التشابه')),
                ('found_at', models.DateTimeField(auto_now_add=True, verbose_name='جاء في')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='بُتّ فيه في')),
            ],
            options={
                'verbose_name': 'نص محجوب عاد',
                'verbose_name_plural': 'نصوص محجوبة عادت',
                'ordering': ['-pk'],
            },
        ),
        migrations.AddField(
            model_name='importitem',
            name='mended_by',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='mended', to='articles.importrun', verbose_name='نجح في'),
        ),
        migrations.AddField(
            model_name='importrun',
            name='was_here',
            field=models.BooleanField(default=False, editable=False, verbose_name='جرت هنا'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('published_on__isnull', True)), fields=['-id'], name='article_undated'),
        ),
        migrations.AddIndex(
            model_name='importitem',
            index=models.Index(condition=models.Q(('mended_by__isnull', True), ('outcome', 'failed')), fields=['-id'], name='import_item_to_mend'),
        ),
        migrations.AddIndex(
            model_name='emptysearch',
            index=models.Index(condition=models.Q(('dismissed_at__isnull', True), ('found', 0)), fields=['-count', '-last_on', '-id'], name='empty_search_queue'),
        ),
        migrations.AddIndex(
            model_name='emptysearch',
            index=models.Index(fields=['count', 'last_on'], name='empty_search_rarest'),
        ),
        migrations.AddField(
            model_name='returnedtext',
            name='article',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='returned_text', to='articles.article', verbose_name='المقال'),
        ),
        migrations.AddField(
            model_name='returnedtext',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='بتّ فيه'),
        ),
        migrations.AddField(
            model_name='returnedtext',
            name='takedown',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='returns', to='articles.takedown', verbose_name='الحجب'),
        ),
        migrations.AddIndex(
            model_name='returnedtext',
            index=models.Index(condition=models.Q(('decided_at__isnull', True)), fields=['-id'], name='returned_text_waiting'),
        ),
        migrations.RunPython(grant_desks, migrations.RunPython.noop),
    ]
