"""Claims: what is answered, typed out from paper and reminded of, and rows of days without a rate."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0006_finance_officer'),
        ('participation', '0007_money'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='claim',
            name='money_claim_is_judged_by_others',
        ),
        migrations.RemoveConstraint(
            model_name='claimitem',
            name='money_claim_item_amount',
        ),
        migrations.AddField(
            model_name='claim',
            name='answer',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='reminded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='typed_out_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='money_claims_typed_out', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('checked_by__isnull', True), models.Q(('checked_by', models.F('user')), _negated=True), _connector='OR'), models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('user')), _negated=True), _connector='OR'), models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('checked_by')), _negated=True), _connector='OR'), models.Q(('checked_by__isnull', True), ('typed_out_by__isnull', True), models.Q(('checked_by', models.F('typed_out_by')), _negated=True), _connector='OR'), models.Q(('approved_by__isnull', True), ('typed_out_by__isnull', True), models.Q(('approved_by', models.F('typed_out_by')), _negated=True), _connector='OR')), name='money_claim_is_judged_by_others'),
        ),
        migrations.AddConstraint(
            model_name='claimitem',
            constraint=models.CheckConstraint(condition=models.Q(('amount__gt', 0), models.Q(('amount', 0), ('kind__in', ['TIME', 'DISTANCE']), ('quantity__gt', 0), ('rate__isnull', True)), _connector='OR'), name='money_claim_item_amount'),
        ),
    ]
