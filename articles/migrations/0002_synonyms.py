import articles.models.synonyms
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SynonymGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(help_text='للمحررين. لا يُبحث عنه.', max_length=200, verbose_name='العنوان')),
                ('kind', models.CharField(choices=[('name', 'اسم واحد بصور'), ('words', 'مترادفات'), ('one_way', 'باتجاه واحد')], default='name', help_text='«اسم واحد بصور»: أسماء لمسمى واحد، تُعرف كما كُتبت. «مترادفات»: كلمات بمعنى واحد، تُعرف بكل أشكالها. «باتجاه واحد»: من بحث عن المنطلق بُحث له عن البقية، ولا يُعكس.', max_length=10, verbose_name='النوع')),
                ('is_active', models.BooleanField(default=True, help_text='تدخل في البحث وتخرج منه حالاً، دون إعادة فهرسة.', verbose_name='مفعّلة')),
                ('note', models.TextField(blank=True, verbose_name='ملاحظة')),
                ('shipped_key', models.CharField(blank=True, editable=False, max_length=200, verbose_name='مفتاح القائمة المرفقة')),
                ('shipped_as', models.TextField(blank=True, editable=False, verbose_name='سطر القائمة المرفقة')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='أضيفت في')),
                ('updated_at', models.DateTimeField(auto_now=True, db_index=True, verbose_name='عُدّلت في')),
            ],
            options={
                'verbose_name': 'مجموعة أسماء',
                'verbose_name_plural': 'الأسماء الأخرى',
                'ordering': ['label', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='synonym_group_has_a_label'), models.UniqueConstraint(condition=models.Q(('shipped_key', ''), _negated=True), fields=('shipped_key',), name='synonym_group_shipped_once')],
            },
        ),
        migrations.CreateModel(
            name='SynonymTerm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, validators=[articles.models.synonyms.validate_term], verbose_name='الاسم')),
                ('key', models.CharField(db_index=True, editable=False, max_length=200, verbose_name='مفتاح الاسم')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='الترتيب')),
                ('is_source', models.BooleanField(default=False, help_text='في المجموعات باتجاه واحد.', verbose_name='منطلق')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='terms', to='articles.synonymgroup', verbose_name='المجموعة')),
            ],
            options={
                'verbose_name': 'اسم',
                'verbose_name_plural': 'الأسماء',
                'ordering': ['group', 'order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='synonym_term_has_a_word')],
            },
        ),
    ]
