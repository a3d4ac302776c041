"""The workspace of our editors: products, texts from public sources, disputes, and lines of the law to check."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.permissions import can_edit_for_portal
from portal.core.paging import page_links, query_string
from portal.core.private import only_post
from portal.core.text import one_line, sort_key
from portal.organisations.models import Organisation
from transparency.actions import editorial as actions
from transparency.actions.drafts import start_system
from transparency.actions.merging import ask_merge
from transparency.exchange.slugs import Slugs
from transparency.faults import Fault, faults_of
from transparency.law import every_line
from transparency.models import AISystem, Claim, Draft, Entry, Merge
from transparency.states import ClaimKind, ClaimState, MergeState, Origin

PAGE_SIZE = 50
SYSTEM_SLUG, ENTRY_SLUG = 100, 120  # characters; see the models


def for_editors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of our editors only."""

    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        can_edit_for_portal(request.user)
        return view(request, *args, **kwargs)

    checked.__doc__ = view.__doc__
    for name, value in vars(view).items():
        setattr(checked, name, value)
    return checked


@for_editors
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What there is to do for our editors, and the ways to it."""
    waiting = (ClaimState.FILED, ClaimState.SHOWN, ClaimState.ANSWERING)
    disputes = Claim.objects.filter(kind=ClaimKind.DISPUTE, state__in=waiting).order_by("show_at", "pk")
    merges = Merge.objects.filter(state__in=[MergeState.ASKED, MergeState.UNDO_ASKED]).order_by("asked_at")
    context = {
        "disputes": disputes.select_related("entry__organisation", "entry__current_version"),
        "merges": merges.select_related("old__current_version", "into__current_version"),
        "stale": [line for line in every_line() if line.is_stale],
        "systems": AISystem.objects.living().count(),
        "entries": Entry.objects.filter(origin=Origin.EDITORIAL).count(),
    }
    return render(request, "transparency/editorial.html", context)


@for_editors
@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """The lines of the law, those that were not checked for long first."""
    lines = sorted(every_line(), key=lambda line: (not line.is_stale, line.checked_on, line.slug))
    return render(request, "transparency/editorial_law.html", {"lines": lines})


# --- Products --------------------------------------------------------------------------------------------------------


def name_of_system(system: AISystem) -> str:
    """What a product is called in Dutch; its address when it has no text yet."""
    return str(system.current_version.content["name"]) if system.current_version else system.slug


@for_editors
@require_safe
def systems(request: HttpRequest) -> HttpResponse:
    """Every product by name, also those without a text and those that were joined with another."""
    q = one_line(request.GET.get("q", ""), 100)
    words = sort_key(q).split()
    found = AISystem.objects.select_related("current_version", "merged_into__current_version").order_by("slug")
    rows = [
        one for one in found
        if all(word in sort_key(" ".join([name_of_system(one), one.slug, *one.also_known_as])) for word in words)
    ]  # fmt: skip
    rows.sort(key=lambda one: (sort_key(name_of_system(one)), one.pk))
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "q": q,
        "rows": [{"system": one, "name": name_of_system(one)} for one in page],
        "total": len(rows),
        "pages": page_links(
            page.number, page.paginator.num_pages, lambda number: request.path + query_string([("q", q)], number)
        ),
    }
    return render(request, "transparency/editorial_systems.html", context)


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def new_system(request: HttpRequest) -> HttpResponse:
    """Begin the page of a product."""
    name, faults = request.POST.get("naam", ""), []
    if request.method == "POST":
        slugs = Slugs(set(AISystem.objects.values_list("slug", flat=True)), SYSTEM_SLUG, "systeem")
        try:
            draft = actions.start_new_system(
                name=name[:100], slug=slugs.free(name), by=request.user, now=timezone.now()
            )
            return redirect("transparency:draft", draft.uuid)
        except ValidationError as error:
            faults = faults_of(error, {}, field="naam")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "transparency/editorial_new_system.html", {"name": name, "faults": faults}, status=status)


def _system(slug: str) -> AISystem:
    return get_object_or_404(AISystem.objects.select_related("current_version", "merged_into__current_version"),
                             slug=slug)  # fmt: skip


@for_editors
@require_safe
def system(request: HttpRequest, slug: str) -> HttpResponse:
    """One product: its text, who uses it, and joining it with another."""
    return _system_page(request, _system(slug))


def _system_page(request: HttpRequest, found: AISystem, *, faults: list[Fault] | None = None) -> HttpResponse:
    living = AISystem.objects.public().living().exclude(pk=found.pk).select_related("current_version")
    others = sorted(((one.slug, name_of_system(one)) for one in living), key=lambda pair: sort_key(pair[1]))
    merges = found.merges.select_related("into__current_version").order_by("-asked_at", "-pk")
    joined = found.merges_into.select_related("old__current_version").order_by("-asked_at", "-pk")
    users = found.entries.select_related("organisation", "current_version")
    context = {
        "system": found,
        "name": name_of_system(found),
        "draft": found.drafts.open().first(),
        "entries": users.order_by("organisation__sort_key", "pk"),
        "merges": [*merges, *joined],
        "others": others,
        "can_merge": found.current_version is not None and found.merged_into_id is None,
        "into": request.POST.get("blijft", ""),
        "reason": request.POST.get("reden", ""),
        "faults": faults or [],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "transparency/editorial_system.html", context, status=status)


@for_editors
@only_post
def write_system(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin or go on with a new text of a product."""
    draft = start_system(system=_system(slug), by=request.user, now=timezone.now())
    return redirect("transparency:draft", draft.uuid)


