"""The one row of the revision."""

from django.db import migrations


def make_row(apps, schema_editor):
    apps.get_model("audit", "Revision").objects.get_or_create(pk=1, defaults={"number": 1})


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(make_row, migrations.RunPython.noop)]
