"""A sealed secret can be read by this installation only."""

import pytest

from portal.core.sealing import SealBroken, seal, unseal


@pytest.mark.parametrize("text", ["", "geheim", "é€漢", "x" * 5000])
def test_what_is_sealed_comes_back(text):
    assert unseal(seal(text)) == text


def test_same_text_is_sealed_otherwise_each_time():
    assert seal("geheim") != seal("geheim")


def test_seal_says_nothing_of_the_text():
    assert "geheim" not in seal("geheim")


@pytest.mark.parametrize("sealed", ["", "x", "geheim", "gAAAA"])
def test_what_was_not_sealed_here_is_refused(sealed):
    with pytest.raises(SealBroken):
        unseal(sealed)


def test_changed_seal_is_refused():
    sealed = seal("geheim")
    with pytest.raises(SealBroken):
        unseal(sealed[:-5] + ("A" if sealed[-5] != "A" else "B") + sealed[-4:])


def test_another_key_cannot_read_it_unless_the_old_one_is_kept(settings):
    old, sealed = settings.SECRET_KEY, seal("geheim")
    settings.SECRET_KEY = "another"
    with pytest.raises(SealBroken):
        unseal(sealed)

    settings.SECRET_KEY_FALLBACKS = [old]

    assert unseal(sealed) == "geheim"
