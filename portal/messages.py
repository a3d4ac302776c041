"""The words of the user interface: finding them in code and templates, and holding the English catalogue against them.

Dutch is the source (msgid), locale/en/LC_MESSAGES/django.po the only translation. `make messages` compiles it.
"""

import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

FOLDERS = ("participation", "portal", "templates", "transparency")
CATALOGUE = Path("locale/en/LC_MESSAGES/django.po")

# Where the texts stand among the arguments of Django's functions; "c" is the context.
_SHAPES: dict[str, Any] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = {f"{name}{lazy}": shape for name, shape in _SHAPES.items() for lazy in ("", "_lazy")} | {
    "_": None,
    "gettext_noop": None,
}

# Dutch words that are English words too. Every other text that is the same in both languages was forgotten.
SAME_IN_BOTH = frozenset({
    "App", "Buddy", "Downloads", "EUDAMED", "Filters", "Home", "Link", "Maker", "Open", "Partner", "Passkey",
    "Passkey %(number)s", "Passkeys", "Privacy", "Product", "Project", "Reserve", "Status", "Team", "UDI-DI", "Website",
    "project", "team",
})  # fmt: skip

# No dates and no line numbers: the file changes only when a text does.
_HEADER = r"""# English of the user interface; Dutch is the source. `manage.py update_messages` writes this file anew.
msgid ""
msgstr ""
"Language: en\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
_TAG = re.compile(r"</?[a-z][^>]*>")


def extract_template(
    file: BinaryIO, keywords: Any, comment_tags: Collection[str], options: Any
) -> Iterator[tuple[Any, ...]]:
    """Babel's extraction method for Django templates: (line, function, texts, comments) of every text."""
    code = templatize(file.read().decode("utf-8"))
    # Python's tokenizer reads what templatize made of the template, and would stumble over its indentation.
    flat = re.sub(r"^[^\S\n]+", "", code, flags=re.MULTILINE)
    yield from extract_python(io.BytesIO(flat.encode()), keywords, comment_tags, options)


_METHODS: dict[str, Any] = {".py": extract_python, ".html": extract_template, ".txt": extract_template}


def extracted(root: Path) -> Catalog:
    """Every text that the code and templates under `root` want translated, without translations."""
    catalog = Catalog(locale="en")
    files = (path for folder in FOLDERS for path in sorted((root / folder).rglob("*")) if path.suffix in _METHODS)
    for path in files:
        with path.open("rb") as file:
            for line, texts, comments, context in extract(_METHODS[path.suffix], file, KEYWORDS, ("Translators",)):
                place = (path.relative_to(root).as_posix(), line)
                catalog.add(texts, locations=[place], auto_comments=comments, context=context)
    return catalog


def stored(root: Path) -> Catalog:
    """The catalogue as it stands under `root`; an empty one when there is no file yet."""
    path = root / CATALOGUE
    if not path.exists():
        return Catalog(locale="en")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def compile_catalogue(root: Path) -> Path:
    """Write the compiled catalogue beside the .po file, whole or not at all; returns its path."""
    target = (root / CATALOGUE).with_suffix(".mo")
    with NamedTemporaryFile("wb", dir=target.parent, suffix=".mo.new", delete=False) as file:  # two may start at once
        write_mo(file, stored(root))
    made = Path(file.name)
    made.chmod(0o644)
    return made.replace(target)


def renewed(root: Path) -> str:
    """The text of the catalogue after an update: what extraction gives, with the translations that are there."""
    catalog = stored(root)
    catalog.update(extracted(root), no_fuzzy_matching=True)
    file = io.BytesIO()
    write_po(file, catalog, width=0, omit_header=True, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return _HEADER + file.getvalue().decode("utf-8")


def faults(root: Path) -> list[str]:
    """Everything that is wrong with the catalogue under `root`, a line each; nothing when it may be used."""
    catalog, wanted = stored(root), extracted(root)
    there, needed = _names(catalog), _names(wanted)
    found = [f"not in the catalogue: {name}" for name in sorted(needed - there)]
    found += [f"nothing asks for it any more: {name}" for name in sorted(there - needed)]
    path = root / CATALOGUE
    if not found and (not path.exists() or path.read_text(encoding="utf-8") != renewed(root)):
        found.append("the file is not as update_messages writes it")
    for message in _texts(catalog):
        found += [f"{fault}: {_name(message)}" for fault in _faults_of(message)]
    return found


def _texts(catalog: Catalog) -> Iterable[Message]:
    return (message for message in catalog if message.id)  # the one without an id is the header


def _names(catalog: Catalog) -> set[str]:
    return {_name(message) for message in _texts(catalog)}


def _forms(texts: Any) -> tuple[str, ...]:
    """One text, or the singular and the plural, as Babel gives them; what is not translated is empty."""
    return tuple(text or "" for text in texts) if isinstance(texts, (tuple, list)) else (texts or "",)


def _name(message: Message) -> str:
    """The text as a list of faults names it: singular | plural, after its context."""
    text = " | ".join(_forms(message.id))
    return f"[{message.context}] {text}" if message.context else text


def _faults_of(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    if message.fuzzy:
        yield "fuzzy"
    dutch, english = _forms(message.id), _forms(message.string)
    if not all(english):
        yield "a plural form is missing" if any(english) else "not translated"
        return
    for source, text in zip(dutch, english, strict=True):
        if Counter(_PLACEHOLDER.findall(source)) != Counter(_PLACEHOLDER.findall(text)):
            yield "other placeholders"
        if Counter(_TAG.findall(source)) != Counter(_TAG.findall(text)):
            yield "other HTML tags"
        if text == source and text not in SAME_IN_BOTH and re.search(r"[^\W\d_]", _PLACEHOLDER.sub("", text)):
            yield "still in Dutch"
