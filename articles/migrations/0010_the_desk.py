import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0009_repeated_line_examples'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Change',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('article', 'مقال'), ('source', 'مصدر'), ('collection', 'مجموعة'), ('synonyms', 'مجموعة أسماء'), ('rules', 'قواعد استخراج')], max_length=10, verbose_name='النوع')),
                ('key', models.BigIntegerField(verbose_name='المفتاح')),
                ('label', models.CharField(max_length=200, verbose_name='العنوان')),
                ('fields', models.JSONField(default=dict, verbose_name='الحقول')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='السبب')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='في')),
            ],
            options={
                'verbose_name': 'تغيير',
                'verbose_name_plural': 'التغييرات',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Takedown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(choices=[('rights', 'طلبٌ من صاحب الحقوق'), ('privacy', 'حماية الخصوصية'), ('safety', 'سلامة أشخاص'), ('court', 'أمر قضائي أو قانوني'), ('mistake', 'خطأ في الأرشفة'), ('other', 'سبب آخر')], max_length=10, verbose_name='السبب')),
                ('public_sentence', models.CharField(blank=True, help_text='جملة تظهر في صفحة المقال بعد السبب. لا تذكر فيها شيئاً من النص ولا من طلب الحجب.', max_length=500, verbose_name='ما يُقال للقراء')),
                ('is_legal', models.BooleanField(default=False, help_text='يجيب عنوان المقال بالرمز 451 بدلاً من 410.', verbose_name='يفرضه القانون')),
                ('requester', models.CharField(blank=True, help_text='لا يظهر إلا في مكتب التحرير.', max_length=300, verbose_name='من طلبه')),
                ('note', models.TextField(blank=True, help_text='لا تظهر إلا في مكتب التحرير.', verbose_name='ملاحظة')),
                ('status_before', models.CharField(choices=[('draft', 'مسودة'), ('in_review', 'قيد المراجعة'), ('published', 'منشور'), ('withdrawn', 'محجوب')], default='published', max_length=10, verbose_name='الحالة قبله')),
                ('taken_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='حُجب في')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='رُفع الحجب في')),
                ('lift_reason', models.CharField(blank=True, max_length=200, verbose_name='سبب رفعه')),
            ],
            options={
                'verbose_name': 'حجب بطلب',
                'verbose_name_plural': 'مقالات محجوبة بطلب',
                'ordering': ['-taken_at', '-pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='article',
            options={'ordering': ['-published_on', '-pk'], 'permissions': [('publish_article', 'نشر المقالات وحجبها'), ('take_down_article', 'حجب المقالات بطلب ورفع الحجب')], 'verbose_name': 'مقال', 'verbose_name_plural': 'المقالات'},
        ),
        migrations.RemoveConstraint(
            model_name='article',
            name='article_status_known',
        ),
        migrations.AddField(
            model_name='article',
            name='embargoed_until',
            field=models.DateField(blank=True, help_text='يبقى المقال المنشور مستوراً عن القراء حتى هذا اليوم، ثم يظهر من نفسه.', null=True, verbose_name='لا يُقرأ قبل'),
        ),
        migrations.AlterField(
            model_name='article',
            name='status',
            field=models.CharField(choices=[('draft', 'مسودة'), ('in_review', 'قيد المراجعة'), ('published', 'منشور'), ('withdrawn', 'محجوب')], default='draft', max_length=10, verbose_name='الحالة'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('embargoed_until__isnull', False)), fields=['embargoed_until'], name='article_embargoed'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'in_review', 'published', 'withdrawn'])), name='article_status_known'),
        ),
        migrations.AddField(
            model_name='change',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='المحرر'),
        ),
        migrations.AddField(
            model_name='change',
            name='run',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.importrun', verbose_name='عملية الاستيراد'),
        ),
        migrations.AddField(
            model_name='takedown',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='takedowns', to='articles.article', verbose_name='المقال'),
        ),
        migrations.AddField(
            model_name='takedown',
            name='lifted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='رفعه'),
        ),
        migrations.AddField(
            model_name='takedown',
            name='taken_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='حجبه'),
        ),
        migrations.AddIndex(
            model_name='change',
            index=models.Index(fields=['kind', 'key', '-id'], name='change_by_row'),
        ),
        migrations.AddConstraint(
            model_name='change',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['article', 'source', 'collection', 'synonyms', 'rules'])), name='change_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='takedown',
            constraint=models.CheckConstraint(condition=models.Q(('reason__in', ['rights', 'privacy', 'safety', 'court', 'mistake', 'other'])), name='takedown_reason_known'),
        ),
        migrations.AddConstraint(
            model_name='takedown',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at__isnull', True)), fields=('article',), name='takedown_stands_once'),
        ),
    ]
