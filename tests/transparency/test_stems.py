"""Stems, also when many threads of one server ask for them at once."""

from concurrent.futures import ThreadPoolExecutor

from transparency.search.normalise import stem

ROOTS = ("zand", "klapr", "vogel", "wandel", "spiegel", "brand", "regen", "storm")
ENDINGS = ("en", "ing", "ingen", "lijk", "heid", "heden", "erij", "aars", "ers", "tje", "tjes", "baar")
WORDS = [f"{root}{ending}" for root in ROOTS for ending in ENDINGS]


def fresh(words: list[str]) -> list[str]:
    """The stems of `words`, each worked out again."""
    return [stem.__wrapped__(word) for word in words]


def test_threads_find_the_same_stems_as_one_alone():
    alone = fresh(WORDS)

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(fresh, [WORDS] * 200))

    assert together == [alone] * 200
