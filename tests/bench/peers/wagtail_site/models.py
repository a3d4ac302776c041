"""The pages: the register with its list, and an entry; providers and care settings are snippets."""

from typing import Any

from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count
from django.http import HttpRequest, QueryDict
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet

TEXTS = ("purpose", "for_whom", "effect_on_you", "told_how", "data_used", "data_storage", "data_shared_with",
         "who_decides", "risks", "monitoring", "complain_how", "how_it_works", "considerations",
         "fallback")  # fmt: skip
CODES = ("use_kind", "ai_kind", "status", "can_refuse", "participation", "talks_to_patient", "leaves_eu",
         "used_to_improve_ai", "output_role", "medical_device", "ce_class")  # fmt: skip
COUNTED = {"plek": "care_settings__code", "gebruik": "use_kind", "nee": "can_refuse", "status": "status",
           "meegedacht": "participation", "provincie": "provider__province", "zorgverlener": "provider__name",
           "klasse": "ce_class"}  # fmt: skip
FACETS = ("gebruik", "nee", "status", "meegedacht", "klasse")  # those that the search can count


@register_snippet
class Provider(models.Model):
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    place = models.CharField(max_length=100)
    province = models.CharField(max_length=20, db_index=True)

    def __str__(self) -> str:
        return self.name


@register_snippet
class CareSetting(models.Model):
    code = models.CharField(max_length=40, unique=True)

    def __str__(self) -> str:
        return self.code


class RegisterPage(Page):
    """The list, with how many entries each value of each filter would leave."""

    subpage_types = ["wagtail_site.EntryPage"]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The entries of this page of the list, and the counts."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        every, chosen = EntryPage.objects.live().child_of(self), request.GET
        found = _filtered(every, chosen)
        listed: Any = found.select_related("provider").order_by("-updated_at", "-pk")
        if text := chosen.get("q", ""):  # a search counts its hits by its own fields
            listed = listed.search(text, operator="and", order_by_relevance=True)
            groups = {param: list(listed.facet(COUNTED[param]).items()) for param in FACETS}
        else:
            groups = {param: _counted(_filtered(every, chosen, but=param), param) for param in COUNTED}
        return context | {"entries": Paginator(listed, 20).get_page(chosen.get("pagina")), "groups": groups}


def _filtered(entries: Any, chosen: QueryDict, but: str = "") -> Any:
    for param in COUNTED.keys() & chosen.keys() - {but}:
        entries = entries.filter(**{f"{COUNTED[param]}__in": chosen.getlist(param)})
    return entries


def _counted(entries: Any, param: str) -> Any:
    return entries.values_list(COUNTED[param]).annotate(number=Count("pk")).order_by(COUNTED[param])


class EntryPage(Page):
    """One entry. Its name is the page's title."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    care_settings = ParentalManyToManyField(CareSetting)
    updated_at = models.DateTimeField(db_index=True)
    summary = models.TextField()
    product_maker = models.CharField(max_length=200)
    tags = models.TextField()
    start_month = models.CharField(max_length=7)
    use_kind = models.CharField(max_length=40, db_index=True)
    ai_kind = models.CharField(max_length=40)
    status = models.CharField(max_length=40, db_index=True)
    can_refuse = models.CharField(max_length=20, db_index=True)
    can_refuse_text = models.TextField()
    participation = models.CharField(max_length=20, db_index=True)
    participation_text = models.TextField()
    talks_to_patient = models.CharField(max_length=20)
    leaves_eu = models.CharField(max_length=20)
    used_to_improve_ai = models.CharField(max_length=20)
    output_role = models.CharField(max_length=20)
    medical_device = models.CharField(max_length=20)
    ce_class = models.CharField(max_length=20, blank=True, db_index=True)
    purpose = models.TextField()
    for_whom = models.TextField()
    effect_on_you = models.TextField()
    told_how = models.TextField()
    data_used = models.TextField()
    data_storage = models.TextField()
    data_shared_with = models.TextField()
    who_decides = models.TextField()
    risks = models.TextField()
    monitoring = models.TextField()
    complain_how = models.TextField()
    how_it_works = models.TextField()
    considerations = models.TextField()
    fallback = models.TextField()

    parent_page_types = ["wagtail_site.RegisterPage"]
    content_panels = [*Page.content_panels, "provider", "care_settings", "updated_at", "summary", "product_maker",
                      "tags", "start_month", *(FieldPanel(name) for name in (*CODES, *TEXTS)), "can_refuse_text",
                      "participation_text"]  # fmt: skip
    search_fields = [
        *Page.search_fields,
        *(index.SearchField(name) for name in ("summary", "tags", "product_maker", "can_refuse_text",
                                               "participation_text", *TEXTS)),
        index.RelatedFields("provider", [index.SearchField("name"), index.SearchField("place")]),
        *(index.FilterField(name) for name in ("updated_at", *CODES)),
    ]  # fmt: skip

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page with its texts."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["texts"] = [(name.replace("_", " ").capitalize(), getattr(self, name)) for name in TEXTS]
        return context
