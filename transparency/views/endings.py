"""An entry leaves the register: one person asks, another confirms."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.core.private import only_post
from portal.core.workflow import StepNotAllowed
from transparency.actions import endings as actions
from transparency.life_forms import EndingForm
from transparency.models import Ending, Entry
from transparency.people import told_second
from transparency.permissions import can_cancel_ending, can_decide_ending, can_write_entry
from transparency.views.work import visible_entry
from transparency.workspace import name_of_entry


def _open_ending(entry: Entry) -> Ending | None:
    people = ("asked_by", "decided_by", "successor__current_version", "entry__organisation")
    return entry.endings.open().select_related(*people).first()


@require_http_methods(["GET", "HEAD", "POST"])
def ending(request: HttpRequest, slug: str) -> HttpResponse:
    """The end that is asked for or planned, with what can be done; else the form to ask for one."""
    entry = visible_entry(request.user, slug)
    if found := _open_ending(entry):
        if request.method == "POST":
            told = _("Een collega vroeg dit al. Bekijk die vraag.")
            raise StepNotAllowed(f"ask: the end of {slug} is asked for", told=told)
        return _page_of(request, found)
    can_write_entry(request.user, entry)
    if not entry.is_listed:
        raise Http404
    others = Entry.objects.listed().filter(organisation=entry.organisation).exclude(pk=entry.pk)
    form = EndingForm(
        request.POST or None, choices=others.select_related("current_version").order_by("record__sort_key", "pk")
    )
    if form.is_valid():
        try:
            actions.ask(entry=entry, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            form.take_over(error)
        else:
            messages.success(request, _("Een collega kijkt of dit uit het register kan."))
            return redirect("transparency:ending", slug)
    wrong = form.is_bound and form.errors
    context = {
        "entry": entry, "name": name_of_entry(entry), "form": form, "second": told_second(entry, request.user.pk),
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "transparency/ending_new.html", context, status=status)


def _page_of(request: HttpRequest, found: Ending) -> HttpResponse:
    is_asked = found.decided_at is None
    context = {
        "ending": found,
        "entry": found.entry,
        "name": name_of_entry(found.entry),
        "can_confirm": is_asked and can_decide_ending.ok(request.user, found),
        "can_cancel": can_cancel_ending.ok(request.user, found),
        "second": told_second(found.entry, found.asked_by_id) if is_asked else "",
    }
    return render(request, "transparency/ending.html", context)


def _asked(request: HttpRequest, slug: str) -> Ending:
    found = _open_ending(visible_entry(request.user, slug))
    if found is None:
        raise StepNotAllowed(f"the end of {slug} is decided already")
    return found


@only_post
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Say as the second person that it goes."""
    found = _asked(request, slug)
    actions.confirm(ending=found, by=request.user, now=timezone.now())
    messages.success(request, _("U bevestigde dat deze toepassing uit het register gaat."))
    return redirect("transparency:work-entry", slug)


@only_post
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Let it stay."""
    found = _asked(request, slug)
    actions.cancel(ending=found, by=request.user, now=timezone.now())
    messages.success(request, _("Deze toepassing blijft in het register."))
    return redirect("transparency:work-entry", slug)
