"""The list with its counts and search, one entry, and the API of both."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from rest_framework import generics, serializers

from tests.bench.usual.models import Entry, Provider
from tests.bench.usual.rows import TEXTS

SEARCHED = ("name", "summary", "tags", "product_maker", "provider__name", "provider__place", "can_refuse_text",
            "participation_text", *TEXTS)  # fmt: skip
COUNTED = {"plek": "care_settings__code", "gebruik": "use_kind", "nee": "can_refuse", "status": "status",
           "meegedacht": "participation", "provincie": "provider__province", "zorgverlener": "provider__name",
           "klasse": "ce_class"}  # fmt: skip


def matching(text: str) -> QuerySet[Entry]:
    """The entries that have every word of `text` somewhere."""
    found = Entry.objects.all()
    for word in text.split():
        found = found.filter(
            Q(*((f"{field}__icontains", word) for field in SEARCHED), _connector=Q.OR)  # type: ignore[arg-type]
        )
    return found


def entries(request: HttpRequest) -> HttpResponse:
    """A page of the list, with how many entries each value of each filter would leave."""
    found = matching(request.GET.get("q", ""))
    chosen = {param: request.GET.getlist(param) for param in COUNTED if request.GET.getlist(param)}
    groups: dict[str, Any] = {}
    for param, field in COUNTED.items():
        others = found
        for other, values in chosen.items():
            if other != param:
                others = others.filter(**{f"{COUNTED[other]}__in": values})
        groups[param] = others.values_list(field).annotate(number=Count("pk")).order_by(field)
    for param, values in chosen.items():
        found = found.filter(**{f"{COUNTED[param]}__in": values})
    listed = found.select_related("provider").order_by("-updated_at", "-pk")
    page = Paginator(listed, 20).get_page(request.GET.get("pagina"))
    return render(request, "usual/list.html", {"page": page, "groups": groups, "chosen": chosen})


def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of one entry."""
    found = get_object_or_404(Entry.objects.select_related("provider").prefetch_related("care_settings"), slug=slug)
    texts = [(name.replace("_", " ").capitalize(), getattr(found, name)) for name in TEXTS]
    return render(request, "usual/entry.html", {"entry": found, "texts": texts})


class ProviderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Provider
        fields = "__all__"


class EntrySerializer(serializers.ModelSerializer):
    provider = ProviderSerializer()
    care_settings = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)

    class Meta:
        model = Entry
        fields = "__all__"


class EntryList(generics.ListAPIView):
    queryset = Entry.objects.select_related("provider").prefetch_related("care_settings").order_by("-updated_at", "-pk")
    serializer_class = EntrySerializer
    search_fields = SEARCHED


class EntryDetail(generics.RetrieveAPIView):
    queryset = Entry.objects.select_related("provider").prefetch_related("care_settings")
    serializer_class = EntrySerializer
    lookup_field = "slug"
