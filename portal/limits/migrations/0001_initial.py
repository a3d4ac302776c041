"""The buckets of visitors."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='TokenBucket',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('full_at', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['full_at'], name='bucket_full_at')],
            },
        ),
    ]
