"""A supplier's product, shared by every provider that uses it."""

import uuid
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse


class AISystemQuerySet(models.QuerySet["AISystem"]):
    """Ways to choose systems."""

    def public(self) -> Self:
        """Those with a published text."""
        return self.filter(current_version__isnull=False)

    def living(self) -> Self:
        """Those that did not go on under another name."""
        return self.filter(merged_into__isnull=True)


class AISystem(models.Model):
    """A product with a page of its own; slug and uuid never change."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    also_known_as = models.JSONField(default=list)  # list of str: other names people type
    current_version = models.OneToOneField(
        "transparency.SystemVersion", on_delete=models.PROTECT, null=True, related_name="current_for"
    )
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged_from")
    merged_at = models.DateTimeField(null=True)

    objects = AISystemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="system_not_into_itself"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True, merged_at__isnull=True)
                | Q(merged_into__isnull=False, merged_at__isnull=False),
                name="system_merged_has_moment",
            ),
        ]

    class Retention:
        personal = ()
        keep = "for ever: public facts about products"

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """The product's public page."""
        return reverse("transparency:system", args=[self.slug])

    @property
    def living(self) -> "AISystem":
        """The product under which this one goes on, or itself."""
        system, seen = self, {self.pk}
        while system.merged_into is not None and system.merged_into.pk not in seen:
            system = system.merged_into
            seen.add(system.pk)
        return system
