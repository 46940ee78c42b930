"""Settings come from the environment; a wrong value names the variable and what is allowed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.environment import (
    env_bool,
    env_choice,
    env_database,
    env_folder,
    env_hosts,
    env_int,
    env_list,
    env_text,
)


@pytest.mark.parametrize(
    ("written", "read"), [("true", True), ("1", True), ("ON", True), ("no", False), ("", True)]
)
def test_a_switch_is_read_in_the_usual_words(
    written: str, read: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SWITCH", written)
    assert env_bool("SWITCH", True) is read


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env_bool("NAME", False), "maybe"),
        (lambda: env_int("NAME", 1, least=1, most=9), "ten"),
        (lambda: env_int("NAME", 1, least=1, most=9), "10"),
        (lambda: env_choice("NAME", "a", ("a", "b")), "c"),
        (lambda: env_hosts("NAME", []), "https://archive.example.org"),
        (lambda: env_hosts("NAME", []), "archive.example.org:8000"),
        (lambda: env_database("NAME", ""), "mysql://user@host/name"),
        (lambda: env_database("NAME", ""), "archive.sqlite3"),
        (lambda: env_folder("NAME", Path()), "/dev/null/archive"),
    ],
)
def test_a_wrong_value_stops_with_its_name_and_what_is_allowed(
    read: Callable[[], object], value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NAME", value)
    with pytest.raises(ImproperlyConfigured, match=r"^NAME .*; use |^NAME .* use "):
        read()


def test_an_empty_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "  ")
    assert env_text("NAME", "ورّاق") == "ورّاق"


def test_lists_drop_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "a.example.org, ,b.example.org,")
    assert env_list("NAME", []) == ["a.example.org", "b.example.org"]


def test_a_folder_is_made_when_it_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", str(tmp_path / "new" / "folder"))
    assert env_folder("NAME", tmp_path).is_dir()


@pytest.mark.parametrize(
    ("url", "engine"),
    [
        ("sqlite:////srv/archive.sqlite3", "django.db.backends.sqlite3"),
        ("postgres://user:word@localhost:5432/archive", "django.db.backends.postgresql"),
    ],
)
def test_a_database_is_a_url(url: str, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", url)
    assert env_database("NAME", "")["ENGINE"] == engine
