"""What a visitor has left of what he may ask; every worker reads and writes the same row."""

from typing import ClassVar

from django.db import models


class TokenBucket(models.Model):
    """A bucket of tokens that fills by itself; the moment at which it will be full says how many there are now.

    A bucket that is full says nothing, so its row goes (`actions.take`).
    """

    key = models.CharField(max_length=64, primary_key=True)  # a hash that is another every day, see actions.py
    full_at = models.BigIntegerField()  # milliseconds since 1970

    class Meta:
        indexes: ClassVar = [models.Index(fields=["full_at"], name="bucket_full_at")]

    class Retention:
        personal = ("key",)  # who has the secret of the installation could make the hash of an address again
        keep = "until the bucket is full again, at most a minute; erased when the next visitor asks"

    def __str__(self) -> str:
        return self.key[:8]


class SharedValue(models.Model):
    """A value of Django's cache (`portal.limits.shared_cache`), in the form that Django wants of its table."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "limits_sharedvalue"

    class Retention:
        personal = ("cache_key",)  # who has the secret of the installation could make the hash of an address again
        keep = "minutes; erased every minute by `manage.py run_jobs`"

    def __str__(self) -> str:
        return self.cache_key[:8]
