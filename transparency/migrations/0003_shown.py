"""What readers of each language see of a record is kept beside it; its cards move there. Run `rebuild_public` after."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transparency', '0002_full_text_search'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='publicrecord',
            name='html',
        ),
        migrations.AddField(
            model_name='publicrecord',
            name='due',
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.CreateModel(
            name='Shown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2)),
                ('card', models.TextField()),
                ('sentences', models.TextField(blank=True)),
                ('places', models.TextField(blank=True)),
                ('page', models.TextField(blank=True)),
                ('record', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='shown', to='transparency.publicrecord')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('record', 'language'), name='shown_once_per_language')],
            },
        ),
    ]
