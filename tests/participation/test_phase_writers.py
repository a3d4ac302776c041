"""Only one function writes the phase of a project: nothing else in the code does, and there is no admin to do it in."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SOURCES = sorted(
    path
    for package in ("portal", "transparency", "participation")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
FIELDS = {"phase", "phase_since"}
HERE = "participation/actions/gates.py"
BEGINS = {"participation/actions/projects.py": 1}  # a project begins in its first phase
# Models of which `phase` says when something happened, not where a project is.
OTHER = {"PlannedRole", "Advice", "Meeting", "Passage", "PulseRound", "PhaseShown", "PhaseInShort", "ProjectInShort",
         "Findings"}  # fmt: skip
WRITES = {"update", "create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "Project"}


def name_of(node):
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def owner_of(call):
    """The model or the start of the chain on which a method is called: Project.objects.filter(…).update(…)."""
    node = call.func
    while isinstance(node, (ast.Attribute, ast.Call)):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return getattr(node, "id", "")


def writes(tree):
    """Lines that give a phase to something that may be a project."""
    for node in ast.walk(tree):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        if isinstance(node, (ast.Assign, ast.AugAssign)) and any(
            isinstance(one, ast.Attribute) and one.attr in FIELDS for one in targets
        ):
            yield node.lineno
        if (
            isinstance(node, ast.Call)
            and name_of(node.func) in WRITES
            and owner_of(node) not in OTHER
            and FIELDS & {keyword.arg for keyword in node.keywords}
        ):
            yield node.lineno
        if isinstance(node, ast.Call) and name_of(node.func) == "setattr":
            yield from (node.lineno for argument in node.args if getattr(argument, "value", "") in FIELDS)


def written(path):
    return list(writes(ast.parse(path.read_text(encoding="utf-8"))))


def test_phase_is_written_in_one_place():
    found = {str(path.relative_to(ROOT)): len(lines) for path in SOURCES if (lines := written(path))}

    assert found == {HERE: 1, **BEGINS}


def test_that_place_is_one_function():
    tree = ast.parse((ROOT / HERE).read_text(encoding="utf-8"))
    functions = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}

    assert [name for name, node in functions.items() if list(writes(node))] == ["_enter_phase"]


@pytest.mark.parametrize(
    "text",
    ["project.phase = 'IN_USE'", "Project.objects.filter(pk=1).update(phase='IN_USE')", "project.phase_since = now",
     "Project.objects.create(phase='IN_USE')", "setattr(project, 'phase', 'IN_USE')", "found.update(phase='IN_USE')",
     "Project(phase='IN_USE')"],
)  # fmt: skip
def test_this_test_sees_a_write(text):
    assert list(writes(ast.parse(text))) == [1]


def test_sql_of_our_own_writes_no_project():
    texts = [path.read_text(encoding="utf-8").lower() for path in SOURCES]

    assert [text for text in texts if "update participation_project" in text] == []


def test_there_is_no_admin():
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert list((ROOT / "participation").rglob("admin*.py")) == []
