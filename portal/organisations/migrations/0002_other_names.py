"""Other names of organisations, to find them by."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [
        migrations.AddField("organisation", "also_known_as", models.JSONField(blank=True, default=list)),
        migrations.AddField(
            "organisation", "alias_key", models.TextField(blank=True, default=""), preserve_default=False
        ),
    ]
