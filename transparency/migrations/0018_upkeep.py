"""By which code public records were made, and up to which line of the log their words were counted."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('transparency', '0017_short_rows_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Upkeep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_by', models.CharField(default='', max_length=64)),
                ('counted', models.PositiveBigIntegerField(default=0)),
                ('counted_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='upkeep_one_row')],
            },
        ),
    ]
