"""The application of the server is ready when it starts."""

import importlib

import pytest

from portal import wsgi
from transparency.readability import check


def test_language_check_is_warm_when_a_worker_starts(monkeypatch):
    started = []
    monkeypatch.setattr(check, "warm_up", lambda: started.append("warm"))

    importlib.reload(wsgi)

    assert started == ["warm"]


@pytest.mark.django_db
def test_worker_starts_without_the_lexicon(monkeypatch, tmp_path):
    from transparency.readability import lexicon

    monkeypatch.setattr(lexicon, "FILE", tmp_path / "none.sqlite3")
    monkeypatch.delattr(lexicon._local, "connection", raising=False)
    lexicon.look_up.cache_clear()

    importlib.reload(wsgi)

    monkeypatch.delattr(lexicon._local, "connection", raising=False)
    assert callable(wsgi.application)
