"""A small graph and its two written forms, Turtle and JSON-LD: all that the catalogue needs of RDF."""

import json
from collections import defaultdict
from dataclasses import dataclass, field

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_IN_IRI = str.maketrans({c: f"%{ord(c):02X}" for c in ' <>"{}|\\^`'})


@dataclass(frozen=True, kw_only=True)
class Iri:
    """The name of a thing: a whole address, or a short one ("dcat:Dataset")."""

    value: str

    def turtle(self) -> str:
        """As Turtle writes it."""
        is_short = self.value.partition(":")[0] in PREFIXES
        return self.value if is_short else f"<{self.value.translate(_IN_IRI)}>"

    def json(self) -> dict[str, str]:
        """As JSON-LD writes it."""
        return {"@id": self.value.translate(_IN_IRI)}


@dataclass(frozen=True, kw_only=True)
class Literal:
    """A text with its language or its type."""

    value: str
    language: str = ""
    type: str = ""

    def turtle(self) -> str:
        """As Turtle writes it; a JSON string is a Turtle string."""
        end = f"@{self.language}" if self.language else f"^^{self.type}" if self.type else ""
        return json.dumps(self.value, ensure_ascii=False) + end

    def json(self) -> dict[str, str]:
        """As JSON-LD writes it."""
        more = {"@language": self.language} if self.language else {"@type": self.type} if self.type else {}
        return {"@value": self.value, **more}


Term = Iri | Literal


def iri(value: str) -> Iri:
    """The name `value`."""
    return Iri(value=value)


def dutch(text: str) -> Literal:
    """A text in Dutch."""
    return Literal(value=text, language="nl")


def plain(text: str) -> Literal:
    """A text that is no language."""
    return Literal(value=text)


def day(text: str) -> Literal:
    """A date, "YYYY-MM-DD"."""
    return Literal(value=text, type="xsd:date")


@dataclass
class Graph:
    """Things with what is said of them, in the order in which it was said."""

    things: dict[str, dict[str, list[Term]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def say(self, subject: str, kinds: list[str], **said: Term | list[Term]) -> None:
        """Say of `subject` what it is and more; a key is a short name with "_" for ":" ("dct_title")."""
        about = self.things[subject]
        about["@type"] += [iri(kind) for kind in kinds]
        for name, value in said.items():
            about[name.replace("_", ":", 1)] += value if isinstance(value, list) else [value]

    def turtle(self) -> str:
        """The graph as Turtle."""
        parts = [f"@prefix {prefix}: <{address}> ." for prefix, address in PREFIXES.items()]
        for subject, about in self.things.items():
            said = [
                f"{'a' if name == '@type' else name} {', '.join(value.turtle() for value in values)}"
                for name, values in about.items()
            ]
            parts.append(f"\n{iri(subject).turtle()}\n    " + " ;\n    ".join(said) + " .")
        return "\n".join(parts) + "\n"

    def json_ld(self) -> str:
        """The graph as JSON-LD."""
        nodes = [
            {"@id": iri(subject).json()["@id"], "@type": [kind.value for kind in about["@type"]]}
            | {name: [value.json() for value in values] for name, values in about.items() if name != "@type"}
            for subject, about in self.things.items()
        ]
        return json.dumps({"@context": PREFIXES, "@graph": nodes}, ensure_ascii=False, indent=1)
