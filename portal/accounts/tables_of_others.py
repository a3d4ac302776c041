"""What is personal in the tables of packages, and how long it stays: they cannot say it themselves (Retention)."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Table:
    """As the Retention of a model of our own."""

    personal: tuple[str, ...] = ()
    keep: str


_ACCOUNT = "as long as the account exists"
_EMPTY = "nothing: we keep no rows in it"

TABLES: dict[str, Table] = {
    "account.EmailAddress": Table(
        personal=("user", "email"),
        keep=f"{_ACCOUNT}; a new address that is not confirmed, until it is or another one is asked for",
    ),
    "account.EmailConfirmation": Table(keep=f"{_EMPTY}, links are signed"),
    "mfa.Authenticator": Table(
        personal=("user", "data", "created_at", "last_used_at"),
        keep=f"the second step: until the person takes it away, and at most {_ACCOUNT}",
    ),
    "socialaccount.SocialAccount": Table(
        personal=("user", "uid", "last_login", "date_joined", "extra_data"),
        keep=f"signing in at the own organisation: {_ACCOUNT}; of its answer only how one signed in there",
    ),
    "socialaccount.SocialApp": Table(keep=f"{_EMPTY}, see accounts.OwnSignIn"),
    "socialaccount.SocialToken": Table(keep=_EMPTY),
    "usersessions.UserSession": Table(
        personal=("user", "ip", "user_agent", "created_at", "last_seen_at", "session_key"),
        keep="as long as the session, at most twelve hours; erased every minute by `manage.py run_jobs`",
    ),
    "sessions.Session": Table(
        personal=("session_key", "session_data"),
        keep="until signing out, at most twelve hours; erased every minute by `manage.py run_jobs`",
    ),
    "auth.Group": Table(keep=_EMPTY),
    "auth.Permission": Table(keep="as long as the models: names of rights, no person"),
    "contenttypes.ContentType": Table(keep="as long as the models: names of tables, no person"),
}
