"""What a draft said before, as long as it is open."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transparency', '0015_language_reason_en'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DraftSave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('places', models.JSONField(default=list)),
                ('began_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='draft_saves', to=settings.AUTH_USER_MODEL)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='saves', to='transparency.draft')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('draft', 'revision'), name='draft_save_once')],
            },
        ),
    ]
