"""Which Chromium the journeys drive, and how it is started."""

import os
import shutil
from typing import Any

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")  # the same engine; the first is quicker
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(shutil.which, BROWSERS), BROWSERS[-1])
ARGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-gpu"]
# As a Dutch reader has it; without movement, so that nothing is looked at half-way.
CONTEXT: dict[str, Any] = {"locale": "nl-NL", "timezone_id": "Europe/Amsterdam", "reduced_motion": "reduce"}


def launch_options() -> dict[str, Any]:
    """What Playwright needs to start Chromium. Raises FileNotFoundError that says what to install."""
    if shutil.which(CHROMIUM) is None:
        raise FileNotFoundError(
            f"there is no Chromium at {CHROMIUM}: install it (Debian: apt-get install chromium) "
            "or name another one in the environment variable CHROMIUM"
        )
    return {"executable_path": CHROMIUM, "args": ARGS}
