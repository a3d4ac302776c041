"""What most patients ask first of an AI, each answered in a few words, with the way to the whole answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from transparency.answers import Answer, AnsweredSection

DECIDES_ALONE = {"DECIDES": gettext_lazy("Ja"), "ADVISES": gettext_lazy("Nee"), "INFORMS": gettext_lazy("Nee")}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One question; nothing is `told` where there is no answer."""

    section: str  # where the whole answer stands
    question: str | Promise
    told: tuple[str, ...] = ()
    language: str = ""  # of what is told, where that may differ from the language of the page
    from_system: bool = False  # it is known of the product, not of its use here


def in_short(answered: Mapping[str, AnsweredSection]) -> list[Line]:
    """Who decides, whether one may say no, and whom to ask."""
    answers = {answer.field.key: answer for section in answered.values() for answer in section.answers}
    role, refuse = answers.get("output_role"), answers.get("can_refuse")
    contacts = [answers[key] for key in ("contact_phone", "contact_public") if key in answers]
    return [
        Line(
            section="decision", question=_("Beslist de AI alleen?"), told=_decides(answers),
            from_system=role is not None and role.from_system,
        ),
        Line(section="refuse", question=_("Kunt u nee zeggen?"), told=_chosen(refuse)),
        Line(
            section="questions", question=_("Wie kunt u bellen of mailen?"),
            told=tuple(answer.html for answer in contacts), language=contacts[0].language if contacts else "",
        ),
    ]  # fmt: skip


def _decides(answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """What the outcome does; whether the AI decides alone follows from it, save where it sets an order."""
    role, override = answers.get("output_role"), answers.get("can_override")
    if role is None or not role.code:
        return _chosen(role or answers.get("who_decides"))
    alone = "" if override is not None and override.code == "NO" else DECIDES_ALONE.get(role.code, "")
    return (f"{alone}. {role.html}." if alone else f"{role.html}.",)


def _chosen(answer: Answer | None) -> tuple[str, ...]:
    """The words of a choice; where it holds a text, that is too long to stand here."""
    return () if answer is None else (answer.choice or _("Dat leest u hieronder"),)
