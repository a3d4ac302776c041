"""Forms of projects and programmes: what was typed, read forgivingly. Whether it is right, the actions decide."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from participation.fields import choice_field, choices_field, day_field, number_field, text_field
from participation.models import Programme, Project
from participation.permissions import FUND_KINDS, family_of
from participation.project_texts import LONGEST
from participation.states import PHASES, Influence
from portal.organisations.models import Organisation, OrganisationKind
from portal.organisations.permissions import where_held
from portal.organisations.roles import Role
from transparency.service import entries_to_link, name_of, systems_to_link

Choices = list[tuple[str, str]]


class Form(forms.Form):
    """A form in the classes of our style; a fault of an action goes to the field that it names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for field in self.fields.values():
            widget = field.widget
            if isinstance(widget, forms.Select) and not isinstance(widget, forms.RadioSelect):
                widget.attrs.setdefault("class", "utrecht-select")
            elif isinstance(widget, (forms.CheckboxInput, forms.CheckboxSelectMultiple)):
                widget.attrs.setdefault("class", "utrecht-checkbox")
            elif isinstance(widget, forms.RadioSelect):
                widget.attrs.setdefault("class", "utrecht-radio-button")
            else:
                widget.attrs.setdefault("class", "utrecht-textbox")

    def take(self, error: ValidationError) -> None:
        """Show what an action refused: at its fields, or above the form when it names none of ours."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, faults in error.error_dict.items():
            self.add_error(name if name in self.fields else None, faults)


def _role_fields() -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {}
    for phase in PHASES:
        fields[f"influence_{phase}"] = forms.ChoiceField(
            label=_("Rol"), required=False, choices=[("", _("Geen")), *Influence.choices],
            error_messages={"invalid_choice": _("Kies iets uit de lijst.")},
        )  # fmt: skip
        fields[f"places_{phase}"] = number_field(_("Aantal"))
        fields[f"task_{phase}"] = forms.CharField(label=_("Wat doet iemand?"), required=False, max_length=300)
    return fields


# Three fields for each phase.
RoleForm = type("RoleForm", (Form,), _role_fields())


class ProjectForm(RoleForm):  # type: ignore[misc,valid-type]
    """What a project says of itself, what it is about, and whom it plans."""

    name = text_field(_("Naam van het project"), LONGEST["name"])
    question = text_field(
        _("Wat wilt u van patiënten weten?"), LONGEST["question"], rows=4,
        help_text=_("Deze vraag staat bovenaan de pagina. Schrijf korte zinnen en gewone woorden."),
    )  # fmt: skip
    summary = text_field(_("Wat doet het project, in het kort?"), LONGEST["summary"], rows=5)
    language_reason = text_field(
        _("Waarom kan de tekst niet makkelijker? (mag leeg blijven)"), LONGEST["language_reason"], rows=2,
        help_text=_("Alleen nodig als de tekst nog lastig is. Iedereen kan dit lezen."),
    )  # fmt: skip
    affected = text_field(
        _("Voor wie maakt dit verschil?"), 1000, rows=4,
        help_text=_("Zet elke groep op een eigen regel, zoals: ouders van jonge kinderen."),
    )  # fmt: skip
    starts_on = day_field(_("Wanneer begint het?"))
    ends_on = day_field(_("Wanneer is het klaar? (mag leeg blijven)"))
    patient_side = choice_field(_("Welke patiëntenorganisatie kijkt mee?"),
                                 _("Zij lezen vacatures na en geven adviezen door. U kiest dit één keer."))  # fmt: skip
    entries = choices_field(_("Toepassingen in het register waar dit over gaat"))
    systems = choices_field(_("AI-systemen waar dit over gaat"))
    name_en = text_field(_("Naam in het Engels (mag leeg blijven)"), LONGEST["name_en"], language="en")
    question_en = text_field(
        _("De vraag in het Engels (mag leeg blijven)"), LONGEST["question_en"], rows=3, language="en"
    )
    summary_en = text_field(_("De korte tekst in het Engels (mag leeg blijven)"), LONGEST["summary_en"], rows=4,
                            language="en")  # fmt: skip

    affected_en = text_field(_("De groepen in het Engels, elk op een eigen regel (mag leeg blijven)"), 1000, rows=4,
                             language="en")  # fmt: skip

    TEXTS = ("name", "question", "summary", "language_reason", "name_en", "question_en", "summary_en")
    GROUPS = ("affected", "affected_en")  # a group of people on each line

    def __init__(self, *args: Any, organisations: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sides = patient_organisations()
        self._chooses("patient_side", [("", _("Nog geen: het expertisecentrum kijkt mee"))], sides)
        family = set().union(*(family_of(one) for one in Organisation.objects.filter(pk__in=list(organisations))))
        self.entry_of = {entry.slug: entry for entry in entries_to_link(family)}
        self.system_of = {system.slug: system for system in systems_to_link()}
        for name, found in (("entries", self.entry_of), ("systems", self.system_of)):
            self._chooses(name, [], [(slug, name_of(thing)) for slug, thing in found.items()])

    def _chooses(self, name: str, first: list[tuple[str, Any]], rest: Choices) -> None:
        field = self.fields.get(name)
        if field is not None:
            field.choices = [*first, *rest]

    def texts(self) -> dict[str, Any]:
        """The fields of `actions.projects`, as typed."""
        read = self.cleaned_data
        made = {name: read.get(name, "") for name in self.TEXTS}
        made |= {name: read.get(name, "").splitlines() for name in self.GROUPS}
        return made | {"starts_on": read.get("starts_on") or timezone.localdate(), "ends_on": read.get("ends_on")}

    def links(self) -> dict[str, list[Any]]:
        """The entries and systems that were chosen."""
        read = self.cleaned_data
        return {
            "entries": [self.entry_of[slug] for slug in read.get("entries", ())],
            "systems": [self.system_of[slug] for slug in read.get("systems", ())],
        }

    def roles(self) -> list[dict[str, Any]]:
        """The planned roles: one row for each phase of which something is filled in."""
        read, rows = self.cleaned_data, []
        for phase in PHASES:
            influence, places, task = (read.get(f"{kind}_{phase}") for kind in ("influence", "places", "task"))
            if influence or places or task:
                rows.append({"phase": phase, "influence": influence, "places": places or 0, "task": task or ""})
        return rows

    def role_rows(self) -> list[tuple[Any, ...]]:
        """(phase, and its three fields) for the page."""
        return [(phase, *(self[f"{kind}_{phase}"] for kind in ("influence", "places", "task"))) for phase in PHASES]

    def roles_are_open(self) -> bool:
        """Whether the part with the roles stands open: something is filled in there, or something is wrong."""
        names = _role_fields()
        return bool(self.errors) if self.is_bound else any(self.initial.get(name) for name in names)

    def chosen_patient_side(self) -> Organisation | None:
        """The patient organisation that was chosen."""
        slug = self.cleaned_data.get("patient_side", "")
        return Organisation.objects.filter(slug=slug).first() if slug else None


class NewProjectForm(ProjectForm):
    """The same, with what is chosen once: whose project it is and where it begins."""

    organisation = choice_field(_("Van welke organisatie is het project?"))
    programme = choice_field(_("Programma (mag leeg blijven)"))
    is_policy = forms.BooleanField(label=_("Dit gaat over het beleid van het programma zelf"), required=False)
    entry_phase = choice_field(_("In welke fase begint het?"))
    entry_reason = text_field(
        _("Waarom begint het niet met het idee?"), 500, rows=2,
        help_text=_("Alleen nodig als u later begint, bijvoorbeeld omdat u een AI kocht. Iedereen kan dit lezen."),
    )  # fmt: skip
    key = forms.UUIDField(widget=forms.HiddenInput())  # the same for each click: one form makes one project

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        self.own = {one.slug: one for one in organisations_led_by(user)}
        super().__init__(*args, organisations=[one.pk for one in self.own.values()], **kwargs)
        self._chooses("organisation", [], [(slug, one.name) for slug, one in self.own.items()])
        self.programme_of = {one.slug: one for one in Programme.objects.order_by("name", "pk")}
        self._chooses("programme", [("", _("Geen programma"))], [(s, p.name) for s, p in self.programme_of.items()])
        self._chooses("entry_phase", [], [(phase.value, str(phase.label)) for phase in PHASES])
        self.fields["organisation"].required = True

    def chosen_programme(self) -> Programme | None:
        """The programme that was chosen."""
        return self.programme_of.get(self.cleaned_data.get("programme", ""))


def organisations_led_by(user: Any) -> list[Organisation]:
    """Those for which `user` may start a project, by name."""
    found = Organisation.objects.filter(pk__in=where_held(user, Role.PROJECT_LEAD), verified_at__isnull=False)
    return list(found.order_by("sort_key", "pk"))


def patient_organisations() -> Choices:
    """The patient organisations that can follow a project: verified, with a coordinator."""
    found = Organisation.objects.filter(
        kind=OrganisationKind.PATIENT_ORGANISATION, verified_at__isnull=False, memberships__role=Role.COORDINATOR
    )
    return list(found.distinct().order_by("sort_key", "pk").values_list("slug", "name"))


def initial_of(project: Project) -> dict[str, Any]:
    """What the form of `project` shows before anybody types."""
    values = {name: getattr(project, name) for name in (*ProjectForm.TEXTS, "starts_on", "ends_on")}
    values |= {name: "\n".join(getattr(project, name)) for name in ProjectForm.GROUPS}
    values["entries"] = list(project.entries.values_list("slug", flat=True))
    values["systems"] = list(project.systems.values_list("slug", flat=True))
    values["patient_side"] = project.patient_side.slug if project.patient_side else ""
    for role in project.planned_roles.all():
        values |= {f"influence_{role.phase}": role.influence, f"places_{role.phase}": role.places,
                   f"task_{role.phase}": role.task}  # fmt: skip
    return values


class ColleagueForm(Form):
    """A colleague to put on the team."""

    email = forms.CharField(label=_("Mailadres van uw collega"), required=False, max_length=254,
                            widget=forms.EmailInput(attrs={"autocomplete": "off"}))  # fmt: skip
    function = text_field(_("Wat doet deze collega in het project?"), 100,
                          help_text=_("Bijvoorbeeld: kinderarts. Iedereen kan dit lezen, zonder de naam."))  # fmt: skip


class HandOverForm(Form):
    """Who leads the project from now on."""

    email = forms.CharField(label=_("Mailadres van de nieuwe projectleider"), required=False, max_length=254,
                            widget=forms.EmailInput(attrs={"autocomplete": "off"}))  # fmt: skip


class EndForm(Form):
    """Why a project ends."""

    how = forms.ChoiceField(
        label=_("Wat is er gebeurd?"), widget=forms.RadioSelect(),
        choices=[("close", _("Het project is klaar")), ("stop", _("Het project stopt eerder"))],
        error_messages={"required": _("Kies wat er is gebeurd."), "invalid_choice": _("Kies iets uit de lijst.")},
    )  # fmt: skip
    reason = text_field(_("Waarom?"), 2000, rows=4, help_text=_("Iedereen kan dit lezen. Het blijft altijd staan."))


class ReasonForm(Form):
    """One text: why something may or may not be."""

    text = text_field("", 2000, rows=4)

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, help_text


class ExceptionForm(Form):
    """What is asked for to go on without patients."""

    reason = text_field(_("Waarom kan het project nu niet verder mét patiënten?"), 4000, rows=6,
                        help_text=_("Ten minste 200 tekens. Iedereen kan dit lezen, voor altijd."))  # fmt: skip
    missing = text_field(_("Wie mist u nu?"), 1000, rows=2, help_text=_("Bijvoorbeeld: ouders van jonge kinderen."))
    repair = text_field(_("Hoe maakt u dat goed?"), 1000, rows=3)
    repair_by = day_field(_("Op welke dag doen er weer patiënten mee?"), _("Uiterlijk over zes maanden."))


class ProgrammeForm(Form):
    """What a programme says, and which patient organisations are its partners."""

    organisation = choice_field(_("Van welke organisatie is het programma?"))
    name = text_field(_("Naam van het programma"), 150)
    summary = text_field(_("Wat doet het programma, in het kort?"), 1500, rows=5)
    partners = choices_field(_("Patiëntenorganisaties die altijd meedoen"))
    name_en = text_field(_("Naam in het Engels (mag leeg blijven)"), 150, language="en")
    summary_en = text_field(_("De korte tekst in het Engels (mag leeg blijven)"), 1500, rows=4, language="en")

    def __init__(self, *args: Any, own: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = {one.slug: one for one in own}
        self.fields["organisation"].choices = [(s, one.name) for s, one in self.own.items()]  # type: ignore[attr-defined]
        self.fields["partners"].choices = patient_organisations()  # type: ignore[attr-defined]

    def chosen_partners(self) -> list[Organisation]:
        """The partners that were chosen."""
        return list(Organisation.objects.filter(slug__in=self.cleaned_data.get("partners", [])).order_by("pk"))


def funds_of(user: Any) -> list[Organisation]:
    """The organisations for which `user` may begin a programme."""
    mine = user.memberships.filter(role=Role.FUND_MANAGER).values_list("organisation", flat=True)
    found = Organisation.objects.filter(pk__in=mine, verified_at__isnull=False, kind__in=FUND_KINDS)
    return list(found.order_by("sort_key", "pk"))
