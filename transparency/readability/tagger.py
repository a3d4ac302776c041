"""Which kind of word each word of a sentence is, by rules over the lexicon and its neighbours; no parser.

Good enough for means over a text (readability.md: content words F1 .945, finite verbs F1 .886 against a treebank).
"""

import re
from collections.abc import Iterable

from transparency.readability import closed_classes as closed
from transparency.readability.lexicon import Is, look_up
from transparency.readability.tokens import Sentence, Token
from transparency.readability.words import is_noun, noun, verb_forms

MARK, NUMBER, FUNCTION = ".", "#", "F"
NOUN, NAME, ADJECTIVE, MANNER = "N", "P", "A", "M"
FINITE, HELPER = "VF", "AF"  # a finite verb; a finite helper verb
NONFINITE, HELPER_NONFINITE = "VN", "AN"
CONTENT = frozenset({NOUN, NAME, ADJECTIVE, MANNER, FINITE, NONFINITE})
IS_FINITE = frozenset({FINITE, HELPER})
# Until the clause decides: helper or infinitive; finite or participle ("gebruikt"); finite or infinitive ("maken").
_MAYBE_HELPER, _MAYBE_PARTICIPLE, _MAYBE_INFINITIVE = "A?", "VT", "VI"
_CLAUSE_MARKS = frozenset(',;:()–-"')
_COPULAS = frozenset("is zijn was wordt zo heel te zeer erg meer".split())
_NO_ARTICLES = frozenset("meer weinig dat dit die zijn".split())  # determiners that often stand alone
_LEAST_SHOUTED = 3  # words of a sentence that is in capitals as a whole
_BEFORE_VERB = frozenset("ze zij we wij er die deze dit dat".split())


def tag(sentence: Sentence) -> list[str]:
    """The tag of every token of `sentence`."""
    tokens = sentence.tokens
    is_shouted = _is_shouted(tokens)
    tags: list[str] = []
    for at in range(len(tokens)):
        tags.append(_guess(tokens, at, tags, is_shouted=is_shouted))
    helper_at = -100  # of the last helper, for a participle that stands in a clause after it
    for clause in _clauses(tokens):
        helper_at = _settle(tokens, tags, clause, helper_at)
    return tags


def _is_shouted(tokens: list[Token]) -> bool:
    """Whether the whole sentence is in capitals, which then say nothing of its words."""
    words = [token.text for token in tokens if token.kind == "word"]
    return len(words) >= _LEAST_SHOUTED and all(word.isupper() for word in words)


def _clauses(tokens: list[Token]) -> Iterable[list[int]]:
    """The places of the tokens, cut before clause words and at marks."""
    clause: list[int] = []
    for at, token in enumerate(tokens):
        if clause and (token.text in _CLAUSE_MARKS or token.low in closed.CLAUSE_WORDS):
            yield clause
            clause = []
        clause.append(at)
    yield clause


