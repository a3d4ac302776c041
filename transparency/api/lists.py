"""One page of each list: which records fit, from where, and their JSON as it was made at publication."""

from gmpy2 import mpz

from portal.api.paging import Cursor, Page, cursor_of, size_of
from portal.api.views import as_json
from portal.core.replica import one_of, read_rows
from portal.organisations.models import Organisation, OrganisationQuerySet
from transparency.api.documents import organisation_document, version_document
from transparency.facets import FACETS
from transparency.index import Index, current_index
from transparency.models import Entry
from transparency.search.find import find

Asked = dict[str, list[str]]


def records(what: str, asked: Asked) -> Page:
    """Entries ("ENTRY") or products ("SYSTEM") that fit: best first with words, else newest first. No examples."""
    index = current_index()
    within = index.having("what", [what]) & ~index.having("real", ["EXAMPLE"])
    filters = {facet.key: asked[facet.param] for facet in FACETS if facet.param in asked}
    chosen = index.chosen(filters, within)
    words, start, size = asked.get("q", [""])[0], cursor_of(asked), size_of(asked)
    if words:
        return _ranked(index, chosen, words, start, size)
    if start is None:
        ids = index.listed(chosen, "newest", 0, size + 1)
    else:
        ids = index.listed_after(chosen, start.after, start.id, size + 1)
    last = ids[:size][-1] if len(ids) > size else None
    following = Cursor(after=index.updated[index.place[last]], id=last) if last else None
    return Page(items=_texts(ids[:size]), total=chosen.bit_count(), next=following)


def _ranked(index: Index, chosen: mpz, words: str, start: Cursor | None, size: int) -> Page:
    """A page of what a search found; the cursor is a place in that list, and what stood before it."""
    found = find(words, index)
    ids = [index.ids[place] for place in found.places(chosen)] if found else []
    begin = 0
    if start is not None:
        begin = ids.index(start.id) + 1 if start.id in ids else start.after
    shown = ids[begin : begin + size]
    more = begin + size < len(ids)
    return Page(items=_texts(shown), total=len(ids), next=Cursor(after=begin + size, id=shown[-1]) if more else None)


def _texts(ids: list[int]) -> list[str]:
    if not ids:
        return []
    is_one, parameters = one_of(ids)
    texts = dict(read_rows(f"SELECT id, api FROM transparency_publicrecord WHERE id {is_one}", parameters))  # noqa: S608
    return [texts[pk] for pk in ids if texts.get(pk)]


def versions(entry: Entry, asked: Asked) -> Page:
    """The published texts of `entry`, newest first."""
    start, size = cursor_of(asked), size_of(asked)
    every = entry.versions.select_related("readability", "seal").order_by("-number")
    found = list((every.filter(number__lt=start.id) if start else every)[: size + 1])
    return Page(
        items=[as_json(version_document(entry, version)) for version in found[:size]],
        total=every.count(),
        next=Cursor(after=0, id=found[size - 1].number) if len(found) > size else None,
    )


def public_organisations() -> OrganisationQuerySet:
    """Every organisation that is not invented, with what its document needs."""
    real = Organisation.objects.filter(is_example=False)
    return real.select_related("parent", "successor").prefetch_related("locations")


def organisations(asked: Asked) -> Page:
    """The organisations that fit, in the order in which they came."""
    chosen = public_organisations().matching(asked.get("q", [""])[0])
    if "soort" in asked:
        chosen = chosen.filter(kind__in=asked["soort"])
    if "provincie" in asked:
        chosen = chosen.filter(province__in=asked["provincie"])
    start, size = cursor_of(asked), size_of(asked)
    found = list((chosen.filter(pk__gt=start.id) if start else chosen).order_by("pk")[: size + 1])
    return Page(
        items=[as_json(organisation_document(organisation)) for organisation in found[:size]],
        total=chosen.count(),
        next=Cursor(after=0, id=found[size - 1].pk) if len(found) > size else None,
    )
