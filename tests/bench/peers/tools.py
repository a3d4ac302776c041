"""The environment in which the Python peers are installed, under var/bench."""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

from tests.bench.servers import environment
from tests.support.browser_server import ROOT

REQUIREMENTS = Path(__file__).parent / "requirements.txt"


class NoPeer(Exception):
    """A server to measure against is not there; the message says how to install it."""


def programs(folder: Path) -> Path:
    """The folder with the programs of the peers; installed first when that was not done yet. Raises NoPeer."""
    made = folder / f"peers-{hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:10]}"
    if not (made / ".stamp").exists():
        venv.create(made, clear=True, with_pip=True)
        install = [str(made / "bin" / "pip"), "install", "-qq", "--disable-pip-version-check", "--require-hashes",
                   "-r", str(REQUIREMENTS)]  # fmt: skip
        if subprocess.run(install, check=False).returncode:
            raise NoPeer("Datasette and Wagtail could not be installed (tests/bench/peers/requirements.txt)")
        (made / ".stamp").touch()
    return made / "bin"


def nginx() -> str:
    """The program nginx. Raises NoPeer."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    if found := shutil.which("nginx", path=path):
        return found
    raise NoPeer("nginx is missing: apt-get install nginx-light")


def run(programs: Path, module: str, *arguments: str, folder: Path, **env: str) -> None:
    """Run a module of this repository with the Python of the peers. Raises subprocess.CalledProcessError."""
    command = [str(programs / "python"), "-m", module, *arguments]
    subprocess.run(command, cwd=ROOT, check=True, env=environment(folder, **env), stdout=sys.stderr)
