"""The tables of the pages and snippets, as `makemigrations` writes them."""

import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='CareSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Provider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('slug', models.SlugField(unique=True)),
                ('place', models.CharField(max_length=100)),
                ('province', models.CharField(db_index=True, max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='EntryPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('updated_at', models.DateTimeField(db_index=True)),
                ('summary', models.TextField()),
                ('product_maker', models.CharField(max_length=200)),
                ('tags', models.TextField()),
                ('start_month', models.CharField(max_length=7)),
                ('use_kind', models.CharField(db_index=True, max_length=40)),
                ('ai_kind', models.CharField(max_length=40)),
                ('status', models.CharField(db_index=True, max_length=40)),
                ('can_refuse', models.CharField(db_index=True, max_length=20)),
                ('can_refuse_text', models.TextField()),
                ('participation', models.CharField(db_index=True, max_length=20)),
                ('participation_text', models.TextField()),
                ('talks_to_patient', models.CharField(max_length=20)),
                ('leaves_eu', models.CharField(max_length=20)),
                ('used_to_improve_ai', models.CharField(max_length=20)),
                ('output_role', models.CharField(max_length=20)),
                ('medical_device', models.CharField(max_length=20)),
                ('ce_class', models.CharField(blank=True, db_index=True, max_length=20)),
                ('purpose', models.TextField()),
                ('for_whom', models.TextField()),
                ('effect_on_you', models.TextField()),
                ('told_how', models.TextField()),
                ('data_used', models.TextField()),
                ('data_storage', models.TextField()),
                ('data_shared_with', models.TextField()),
                ('who_decides', models.TextField()),
                ('risks', models.TextField()),
                ('monitoring', models.TextField()),
                ('complain_how', models.TextField()),
                ('how_it_works', models.TextField()),
                ('considerations', models.TextField()),
                ('fallback', models.TextField()),
                ('care_settings', modelcluster.fields.ParentalManyToManyField(to='wagtail_site.caresetting')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtail_site.provider')),
            ],
            options={
                'abstract': False,
            },
            bases=('wagtailcore.page',),
        ),
    ]
