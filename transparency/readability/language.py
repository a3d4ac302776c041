"""Whether a text is Dutch: the share of its words that only Dutch uses so often, less the words of its neighbours."""

from transparency.readability.document import Document

LEAST_SHARE = 0.2  # measured: the lowest of 178 Dutch texts has .28; a sentence in Afrikaans .09, others less
LEAST_SHARE_OF_FEW, FEW_WORDS = 0.12, 40  # in a few words chance plays: short texts of our own went down to .15
LEAST_WORDS = 12  # with fewer words nothing can be said
_DUTCH = frozenset(
    """de het een en van voor met dat niet zijn u uw bij om er te aan ook naar wordt worden deze dit door uit maar of
    als dan wij ze zij hij heeft hebben kan kunnen moet moeten mag wil wel geen nog tot deze onze ons hoe wie waar
    wat waarom hier daar daarom omdat over tegen tussen zonder tijdens onder bent gaat gaan krijgt doet alleen soms vaak
    altijd meer zich mijn jij je jouw jullie iemand iedereen alle zij elke welke hoeveel veel mensen zien weten nodig
    volgens""".split()
)
# Common in English, German, French, Frisian or Afrikaans, and no words of Dutch.
_FOREIGN = frozenset(
    """the and to you your with this that are be for und das ist nicht mit wir sie et les est nous vous
    pour it fan foar wurdt dy wy jo nie vir ek sê hulle""".split()
)


def is_dutch(document: Document) -> bool:
    """Whether `document` looks like Dutch. A text of a few words gets the benefit of the doubt."""
    words = [token.low for part in document.parts for token in part.sentence.words if token.kind == "word"]
    if len(words) < LEAST_WORDS:
        return True
    return share(words) >= (LEAST_SHARE if len(words) >= FEW_WORDS else LEAST_SHARE_OF_FEW)


def share(words: list[str]) -> float:
    """The share of Dutch words among `words` less that of foreign ones."""
    return sum((word in _DUTCH) - (word in _FOREIGN) for word in words) / len(words)
