import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0004_import_run_undone'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ArticleVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='رقم الصيغة')),
                ('cause', models.CharField(choices=[('capture', 'نسخة ملتقطة'), ('extraction', 'إعادة استخراج'), ('curator', 'تصحيح محرر')], max_length=10, verbose_name='مصدر الصيغة')),
                ('title', models.CharField(max_length=500, verbose_name='العنوان')),
                ('body', models.TextField(blank=True, verbose_name='المتن')),
                ('author', models.CharField(blank=True, max_length=300, verbose_name='الكاتب')),
                ('section', models.CharField(blank=True, max_length=100, verbose_name='القسم')),
                ('dateline', models.CharField(blank=True, max_length=500, verbose_name='سطر المكان والتاريخ')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='تاريخ النشر')),
                ('published_precision', models.CharField(choices=[('day', 'اليوم'), ('month', 'الشهر'), ('year', 'السنة'), ('unknown', 'غير معروف')], default='unknown', max_length=8, verbose_name='دقة التاريخ')),
                ('text_digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='بصمة النص')),
                ('was_headline_changed', models.BooleanField(default=False, verbose_name='تغيّر العنوان')),
                ('were_numbers_changed', models.BooleanField(default=False, verbose_name='تغيّرت أرقام')),
                ('is_silent', models.BooleanField(default=False, verbose_name='تعديل صامت')),
                ('reviewed_at', models.DateTimeField(blank=True, null=True, verbose_name='روجع في')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='سُجّلت في')),
            ],
            options={
                'verbose_name': 'صيغة مقال',
                'verbose_name_plural': 'صيغ المقالات',
                'ordering': ['article', 'number'],
            },
        ),
        migrations.CreateModel(
            name='ExtractionRules',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hosts', models.TextField(blank=True, help_text='نطاق في كل سطر، مثل news.example.org، وتدخل فيه فروعه.', verbose_name='أسماء النطاقات')),
                ('title', models.CharField(blank=True, max_length=300, verbose_name='محدِّد العنوان')),
                ('body', models.CharField(blank=True, max_length=300, verbose_name='محدِّد المتن')),
                ('author', models.CharField(blank=True, max_length=300, verbose_name='محدِّد الكاتب')),
                ('date', models.CharField(blank=True, max_length=300, verbose_name='محدِّد التاريخ')),
                ('section', models.CharField(blank=True, max_length=300, verbose_name='محدِّد القسم')),
                ('drop', models.TextField(blank=True, help_text='محدِّد CSS في كل سطر.', verbose_name='عناصر تُحذف')),
                ('drop_lines', models.TextField(blank=True, help_text='سطر كما يظهر في الصفحة، بأي رسم وعلامات.', verbose_name='أسطر تُحذف')),
                ('before_metadata', models.BooleanField(default=False, help_text='يُؤخذ بالمحدِّدات أولاً حيث تخطئ بيانات الصفحة نفسها.', verbose_name='تتقدم على بيانات الصفحة')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='عُدّلت في')),
            ],
            options={
                'verbose_name': 'قواعد استخراج',
                'verbose_name_plural': 'قواعد الاستخراج',
            },
        ),
        migrations.CreateModel(
            name='NotCopies',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField(auto_now_add=True, verbose_name='قيل في')),
            ],
            options={
                'verbose_name': 'مقالان ليسا نسختين',
                'verbose_name_plural': 'مقالات ليست نسخاً',
            },
        ),
        migrations.CreateModel(
            name='RepeatedLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(editable=False, max_length=300, verbose_name='مفتاح السطر')),
                ('text', models.CharField(max_length=600, verbose_name='السطر')),
                ('articles', models.PositiveIntegerField(default=0, verbose_name='المقالات التي تحمله')),
                ('of', models.PositiveIntegerField(default=0, verbose_name='من مقالات')),
                ('state', models.CharField(choices=[('proposed', 'مقترح'), ('approved', 'أُقرّ حذفه'), ('dismissed', 'يبقى في النص')], default='proposed', max_length=10, verbose_name='الحالة')),
                ('found_at', models.DateTimeField(auto_now_add=True, verbose_name='وُجد في')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='بُتّ فيه في')),
            ],
            options={
                'verbose_name': 'سطر متكرر',
                'verbose_name_plural': 'الأسطر المتكررة',
                'ordering': ['-articles', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('found', 'وُجدت آلياً'), ('confirmed', 'أقرّها محرر')], default='found', max_length=10, verbose_name='الحالة')),
                ('found_at', models.DateTimeField(auto_now_add=True, verbose_name='وُجدت في')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='أُقرّت في')),
            ],
            options={
                'verbose_name': 'خبر واحد في نسخ',
                'verbose_name_plural': 'الأخبار المكررة',
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='StoryMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('similarity', models.FloatField(default=1, verbose_name='التشابه')),
            ],
            options={
                'verbose_name': 'نسخة من خبر',
                'verbose_name_plural': 'نسخ الأخبار',
                'ordering': ['story', 'pk'],
            },
        ),
        migrations.AddField(
            model_name='capture',
            name='extractor',
            field=models.CharField(blank=True, editable=False, max_length=40, verbose_name='قواعد الاستخراج'),
        ),
        migrations.AddField(
            model_name='capture',
            name='url_digest',
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name='بصمة الرابط'),
        ),
        migrations.AddIndex(
            model_name='capture',
            index=models.Index(condition=models.Q(('url_digest', ''), _negated=True), fields=['url_digest'], name='capture_by_address'),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='المحرر'),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='article',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='articles.article', verbose_name='المقال'),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='capture',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='versions', to='articles.capture', verbose_name='النسخة الملتقطة'),
        ),
        migrations.AddField(
            model_name='articleversion',
            name='run',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='versions', to='articles.importrun', verbose_name='عملية الاستيراد'),
        ),
        migrations.AddField(
            model_name='extractionrules',
            name='source',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='extraction_rules', to='articles.source', verbose_name='المصدر'),
        ),
        migrations.AddField(
            model_name='notcopies',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article', verbose_name='المقال'),
        ),
        migrations.AddField(
            model_name='notcopies',
            name='said_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='قاله'),
        ),
        migrations.AddField(
            model_name='notcopies',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='articles.article', verbose_name='المقال الآخر'),
        ),
        migrations.AddField(
            model_name='repeatedline',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='بتّ فيه'),
        ),
        migrations.AddField(
            model_name='repeatedline',
            name='source',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='repeated_lines', to='articles.source', verbose_name='المصدر'),
        ),
        migrations.AddField(
            model_name='story',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='أقرّها'),
        ),
        migrations.AddField(
            model_name='story',
            name='lead',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='leads', to='articles.article', verbose_name='المقال الأول'),
        ),
        migrations.AddField(
            model_name='storymember',
            name='article',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='story_member', to='articles.article', verbose_name='المقال'),
        ),
        migrations.AddField(
            model_name='storymember',
            name='story',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='articles.story', verbose_name='الخبر'),
        ),
        migrations.AddIndex(
            model_name='articleversion',
            index=models.Index(condition=models.Q(('is_silent', True), ('reviewed_at__isnull', True)), fields=['-id'], name='version_silent_queue'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.UniqueConstraint(fields=('article', 'number'), name='version_numbers_are_unique'),
        ),
        migrations.AddConstraint(
            model_name='articleversion',
            constraint=models.CheckConstraint(condition=models.Q(('cause__in', ['capture', 'extraction', 'curator'])), name='version_cause_known'),
        ),
        migrations.AddConstraint(
            model_name='notcopies',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='not_copies_in_order'),
        ),
        migrations.AddConstraint(
            model_name='notcopies',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='not_copies_once'),
        ),
        migrations.AddConstraint(
            model_name='repeatedline',
            constraint=models.UniqueConstraint(fields=('source', 'key'), name='repeated_line_once_a_source'),
        ),
        migrations.AddConstraint(
            model_name='repeatedline',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'approved', 'dismissed'])), name='repeated_line_state_known'),
        ),
        migrations.AddIndex(
            model_name='story',
            index=models.Index(fields=['state', '-id'], name='story_by_state'),
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['found', 'confirmed'])), name='story_state_known'),
        ),
        migrations.AddConstraint(
            model_name='storymember',
            constraint=models.CheckConstraint(condition=models.Q(('similarity__gte', 0), ('similarity__lte', 1)), name='story_similarity_is_a_share'),
        ),
    ]
