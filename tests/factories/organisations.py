"""Organisations for tests."""

import factory

from portal.core.text import sort_key
from portal.organisations.models import Location, Organisation, OrganisationKind, Province


class OrganisationFactory(factory.django.DjangoModelFactory):
    """A hospital in Utrecht."""

    class Meta:
        model = Organisation

    slug = factory.Sequence(lambda n: f"ziekenhuis-{n}")
    name = factory.Sequence(lambda n: f"Ziekenhuis {n}")
    kind = OrganisationKind.HOSPITAL
    place = "Utrecht"
    province = Province.UTRECHT
    sort_key = factory.LazyAttribute(lambda o: sort_key(o.name))
    find_key = factory.LazyAttribute(lambda o: sort_key(f"{o.name} {o.place} {o.province}"))

    class Params:
        example = factory.Trait(is_example=True, name=factory.Sequence(lambda n: f"Voorbeeldziekenhuis {n}"))


class LocationFactory(factory.django.DjangoModelFactory):
    """A place of a hospital."""

    class Meta:
        model = Location

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Locatie {n}")
    place = "Utrecht"
    province = Province.UTRECHT
