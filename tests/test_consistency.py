"""Rules that hold for the whole project: every address, view, model, template, file, kind of event and word."""

import ast
import re
import tomllib
import uuid
from pathlib import Path

import allauth
import pytest
from django.apps import apps
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import models
from django.template.loader import get_template
from django.urls import reverse

from participation.models import Fund
from portal.accounts.models import User
from portal.accounts.tables_of_others import TABLES
from portal.audit.describe import SENTENCES
from portal.audit.revision import current_revision
from portal.core.page_cache import PageCache
from portal.core.public import ANY_QUERY, is_keyed
from tests.conftest import NOW
from tests.factories.participation import ProgrammeFactory, ProjectFactory, given_advice
from tests.factories.recruiting import VacancyFactory
from tests.factories.transparency import published_entry, published_system, with_received
from tests.support.addresses import EVERY, PUBLIC
from tests.support.standing import standing
from tests.support.wsgi import Answer
from transparency.fields import FIELDS
from transparency.states import Origin

ROOT = Path(settings.BASE_DIR)
PACKAGES = ("portal", "transparency", "participation")
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
PYTHON = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py")), ROOT / "manage.py"]
TEMPLATES = sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in {".html", ".txt"})
ALLAUTH = Path(allauth.__file__).parent / "templates"
VOCABULARIES = sorted((ROOT / "transparency" / "vocabularies").glob("*.toml"))
MODELS = [model for model in apps.get_models() if model.__module__.split(".")[0] in PACKAGES]
CHOICES = [(model, field) for model in MODELS for field in model._meta.concrete_fields if field.choices]

KEY = uuid.UUID(int=1)
# The arguments with which each address is asked for here; an address that takes arguments and is not here fails.
ARGUMENTS = {
    "help-page": {"slug": "wat-is-ai"},
    "transparency:entry": {"slug": "breukkijker"},
    "transparency:leaflet": {"slug": "breukkijker"},
    "transparency:versions": {"slug": "breukkijker"},
    "transparency:received": {"slug": "breukkijker"},
    "transparency:version": {"slug": "breukkijker", "number": 1},
    "transparency:system": {"slug": "bonefinder"},
    "transparency:system-versions": {"slug": "bonefinder"},
    "transparency:system-version": {"slug": "bonefinder", "number": 1},
    "transparency:provider": {"slug": "de-linde"},
    "api:entry": {"key": KEY},
    "api:versions": {"key": KEY},
    "api:received": {"key": KEY},
    "api:national": {"key": KEY},
    "api:system": {"key": KEY},
    "api:organisation": {"key": KEY},
    "api:schema": {"name": "toepassing"},
    "api:download": {"name": "toepassingen.csv"},
    "api:annex-viii": {"slug": "breukkijker"},
    "participation-api:project": {"key": KEY},
    "participation:project": {"slug": "breukkijker"},
    "participation:programme": {"slug": "samen-met-ai"},
    "participation-api:vacancy": {"key": KEY},
    "participation-api:advice": {"key": KEY},
    "participation:advice": {"slug": "breukkijker", "key": KEY},
    "participation:vacancy": {"slug": "denk-mee"},
    "participation:fund": {"slug": "fonds-x"},
    "participation-api:fund": {"key": KEY},
}


# Addresses that take a POST, and whether they can be read too.
TAKES_POST = {"transparency:language-check": True, "api:language-check": False}


def relative(path):
    return str(path.relative_to(ROOT))


