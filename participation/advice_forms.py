"""Forms of advice, answers and verdicts: what was typed, read forgivingly. Whether it is right, the actions decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.advice_page import VERDICTS
from participation.advice_texts import LONGEST
from participation.fields import choice_field, choices_field, day_field, text_field
from participation.forms import Form
from participation.models import Advice, AdviceDraft, Project
from participation.states import Decision, MeetingState, Outcome, Topic, Weight
from portal.core.dates import long_date

# Advice weighs as much as who gives it says.
WEIGHTS = [
    (Weight.MUST, _("Dit moet")), (Weight.SHOULD, _("Dit hoort zo")), (Weight.COULD, _("Dit kan ook")),
]  # fmt: skip


def _radio(label: Any, choices: Any = (), help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=choices, widget=forms.RadioSelect(), help_text=help_text,
        error_messages={"invalid_choice": _("Kies iets uit de lijst.")},
    )  # fmt: skip


class TextForm(Form):
    """The text of advice, and what some think otherwise."""

    text = text_field(_("Uw advies"), LONGEST["text"], rows=7,
                      help_text=_("Schrijf het zoals u het zegt. Zet er geen namen in."))  # fmt: skip
    dissent = text_field(_("Denkt iemand er anders over? (mag leeg blijven)"), LONGEST["dissent"], rows=2)


class AdviceForm(TextForm):
    """Advice: three fields first, the rest may stay folded."""

    topic = choice_field(_("Waar gaat het over?"))
    weight = _radio(_("Hoe zwaar telt het?"), WEIGHTS, _("Een advies dat moet, heeft altijd eerst een antwoord nodig."))
    meeting = choice_field(_("Komt het uit een gesprek? (mag leeg blijven)"))
    together = choices_field(_("Wie geeft dit advies met u samen? (mag leeg blijven)"),
                              _("Zij krijgen eerst de vraag of zij dat willen."))  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput(), required=False)  # the same for each click

    def __init__(self, *args: Any, project: Project, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = project.meetings.filter(state=MeetingState.HELD).order_by("-starts_at", "-pk")
        self.meeting_of = {str(one.uuid): one for one in held}
        listed = [(key, f"{one.title} ({long_date(one.starts_at)})") for key, one in self.meeting_of.items()]
        others = project.assignments.active().exclude(user=getattr(user, "pk", None)).order_by("number")
        numbers = [(str(one.number), _("Patiëntvertegenwoordiger %(n)d") % {"n": one.number}) for one in others]
        self._chooses("topic", [("", _("Kies een onderwerp")), *Topic.choices])
        self._chooses("meeting", [("", _("Nee")), *listed])
        self._chooses("together", numbers)
        self.has_more = bool(numbers or listed)

    def _chooses(self, name: str, choices: Any) -> None:
        field: Any = self.fields.get(name)
        if field is not None:
            field.choices = choices

    def advice(self) -> dict[str, Any]:
        """What the actions call `fields`."""
        return {name: self.cleaned_data.get(name, "") for name in ("text", "dissent", "topic", "weight")}

    def numbers(self) -> list[int]:
        """The representatives who were chosen."""
        return [int(number) for number in self.cleaned_data.get("together", ())]

    def chosen_meeting(self) -> Any:
        """The meeting that was chosen."""
        return self.meeting_of.get(self.cleaned_data.get("meeting", ""))

    def more_is_open(self) -> bool:
        """Whether the rest stands open: something is filled in there, or something is wrong there."""
        names = ("meeting", "together", "dissent")
        return any(self.errors.get(name) or self[name].value() for name in names) if self.is_bound else False


class TypedOutForm(AdviceForm):
    """A spoken or written note of a representative, typed out by the coordinator."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["together"]
        field.label, field.help_text = _("Wie gaf dit advies?"), _("Zij lezen uw tekst eerst en zeggen of die klopt.")
        self.fields["givers"] = self.fields.pop("together")
        self.fields["text"].label = _("Het advies")
        self.fields["text"].help_text = _("Typ over wat er is gezegd of geschreven. Zet er geen namen in.")

    def numbers(self) -> list[int]:
        """The representatives who were chosen."""
        return [int(number) for number in self.cleaned_data.get("givers", ())]

    def more_is_open(self) -> bool:
        """Whether the rest stands open."""
        return any(self[name].value() for name in ("meeting", "dissent")) if self.is_bound else False


