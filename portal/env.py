"""Reading settings from the environment."""

import os
import secrets
from pathlib import Path


def env(name: str, default: str = "") -> str:
    """The value of `name`, or of the file that `name`_FILE points at, or `default`."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text().strip() if path else os.environ.get(name, default)


def env_bool(name: str, *, default: bool) -> bool:
    """True for 1/true/yes/on in any case, False for any other value that is set."""
    value = env(name)
    return value.lower() in {"1", "true", "yes", "on"} if value else default


def env_int(name: str, default: int) -> int:
    """The value of `name` as a whole number. Raises ValueError when it is none."""
    return int(env(name) or default)


def env_list(name: str, default: str) -> list[str]:
    """The value of `name` split on commas, without blanks."""
    return [part.strip() for part in env(name, default).split(",") if part.strip()]


def env_secret(name: str, path: Path) -> str:
    """The secret `name`; without it one is made once and kept in `path`, readable by its owner only."""
    if value := env(name):
        return value
    if not path.exists() or not path.read_text().strip():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{os.getpid()}")
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(50))
        made.replace(path)
    return path.read_text().strip()