def strings(path):
    """Every text constant in a Python file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


# --- Addresses --------------------------------------------------------------------------------------------------


def test_every_address_has_a_name_of_its_own():
    names = [name for name, _view, _path in EVERY]

    assert "None" not in {name.rpartition(":")[2] for name in names}
    assert len(names) == len(set(names))


def test_every_address_is_named_in_a_test():
    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
    mentioned = set().union(*(strings(path) for path in tests))

    assert [name for name in PUBLIC if name not in mentioned] == []


def test_only_a_public_view_stands_outside_the_private_addresses():
    assert [name for name, pattern in PUBLIC.items() if getattr(pattern.callback, "login_required", True)] == []


@pytest.fixture(scope="module")
def one_of_each(django_db_setup, django_db_blocker):
    with standing(django_db_blocker, register_with_one_of_each):
        yield


def test_every_view_for_programs_stands_where_a_key_is_asked_for():
    keyed = [f"/{path}" for _name, view, path in EVERY if is_keyed(view.callback)]

    assert keyed
    assert [path for path in keyed if not path.startswith(settings.KEYED_PATHS)] == []


def register_with_one_of_each():
    """What ARGUMENTS speak of; the entry falls under Annex III and came from another register: it has every form."""
    published_system(slug="bonefinder", uuid=KEY)
    entry = published_entry(
        slug="breukkijker", uuid=KEY, organisation__slug="de-linde", organisation__uuid=KEY, origin=Origin.IMPORTED,
        content={"ai_act_route": "ANNEX_III"},
    )  # fmt: skip
    programme = ProgrammeFactory(slug="samen-met-ai")
    project = ProjectFactory(slug="breukkijker", uuid=KEY, programme=programme)
    project.entries.add(entry)
    given_advice(project, uuid=KEY)
    VacancyFactory(slug="denk-mee", project=project, uuid=KEY)
    Fund.objects.create(
        slug="fonds-x", uuid=KEY, organisation=entry.organisation, name="Fonds", summary="Geld voor patiënten.",
        starts_on=NOW.date(), ends_on=NOW.date(),
    )  # fmt: skip
    with_received(entry, {"name": "Breukkijker", "organization": "De Linde", "status": "Sinds mei in gebruik"})


@pytest.mark.django_db
@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("name", [name for name in PUBLIC if name not in TAKES_POST])
def test_public_address_is_for_reading_only(client, name, method):
    response = client.generic(method, reverse(name, kwargs=ARGUMENTS.get(name)))

    assert (response.status_code, response.headers.get("Allow")) == (405, "GET, HEAD")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "GRIJP"])
@pytest.mark.parametrize(("name", "is_page"), TAKES_POST.items())
def test_address_that_takes_a_post_takes_nothing_else(client, name, is_page, method):
    response = client.generic(method, reverse(name))

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, POST" if is_page else "POST")


@pytest.mark.django_db
@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize("name", [name for name in PUBLIC if TAKES_POST.get(name, True)])
def test_public_address_can_be_read(client, name):
    assert client.get(reverse(name, kwargs=ARGUMENTS.get(name))).status_code == 200


@pytest.mark.django_db
@pytest.mark.once
@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize("name", [name for name in PUBLIC if TAKES_POST.get(name, True)])
def test_head_of_a_public_address_is_answered_as_get_is(client, name):
    answer = client.head(reverse(name, kwargs=ARGUMENTS.get(name)))

    assert (answer.status_code, answer.getvalue()) == (200, b"")


@pytest.mark.django_db
@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize("name", [name for name, page in PUBLIC.items() if getattr(page.callback, "query_keys", ())])
def test_question_that_holds_nul_is_answered(client, name):
    keys = set(PUBLIC[name].callback.query_keys) - set(ANY_QUERY)
    address = reverse(name, kwargs=ARGUMENTS.get(name))

    assert {client.get(address, {key: "a\0b"}).status_code for key in keys} <= {200, 404}


@pytest.mark.django_db
@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("name", PUBLIC)
def test_reader_who_is_signed_in_leaves_nothing_in_the_cache(name, prefix):
    address = prefix + reverse(name, kwargs=ARGUMENTS.get(name))
    cache = PageCache(WSGIHandler(), current_revision)

    hers = Answer(cache, address, Cookie="sessionid=x7q2z; csrftoken=x7q2z", Authorization="Basic x7q2z",
                  User_Agent="x7q2z", Referer="https://x7q2z.example/", Accept_Language="en")  # fmt: skip
    theirs, fresh = Answer(cache, address), Answer(PageCache(WSGIHandler(), current_revision), address)

    assert (hers.status, hers.headers, hers.body) == (theirs.status, theirs.headers, theirs.body)
    assert (fresh.status, fresh.headers, fresh.body) == (theirs.status, theirs.headers, theirs.body)
    assert b"x7q2z" not in hers.body
    assert "set-cookie" not in hers.headers


# --- Models -----------------------------------------------------------------------------------------------------


def checks(model):
    return [constraint for constraint in model._meta.constraints if isinstance(constraint, models.CheckConstraint)]


def codes_of(condition, name):
    """The codes that a condition of the form name in […] (or name = …) leaves for the field `name`."""
    found = set()
    for part in condition.children:
        if isinstance(part, models.Q):
            found |= codes_of(part, name)
        elif part[0] == f"{name}__in":
            found |= set(part[1])
        elif part[0] == name:
            found.add(part[1])
    return found


@pytest.mark.parametrize("model", MODELS)
def test_model_says_what_is_personal_and_how_long_it_stays(model):
    retention = model.__dict__["Retention"]

    assert isinstance(retention.personal, tuple)
    assert retention.keep


@pytest.mark.parametrize("model", MODELS)
def test_what_a_model_calls_personal_is_a_field_of_it(model):
    assert set(model.Retention.personal) <= {field.name for field in model._meta.get_fields()}


def test_every_table_of_a_package_says_what_is_personal_in_it():
    theirs = {model._meta.label: model for model in apps.get_models() if model not in MODELS}

    assert set(TABLES) == set(theirs)
    for label, table in TABLES.items():
        assert set(table.personal) <= {field.name for field in theirs[label]._meta.get_fields()}
        assert table.keep


def test_column_of_a_package_that_points_at_a_person_is_called_personal():
    for label, table in TABLES.items():
        fields = apps.get_model(label)._meta.concrete_fields
        assert {field.name for field in fields if field.related_model is User} <= set(table.personal)


@pytest.mark.parametrize("model", MODELS)
def test_model_says_how_it_is_shown(model):
    assert model.__str__ is not models.Model.__str__


@pytest.mark.parametrize(("model", "field"), CHOICES, ids=[str(field) for _model, field in CHOICES])
def test_database_refuses_a_code_that_is_no_choice(model, field):
    wanted = {code for code, _label in field.flatchoices} | ({""} if field.blank else set())

    allowed = [codes_of(constraint.condition, field.name) for constraint in checks(model)]

    assert wanted in allowed


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


# --- Templates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_compiles(path):
    get_template(path.relative_to(ROOT / "templates").as_posix())


def test_every_template_is_used():
    used = set().union(*(strings(path) for path in SOURCES))
    events = {*used, *(f"participation/{event}" for event in used)}
    used |= {f"emails/{event}_{part}.txt" for event in events for part in ("subject", "body")}
    for path in TEMPLATES:
        used |= set(re.findall(r"{% (?:extends|include) \"([^\"#]+)", path.read_text(encoding="utf-8")))
    used |= {f"emails/{event}_{part}.txt" for event in used for part in ("subject", "body")}  # see portal/core/mail.py
    used |= {path.relative_to(ALLAUTH).as_posix() for path in ALLAUTH.rglob("*")}  # ours stand in their place

    assert [name for path in TEMPLATES if (name := path.relative_to(ROOT / "templates").as_posix()) not in used] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_has_no_style_or_script_in_it(path):
    text = path.read_text(encoding="utf-8")

    assert (
        re.findall(r"""<style|<script(?![^>]*\bsrc=)|\s(?:style|on[a-z]+|(?:data-)?hx-on[\w:.-]*)\s*=\s*["'{]""", text)
        == []
    )


