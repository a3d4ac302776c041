"""The JSON document of each public record, made at publication (run `rebuild_public` after this)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transparency', "0004_national_records"),
    ]

    operations = [
        migrations.AddField(
            model_name='publicrecord',
            name='api',
            field=models.TextField(default=''),
        ),
    ]
