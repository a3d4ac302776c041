"""Nominal style: a noun that hides a verb, followed by "van": "de beoordeling van", "het maken van"."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from transparency.readability import tagger
from transparency.readability.document import Document, Finding, Severity, Tagged
from transparency.readability.lexicon import Is, look_up
from transparency.readability.words import noun

CODE = "nominal"
_ENDING = re.compile(r"\w{4,}(?:atie|itie|ering|eling|ing|heid|teit|ment|sie)(?:s|en|n)?")
_VERB_ENDINGS = (("atie", "eren"), ("aties", "eren"), ("ing", "en"), ("ingen", "en"), ("sie", "teren"))

# Nouns that come from a verb but name a thing now.
_SETTLED = frozenset(
    """afdeling rekening mening oefening verhouding ervaring aandoening instelling opleiding vereniging verdieping
    richting
    aanleiding spanning houding stemming verzekering regeling verklaring vergoeding bestemming beweging inrichting
    stichting voeding kleding zitting ruimte waarneming verwachting belangstelling mededeling afbeelding verbinding
    tentoonstelling samenleving informatie situatie generatie relatie organisatie operatie sensatie reactie
    beperking bedoeling verkiezing betaling melding uitkering beschikking afwijking aanwezigheid afwezigheid
    samenvatting""".split()
)
_REAL_NOUNS = frozenset(
    "leven eten weten wezen vermogen verleden streven verlangen vertrouwen bestaan drinken optreden".split()
)


def find(document: Document) -> Iterator[Finding]:
    """A finding for every noun that could better be a verb."""
    for part in document.parts:
        for at, token in enumerate(part.tokens):
            if part.low(at + 1) != "van" or not _is_nominal(part, at):
                continue
            verb = verb_of(token.low)
            advice = (
                _("Maak er een werkwoord van: %(verb)s.") % {"verb": verb} if verb else _("Maak er een werkwoord van.")
            )
            start = part.tokens[at - 1].start if part.low(at - 1) in {"de", "het"} else token.start
            yield document.finding(
                CODE, Severity.HINT, start, part.tokens[at + 1].end, _("Dit kan eenvoudiger met een werkwoord."),
                advice, (verb,) if verb else (),
            )  # fmt: skip


def verb_of(low: str) -> str:
    """The verb in a noun ("beoordeling" → "beoordelen"), or "" when the lexicon does not know it."""
    if look_up(low).flags & Is.INFINITIVE:
        return low
    for ending, verb_ending in _VERB_ENDINGS:
        verb = low.removesuffix(ending) + verb_ending
        if low.endswith(ending) and look_up(verb).flags & Is.INFINITIVE:
            return verb
    return ""


def _is_nominal(part: Tagged, at: int) -> bool:
    low, tag = part.low(at), part.tags[at]
    if part.low(at - 1) == "het" and look_up(low).flags & Is.INFINITIVE:
        return low not in _REAL_NOUNS
    return tag == tagger.NOUN and bool(_ENDING.fullmatch(low)) and _names_an_action(low)


def _names_an_action(low: str) -> bool:
    found = noun(low)
    if found is None or not _SETTLED.isdisjoint((low.removesuffix("en"), found.head)):
        return False
    flags = found.flags | look_up(found.head).flags
    return bool(flags & Is.DYNAMIC or (flags & Is.ABSTRACT and verb_of(low)))
