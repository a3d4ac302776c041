"""English of why a text that is not easy may stay so."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transparency', '0014_read_without_unpacking'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='language_reason_en',
            field=models.TextField(blank=True),
        ),
    ]
