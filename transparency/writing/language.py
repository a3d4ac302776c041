"""How hard a text is that is still being written: for each answer, and for all that patients read together.

The gate (`readability.gate`) decides at publication; here it only tells, and what it tells never keeps a save back.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from transparency.actions.writing import fields_of
from transparency.document import plain_texts
from transparency.field import Field
from transparency.fields import BY_KEY
from transparency.models import AISystem, Draft
from transparency.plain_language import known_on_page
from transparency.readability.check import MOST_CHARACTERS, look_at
from transparency.readability.document import Document
from transparency.readability.gate import TOGETHER, VERDICTS, Verdict, Why, as_one, decide
from transparency.readability.lexicon import LexiconError
from transparency.readability.score import Colour
from transparency.readability.telling import Told, tell
from transparency.shape import sound

MARKS = {Colour.GREEN: ("ok", "●"), Colour.ORANGE: ("warning", "▲"), Colour.RED: ("stop", "■")}
_WHY = {
    Why.RED: gettext_lazy("Zo kan de tekst niet openbaar worden."),
    Why.ORANGE: gettext_lazy("Zo kan de tekst alleen openbaar worden met een reden."),
    Why.ERROR_IN_SHORT_TEXT: gettext_lazy("Zo kan de tekst niet openbaar worden. Verander wat anders moet."),
    Why.NOT_DUTCH: gettext_lazy("Dit lijkt geen Nederlands. Dan is er een reden nodig."),
}


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """What the check says of one text. `place` is as in `document.plain_texts`: "summary", "evidence 1 text"."""

    field: Field
    place: str
    told: Told
    why: Why | None

    @property
    def id(self) -> str:
        """The place as an id."""
        return self.place.replace(" ", "-")

    @property
    def box(self) -> str:
        """The id of the control in which the text stands: rows count from 0 there."""
        parts = self.place.split()
        if len(parts) == 3:
            return f"{parts[0]}-{int(parts[1]) - 1}-{parts[2]}"
        return f"{self.place}-text" if self.field.kind == "answer" else self.place

    @property
    def which(self) -> str:
        """Which part of the question it is, in words; empty when it is the only one."""
        parts = self.place.split()
        if len(parts) != 3:
            return ""
        label = next((part.label for part in self.field.parts if part.key == parts[2]), parts[2])
        return _("rij %(number)s, %(part)s") % {"number": parts[1], "part": label}

    @property
    def mark(self) -> dict[str, str]:
        """The colour as a shape with words; empty without a colour."""
        return mark_of(self.told)

    @property
    def consequence(self) -> str:
        """What the gate would do with it, in words; empty when it passes."""
        return str(_WHY[self.why]) if self.why else ""

    @property
    def is_closed(self) -> bool:
        """Whether it cannot be published like this, whatever the reason."""
        return self.why is not None and VERDICTS[self.why] is Verdict.CLOSED


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What the check says of everything that patients read; `told` is of all texts as one."""

    spoken: tuple[Spoken, ...]
    told: Told
    why: Why | None

    @property
    def mark(self) -> dict[str, str]:
        """The colour of the whole as a shape with words; empty without a colour."""
        return mark_of(self.told)

    @property
    def stuck(self) -> list[Spoken]:
        """The texts that do not pass by themselves, the worst first."""
        return sorted((one for one in self.spoken if one.why), key=lambda one: not one.is_closed)

    @property
    def consequence(self) -> str:
        """What the gate would do with the whole, in words; empty when it passes."""
        return str(_WHY[self.why]) if self.why else ""


def mark_of(told: Told) -> dict[str, str]:
    """The colour of a text as `ui/mark.html` wants it: kind, symbol and label; empty without a colour."""
    if told.score is None:
        return {}
    kind, symbol = MARKS[told.score.colour]
    about = _("%(verdict)s: ongeveer %(score)s") % {"verdict": told.verdict, "score": round(told.score.value)}
    return {"kind": kind, "symbol": symbol, "label": about}


def spoken(draft: Draft, keys: Collection[str] | None = None) -> list[Spoken] | None:
    """What the check says of the public texts of `draft`, of the questions `keys` only; None when it does not work."""
    texts = _texts(draft, keys)
    try:
        gate = decide(texts, known=_known(draft), terms_explained=True)
    except LexiconError:
        return None
    return list(_told(texts, gate.reports, gate.why))


def whole(draft: Draft) -> Whole | None:
    """The same for every text and for all together; None when the check does not work."""
    texts, known = _texts(draft, None), _known(draft)
    try:
        gate = decide(texts, known=known, terms_explained=True)
        every = as_one(texts.values())
        together = tell(every, look_at(Document(every, known, True, False)))
    except LexiconError:
        return None
    return Whole(
        spoken=tuple(_told(texts, gate.reports, gate.why)), told=together, why=gate.why.get(TOGETHER)
    )  # fmt: skip


def _texts(draft: Draft, keys: Collection[str] | None) -> dict[str, str]:
    fields = [field for field in fields_of(draft) if keys is None or field.key in keys]
    found = dict(plain_texts(sound(draft.content, fields), fields))
    return {place: text for place, text in found.items() if text.strip() and len(text) <= MOST_CHARACTERS}


def _known(draft: Draft) -> frozenset[str]:
    system: AISystem | None = draft.entry.system if draft.entry else draft.system
    try:
        return known_on_page(draft.entry, system, sound(draft.content, fields_of(draft)))
    except LexiconError:
        return frozenset()


def _told(texts: dict[str, str], reports: Any, why: Any) -> Iterator[Spoken]:
    for place, text in texts.items():
        field = BY_KEY[place.partition(" ")[0]]
        yield Spoken(field=field, place=place, told=tell(text, reports[place]), why=why.get(place))
