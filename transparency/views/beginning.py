"""Beginning a text: a new entry from a product, a copy, a template or nothing; or a new version of what is public."""

import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.core.private import takes_files
from portal.core.text import one_line
from portal.organisations.models import Organisation
from transparency.actions.drafts import start_entry
from transparency.exchange.report import ExchangeError
from transparency.models import Draft
from transparency.permissions import can_see_draft
from transparency.workspace import writable_organisations
from transparency.writing.beginning import (
    MOST_FOUND,
    Beginning,
    Template,
    as_text,
    entries_for,
    entry_at,
    free_slug,
    from_entry,
    from_system,
    from_template,
    system_at,
    systems_for,
    templates,
)

MOST_BYTES = 2_000_000  # of a template; the largest that we know of has 30,000
MOST_TRIES = 3  # for an address, when others take it at the same moment
WAYS = {
    "systeem": gettext_lazy("Met een AI-systeem uit het register"),
    "kopie": gettext_lazy("Met een kopie van een andere toepassing"),
    "voorbeeldtekst": gettext_lazy("Met een voorbeeldtekst van de leverancier"),
    "leeg": gettext_lazy("Leeg"),
}
HELP = {
    "systeem": gettext_lazy("Wat wij al weten van het product, vullen wij voor u in. Wij zeggen wie dat schreef."),
    "kopie": gettext_lazy("U begint met de antwoorden van een toepassing die lijkt op de uwe."),
    "voorbeeldtekst": gettext_lazy("U hebt een bestand in de vorm van het landelijke Algoritmeregister."),
    "leeg": gettext_lazy("U schrijft alles zelf."),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody chose on the page so far."""

    organisations: list[Organisation]
    organisation: Organisation | None
    way: str
    words: str
    name: str
    found: tuple[Template, ...] = ()  # in the file that was sent
    text: str = ""  # of that file


@takes_files(MOST_BYTES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_entry(request: HttpRequest) -> HttpResponse:
    """Choose for whom and with what to begin; a POST begins."""
    organisations = writable_organisations(request.user)
    if not organisations:
        raise PermissionDenied(_("Alleen schrijvers en publiceerders van een organisatie kunnen dit."))
    sent = request.POST if request.method == "POST" else request.GET
    slug, way = sent.get("organisatie", ""), sent.get("begin", "")
    only = organisations[0] if len(organisations) == 1 and not slug else None
    asked = Asked(
        organisations=organisations, organisation=next((one for one in organisations if one.slug == slug), only),
        way=way if way in WAYS else "", words=one_line(sent.get("q", ""), 100),
        name=one_line(sent.get("naam", ""), 100),
    )  # fmt: skip
    return _begin(request, asked) if request.method == "POST" else _page(request, asked)


def _page(request: HttpRequest, asked: Asked, fault: str = "", about: str = "") -> HttpResponse:
    """The page; `fault` says what is wrong with the field `about`."""
    ready = asked.organisation is not None
    context = {
        "asked": asked,
        "ways": [(code, label, HELP[code]) for code, label in WAYS.items()],
        "systems": systems_for(asked.words) if ready and asked.way == "systeem" else [],
        "entries": entries_for(request.user, asked.words) if ready and asked.way == "kopie" else [],
        "most": MOST_FOUND,
        "token": uuid.uuid4(),
        "fault": fault,
        "about": about,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if fault else HTTPStatus.OK
    return render(request, "transparency/new_entry.html", context, status=status)


def _begin(request: HttpRequest, asked: Asked) -> HttpResponse:
    if asked.organisation is None:
        return _page(request, asked, _("Kies eerst een organisatie."), "organisatie")
    if not asked.way:
        return _page(request, asked, _("Kies waarmee u begint."), "begin")
    beginning: Beginning | None
    if asked.way == "voorbeeldtekst":
        try:
            asked = _read(request, asked)
        except ExchangeError as error:
            return _page(request, asked, str(error), "bestand")
        number = request.POST.get("nummer", "")
        chosen = next((one for one in asked.found if len(asked.found) == 1 or str(one.number) == number), None)
        if chosen is None:
            return _page(request, asked, _("In dit bestand staan meer teksten. Kies er een."), "nummer")
        beginning = from_template(chosen)
    else:
        beginning = _source(request.user, asked, request.POST.get("bron", ""))
    if beginning is None:
        return _page(request, asked, _("Kies waarmee u begint."), "begin")
    name = asked.name or beginning.name
    if not name:
        return _page(request, asked, _("Geef de toepassing een naam. U kunt die later nog veranderen."), "naam")
    return _start(request, asked, beginning, name)


def _read(request: HttpRequest, asked: Asked) -> Asked:
    """`asked` with the records of the file, sent now or with the choice before. Raises ExchangeError."""
    file = request.FILES.get("bestand")
    data = file.read(MOST_BYTES) if file else request.POST.get("tekst", "").encode("utf-8", "replace")
    if not data.strip():
        raise ExchangeError(_("Kies een bestand."))
    found = templates(data, file.name.rpartition(".")[0] if file and file.name else "")
    return Asked(organisations=asked.organisations, organisation=asked.organisation, way=asked.way, words=asked.words,
                 name=asked.name, found=tuple(found), text=as_text(data))  # fmt: skip


def _source(user: Any, asked: Asked, source: str) -> Beginning | None:
    """What to begin with; None when there is no such thing that `user` may read."""
    assert asked.organisation is not None  # noqa: S101 (asked before)
    if asked.way == "leeg":
        return Beginning()
    if asked.way == "systeem":
        system = system_at(source)
        return from_system(system) if system else None
    entry = entry_at(user, source)
    return from_entry(entry, asked.organisation) if entry else None


def _start(request: HttpRequest, asked: Asked, beginning: Beginning, name: str) -> HttpResponse:
    """Begin the draft, once for a form however often it is sent, and go to its first step."""
    assert asked.organisation is not None  # noqa: S101 (asked before)
    key = _token(request.POST.get("sleutel", ""))
    fault = ""
    for _attempt in range(MOST_TRIES):
        if there := Draft.objects.filter(uuid=key).select_related("entry__organisation__parent").first():
            if can_see_draft.ok(request.user, there):
                return redirect("transparency:draft", there.uuid)
            key = uuid.uuid4()
        try:
            draft = start_entry(
                organisation=asked.organisation, slug=free_slug(name, asked.organisation), key=key,
                content={**beginning.content, "name": name}, credit=beginning.credit, system=beginning.system,
                by=request.user, now=timezone.now(),
            )  # fmt: skip
        except ValidationError as error:  # somebody took the address, or sent the same form, this moment
            fault = " ".join(error.messages)
        else:
            return redirect("transparency:draft-step", draft.uuid, "short")
    return _page(request, asked, fault, "naam")


def _token(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
