"""What readers searched for in vain is kept without anything of who they were, and never at their cost."""

import fcntl
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles import empty_searches
from articles.empty_searches import absorb, note, worth_keeping
from articles.models.empty_search import LONGEST, EmptySearch
from tests.conftest import Archive

READER = {"HTTP_USER_AGENT": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


@pytest.fixture
def spool(data_folder: Path) -> Path:
    return data_folder / empty_searches.FILE


def noted(spool: Path) -> int:
    return len(spool.read_text("utf-8").splitlines()) if spool.exists() else 0


# What is kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "؟!",
        "ليلى@example.org",
        "https://example.org/a",
        "0770 123 4567",
        "هاتف ٠٧٧٠-١٢٣-٤٥٦٧",
        "ك ل م ا ت ك ث ي ر ة",
        "س" * (LONGEST + 1),
    ],
)
def test_what_seems_to_be_about_somebody_is_not_kept(text: str) -> None:
    assert worth_keeping(text) is None


@pytest.mark.parametrize("text", ["الموصل", "سدّ الموصل", "2014", "الكاتب:سامر", "معركة 1967"])
def test_what_newspapers_write_about_is_kept(text: str) -> None:
    kept = worth_keeping(text)
    assert kept is not None
    assert kept[1] == text


@given(st.text(max_size=200))
def test_any_text_is_kept_in_a_row_or_not_at_all(text: str) -> None:
    kept = worth_keeping(text)
    assert kept is None or (0 < len(kept[0]) <= LONGEST and 0 < len(kept[1]) <= LONGEST)


@pytest.mark.django_db
def test_the_spellings_of_a_query_are_counted_together_and_only_the_day_is_kept(spool: Path) -> None:
    for text in ("أحمد شوقي", "احمد  شوقى", "أَحمد شوقي"):
        note(text)
    assert absorb() == 3
    row = EmptySearch.objects.get()
    assert (row.text, row.count) == ("أحمد شوقي", 3)
    assert row.first_on == row.last_on == timezone.localdate()
    assert {field.name for field in EmptySearch._meta.fields} == {
        "id", "key", "text", "count", "first_on", "last_on", "found", "asked_again_at", "dismissed_at",
    }  # fmt: skip


@pytest.mark.django_db
def test_it_can_be_switched_off(spool: Path, settings: Any) -> None:
    settings.KEEP_EMPTY_SEARCHES = False
    note("الموصل")
    assert noted(spool) == 0


# At no cost to readers