# --- Files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PYTHON, ids=relative)
def test_python_file_begins_by_saying_what_it_is_for(path):
    text = path.read_text(encoding="utf-8")
    may_be_empty = path.name == "__init__.py" and path.parent.name == "migrations"

    assert ast.get_docstring(ast.parse(text)) or (may_be_empty and not text)


@pytest.mark.parametrize("path", PYTHON, ids=relative)
def test_python_file_is_short_enough_to_know(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 600


RECORDERS = {"record", "record_many", "record_claim"}  # the last passes on to the first what it is given


# --- Events and words -------------------------------------------------------------------------------------------


def recorded():
    """The kinds of event of every call of record(…) in the code; None for one that is not written out there."""
    for path in SOURCES:
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and function.name not in RECORDERS:
                yield from recorded_by(function)


def recorded_by(function):
    nodes = list(ast.walk(function))
    given = {
        target.id: node.value for node in nodes if isinstance(node, ast.Assign) for target in names_in(node.targets)
    }
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RECORDERS and node.args:
            kind = given.get(node.args[0].id) if isinstance(node.args[0], ast.Name) else node.args[0]
            kinds = [kind.body, kind.orelse] if isinstance(kind, ast.IfExp) else [kind]
            yield from (one.value if isinstance(one, ast.Constant) else None for one in kinds)


def names_in(nodes):
    return [node for node in nodes if isinstance(node, ast.Name)]


def test_every_kind_of_event_in_the_code_has_a_sentence():
    assert set(recorded()) - set(SENTENCES) == set()


def test_every_sentence_is_about_an_event_in_the_code():
    assert set(SENTENCES) - set(recorded()) == set()


@pytest.mark.parametrize("path", VOCABULARIES, ids=relative)
def test_every_code_of_a_vocabulary_has_words_in_both_languages(path):
    data = tomllib.loads(path.read_text(encoding="utf-8"))

    without = [
        row for row in (data, *data["term"]) if not (row.get("label", "").strip() and row.get("label_en", "").strip())
    ]

    assert without == []


@pytest.mark.parametrize("path", VOCABULARIES, ids=relative)
def test_every_code_of_a_vocabulary_is_a_code_and_stands_there_once(path):
    codes = [row["code"] for row in tomllib.loads(path.read_text(encoding="utf-8"))["term"]]

    assert len(codes) == len(set(codes))
    assert [code for code in codes if not re.fullmatch(r"[A-Z][A-Z0-9_]*", code)] == []


def test_every_vocabulary_is_used_and_every_used_one_is_there():
    used = {part.vocabulary for field in FIELDS for part in (field, *field.parts) if part.vocabulary}

    assert used == {path.stem for path in VOCABULARIES}
