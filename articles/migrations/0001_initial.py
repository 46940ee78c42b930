import articles.models.article
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='IndexRemoval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article_key', models.BigIntegerField(verbose_name='مفتاح المقال')),
                ('removed_at', models.DateTimeField(auto_now_add=True, verbose_name='حُذف في')),
            ],
            options={
                'verbose_name': 'حذف ينتظر الفهرسة',
                'verbose_name_plural': 'محذوفات تنتظر الفهرسة',
            },
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='الاسم')),
                ('name_key', models.CharField(editable=False, max_length=200, unique=True, verbose_name='مفتاح الاسم')),
                ('slug', models.SlugField(allow_unicode=True, blank=True, max_length=200, unique=True, verbose_name='العنوان المختصر')),
                ('description', models.TextField(blank=True, verbose_name='الوصف')),
            ],
            options={
                'verbose_name': 'مجموعة',
                'verbose_name_plural': 'المجموعات',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='collection_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='بدأ في')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='انتهى في')),
                ('state', models.CharField(choices=[('running', 'جارٍ'), ('finished', 'مكتمل'), ('stopped', 'توقف')], default='running', max_length=10, verbose_name='الحالة')),
                ('inputs', models.JSONField(default=list, verbose_name='المدخلات')),
                ('options', models.JSONField(blank=True, default=dict, verbose_name='الخيارات')),
                ('read', models.PositiveIntegerField(default=0, verbose_name='قُرئ')),
                ('new', models.PositiveIntegerField(default=0, verbose_name='جديد')),
                ('captured', models.PositiveIntegerField(default=0, verbose_name='نسخة جديدة')),
                ('updated', models.PositiveIntegerField(default=0, verbose_name='محدّث')),
                ('unchanged', models.PositiveIntegerField(default=0, verbose_name='دون تغيير')),
                ('duplicate', models.PositiveIntegerField(default=0, verbose_name='مكرر')),
                ('rejected', models.PositiveIntegerField(default=0, verbose_name='مرفوض')),
                ('failed', models.PositiveIntegerField(default=0, verbose_name='تعذّر')),
            ],
            options={
                'verbose_name': 'عملية استيراد',
                'verbose_name_plural': 'عمليات الاستيراد',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('read', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('new'), '+', models.F('captured')), '+', models.F('updated')), '+', models.F('unchanged')), '+', models.F('duplicate')), '+', models.F('rejected')), '+', models.F('failed')))), name='import_counts_sum_to_read')],
            },
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='الاسم')),
                ('name_key', models.CharField(editable=False, max_length=200, unique=True, verbose_name='مفتاح الاسم')),
                ('slug', models.SlugField(allow_unicode=True, blank=True, max_length=200, unique=True, verbose_name='العنوان المختصر')),
                ('country', models.CharField(blank=True, max_length=100, verbose_name='البلد')),
                ('homepage', models.URLField(blank=True, verbose_name='الموقع')),
                ('notes', models.TextField(blank=True, verbose_name='ملاحظات')),
            ],
            options={
                'verbose_name': 'مصدر',
                'verbose_name_plural': 'المصادر',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='source_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=articles.models.article.new_public_id, editable=False, max_length=16, unique=True, verbose_name='المعرّف')),
                ('title', models.CharField(max_length=500, verbose_name='العنوان')),
                ('title_is_derived', models.BooleanField(default=False, help_text='لم تحمل الصفحة عنواناً، فأُخذ من أول جملة في النص.', verbose_name='عنوان مستخرج')),
                ('body', models.TextField(blank=True, verbose_name='المتن')),
                ('author', models.CharField(blank=True, max_length=300, verbose_name='الكاتب')),
                ('section', models.CharField(blank=True, max_length=100, verbose_name='القسم')),
                ('language', models.CharField(default='ar', max_length=12, verbose_name='اللغة')),
                ('dateline', models.CharField(blank=True, max_length=500, verbose_name='سطر المكان والتاريخ')),
                ('city', models.CharField(blank=True, max_length=100, verbose_name='المدينة')),
                ('country', models.CharField(blank=True, max_length=100, verbose_name='البلد')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='تاريخ النشر')),
                ('published_precision', models.CharField(choices=[('day', 'اليوم'), ('month', 'الشهر'), ('year', 'السنة'), ('unknown', 'غير معروف')], default='unknown', max_length=8, verbose_name='دقة التاريخ')),
                ('status', models.CharField(choices=[('draft', 'مسودة'), ('published', 'منشور'), ('withdrawn', 'محجوب')], default='draft', max_length=10, verbose_name='الحالة')),
                ('url', models.TextField(blank=True, verbose_name='الرابط الأصلي')),
                ('url_digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='بصمة الرابط')),
                ('external_id', models.CharField(blank=True, help_text='المعرّف الذي جاء مع السجل المستورد.', max_length=200, verbose_name='رقم السجل الأصلي')),
                ('text_digest', models.CharField(blank=True, editable=False, max_length=64, verbose_name='بصمة النص')),
                ('related_links', models.JSONField(blank=True, default=list, verbose_name='روابط ذات صلة')),
                ('evidence', models.JSONField(blank=True, default=dict, verbose_name='أدلة الحقول')),
                ('stale_since', models.DateTimeField(blank=True, default=django.utils.timezone.now, editable=False, null=True, verbose_name='ينتظر الفهرسة منذ')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='أضيف في')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='عُدّل في')),
                ('collections', models.ManyToManyField(blank=True, related_name='articles', to='articles.collection', verbose_name='المجموعات')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='articles.source', verbose_name='المصدر')),
            ],
            options={
                'verbose_name': 'مقال',
                'verbose_name_plural': 'المقالات',
                'ordering': ['-published_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ImportItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.TextField(verbose_name='الملف')),
                ('locator', models.CharField(blank=True, max_length=200, verbose_name='الموضع في الملف')),
                ('outcome', models.CharField(choices=[('new', 'جديد'), ('captured', 'نسخة جديدة'), ('updated', 'محدّث'), ('unchanged', 'دون تغيير'), ('duplicate', 'مكرر'), ('rejected', 'مرفوض'), ('failed', 'تعذّر')], max_length=10, verbose_name='النتيجة')),
                ('code', models.CharField(blank=True, max_length=50, verbose_name='الرمز')),
                ('message', models.TextField(blank=True, verbose_name='البيان')),
                ('notes', models.JSONField(blank=True, default=list, verbose_name='ملاحظات')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='import_items', to='articles.article', verbose_name='المقال')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='articles.importrun', verbose_name='عملية الاستيراد')),
            ],
            options={
                'verbose_name': 'عنصر مستورد',
                'verbose_name_plural': 'العناصر المستوردة',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['run', 'outcome'], name='import_item_by_outcome')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__in', ['new', 'captured', 'updated', 'unchanged', 'duplicate', 'rejected', 'failed'])), name='import_item_outcome_known')],
            },
        ),
        migrations.CreateModel(
            name='Capture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, verbose_name='بصمة SHA-256')),
                ('size', models.PositiveBigIntegerField(verbose_name='الحجم بالبايت')),
                ('media_type', models.CharField(max_length=100, verbose_name='نوع الوسيط')),
                ('charset', models.CharField(blank=True, max_length=40, verbose_name='ترميز المحارف')),
                ('url', models.TextField(blank=True, verbose_name='الرابط الأصلي')),
                ('captured_at', models.DateTimeField(blank=True, null=True, verbose_name='وقت الالتقاط')),
                ('stored_at', models.DateTimeField(auto_now_add=True, verbose_name='وقت الحفظ')),
                ('origin', models.TextField(verbose_name='الملف')),
                ('locator', models.CharField(blank=True, max_length=200, verbose_name='الموضع في الملف')),
                ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='captures', to='articles.article', verbose_name='المقال')),
                ('run', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='captures', to='articles.importrun', verbose_name='عملية الاستيراد')),
            ],
            options={
                'verbose_name': 'نسخة ملتقطة',
                'verbose_name_plural': 'النسخ الملتقطة',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['sha256'], name='capture_by_digest')],
                'constraints': [models.UniqueConstraint(fields=('sha256', 'origin', 'locator'), name='capture_one_per_place'), models.CheckConstraint(condition=models.Q(('sha256', ''), _negated=True), name='capture_has_a_digest')],
            },
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['status', '-published_on', '-id'], name='article_by_date'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['source', 'status', '-published_on'], name='article_by_source'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['title'], name='article_by_title'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['text_digest'], name='article_by_text'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('external_id', ''), _negated=True), fields=['external_id'], name='article_by_record'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(condition=models.Q(('stale_since__isnull', False)), fields=['id'], name='article_stale'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='article_has_a_title'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'published', 'withdrawn'])), name='article_status_known'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_on__isnull', True), ('published_precision', 'unknown')), models.Q(('published_on__isnull', False), ('published_precision__in', ['day', 'month', 'year'])), _connector='OR'), name='article_date_has_a_precision', violation_error_message='لكل تاريخ دقة (يوم أو شهر أو سنة)، والتاريخ الخالي دقته «غير معروف».'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('url_digest', ''), _negated=True), fields=('url_digest',), name='article_one_per_address'),
        ),
    ]
