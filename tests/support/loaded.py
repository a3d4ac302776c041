"""A process that has loaded the portal, from which scripts begin as copies: to load it takes each of them two seconds.

`do_in` is for what a test needs done on an installation, not for a program that is itself under test. A copy has its
own memory and connections, and the settings of the environment that was given: it begins as from a shell.
"""

import json
import os
import random
import runpy
import subprocess
import sys
import tempfile
from collections import OrderedDict
from importlib import import_module
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
KEPT = 2  # processes; those of servers that are gone make room
_LOADED: OrderedDict[tuple[tuple[str, str], ...], subprocess.Popen[str]] = OrderedDict()


def do_in(env: dict[str, str], script: str, *words: str, given: str = "") -> str:
    """What `script` prints, with `words` as its arguments and `given` to read; with the settings of `env`.

    A script is a name of a module that does something as __main__ ("tests.support.claiming_people"), or else Python.
    Raises RuntimeError with the end of its complaint when it fails.
    """
    process = _process(env)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"script": script, "words": words, "given": given}) + "\n")
    process.stdin.flush()
    said = process.stdout.readline()
    if not said:
        raise RuntimeError("the portal could not be loaded, see above")
    told: dict[str, Any] = json.loads(said)
    if told["status"]:
        raise RuntimeError(told["complaint"][-3_000:])
    return str(told["said"])


def _process(env: dict[str, str]) -> subprocess.Popen[str]:
    key = tuple(sorted(env.items()))
    if key not in _LOADED:
        _LOADED[key] = subprocess.Popen(
            [sys.executable, "-m", "tests.support.loaded"], cwd=ROOT, env=env, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip
        while len(_LOADED) > KEPT:
            _LOADED.popitem(last=False)[1].communicate()  # it ends when nobody can ask any more
    _LOADED.move_to_end(key)
    return _LOADED[key]


def _answer(told: dict[str, Any]) -> dict[str, Any]:
    """Let a copy of this process do what is asked."""
    is_module = all(part.isidentifier() for part in told["script"].split("."))
    if is_module:
        import_module(told["script"])  # the next copy has it
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said, tempfile.TemporaryFile("w+") as complaint:
        pid = os.fork()
        if pid == 0:
            _become(told, is_module, said, complaint)
        _pid, status = os.waitpid(pid, 0)
        for file in (said, complaint):
            file.seek(0)
        return {"status": status, "said": said.read(), "complaint": complaint.read()}


def _become(told: dict[str, Any], is_module: bool, said: IO[str], complaint: IO[str]) -> None:
    """In the copy: run the script as the shell would, and end."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as given:
        given.write(told["given"])
        given.seek(0)
        for number, file in enumerate((given, said, complaint)):
            os.dup2(file.fileno(), number)
    random.seed()
    sys.modules.pop(told["script"], None)  # it begins as __main__, not as what the others import
    sys.argv = [told["script"] if is_module else "-c", *told["words"]]
    status = 1
    try:
        if is_module:
            runpy.run_module(told["script"], run_name="__main__", alter_sys=True)
        else:
            exec(compile(told["script"], "<script>", "exec"), {"__name__": "__main__"})  # noqa: S102 (a test's own)
        status = 0
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


def main() -> None:
    """Load the portal, and answer until nobody can ask any more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django
    from django.conf import settings

    django.setup()
    import_module(settings.ROOT_URLCONF)
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
