"""Two descriptions of one product side by side, and the decision of a second editor."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from portal.core.private import only_post
from transparency.actions import merging as actions
from transparency.changes import changes
from transparency.fields import SYSTEM_FIELDS
from transparency.models import Merge
from transparency.permissions import can_decide_merge
from transparency.states import MergeState
from transparency.views.editorial import for_editors, name_of_system

STEPS: dict[str, tuple[Callable[..., None], Any]] = {
    "samenvoegen": (actions.confirm_merge, gettext_lazy("De twee pagina’s zijn nu samengevoegd.")),
    "afwijzen": (actions.refuse_merge, gettext_lazy("Het blijft zoals het is.")),
    "intrekken": (actions.withdraw_merge, gettext_lazy("De vraag is ingetrokken.")),
    "terugdraaien-vragen": (actions.ask_undo, gettext_lazy("Een andere redacteur krijgt bericht.")),
    "terugdraaien": (actions.undo_merge, gettext_lazy("Het zijn weer twee pagina’s.")),
}


def _merge(key: UUID) -> Merge:
    return get_object_or_404(Merge.objects.select_related("old__current_version", "into__current_version"), uuid=key)


@for_editors
@require_safe
def merge(request: HttpRequest, key: UUID) -> HttpResponse:
    """One merge: how the two texts differ, what moves, and what the editor can do."""
    found = _merge(key)
    old, into = found.old.current_version, found.into.current_version
    decides = can_decide_merge.ok(request.user, found)
    uses = found.old.entries.select_related("organisation", "current_version")
    context = {
        "merge": found,
        "old_name": name_of_system(found.old),
        "into_name": name_of_system(found.into),
        "changes": changes(old.content, into.content, SYSTEM_FIELDS, get_language() or "nl") if old and into else [],
        "entries": uses.order_by("organisation__sort_key", "pk"),
        "can_confirm": decides and found.state == MergeState.ASKED,
        "can_withdraw": found.state == MergeState.ASKED,
        "can_ask_undo": found.state == MergeState.DONE,
        "can_undo": decides and found.state == MergeState.UNDO_ASKED,
    }
    return render(request, "transparency/editorial_merge.html", context)


@for_editors
@only_post
def merge_step(request: HttpRequest, key: UUID, step: str) -> HttpResponse:
    """One step with a merge."""
    if step not in STEPS:
        raise Http404
    act, said = STEPS[step]
    act(merge=_merge(key), by=request.user, now=timezone.now())
    messages.success(request, said)
    return redirect("transparency:editorial-merge", key)
