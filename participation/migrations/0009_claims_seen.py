"""The log of who looked at whom knows claims too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("participation", "0008_claims_by_people"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="viewing",
            name="viewing_what",
        ),
        migrations.AlterField(
            model_name="viewing",
            name="what",
            field=models.CharField(
                choices=[
                    ("PEOPLE", "de lijst van wie er meedoet"),
                    ("CANDIDACY", "uw aanmelding"),
                    ("ASSIGNMENT", "uw deelname"),
                    ("PROFILE", "uw profiel"),
                    ("MEETING", "wie er bij een gesprek was"),
                    ("ADVICE", "wie een advies gaf"),
                    ("CLAIM", "uw declaratie"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="viewing",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("what__in", ["PEOPLE", "CANDIDACY", "ASSIGNMENT", "PROFILE", "MEETING", "ADVICE", "CLAIM"])
                ),
                name="viewing_what",
            ),
        ),
    ]
