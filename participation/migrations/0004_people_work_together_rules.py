"""The rest of 0003: what tables that stood there already refer to, and what must always hold in them."""

import django.db.models.deletion
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("participation", "0003_people_work_together")]

    operations = [
        migrations.RemoveConstraint(
            model_name='assignment',
            name='assignment_active_since',
        ),
        migrations.AddField(
            model_name='advice',
            name='due_told',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='advice',
            name='lapsed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='advice',
            name='late_told',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='advice',
            name='more_time_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='advice',
            name='on_paper',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='advice',
            name='outcome',
            field=models.CharField(blank=True, choices=[('DONE', 'Gedaan'), ('WILL_NOT_DO', 'Niet gedaan')], max_length=11),
        ),
        migrations.AddField(
            model_name='advice',
            name='promise_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='advice',
            name='reminded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='advice',
            name='started_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='adviceversion',
            name='numbers',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='assignment',
            name='access_needs',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='access_needs_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='buddy_agreed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='interests_cleared_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='project_signed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='assignment',
            name='representative_signed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='access_needs',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='answered_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='invited_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='attendance',
            name='reminded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='cancel_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='invited_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='language_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='meeting',
            name='revision',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='meeting',
            name='team_present',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='profile',
            name='warned_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='response',
            name='language_reason',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='verdict',
            name='by_coordinator',
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name='advice',
            name='state',
            field=models.CharField(choices=[('WAITING', 'Nog niet openbaar'), ('SUBMITTED', 'Gegeven'), ('ACKNOWLEDGED', 'Ontvangen'), ('RESPONDED', 'Beantwoord'), ('IN_PROGRESS', 'Wordt uitgevoerd'), ('DONE', 'Gedaan'), ('WILL_NOT_DO', 'Wordt niet gedaan'), ('JUDGED', 'Beoordeeld'), ('NO_VERDICT', 'Geen oordeel'), ('WITHDRAWN', 'Teruggetrokken')], default='WAITING', max_length=14),
        ),
        migrations.AddConstraint(
            model_name='advice',
            constraint=models.CheckConstraint(condition=models.Q(('outcome__in', ['', 'DONE', 'WILL_NOT_DO'])), name='advice_outcome'),
        ),
        migrations.AddConstraint(
            model_name='advice',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['DONE', 'WILL_NOT_DO', 'JUDGED', 'NO_VERDICT']), _negated=True), ('finished_at__isnull', False), _connector='OR'), name='advice_finished_has_day'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['ACTIVE', 'PAUSED']), _negated=True), ('active_since__isnull', False), _connector='OR'), name='assignment_active_since'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('active_since__isnull', True), models.Q(('project_signed_at__isnull', False), ('representative_signed_at__isnull', False)), _connector='OR'), name='assignment_active_is_signed'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ACTIVE'), _negated=True), ('interests_cleared_at__isnull', False), _connector='OR'), name='assignment_active_is_clear'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('access_needs', ''), ('access_needs_at__isnull', True)), models.Q(models.Q(('access_needs', ''), _negated=True), ('access_needs_at__isnull', False)), _connector='OR'), name='assignment_needs_have_day'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'CANCELLED'), _negated=True), models.Q(('cancel_reason', ''), _negated=True), _connector='OR'), name='meeting_cancelled_has_reason'),
        ),
    ]
