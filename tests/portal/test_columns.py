"""Columns are told apart as Django does it, only sooner."""

import pytest
from django.apps import apps
from django.db.models import BooleanField
from django.db.models.expressions import Col, Expression

from portal.core import columns
from transparency.models import Entry, PublicRecord

FIELDS = [field for model in apps.get_models() for field in model._meta.concrete_fields]
MADE = [
    *(Col("t", field) for field in FIELDS),
    *(Col("t", field, BooleanField()) for field in FIELDS[:5]),
    Col(None, FIELDS[0]),
    Col("t", target=FIELDS[0]),
    Col(alias="t", target=FIELDS[0], output_field=FIELDS[1]),
]


def by_django(column):
    return Expression.identity.func(column)


def test_column_is_told_apart_as_django_does_it():
    assert Col.identity.func is columns._identity
    assert [str(one) for one in MADE if one.identity != by_django(one) or hash(one) != hash(by_django(one))] == []


@pytest.mark.django_db
def test_order_by_what_is_read_still_names_it():
    asked = str(PublicRecord.objects.values_list("sort_key", "pk").order_by("sort_key", "-pk").query)

    assert asked.endswith("ORDER BY 1 ASC, 2 DESC")
    assert list(Entry.objects.select_related("organisation", "current_version").order_by("organisation__name")) == []
