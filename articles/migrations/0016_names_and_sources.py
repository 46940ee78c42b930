"""Words that are searched as they stand; other names and kinds of sources; who may rebuild the index."""

from typing import Any

import articles.models.stem_exceptions
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from articles.migrations._granting import grant

VIEWED = ("view_stemexception", "view_sourcename")
OF_SOURCES = ("add_sourcename", "change_sourcename", "delete_sourcename")
OF_WORDS = ("add_stemexception", "change_stemexception", "delete_stemexception")
CURATED = (*VIEWED, *OF_SOURCES, *OF_WORDS, "rebuild_index")


def grant_names(apps: Any, schema_editor: Any) -> None:
    granted = {"باحثون": VIEWED, "مستوردون": (*VIEWED, *OF_SOURCES), "محررون": CURATED, "مديرون": CURATED}
    grant(apps, schema_editor, granted)


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0015_curation_desk'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SourceName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='الاسم')),
                ('key', models.CharField(editable=False, max_length=200, unique=True, verbose_name='مفتاح الاسم')),
                ('former_slug', models.SlugField(allow_unicode=True, blank=True, editable=False, max_length=200, verbose_name='عنوان سابق')),
            ],
            options={
                'verbose_name': 'اسم آخر للمصدر',
                'verbose_name_plural': 'أسماؤه الأخرى',
                'ordering': ['source', 'name'],
            },
        ),
        migrations.CreateModel(
            name='StemException',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(help_text='كما تُكتب في الصحف، وبالألف واللام إن كانت منها: «الحياة» الصحيفة غير «حياة».', max_length=100, validators=[articles.models.stem_exceptions.validate_word], verbose_name='الكلمة')),
                ('key', models.CharField(editable=False, max_length=100, unique=True, verbose_name='مفتاح الكلمة')),
                ('kind', models.CharField(choices=[('name', 'اسم علم'), ('word', 'كلمة')], default='name', help_text='«اسم علم»: قد تسبقه الواو والفاء والباء واللام والكاف، ولا يلحقه شيء. «كلمة»: قد تدخل عليها الألف واللام أيضاً، وقد يلحقها ضمير.', max_length=10, verbose_name='النوع')),
                ('is_apart', models.BooleanField(default=False, help_text='من بحث عن كلمة أخرى من جذعها لا يجدها. بغير هذا يجدها، ولا تجد هي غيرها.', verbose_name='ولا تُوجد بغيرها')),
                ('is_active', models.BooleanField(default=True, help_text='تدخل في البحث وتخرج منه حالاً، دون إعادة فهرسة.', verbose_name='مفعّلة')),
                ('note', models.TextField(blank=True, verbose_name='ملاحظة')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='أضيفت في')),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True, verbose_name='عُدّلت في')),
            ],
            options={
                'verbose_name': 'كلمة لا تُجمع بغيرها',
                'verbose_name_plural': 'كلمات تُبحث كما هي',
                'ordering': ['word', 'pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='indexremoval',
            options={'permissions': [('rebuild_index', 'فحص فهرس البحث وإعادة بنائه')], 'verbose_name': 'حذف ينتظر الفهرسة', 'verbose_name_plural': 'محذوفات تنتظر الفهرسة'},
        ),
        migrations.RemoveConstraint(
            model_name='change',
            name='change_kind_known',
        ),
        migrations.AddField(
            model_name='source',
            name='kind',
            field=models.CharField(blank=True, choices=[('newspaper', 'صحيفة'), ('agency', 'وكالة أنباء'), ('site', 'موقع'), ('party', 'لسان حزب أو تنظيم'), ('other', 'غير ذلك')], max_length=10, verbose_name='النوع'),
        ),
        migrations.AlterField(
            model_name='change',
            name='kind',
            field=models.CharField(choices=[('article', 'مقال'), ('source', 'مصدر'), ('collection', 'مجموعة'), ('synonyms', 'مجموعة أسماء'), ('rules', 'قواعد استخراج'), ('kept_word', 'كلمة تُبحث كما هي')], max_length=10, verbose_name='النوع'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['article', 'source', 'collection', 'synonyms', 'rules', 'kept_word'])), name='change_kind_known'),
        ),
        migrations.AddField(
            model_name='sourcename',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='names', to='articles.source', verbose_name='المصدر'),
        ),
        migrations.AddConstraint(
            model_name='stemexception',
            constraint=models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='stem_exception_has_a_word'),
        ),
        migrations.AddConstraint(
            model_name='sourcename',
            constraint=models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='source_name_has_a_word'),
        ),
        migrations.RunPython(grant_names, migrations.RunPython.noop),
    ]