@for_editors
@only_post
def merge_system(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask to join this product with the one that stays."""
    old = _system(slug)
    into = AISystem.objects.select_related("current_version").filter(slug=request.POST.get("blijft", "")).first()
    if into is None:
        return _system_page(request, old, faults=[Fault(field="blijft", message=_("Kies het systeem dat blijft."))])
    try:
        made = ask_merge(old=old, into=into, reason=request.POST.get("reden", ""), by=request.user, now=timezone.now())
    except ValidationError as error:
        return _system_page(request, old, faults=faults_of(error, {}, field="reden"))
    messages.success(request, _("Een andere redacteur krijgt bericht. Die beslist of het klopt."))
    return redirect("transparency:editorial-merge", made.uuid)


# --- Texts from public sources ---------------------------------------------------------------------------------------


@for_editors
@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: HttpRequest) -> HttpResponse:
    """Begin a text about a provider, with its first source."""
    sent = {key: request.POST.get(key, "") for key in ("organisatie", "naam", "systeem", "bron", "link")}
    faults: list[Fault] = []
    nearest: list[Organisation] = []
    if request.method == "POST":
        made, faults, nearest = _begun(request, sent)
        if made is not None:
            return redirect("transparency:draft", made.uuid)
    living = AISystem.objects.public().living().select_related("current_version")
    context = {
        "sent": sent,
        "faults": faults,
        "wrong": {fault.field for fault in faults},
        "nearest": nearest,
        "systems": sorted(((one.slug, name_of_system(one)) for one in living), key=lambda pair: sort_key(pair[1])),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "transparency/editorial_new_entry.html", context, status=status)


def _begun(request: HttpRequest, sent: dict[str, str]) -> tuple[Draft | None, list[Fault], list[Organisation]]:
    """The draft that was begun, or what is wrong and the organisations that may be meant."""
    asked = one_line(sent["organisatie"], 200)
    found = list(Organisation.objects.called(asked)[:2]) if asked else []
    if len(found) != 1:
        nearest = list(Organisation.objects.best_matches(asked)[:5]) or Organisation.objects.all().nearest(asked)
        message = _("Wij kennen deze organisatie niet. Typ de naam zoals hij in het register staat.")
        return None, [Fault(field="organisatie", message=message)], nearest if asked else []
    organisation, name = found[0], sent["naam"][:100]
    slugs = Slugs(set(Entry.objects.values_list("slug", flat=True)), ENTRY_SLUG, "toepassing")
    try:
        draft = actions.start_editorial(
            organisation=organisation, name=name, slug=slugs.free(f"{name[:50]} {organisation.slug[:40]}"),
            source={"title": sent["bron"], "link": sent["link"]}, by=request.user, now=timezone.now(),
            system=AISystem.objects.public().living().filter(slug=sent["systeem"]).first(),
        )  # fmt: skip
    except ValidationError as error:
        fields = {"source_title": "bron", "source_link": "link", "name": "naam", "slug": "naam"}
        return None, faults_of(error, fields, field="naam"), []
    return draft, [], []
