"""Entries, systems and their published texts for tests, made by the actions that make them in real life."""

import datetime
from typing import Any

import factory
from django.utils import timezone

from tests.factories.organisations import OrganisationFactory
from transparency.actions.publishing import publish_entry, publish_notice, publish_system, save_imported
from transparency.exchange.readers.row import Row
from transparency.exchange.understanding import understand
from transparency.models import AISystem, Entry, NationalRecord, Notice
from transparency.states import NoticeKind, Origin

# Every always-needed answer, short and in plain words.
COMPLETE: dict[str, Any] = {
    "name": "Breukkijker",
    "summary": "De computer kijkt mee naar foto’s van botten. De arts beslist.",
    "use_kind": "HOSPITAL_DIAGNOSIS",
    "care_setting": ["RADIOLOGY", "EMERGENCY"],
    "body_parts": ["BONES"],
    "visit_reasons": ["ACCIDENT", "SCAN"],
    "ai_kind": "LEARNING",
    "talks_to_patient": "NO",
    "purpose": "Zo missen we minder breuken.",
    "for_whom": "Voor iedereen die een foto van een bot krijgt.",
    "effect_on_you": "U merkt er weinig van. De foto gaat zoals altijd.",
    "told_how": "De arts vertelt het u bij de uitslag.",
    "data_used": "De foto van uw bot en uw leeftijd.",
    "data_storage": "De foto staat in uw dossier, zo lang als de wet zegt.",
    "data_shared_with": "Niemand anders krijgt de foto.",
    "leaves_eu": "NO",
    "used_to_improve_ai": "NO",
    "output_role": "ADVISES",
    "who_decides": "De arts beslist. Zij kijkt zelf ook naar de foto.",
    "can_override": {"answer": "YES", "text": "De arts mag altijd iets anders zeggen."},
    "risks": "De computer kan een breuk missen. Daarom kijkt de arts zelf.",
    "works_less_well_for": [{"group": "Kinderen", "text": "Hun botten groeien nog.", "figure": "Van de 100: 8 fout"}],
    "monitoring": "Elke maand kijkt een arts 50 foto’s opnieuw na.",
    "can_refuse": {"answer": "YES", "text": "Zeg het voor de foto. U krijgt dezelfde zorg."},
    "contact_public": "vragen@ziekenhuis.example",
    "complain_how": "Bel de klachtenfunctionaris.",
    "participation": {"answer": "NO", "text": "We vroegen het nog niet aan patiënten."},
    "how_it_works": "De computer leerde van veel foto’s hoe een breuk eruitziet.",
    "medical_device": "MDR",
    "ce_class": "IIA",
    "ai_act_route": "MDR_CLASS",
    "provider": "Voorbeeldbedrijf",
    "status": "IN_USE",
    "start_month": "2025-03",
}


class SystemFactory(factory.django.DjangoModelFactory):
    """A product without a text yet; `published_system` gives it one."""

    class Meta:
        model = AISystem

    slug = factory.Sequence(lambda n: f"systeem-{n}")


class EntryFactory(factory.django.DjangoModelFactory):
    """A draft of a provider; `published_entry` makes it public."""

    class Meta:
        model = Entry

    slug = factory.Sequence(lambda n: f"toepassing-{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    origin = Origin.PROVIDER


class NoticeFactory(factory.django.DjangoModelFactory):
    """A warning on an entry."""

    class Meta:
        model = Notice

    entry = factory.SubFactory(EntryFactory)
    kind = NoticeKind.SAFETY
    text = "Let op."
    published_at = factory.LazyFunction(timezone.now)


def published_entry(
    *,
    at: datetime.datetime | None = None,
    content: dict[str, Any] | None = None,
    language_reason: str = "",
    language_reason_en: str = "",
    responsible: str = "Het ziekenhuis",
    **fields: Any,
) -> Entry:
    """A public entry; `content` replaces answers of COMPLETE, `fields` go to the factory."""
    entry = EntryFactory(**fields)
    publish_entry(
        entry=entry, content={**COMPLETE, **(content or {})}, reason="Eerste versie.", responsible=responsible,
        by=None, now=at or timezone.now(), language_reason=language_reason, language_reason_en=language_reason_en,
    )  # fmt: skip
    return entry


def with_received(entry: Entry, raw: dict[str, Any], *, form: str = "national-json", **more: Any) -> NationalRecord:
    """What another register sent about an entry, by the action; `more` goes to the row (others, …)."""
    received = understand(Row(number=1, raw=raw, record=dict(raw), **more), form).received()
    return save_imported(entry=entry, received=received, by=None, now=timezone.now())


def published_system(*, content: dict[str, Any] | None = None, **fields: Any) -> AISystem:
    """A public system; `content` replaces its name and summary."""
    system = SystemFactory(**fields)
    base = {
        "name": "BoneFinder",
        "summary": "Dit product kijkt mee naar foto’s van botten.",
        "use_kind": "DIAGNOSIS_SUPPORT",
    }
    publish_system(
        system=system, content={**base, **(content or {})}, reason="Eerste versie.", responsible="Redactie",
        by=None, now=timezone.now(),
    )  # fmt: skip
    return system


def with_notice(entry: Entry, *, kind: NoticeKind = NoticeKind.SAFETY, text: str = "Let op.") -> Notice:
    """A notice on a public entry, by the action."""
    return publish_notice(entry=entry, kind=kind, text=text, by=None, now=timezone.now())
