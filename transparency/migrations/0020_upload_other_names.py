"""Which names of organisations stand in a file, and what a person said of them."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transparency', '0019_search_in_small_rows'),
    ]

    operations = [
        migrations.AddField(
            model_name='upload',
            name='other_names',
            field=models.JSONField(default=list),
        ),
    ]
