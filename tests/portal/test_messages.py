"""The English catalogue: finding the texts, keeping it up to date, checking it."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal import messages

TEMPLATE = """\
<h1 title="{% translate "Kop" %}">{% translate 'Enkele aanhaling' %}</h1>
  <p>{% translate "Gestopt" context "melding" %} {% translate "Met label" as label %}</p>
      {% blocktranslate trimmed with name=provider.name %}
        Dag {{ name }},
        <strong>100%</strong> gratis
      {% endblocktranslate %}
 {% blocktranslate count number=total %}{{ number }} huis{% plural %}{{ number }} huizen{% endblocktranslate %}
    {% blocktranslate context "zoeken" count number=total %}een slot{% plural %}sloten{% endblocktranslate %}
  {% blocktranslate asvar here context "pagina" %}Over {{ name }}{% endblocktranslate %}
{% mark label=_("Van een eigen tag") kind="ok" %}{{ value|default:_("Van een filter") }}{{ _("Van een variabele") }}
{% comment %}{% translate "Weggelaten" %}{% endcomment %}{# {% translate "Weggelaten" %} #}
"""

CODE = '''
"""Doc."""
from django.utils.translation import gettext, gettext_lazy as _, ngettext_lazy, npgettext, pgettext_lazy

TITLE = _("Lui " "in twee stukken")
PLURAL = ngettext_lazy("%(n)d brief", "%(n)d brieven", "n")
CONTEXT = pgettext_lazy("gebouw", "bank")


def gettext_later(gettext: str = "Geen tekst") -> str:
    return gettext("Gewoon") + npgettext("dier", "een muis", "muizen", 2) + other("Niet om te vertalen")
'''

SMALL = messages._HEADER + (
    "#: portal/words.py templates/page.html\n"
    'msgid "Dag"\n'
    'msgstr "Hello"\n'
    "\n"
    "#: templates/page.html\n"
    "#, python-format\n"
    'msgid "Dit is <b>%(name)s</b>"\n'
    'msgstr "This is <b>%(name)s</b>"\n'
    "\n"
    "#: portal/words.py\n"
    "#, python-brace-format\n"
    'msgid "Kies {one}"\n'
    'msgstr "Choose {one}"\n'
    "\n"
    "#: portal/words.py\n"
    "#, python-format\n"
    'msgid "%(n)d brief"\n'
    'msgid_plural "%(n)d brieven"\n'
    'msgstr[0] "%(n)d letter"\n'
    'msgstr[1] "%(n)d letters"\n'
)


def _project(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def found(tmp_path: Path) -> set[tuple[Any, str | None]]:
    """(text, context) of everything in a template and a module with a sample of each construct."""
    root = _project(tmp_path, {"templates/all.html": TEMPLATE, "transparency/all.py": CODE})
    return {(message.id, message.context) for message in messages.extracted(root) if message.id}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A project of two files with its complete catalogue, as `update_messages` writes it."""
    root = _project(tmp_path, {
        "templates/page.html": "{% translate 'Dag' %}{% blocktrans %}Dit is <b>{{ name }}</b>{% endblocktrans %}",
        "portal/words.py": 'A = _("Dag")\nB = _("Kies {one}")\nC = ngettext("%(n)d brief", "%(n)d brieven", 2)\n',
        "portal/static/notes.md": "{% translate 'Geen sjabloon' %}",
        "tests/test_words.py": '_("Alleen in een test")\n',
        str(messages.CATALOGUE): SMALL,
    })  # fmt: skip
    call_command("update_messages", root=root)
    return root


def _catalogue(root: Path) -> str:
    return (root / messages.CATALOGUE).read_text(encoding="utf-8")


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("Kop", None),
        ("Enkele aanhaling", None),
        ("Gestopt", "melding"),
        ("Met label", None),
        ("Dag %(name)s, <strong>100%%</strong> gratis", None),
        (("%(number)s huis", "%(number)s huizen"), None),
        (("een slot", "sloten"), "zoeken"),
        ("Over %(name)s", "pagina"),
        ("Van een eigen tag", None),
        ("Van een filter", None),
        ("Van een variabele", None),
    ],
)
def test_extraction_finds_every_construct_of_a_template(found: set[Any], text: Any, context: str | None) -> None:
    assert (text, context) in found


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("Lui in twee stukken", None),
        (("%(n)d brief", "%(n)d brieven"), None),
        ("bank", "gebouw"),
        ("Gewoon", None),
        (("een muis", "muizen"), "dier"),
    ],
)
def test_extraction_finds_every_function_of_django(found: set[Any], text: Any, context: str | None) -> None:
    assert (text, context) in found


def test_extraction_finds_nothing_else(found: set[Any]) -> None:
    assert len(found) == 16, found


def test_the_real_catalogue_passes_the_check() -> None:
    call_command("check_messages")


