"""What other registers sent us about an entry, as it came."""

import django.db.models.deletion
import transparency.models.national
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transparency', '0003_tiers_and_inherited_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='NationalRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('form', models.CharField(max_length=30)),
                ('raw', transparency.models.national.ExactJSONField()),
                ('others', transparency.models.national.ExactJSONField(default=list)),
                ('earlier', transparency.models.national.ExactJSONField(default=list)),
                ('raw_hash', models.CharField(max_length=64)),
                ('standard_version', models.CharField(blank=True, max_length=20)),
                ('lars', models.CharField(blank=True, max_length=100)),
                ('source_id', models.CharField(blank=True, max_length=200)),
                ('url', models.CharField(blank=True, max_length=500)),
                ('national', transparency.models.national.ExactJSONField(default=dict)),
                ('content', models.JSONField(default=dict)),
                ('report', transparency.models.national.ExactJSONField(default=list)),
                ('received_at', models.DateTimeField()),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='national', to='transparency.entry')),
            ],
            options={
                'indexes': [models.Index(fields=['raw_hash'], name='national_hash')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('lars', ''), _negated=True), fields=('lars',), name='national_lars_once'), models.CheckConstraint(condition=models.Q(('raw_hash', ''), _negated=True), name='national_has_hash')],
            },
        ),
    ]