def _low(tokens: list[Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def _guess(tokens: list[Token], at: int, tags: list[str], *, is_shouted: bool) -> str:
    """The tag of one token from itself, the word before it and the word after it."""
    token = tokens[at]
    if fixed := _by_form(token):
        return fixed
    if is_shouted:
        return _by_verb(tokens, at, tags) or _by_ending(tokens, at)
    if token.text[0].isupper() and at and tokens[at - 1].text not in '.:"“‘(':
        common = is_noun(token.low) and look_up(token.low).zipf > 5
        return NOUN if common and not token.text.isupper() else NAME
    if token.text.isupper() and len(token.text) > 1:
        return NAME
    return _by_verb(tokens, at, tags) or _by_ending(tokens, at)


def _by_form(token: Token) -> str:
    if not token.is_word:
        return MARK
    if token.kind in {"number", "link"}:
        return NUMBER if token.kind == "number" else NAME
    if token.low in closed.HELPERS:
        return HELPER
    if token.low in closed.MAYBE_HELPERS:
        return _MAYBE_HELPER
    if token.low in closed.FUNCTION_WORDS or token.kind == "short":
        return FUNCTION
    if "/" in token.low and closed.FUNCTION_WORDS.issuperset(token.low.split("/")):  # "en/of"
        return FUNCTION
    if any(character.isdigit() for character in token.low):  # "4Woz", "COVID-19"
        return NAME
    return MANNER if look_up(token.low).flags & Is.MANNER else ""


def _looks_like(low: str) -> Is:
    """The verb form that a word we do not know looks like."""
    if low.endswith("eert"):
        return Is.THIRD_PERSON
    if low.endswith("eerde"):
        return Is.PAST_SINGULAR
    if low.endswith("eerden"):
        return Is.PAST_PLURAL
    if noun(low):
        return Is(0)
    if re.search(r"eren$|^(?:be|ver|ont|her)\w+en$", low):
        return Is.INFINITIVE
    return (
        Is.PARTICIPLE if re.fullmatch(r"ge\w+(?:eerd|[bdfgklmnprstvz][td])|(?:be|ver|ont|her)\w+[td]", low) else Is(0)
    )


def _by_verb(tokens: list[Token], at: int, tags: list[str]) -> str:
    """The tag when the word can be a verb form; "" when it cannot, or when a noun is likelier."""
    low, before = tokens[at].low, _low(tokens, at - 1)
    form = verb_forms(low) or _looks_like(low)
    after_article = before in closed.DETERMINERS or before in closed.PREPOSITIONS
    if form == Is.FIRST_PERSON:
        return _first_person(tokens, at, after_article=after_article)
    if form & Is.PARTICIPLE and form & (Is.THIRD_PERSON | Is.PAST_PLURAL):  # "gebruikt", "bekeken"
        return _MAYBE_PARTICIPLE
    if form & (Is.PAST_SINGULAR | Is.PAST_PLURAL):
        return _past(tokens, at, tags, form, after_article=after_article)
    if form & Is.THIRD_PERSON:
        return NOUN if is_noun(low) and after_article else FINITE
    if form & Is.PARTICIPLE:
        return NONFINITE
    if form & Is.INFINITIVE:
        return _infinitive(tokens, at, after_article=after_article)
    return ""


def _first_person(tokens: list[Token], at: int, *, after_article: bool) -> str:
    """ "werk" in "ik werk", "werk je" and "Werk samen", but not in "het werk"."""
    low, before, after = tokens[at].low, _low(tokens, at - 1), _low(tokens, at + 1)
    as_noun = is_noun(low)
    asks = after in {"ik", "je", "jij", "u"} and not after_article and not as_noun
    orders = at == 0 and not (as_noun and after in {"van", "is", "wordt"})
    if before in {"ik", "je", "jij"} or asks or orders:
        return FINITE
    if as_noun or after_article:
        return NOUN
    says_i = any(_low(tokens, place) in {"ik", "je", "jij"} for place in range(max(0, at - 8), at))
    begins = before in closed.CLAUSE_WORDS or not tokens[at - 1].is_word
    return FINITE if says_i or begins else ADJECTIVE  # "beter" is not of "beteren"


def _past(tokens: list[Token], at: int, tags: list[str], form: Is, *, after_article: bool) -> str:
    low, before, after = tokens[at].low, _low(tokens, at - 1), _low(tokens, at + 1)
    before_noun = bool(after) and after not in closed.FUNCTION_WORDS and noun(after) is not None
    in_group = after_article or (at > 0 and tags[at - 1] == ADJECTIVE)
    if before_noun and (before in closed.DETERMINERS or (form & Is.VERB == Is.PAST_SINGULAR and in_group)):
        return ADJECTIVE
    return NOUN if is_noun(low) and after_article else FINITE


def _infinitive(tokens: list[Token], at: int, *, after_article: bool) -> str:
    low, before, after = tokens[at].low, _low(tokens, at - 1), _low(tokens, at + 1)
    if before == "te":
        return NONFINITE
    is_only_noun = is_noun(low) and not look_up(low).flags & Is.INFINITIVE  # "inkopen": a verb by its particle only
    is_last = before not in closed.DETERMINERS - _NO_ARTICLES and (after == "" or not tokens[at + 1].is_word)
    if is_noun(low) and is_last and not is_only_noun:  # "Wilt u meer weten?"
        return _MAYBE_INFINITIVE
    if is_only_noun or (is_noun(low) and after_article) or (before == "het" and after == "van"):
        return NOUN
    return _MAYBE_INFINITIVE


def _by_ending(tokens: list[Token], at: int) -> str:
    """Noun or adjective, by the lexicon, the ending and the neighbours."""
    low, before = tokens[at].low, _low(tokens, at - 1)
    if low.endswith(("end", "ende")) and verb_forms(re.sub("de?$", "", low)) & Is.INFINITIVE:
        return ADJECTIVE
    if is_noun(low):
        return NOUN
    if low.endswith(closed.ADJECTIVE_ENDINGS):
        return ADJECTIVE
    if noun(low) or low.endswith(closed.NOUN_ENDINGS):
        return NOUN
    if low.endswith("e") or before in _COPULAS or look_up(low).zipf > 3.5:
        return ADJECTIVE
    return NOUN


def _settle(tokens: list[Token], tags: list[str], clause: list[int], helper_at: int) -> int:
    """Decide what the clause as a whole decides: one finite verb, the others not. Returns where its last helper is."""
    has_finite = any(tags[at] in IS_FINITE for at in clause)
    for at in clause:
        if tags[at] == _MAYBE_HELPER:
            tags[at] = _helper(tokens, tags, at, has_finite=has_finite)
            has_finite = has_finite or tags[at] == HELPER
    begins_clause = tokens[clause[0]].low in {"die", "dat", "omdat", "als"} if clause else False
    for at in clause:
        if tags[at] == HELPER:
            helper_at = at
        elif tags[at] == _MAYBE_PARTICIPLE:
            helped = at - helper_at <= 12 and not begins_clause
            before_helper = at + 1 < len(tags) and tags[at + 1] in {HELPER, _MAYBE_HELPER}
            tags[at] = NONFINITE if has_finite or helped or before_helper else FINITE
            has_finite = True
    for at in clause:
        if tags[at] == _MAYBE_INFINITIVE:
            tags[at] = NONFINITE if has_finite else FINITE
            has_finite = True
    return helper_at


def _helper(tokens: list[Token], tags: list[str], at: int, *, has_finite: bool) -> str:
    """A helper that may be an infinitive; "zijn" may also be a pronoun."""
    before = _low(tokens, at - 1)
    next_tag = tags[at + 1] if at + 1 < len(tags) else ""
    before_tag = tags[at - 1] if at else ""
    if (
        tokens[at].low == "zijn" and next_tag in {NOUN, ADJECTIVE}
        and before_tag not in {NOUN, NAME} and before not in _BEFORE_VERB
    ):  # fmt: skip
        return FUNCTION
    return HELPER_NONFINITE if before == "te" or has_finite else HELPER
