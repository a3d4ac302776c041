"""Import and export of the baseline, as usually written: `python -m tests.bench.usual.exchange import FILE`, `export`.

An import validates and saves row by row with the serializer of the API, with a row of history beside each, in one
transaction. An export serializes the whole table and renders it at once. Both tell what they used.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.usual.settings")
django.setup()

from django.db import transaction  # noqa: E402 (Django must be set up first)
from rest_framework import serializers  # noqa: E402
from rest_framework.renderers import JSONRenderer  # noqa: E402

from tests.bench.tasks import tell  # noqa: E402
from tests.bench.usual.models import CareSetting, Entry, History, Provider  # noqa: E402
from tests.bench.usual.rows import columns  # noqa: E402
from tests.bench.usual.views import EntrySerializer  # noqa: E402


class ImportSerializer(serializers.ModelSerializer):
    """A row that comes in: its provider and its care settings are looked up."""

    care_settings = serializers.SlugRelatedField(slug_field="code", many=True, queryset=CareSetting.objects.all())
    provider = serializers.SlugRelatedField(slug_field="slug", queryset=Provider.objects.all())

    class Meta:
        model = Entry
        fields = "__all__"


@transaction.atomic
def take_in(path: str) -> int:
    """Save every entry of our own JSON in the file `path`. Gives how many."""
    entries = json.loads(Path(path).read_text(encoding="utf-8"))["entries"]
    _save_relations(entries)
    for document in entries:
        serializer = ImportSerializer(data=_row(document))
        serializer.is_valid(raise_exception=True)
        saved = serializer.save()
        History.objects.create(entry=saved, data=serializer.data, reason="Ingelezen")
    return len(entries)


def _save_relations(entries: list[dict[str, Any]]) -> None:
    owners = {document["organisation"]["slug"]: document["organisation"]["name"] for document in entries}
    Provider.objects.bulk_create(Provider(slug=slug, name=name) for slug, name in owners.items())
    codes = {code for document in entries for code in document["content"]["care_setting"]}
    CareSetting.objects.bulk_create(CareSetting(code=code) for code in codes)


def _row(document: dict[str, Any]) -> dict[str, Any]:
    content = document["content"]
    return columns(content) | {
        "slug": document["slug"], "provider": document["organisation"]["slug"], "updated_at": document["published_at"],
        "care_settings": content["care_setting"],
    }  # fmt: skip


def export() -> int:
    """Make the JSON of every entry. Gives how many."""
    entries = Entry.objects.select_related("provider").prefetch_related("care_settings").order_by("pk")
    data = EntrySerializer(entries, many=True).data
    body: bytes = JSONRenderer().render(data)
    return len(data) if body else 0


if __name__ == "__main__":
    tell({"import": lambda: take_in(sys.argv[2]), "export": export}[sys.argv[1]], database=os.environ["DATABASE_URL"])
