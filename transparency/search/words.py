"""Words of patients beside words of medicine, from words.toml: searching one finds the others."""

import re
import tomllib
from functools import cache
from pathlib import Path

from portal.core.text import fold
from transparency.vocabularies import FOLDER, vocabulary

FILE = Path(__file__).parent.parent / "words.toml"

# Parts of compounds that stand in no group but do in many words of care.
EXTRA_PARTS = frozenset(
    """arts dokter foto scan beeld uitslag onderzoek behandeling operatie ziekte klacht klachten pijn breuk aanval
    kanker vlek plek huid hart long longen hersen hersenen nier nieren lever maag darm darmen bloed bot botten borst
    oog ogen oor oren neus keel mond tand tanden knie heup arm been hand voet rug nek hoofd prostaat blaas baarmoeder
    gesprek verslag brief dossier afspraak medicijn medicijnen recept apotheek apotheker assistent assistente post
    huis ziekenhuis zieken patient kind kinderen ouder ouderen vrouw man mens thuis spoed hulp zorg verpleeg
    verpleegkundige app computer robot spraak herkenning tekst bericht berichten telefoon bel vraag vragen
    druk suiker slag ader vat vaten ritme ontsteking vergiftiging test meting meet rekening kosten
    verzekering""".split()
)


LONGEST_WORD = 60  # no Dutch word is longer; PostgreSQL refuses a search for one of 2,047 letters


def folded_words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, cut to LONGEST_WORD.

    One that starts with a digit gets an "n" in front: both databases keep it whole.
    """
    found = (word[:LONGEST_WORD] for word in re.findall(r"[a-z0-9]+", fold(text)))
    return tuple(f"n{word}" if word[0].isdigit() else word for word in found)


@cache
def groups() -> tuple[tuple[tuple[tuple[str, ...], ...], bool], ...]:
    """Every group as (phrases, one_way); a phrase is a tuple of folded words."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return tuple(
        (tuple(folded_words(text) for text in row["words"]), bool(row.get("one_way", False))) for row in data["group"]
    )


@cache
def synonyms() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Each phrase with the phrases that mean nearly the same, itself left out."""
    found: dict[tuple[str, ...], dict[tuple[str, ...], None]] = {}
    for phrases, one_way in groups():
        for phrase in phrases[:1] if one_way else phrases:
            others = found.setdefault(phrase, {})
            others.update(dict.fromkeys(other for other in phrases if other != phrase))
    return {phrase: tuple(others) for phrase, others in found.items()}


@cache
def known_words() -> frozenset[str]:
    """The single words that a compound may be made of."""
    single = {word for phrases, _ in groups() for phrase in phrases for word in phrase if len(word) >= 3}
    for path in FOLDER.glob("*.toml"):
        for term in vocabulary(path.stem).terms.values():
            single.update(word for word in folded_words(term.label_nl) if len(word) >= 4)
    return frozenset(single | EXTRA_PARTS)