@pytest.mark.django_db
def test_noting_asks_nothing_of_the_database(spool: Path, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        note("الموصل")
    assert noted(spool) == 1


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_fails_no_search(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "nowhere"
    note("الموصل")
    assert absorb() == 0


@pytest.mark.django_db
def test_the_file_grows_no_further_than_its_bound(spool: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(empty_searches, "MOST_BYTES", 200)
    for number in range(50):
        note(f"كلمة {number}")
    assert spool.stat().st_size < 400


@pytest.mark.django_db
def test_what_the_database_refused_waits_and_is_taken_the_next_time(spool: Path, monkeypatch: Any) -> None:
    note("الموصل")
    with monkeypatch.context() as refusing:
        refusing.setattr(empty_searches, "_add", _refuse)
        assert absorb() == 0
    note("بغداد")
    assert absorb() == 2
    assert EmptySearch.objects.count() == 2


def _refuse(_noted: object) -> None:
    raise DatabaseError("attempt to write a readonly database")


@pytest.mark.django_db
def test_a_line_that_was_cut_short_is_passed_over(spool: Path) -> None:
    note("الموصل")
    with spool.open("ab") as file:
        file.write(b'["2026-01-09", "\xd8')
    assert absorb() == 1


@pytest.mark.django_db
def test_two_desks_do_not_take_the_same_file(spool: Path, data_folder: Path) -> None:
    note("الموصل")
    with (data_folder / empty_searches.LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert absorb() == 0
    assert absorb() == 1


# How long


def row(key: str, *, count: int = 2, days_ago: int = 0) -> EmptySearch:
    day = timezone.localdate() - timedelta(days=days_ago)
    return EmptySearch.objects.create(key=key, text=key, count=count, first_on=day, last_on=day)


@pytest.mark.django_db
def test_what_is_old_and_what_was_asked_once_is_forgotten(spool: Path) -> None:
    row("قديم", count=9, days_ago=400)
    row("مرة", count=1, days_ago=100)
    row("مرات", count=9, days_ago=100)
    note("جديد")
    absorb()
    assert set(EmptySearch.objects.values_list("text", flat=True)) == {"مرات", "جديد"}


@pytest.mark.django_db
def test_of_too_many_the_rarest_and_oldest_go(spool: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(empty_searches, "MOST_ROWS", 2)
    row("كثير", count=9, days_ago=50)
    row("أقدم", count=2, days_ago=50)
    row("أحدث", count=2, days_ago=5)
    note("كثير")
    absorb()
    assert set(EmptySearch.objects.values_list("text", flat=True)) == {"كثير", "أحدث"}


# Asked by readers


@pytest.fixture
def searched(archive: Archive, client: Client, spool: Path) -> Any:
    """`searched(q="...")`: how many searches a reader's page noted."""
    archive.add("سدّ الموصل")
    archive.index()

    def ask(headers: dict[str, str] | None = None, **query: str) -> int:
        before = noted(spool)
        assert client.get("/search/", query, **{**READER, **(headers or {})}).status_code == 200
        return noted(spool) - before

    return ask


def test_a_search_that_finds_nothing_is_noted_and_one_that_finds_something_is_not(searched: Any) -> None:
    assert searched(q="زعفران") == 1
    assert searched(q="الموصل") == 0
    assert searched(q="") == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_X_MOZ": "prefetch"},
        {"HTTP_IF_NONE_MATCH": '"x"'},
        {"HTTP_USER_AGENT": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"HTTP_USER_AGENT": "curl/8.5"},
        {"HTTP_USER_AGENT": ""},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_programs_and_pages_fetched_ahead_or_again_are_not_counted(
    searched: Any, headers: dict[str, str]
) -> None:
    assert searched(headers, q="زعفران") == 0


@pytest.mark.parametrize("narrowed", [{"year": "2015"}, {"page": "2"}, {"format": "json"}, {"need": "any"}])
def test_only_the_first_page_of_the_whole_archive_counts(searched: Any, narrowed: dict[str, str]) -> None:
    assert searched(q="زعفران", **narrowed) == 0


def test_a_search_is_answered_while_the_database_takes_no_writes(
    searched: Any, django_assert_max_num_queries: Any
) -> None:
    """It writes to a file: the page asks as many queries as without it."""
    assert (Path(settings.DATA_DIR) / empty_searches.TAKEN).exists() is False
    assert searched(q="زعفران") == 1
    assert not EmptySearch.objects.exists()


# What became of them


def test_asked_again_it_says_what_it_finds_now(archive: Archive) -> None:
    row("الموصل"), row("زعفران")
    archive.add("سدّ الموصل")
    archive.index()
    assert empty_searches.ask_again(EmptySearch.objects.all()) == (2, 1)
    assert dict(EmptySearch.objects.values_list("text", "found")) == {"الموصل": 1, "زعفران": 0}


@pytest.mark.django_db
def test_what_finds_nothing_once_more_waits_again(spool: Path) -> None:
    EmptySearch.objects.filter(pk=row("الموصل").pk).update(found=3)
    note("الموصل")
    absorb()
    held = EmptySearch.objects.get()
    assert (held.found, held.count) == (0, 3)


@pytest.mark.django_db
def test_what_was_dismissed_stays_dismissed_and_can_be_brought_back(spool: Path) -> None:
    row("الموصل")
    assert empty_searches.dismiss(EmptySearch.objects.all()) == 1
    note("الموصل")
    absorb()
    assert EmptySearch.objects.get().dismissed_at
    assert empty_searches.bring_back(EmptySearch.objects.all()) == 1
