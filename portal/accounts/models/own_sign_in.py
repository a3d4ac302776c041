"""How the people of an organisation sign in with its own sign-in (OpenID Connect)."""

from django.db import models

from portal.organisations.models import Organisation


class OwnSignIn(models.Model):
    """The OpenID provider of an organisation. The secret that it gave us is sealed and never shown again."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="own_sign_in")
    issuer = models.URLField(max_length=500)  # without /.well-known/…
    client_id = models.CharField(max_length=191)
    sealed_secret = models.TextField()
    domains = models.JSONField()  # list of str: mail addresses that it may speak for end in one of these, as "umc.nl"
    asks_second_step = models.BooleanField(default=False)  # we believe it when it says so (amr, acr)
    saved_at = models.DateTimeField()

    class Retention:
        personal = ()
        keep = "until the organisation takes it away"

    def __str__(self) -> str:
        return f"sign-in of organisation {self.organisation_id}"
