"""Settings come from the environment, and secrets from files."""

import stat

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from portal.env import env, env_bool, env_int, env_list, env_secret

NAME = "AIMZ_TEST_VALUE"


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.delenv(f"{NAME}_FILE", raising=False)


def test_value_comes_from_the_environment(monkeypatch):
    monkeypatch.setenv(NAME, "waarde")

    assert env(NAME, "anders") == "waarde"


def test_default_stands_in_for_what_is_not_set():
    assert env(NAME, "anders") == "anders"


def test_value_comes_from_the_file_that_is_pointed_at(monkeypatch, tmp_path):
    path = tmp_path / "geheim"
    path.write_text("uit het bestand\n")
    monkeypatch.setenv(NAME, "uit de omgeving")
    monkeypatch.setenv(f"{NAME}_FILE", str(path))

    assert env(NAME) == "uit het bestand"


def test_file_that_is_not_there_is_an_error_and_no_empty_value(monkeypatch, tmp_path):
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "weg"))

    with pytest.raises(FileNotFoundError):
        env(NAME, "anders")


@pytest.mark.parametrize("value", ["1", "true", "TRUE", "Yes", "on"])
def test_words_for_yes(monkeypatch, value):
    monkeypatch.setenv(NAME, value)

    assert env_bool(NAME, default=False) is True


@pytest.mark.parametrize("value", ["0", "false", "no", "off", "misschien"])
def test_every_other_word_is_no(monkeypatch, value):
    monkeypatch.setenv(NAME, value)

    assert env_bool(NAME, default=True) is False


@pytest.mark.parametrize("default", [True, False])
@pytest.mark.parametrize("value", [None, ""])
def test_yes_or_no_that_is_not_given_is_the_default(monkeypatch, value, default):
    if value is not None:
        monkeypatch.setenv(NAME, value)

    assert env_bool(NAME, default=default) is default


@pytest.mark.parametrize(("value", "number"), [("8001", 8001), ("0", 0), ("-3", -3), ("", 7)])
def test_whole_number(monkeypatch, value, number):
    monkeypatch.setenv(NAME, value)

    assert env_int(NAME, 7) == number


def test_text_is_no_number(monkeypatch):
    monkeypatch.setenv(NAME, "acht")

    with pytest.raises(ValueError, match="acht"):
        env_int(NAME, 7)


@pytest.mark.parametrize(
    ("value", "parts"),
    [("a,b", ["a", "b"]), (" a , b ,, ", ["a", "b"]), ("", []), (",", []), ("[::1]", ["[::1]"])],
)
def test_list(monkeypatch, value, parts):
    monkeypatch.setenv(NAME, value)

    assert env_list(NAME, "x") == parts


def test_list_that_is_not_set_is_the_default():
    assert env_list(NAME, "a, b") == ["a", "b"]


def test_secret_of_the_environment_wins_and_is_not_written_down(monkeypatch, tmp_path):
    monkeypatch.setenv(NAME, "geheim")

    assert env_secret(NAME, tmp_path / "secret") == "geheim"
    assert not (tmp_path / "secret").exists()


def test_secret_is_made_once_and_kept(tmp_path):
    first = env_secret(NAME, tmp_path / "map" / "secret")

    assert env_secret(NAME, tmp_path / "map" / "secret") == first


def test_made_secret_is_long(tmp_path):
    assert len(env_secret(NAME, tmp_path / "secret")) >= 50


def test_two_installations_have_two_secrets(tmp_path):
    assert env_secret(NAME, tmp_path / "one") != env_secret(NAME, tmp_path / "two")


def test_made_secret_is_readable_by_its_owner_only(tmp_path):
    env_secret(NAME, tmp_path / "secret")

    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_secret_file_that_was_left_empty_is_filled(tmp_path):
    (tmp_path / "secret").touch(mode=0o600)

    assert len(env_secret(NAME, tmp_path / "secret")) >= 50


@pytest.mark.parametrize(
    ("setting", "value", "found"),
    [
        ("PUBLIC_URL", "http://aimz.example", "portal.E002"),
        ("CONTACT_EMAIL", "redactie@voorbeeld.invalid", "portal.W001"),
    ],
)
def test_deploy_check_finds_a_setting_that_is_not_for_production(setting, value, found):
    with override_settings(**{setting: value}):
        ids = {message.id for message in run_checks(tags=["security"], include_deployment_checks=True)}

    assert found in ids


@override_settings(PUBLIC_URL="https://aimz.example", CONTACT_EMAIL="redactie@aimz.example")
def test_deploy_check_is_content_with_settings_for_production():
    ids = {message.id for message in run_checks(tags=["security"], include_deployment_checks=True)}

    assert not [one for one in ids if one.startswith("portal.")]
