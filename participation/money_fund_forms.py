"""Forms about funds, budgets and promises: what was typed, read forgivingly. Whether it is right, the actions decide.

Each form that moves money has a `key`, made when the page is shown: a double click is one booking.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from participation.fields import choice_field, day_field, euro_field, text_field
from participation.forms import Form
from participation.models import BudgetLine, FundPlan, Payer, Project
from participation.states import LineKind, ProjectState
from portal.core.money import euros
from portal.organisations.models import Organisation

MOST_PROJECTS = 500


class KeyForm(Form):
    """A form that is one command, however often it is sent."""

    key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"required": _("Open deze bladzijde opnieuw en probeer het nog eens.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid.uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class AmountForm(KeyForm):
    """An amount."""

    amount = euro_field(_("Bedrag"), _("Bijvoorbeeld 1.250 of 12,50."))

    def clean_amount(self) -> int:
        """Cents; nothing typed is nothing, and the action says so."""
        return int(self.cleaned_data["amount"] or 0)


class FundForm(Form):
    """What a fund says of itself."""

    organisation = choice_field(_("Van welke organisatie is het fonds?"))
    name = text_field(_("Naam van het fonds"), 150)
    summary = text_field(
        _("Waar is het geld voor?"), 1500, rows=5, help_text=_("Schrijf korte zinnen en gewone woorden.")
    )
    starts_on = day_field(_("Eerste dag"))
    ends_on = day_field(_("Laatste dag"))
    name_en = text_field(_("Naam in het Engels (mag leeg blijven)"), 150, language="en")
    summary_en = text_field(_("De tekst in het Engels (mag leeg blijven)"), 1500, rows=4, language="en")

    TEXTS = ("name", "summary", "starts_on", "ends_on", "name_en", "summary_en")

    def __init__(self, *args: Any, own: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = {one.slug: one for one in own}
        self.fields["organisation"].choices = [(s, one.name) for s, one in self.own.items()]  # type: ignore[attr-defined]

    def texts(self) -> dict[str, Any]:
        """What the actions take."""
        return {name: self.cleaned_data.get(name) for name in self.TEXTS}


class PlanForm(Form):
    """What a fund means to spend in a year, for each kind of cost."""

    def __init__(self, *args: Any, planned: Iterable[FundPlan] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {one.kind: one.amount for one in planned}
        for kind in LineKind:
            self.fields[kind.value] = euro_field(kind.label)
            self.fields[kind.value].widget.attrs["class"] = "utrecht-textbox"
            if there.get(kind.value):
                self.fields[kind.value].initial = typed(there[kind.value])

    def amounts(self) -> dict[str, int]:
        """{kind: cents}, nothing typed is nothing."""
        return {kind.value: self.cleaned_data.get(kind.value) or 0 for kind in LineKind}


def typed(cents: int) -> str:
    """An amount as somebody types it: "1250" or "12,50"."""
    return f"{cents // 100}" if cents % 100 == 0 else f"{cents // 100},{cents % 100:02d}"


class BudgetForm(Form):
    """A budget for a project, or for something of the fund itself."""

    project = choice_field(_("Voor welk project? (leeg als het niet voor een project is)"))
    purpose = text_field(
        _("Waar is het voor?"), 200,
        help_text=_("Alleen nodig zonder project. Bijvoorbeeld: cursus AI voor patiëntvertegenwoordigers."),
    )  # fmt: skip
    purpose_en = text_field(_("Hetzelfde in het Engels (mag leeg blijven)"), 200, language="en")
    payer = choice_field(_("Wie betaalt uit?"), _("Deze organisatie maakt het geld over."))
    starts_on = day_field(_("Eerste dag"))
    ends_on = day_field(_("Laatste dag"))

    def __init__(self, *args: Any, projects: Iterable[Project], payers: Iterable[Payer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.project_of = {one.slug: one for one in projects}
        self.payer_of = {str(one.pk): one for one in payers}
        listed = [(slug, f"{one.name} ({one.organisation.name})") for slug, one in self.project_of.items()]
        self.fields["project"].choices = [("", _("Geen project")), *listed]  # type: ignore[attr-defined]
        payers_listed = [(pk, one.organisation.name) for pk, one in self.payer_of.items()]
        self.fields["payer"].choices = payers_listed  # type: ignore[attr-defined]


def projects_to_choose(*, is_example: bool) -> list[Project]:
    """The running projects for which money can be set apart, by name."""
    found = Project.objects.filter(state=ProjectState.RUNNING, organisation__is_example=is_example)
    return list(found.select_related("organisation").order_by("name", "pk")[:MOST_PROJECTS])


class EarmarkForm(AmountForm):
    """Set money apart for a kind of cost."""

    kind = choice_field(_("Waar is het geld voor?"))

    field_order = ("key", "kind", "amount")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = LineKind.choices  # type: ignore[attr-defined]


class LowerForm(AmountForm):
    """Give money of a line back to the fund."""

    line = choice_field(_("Van welk deel?"))

    field_order: tuple[str, ...] = ("key", "line", "amount")

    def __init__(self, *args: Any, lines: Iterable[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line_of = {one.kind: one for one in lines}
        self.fields["line"].choices = [line_choice(one) for one in self.line_of.values()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> BudgetLine | None:
        """The line that was chosen."""
        return self.line_of.get(self.cleaned_data.get("line", ""))


class MoveForm(LowerForm):
    """Move money from one kind of cost to another."""

    kind = choice_field(_("Naar welk deel?"))

    field_order = ("key", "line", "kind", "amount")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = LineKind.choices  # type: ignore[attr-defined]


class CloseForm(KeyForm):
    """Why money is left."""

    text = text_field(
        _("Waarom is er geld over?"), 1000, rows=3, help_text=_("Leeg als alles op is. Iedereen kan dit lezen.")
    )


def line_choice(line: BudgetLine) -> tuple[str, str]:
    """A line as somebody chooses it, with what is left."""
    told = _("%(kind)s, nog vrij: %(left)s") % {"kind": LineKind(line.kind).label, "left": euros(line.free)}
    return line.kind, told


# --- Promises --------------------------------------------------------------------------------------------------------


class AskForm(AmountForm):
    """Ask to promise money to somebody."""

    receiver = choice_field(_("Voor wie?"))
    line = choice_field(_("Welk soort kosten?"))
    what_for = text_field(
        _("Waar is het voor?"),
        200,
        help_text=_("Bijvoorbeeld: vier gesprekken van twee uur. Wie het krijgt, leest dit."),
    )

    field_order = ("key", "receiver", "line", "amount", "what_for")

    def __init__(
        self, *args: Any, lines: Iterable[tuple[str, str, BudgetLine]], receivers: Iterable[tuple[str, str, Any]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        lines, receivers = list(lines), list(receivers)
        self.line_of = {key: line for key, _label, line in lines}
        self.receiver_of = {key: one for key, _label, one in receivers}
        self.fields["line"].choices = [(key, label) for key, label, _line in lines]  # type: ignore[attr-defined]
        self.fields["receiver"].choices = [(key, label) for key, label, _one in receivers]  # type: ignore[attr-defined]


class RefuseForm(KeyForm):
    """Why not."""

    reason = text_field(_("Waarom niet?"), 1000, rows=3, help_text=_("Wie het vroeg, leest dit."))
