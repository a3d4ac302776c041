"""Our own document of an entry: its answers made to fit, and a line for everything in it that is not taken over."""

from collections.abc import Iterator, Mapping
from typing import Any

from transparency.exchange.cleaning import plain
from transparency.exchange.fitting import Fitting
from transparency.exchange.report import Change, change
from transparency.field import Kind
from transparency.fields import BY_KEY, ENTRY_FIELDS

ON_ENTRY = {f.key for f in ENTRY_FIELDS}
# What is read of a document, or made anew out of what is read.
_READ = frozenset({"id", "slug", "url", "page", "organisation", "system", "state", "is_example", "readability",
                   "content"})  # fmt: skip
# What stood beside the text where it came from.
_ASIDE = frozenset({"ended", "notices", "versions", "confirmed", "disputes", "applies_to", "participation"})
_ANEW = {
    "origin": "Wat wij overnemen, staat hier als overgenomen uit een ander register.",
    "version": "Hier begint de telling van de versies opnieuw.",
    "published_at": "Hier telt de dag waarop de tekst hier openbaar wordt.",
    "first_published_at": "Hier telt de dag waarop de tekst hier openbaar wordt.",
}
KNOWN = _READ | _ASIDE | frozenset(_ANEW)
_STAYS = {
    "notices": "Meldingen nemen wij niet over. Zet ze er zelf bij als ze nog gelden.",
    "versions": "Wij nemen alleen de nieuwste tekst over. De oudere blijven bewaard.",
}
_NO_PLACE = "Dit nemen wij niet over. Het blijft bewaard."
_STRANGE = "Deze vraag kennen wij niet. Het antwoord blijft bewaard."
_ALIVE = {"", "DRAFT", "PUBLISHED"}
_ENDED = "Volgens het bestand is deze toepassing uit het register. Wij maken haar niet openbaar."
_INVENTED = "Volgens het bestand is dit een verzonnen voorbeeld. Wij maken het niet openbaar."


def content_of_own(content: Mapping[str, Any], address: str) -> tuple[dict[str, Any], list[Change]]:
    """The answers of `content` that fit, and what had to give; `address` is where a long text can be read whole."""
    fitting = Fitting(address)
    fitting.leave_out("", content, {*ON_ENTRY, "unknown", "translations"}, _STRANGE)
    made = _fitted(fitting, {key: content[key] for key in content if key in ON_ENTRY})
    told: list[Change] = []
    if unknown := _unknown(content.get("unknown"), told):
        made["unknown"] = unknown
    if (english := _english(content.get("translations"), fitting, told)) is not None:
        made["translations"] = {"en": english}
    return made, [*fitting.changes, *told]


def _fitted(fitting: Fitting, values: Mapping[str, Any], *, english: bool = False) -> dict[str, Any]:
    made = {key: fitting.fit(key, value, english=english) for key, value in values.items()}
    return {key: value for key, value in made.items() if value is not None}


def _unknown(value: Any, told: list[Change]) -> list[str]:
    listed = value if isinstance(value, list) else [value] if value else []
    good = [key for key in listed if isinstance(key, str) and key in ON_ENTRY]
    if strange := [key for key in listed if key not in good]:
        told.append(change("unknown", strange, good, "Deze vragen kennen wij niet."))
    return good


def _english(value: Any, fitting: Fitting, told: list[Change]) -> dict[str, Any] | None:
    if not isinstance(value, Mapping):
        if value:
            told.append(change("translations", value, None, "Hier horen Engelse teksten per vraag."))
        return None
    fitting.leave_out("translations", value, {"en"}, "Wij bewaren alleen vertalingen in het Engels.")
    english = value.get("en")
    if not isinstance(english, Mapping):
        if english:
            told.append(change("translations.en", english, None, "Hier horen Engelse teksten per vraag."))
        return None
    texts = {key for key in ON_ENTRY if BY_KEY[key].translated}
    fitting.leave_out(
        "translations.en", english, texts, "Deze vraag kennen wij niet, of zij heeft geen vertaling nodig."
    )
    return _fitted(fitting, {key: text for key, text in english.items() if key in texts}, english=True)


def silent_explanations(content: Mapping[str, Any]) -> list[str]:
    """The answers in `content` of a file of which it does not give the explanation."""
    answers = {key: content[key] for key in content if key in ON_ENTRY and BY_KEY[key].kind == Kind.ANSWER}
    return [key for key, said in answers.items() if isinstance(said, Mapping) and not isinstance(said.get("text"), str)]


def may_be_public(own: Mapping[str, Any]) -> bool:
    """Whether a file does not say that the entry has ended or was invented."""
    return not _has_ended(own) and own.get("is_example") is not True


def _has_ended(own: Mapping[str, Any]) -> bool:
    return plain(own.get("state")).strip().upper() not in _ALIVE or bool(own.get("ended"))


def aside(own: Mapping[str, Any]) -> Iterator[Change]:
    """A line for what is no answer and will not be taken over, whether the entry is here already or not."""
    if _has_ended(own):
        yield change("state", own.get("state"), None, _ENDED)
    elif not may_be_public(own):
        yield change("is_example", own.get("is_example"), None, _INVENTED)
    for key in own:
        if key not in KNOWN:
            yield change(key, own[key], None, _NO_PLACE)


def left_behind(own: Mapping[str, Any]) -> Iterator[Change]:
    """A line for what stood beside the text elsewhere and does not come along to a new entry."""
    for key in own:
        if key in _ASIDE and _says_something(own[key]):
            yield change(key, own[key], None, _STAYS.get(key, _NO_PLACE))


def begun_anew(own: Mapping[str, Any]) -> Iterator[Change]:
    """A line for what is counted anew when an import makes the entry."""
    for key, reason in _ANEW.items():
        said = plain(own.get(key))
        if said and (key, said) not in {("origin", "IMPORTED"), ("version", "1")}:
            yield change(key, said, None, reason)


def _says_something(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_says_something, value.values()))
    return value not in (None, "", [], False)