class RewriteForm(AdviceForm):
    """Other words for advice that is not public yet."""

    def __init__(self, *args: Any, draft: AdviceDraft, **kwargs: Any) -> None:
        advice = draft.advice
        start = {"text": draft.text, "dissent": draft.dissent, "topic": advice.topic, "weight": advice.weight}
        super().__init__(*args, project=advice.project, initial=start, **kwargs)
        for name in ("meeting", "together", "key"):
            del self.fields[name]


class DissentForm(Form):
    """What somebody who joins thinks otherwise."""

    dissent = text_field(_("Denkt u ergens anders over? (mag leeg blijven)"), LONGEST["dissent"], rows=3)


class QuestionForm(Form):
    """A question of the coordinator to who gives advice."""

    question = text_field(_("Wat wilt u vragen?"), LONGEST["question"], rows=4,
                          help_text=_("Alleen wie het advies geeft, ziet dit."))  # fmt: skip


class ReleaseForm(Form):
    """That nobody can be recognised, and the text in English; the Dutch is of who gives it."""

    text_en = text_field(
        _("Het advies in het Engels (mag leeg blijven)"), LONGEST["text_en"], rows=5, language="en",
        help_text=_("Vertaal wat er staat. Zonder vertaling zien Engelse lezers de Nederlandse tekst."),
    )  # fmt: skip
    nobody = forms.BooleanField(label=_("Ik heb gekeken: in deze tekst is niemand te herkennen"), required=False)


class AnswerForm(Form):
    """The answer of the organisation."""

    decision = _radio(_("Wat doet u met dit advies?"), Decision.choices)
    reason = text_field(_("Waarom?"), LONGEST["reason"], rows=5,
                        help_text=_("Schrijf korte zinnen en gewone woorden. Wij controleren de taal."))  # fmt: skip
    promise = text_field(
        _("Wat gaat u doen?"), LONGEST["promise"], rows=3,
        help_text=_("Neemt u het advies over, ook deels? Vul dit dan in, en de twee vragen hieronder."),
    )  # fmt: skip
    promised_by = text_field(_("Welke functie doet dit?"), LONGEST["promised_by"],
                             help_text=_("Bijvoorbeeld: hoofd röntgen. Zonder naam."))  # fmt: skip
    promised_for = day_field(_("Op welke dag is het klaar?"))
    language_reason = text_field(
        _("Waarom kan de tekst niet makkelijker? (mag leeg blijven)"), LONGEST["language_reason"], rows=2,
        help_text=_("Alleen nodig als de tekst nog lastig is. Iedereen kan dit lezen."),
    )  # fmt: skip
    reason_en = text_field(_("Waarom, in het Engels (mag leeg blijven)"), LONGEST["reason_en"], rows=4, language="en")


class MoreTimeForm(Form):
    """More time for an answer."""

    until = day_field(_("Wanneer komt het antwoord?"), _("Binnen 30 dagen na de eerste dag."))
    reason = text_field(_("Waarom hebt u meer tijd nodig?"), LONGEST["reason"], rows=3)


class FinishForm(Form):
    """What was done, or why it will not be."""

    finish_text = text_field("", LONGEST["finish_text"], rows=4)

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["finish_text"].label = label
        self.fields["finish_text"].help_text = _("Iedereen kan dit lezen. Het blijft altijd staan.")


class VerdictForm(Form):
    """The verdict of who gave the advice."""

    judgement = _radio(_("Wat is uw oordeel?"))
    text = text_field(
        _("Wilt u er iets bij schrijven?"), LONGEST["verdict"], rows=4,
        help_text=_("Iedereen kan dit lezen, zonder uw naam. Nodig als u niet helemaal tevreden bent."),
    )  # fmt: skip

    def __init__(self, *args: Any, advice: Advice, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_done = advice.outcome == Outcome.DONE
        field: Any = self.fields["judgement"]
        field.choices = list(VERDICTS[advice.outcome or Outcome.DONE].items())
        field.label = _("Is gedaan wat beloofd was?") if is_done else _("Wat vindt u van de uitleg?")