def test_every_word_said_to_be_the_same_is_in_the_catalogue() -> None:
    there = {message.id for message in messages.stored(settings.BASE_DIR)}

    assert there >= messages.SAME_IN_BOTH


def test_the_english_name_of_the_portal_is_the_same_everywhere() -> None:
    named = [m for m in messages.stored(settings.BASE_DIR) if "AI in mijn zorg" in m.id]

    assert [m.string for m in named if "AI in my care" not in m.string] == []


def test_a_complete_catalogue_passes_the_check(small: Path) -> None:
    call_command("check_messages", root=small)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"Hello"', '""', "not translated: Dag"),
        ('msgid "Dag"', '#, fuzzy\nmsgid "Dag"', "fuzzy: Dag"),
        ('"Hello"', '"Dag"', "still in Dutch: Dag"),
        ('"This is <b>%(name)s</b>"', '"This is <b>%(naam)s</b>"', "other placeholders: Dit is <b>%(name)s</b>"),
        ('"This is <b>%(name)s</b>"', '"This is <b>it</b>"', "other placeholders: Dit is <b>%(name)s</b>"),
        ('"This is <b>%(name)s</b>"', '"This is <i>%(name)s</i>"', "other HTML tags: Dit is <b>%(name)s</b>"),
        ('"This is <b>%(name)s</b>"', '"This is %(name)s"', "other HTML tags: Dit is <b>%(name)s</b>"),
        ('"Choose {one}"', '"Choose {two}"', "other placeholders: Kies {one}"),
        ('"%(n)d letters"', '""', "a plural form is missing: %(n)d brief | %(n)d brieven"),
        ('"%(n)d letters"', '"letters"', "other placeholders: %(n)d brief | %(n)d brieven"),
        ('"%(n)d letters"', '"%(n)d brieven"', "still in Dutch: %(n)d brief | %(n)d brieven"),
        ('msgid "Dag"', 'msgid "Dag weg"', "not in the catalogue: Dag"),
        ('msgid "Dag"', 'msgid "Dag weg"', "nothing asks for it any more: Dag weg"),
        ("#: templates/page.html", "#: templates/page.html:3", "the file is not as update_messages writes it"),
    ],
)
def test_the_check_names_the_fault(small: Path, old: str, new: str, fault: str) -> None:
    _change(small / messages.CATALOGUE, old, new)

    with pytest.raises(CommandError) as refused:
        call_command("check_messages", root=small)

    assert fault in str(refused.value).splitlines()


def test_the_check_refuses_a_project_without_a_catalogue(small: Path) -> None:
    (small / messages.CATALOGUE).unlink()

    with pytest.raises(CommandError, match="not in the catalogue: Dag"):
        call_command("check_messages", root=small)


def test_an_update_of_an_up_to_date_catalogue_changes_nothing(small: Path) -> None:
    before = (small / messages.CATALOGUE).stat().st_mtime_ns, _catalogue(small)

    call_command("update_messages", root=small)

    assert ((small / messages.CATALOGUE).stat().st_mtime_ns, _catalogue(small)) == before


def test_an_update_makes_the_catalogue_when_there_is_none(small: Path) -> None:
    (small / messages.CATALOGUE).unlink()

    call_command("update_messages", root=small)

    assert 'msgid "Dag"\nmsgstr ""\n' in _catalogue(small)


def test_an_update_keeps_translations_when_texts_move(small: Path) -> None:
    before = _catalogue(small)
    _change(small / "portal/words.py", 'A = _("Dag")\n', '\n\nZ = 1\nA = _("Dag")\n')

    call_command("update_messages", root=small)

    assert _catalogue(small) == before


def test_an_update_adds_what_is_new_without_a_guess(small: Path) -> None:
    _change(small / "portal/words.py", '_("Dag")', '_("Dag!")')

    call_command("update_messages", root=small)

    assert 'msgid "Dag!"\nmsgstr ""\n' in _catalogue(small)


def test_an_update_drops_what_nothing_asks_for(small: Path) -> None:
    _change(small / "portal/words.py", '_("Kies {one}")', "1")

    call_command("update_messages", root=small)

    assert "Kies" not in _catalogue(small)


def test_a_catalogue_holds_no_dates_and_no_line_numbers(small: Path) -> None:
    assert re.findall(r"(?i)^.*(?:-date|\.(?:py|html):\d).*$", _catalogue(small), re.MULTILINE) == []


def test_signing_in_and_replying_to_a_vacancy_have_each_their_own_word() -> None:
    signing = re.compile(r"\bsign(s|ed|ing)?[ -](in|out)\b", re.IGNORECASE)

    named = [m.id for m in messages.stored(settings.BASE_DIR) if signing.search(str(m.string))]

    mixed = re.compile(r"aan ?(te )?(ge)?meld|af(ge)?meld|\bmeld\w* .{0,20}\b(aan|af)\b", re.IGNORECASE)
    assert named
    assert [text for text in named if mixed.search(str(text))] == []
