"""Searches that found nothing, kept for curators and for nobody else.

A search notes its words in a file, which costs it no more than that and cannot fail it; the desk takes the file into
the table. Nothing is kept of who searched, no moment but the day, and no query that seems to be about somebody rather
than about what newspapers write: addresses, numbers of telephones and papers, whole texts.
"""

import fcntl
import json
import logging
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from articles.arabic.analysis import SURFACE, terms
from articles.models.empty_search import LONGEST, EmptySearch
from articles.search.request import SearchRequest
from articles.search.searching import search

logger = logging.getLogger(__name__)

FILE, TAKEN, LOCK = "empty_searches.jsonl", "empty_searches.taken", "empty_searches.lock"
MOST_BYTES = 256 * 1024  # of the file; what comes then is not noted
MOST_ROWS = 10_000
MOST_WORDS = 8
DAYS_KEPT_ONCE, DAYS_KEPT = 90, 365  # since the last time: of what was asked once, and of everything
MILLISECONDS_TO_WAIT = 200  # for a database that others write to
PERSONAL = re.compile(
    r"@|https?:|www\.|(?:\d[\s()+./-]*){6}"
)  # «2014-2016» has eight digits, and is no word to keep


class Noted(NamedTuple):
    day: date
    key: str
    text: str


def note(text: str) -> None:
    """Write down that a search found nothing; whatever goes wrong is logged and nothing else."""
    if not settings.KEEP_EMPTY_SEARCHES:
        return
    told = worth_keeping(text)
    if told is None:
        return
    key, shown = told
    line = json.dumps([timezone.localdate().isoformat(), key, shown], ensure_ascii=False) + "\n"
    try:
        _append(Path(settings.DATA_DIR) / FILE, line.encode())
    except OSError as error:
        logger.warning("a search without results was not noted: %s", error)


def _append(path: Path, line: bytes) -> None:
    file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        if os.fstat(file).st_size < MOST_BYTES:
            os.write(file, line)
    finally:
        os.close(file)


def worth_keeping(text: str) -> tuple[str, str] | None:
    """The key of a query, the same for all its spellings, and the query as curators see it; None for what is not kept.

    >>> worth_keeping(" الموصـل  القديمة"), worth_keeping("ali@example.org"), worth_keeping("0770 123 4567")
    (('الموصل القديمه', 'الموصل القديمة'), None, None)
    """
    shown = " ".join(unicodedata.normalize("NFKC", text).replace("\u0640", "").split())
    shown = "".join(character for character in shown if character.isprintable())
    if not shown or len(shown) > LONGEST or len(shown.split()) > MOST_WORDS or PERSONAL.search(shown):
        return None
    key = " ".join(terms(shown, SURFACE))
    return (key, shown) if key and len(key) <= LONGEST else None


def absorb() -> int:
    """Take what was noted into the table; how many searches. Where the database is busy they wait in the file."""
    folder = Path(settings.DATA_DIR)
    if not ((folder / FILE).exists() or (folder / TAKEN).exists()):
        return 0
    try:
        with _alone(folder / LOCK) as is_alone:
            return _absorb(folder) if is_alone else 0
    except (DatabaseError, OSError) as error:
        logger.warning("searches without results wait in %s: %s", folder, error)
        return 0


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _absorb(folder: Path) -> int:
    """A file that was taken and is still there could not be written the last time: it comes first."""
    taken, count = folder / TAKEN, 0
    for _each in range(2):
        if not taken.exists():
            if not (folder / FILE).exists():
                break
            (folder / FILE).replace(taken)
        noted = list(_read(taken))
        with _not_waiting(), transaction.atomic():
            _add(noted)
            _forget()
        taken.unlink()
        count += len(noted)
    return count


def _read(path: Path) -> Iterator[Noted]:
    """The lines of a file; one that was cut short is passed over."""
    for line in path.read_bytes().splitlines():
        try:
            day, key, text = json.loads(line)
            yield Noted(date.fromisoformat(day), key[:LONGEST], text[:LONGEST])
        except (ValueError, TypeError):
            continue


@contextmanager
def _not_waiting() -> Iterator[None]:
    """Have SQLite say at once that another writes; other databases let two write."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {MILLISECONDS_TO_WAIT}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(before)}")


def _add(noted: Iterable[Noted]) -> None:
    by_key: dict[str, list[Noted]] = {}
    for each in noted:
        by_key.setdefault(each.key, []).append(each)
    keys = sorted(by_key)
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        held = set(EmptySearch.objects.filter(key__in=some).values_list("key", flat=True))
        EmptySearch.objects.bulk_create(
            EmptySearch(
                key=key,
                text=by_key[key][0].text,
                count=len(by_key[key]),
                first_on=min(each.day for each in by_key[key]),
                last_on=max(each.day for each in by_key[key]),
            )
            for key in some
            if key not in held
        )
        for key in held:  # found nothing again, whatever it found when a curator asked
            times = by_key[key]
            EmptySearch.objects.filter(key=key).update(
                count=F("count") + len(times), last_on=max(each.day for each in times), found=0
            )


def _forget() -> None:
    """What is old goes, and of too many the rarest and oldest."""
    today = timezone.localdate()
    EmptySearch.objects.filter(last_on__lt=today - timedelta(days=DAYS_KEPT)).delete()
    EmptySearch.objects.filter(count=1, last_on__lt=today - timedelta(days=DAYS_KEPT_ONCE)).delete()
    if (over := EmptySearch.objects.count() - MOST_ROWS) > 0:
        rarest = EmptySearch.objects.order_by("count", "last_on", "pk").values_list("pk", flat=True)[:over]
        EmptySearch.objects.filter(pk__in=list(rarest)).delete()


def ask_again(searches: QuerySet[EmptySearch]) -> tuple[int, int]:
    """Search for them once more and write down what each finds now: how many were asked, how many find something."""
    asked = answered = 0
    for row in searches:
        page = search(SearchRequest(text=row.text))
        if page.problem:
            continue
        EmptySearch.objects.filter(pk=row.pk).update(found=page.total, asked_again_at=timezone.now())
        asked += 1
        answered += page.total > 0
    return asked, answered


def dismiss(searches: QuerySet[EmptySearch]) -> int:
    """Take them from the queue; they come back to it by no further search."""
    return searches.filter(dismissed_at=None).update(dismissed_at=timezone.now())


def bring_back(searches: QuerySet[EmptySearch]) -> int:
    """Put what was dismissed back into the queue."""
    return searches.exclude(dismissed_at=None).update(dismissed_at=None)
