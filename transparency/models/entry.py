"""The use of one AI system by one care provider: what the register is made of."""

import uuid
from typing import ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from portal.organisations.models import Organisation
from portal.organisations.permissions import with_those_above
from transparency.models.system import AISystem
from transparency.states import LeaveOutState, Origin, State


class EntryQuerySet(models.QuerySet["Entry"]):
    """Ways to choose entries."""

    def public(self) -> Self:
        """Everything the public may read, tombstones too."""
        return self.exclude(state=State.DRAFT)

    def listed(self) -> Self:
        """Those that stand in the register now."""
        return self.filter(state=State.PUBLISHED)

    def of_provider(self, organisation: Organisation) -> Self:
        """Those that hold for `organisation`: its own, and of those above it what holds for it.

        An entry holds for everyone below its owner, or only for those named in `applies_to` and who is below them;
        never for whom the owner left out.
        """
        chain = [one.pk for one in with_those_above(organisation)]
        named = Entry.applies_to.through.objects.filter(entry=OuterRef("pk"))
        left_out = apps.get_model("transparency", "LeaveOut").objects.filter(
            entry=OuterRef("pk"), organisation__in=chain, state=LeaveOutState.ACCEPTED
        )
        holds = (
            Q(organisation=chain[0])
            | Q(~Exists(named), organisation__in=chain[1:])
            | Q(Exists(named.filter(organisation__in=chain)))
        )
        return self.filter(holds & ~Q(Exists(left_out)))


class Entry(models.Model):
    """Identity and state of a register entry; what it says stands in its versions.

    Its slug and uuid never change and its address never becomes a 404.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=120, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="entries")
    applies_to = models.ManyToManyField(Organisation, related_name="inherited_entries", blank=True)
    system = models.ForeignKey(AISystem, on_delete=models.PROTECT, null=True, blank=True, related_name="entries")
    origin = models.CharField(max_length=12, choices=Origin)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    current_version = models.OneToOneField(
        "transparency.Version", on_delete=models.PROTECT, null=True, related_name="current_for"
    )
    first_published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending_reason = models.TextField(blank=True)
    ending_reason_en = models.TextField(blank=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="predecessors")

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(origin__in=Origin.values), name="entry_origin"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="entry_state"),
            models.CheckConstraint(
                condition=Q(state=State.DRAFT) | Q(current_version__isnull=False, first_published_at__isnull=False),
                name="entry_public_has_version",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.DRAFT, State.PUBLISHED], ended_at__isnull=True, successor__isnull=True)
                | (Q(state__in=[State.WITHDRAWN, State.REPLACED], ended_at__isnull=False) & ~Q(ending_reason="")),
                name="entry_ended_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.REPLACED) | Q(successor__isnull=False),
                name="entry_replaced_has_successor",
            ),
        ]

    class Retention:
        personal = ()
        keep = "for ever: the register forgets nothing"

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """The entry's public page, the same for ever."""
        return reverse("transparency:entry", args=[self.slug])

    @property
    def is_listed(self) -> bool:
        """Whether it stands in the register now."""
        return self.state == State.PUBLISHED
