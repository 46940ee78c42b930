"""Kill rebuild_index and update_index at random moments: python -m tests.bench.killing --commands TIMES [SEED].

Works on the archive of DATA_DIR, which `killing` makes and removes. Each round changes, deletes and adds articles, runs
one of the commands in a process of its own (large updates and some rebuilds with two processes of theirs), and kills it
(SIGKILL) after a random time. What the index then holds, article by article, must be what one of the command's commits
left; every file must have its checksum. Then update_index runs to its end, and the index must hold what the database
does. Prints one JSON object.
"""

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import django

django.setup()

# ruff: noqa: E402 - Django must be set up before models are imported
from django.core.management import call_command
from django.db import connections

from articles.arabic.bulk_analysis import bulk_analyser
from articles.models.article import Article, Precision
from articles.models.index_removal import IndexRemoval
from articles.search import indexing
from articles.search.dates import date_code
from articles.search.engines import schema
from articles.search.engines.connection import engine
from articles.search.engines.contract import Question
from articles.search.engines.whoosh import building
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.engines.whoosh.snapshot import forget
from articles.search.index_check import check_index
from articles.search.syntax import Word

WORDS = 60  # of a body
FEW = 40  # articles that a small change changes
PIECE = 300  # articles a segment, so that a large update has several commits
FIRST_DAY = date(2000, 1, 1)
State = dict[int, int]  # the version of each article by its key


def day_of(version: int) -> date:
    """By its day the index tells the version of an article."""
    return FIRST_DAY + timedelta(days=version)


def word_of(version: int) -> str:
    """By a word of its title it is found: letters only, which are one token."""
    return "version" + "".join("abcdefghij"[int(digit)] for digit in str(version))


class Archive:
    """The articles of the database, changed at random."""

    def __init__(self, size: int, chance: random.Random) -> None:
        self.size, self.chance, self.version = size, chance, 0
        self.words = bulk_analyser().reader.headwords
        call_command("migrate", verbosity=0)
        self._add(size)
        call_command("rebuild_index", stdout=sys.stderr)

    def _add(self, count: int) -> None:
        fields = {
            "title": word_of(self.version),
            "status": "published",
            "published_on": day_of(self.version),
            "published_precision": Precision.DAY,
        }
        bodies = (" ".join(self.chance.choices(self.words, k=WORDS)) for _each in range(count))
        Article.objects.bulk_create(Article(body=body, **fields) for body in bodies)

    def change(self, count: int) -> None:
        """So many articles are changed; up to three are deleted and as many added."""
        self.version += 1
        keys = list(Article.objects.values_list("pk", flat=True))
        chosen = self.chance.sample(keys, count)
        for start in range(0, count, 500):
            Article.objects.filter(pk__in=chosen[start : start + 500]).change(
                title=word_of(self.version), published_on=day_of(self.version)
            )
        others = self.chance.randrange(4)
        Article.objects.filter(pk__in=self.chance.sample(keys, others)).delete()
        self._add(others)

    def state(self) -> State:
        days = Article.objects.values_list("pk", "published_on")
        return {key: (day - FIRST_DAY).days for key, day in days if day}

    def commits(self, command: str, before: State) -> Iterator[State]:
        """The states through which a command takes the index."""
        yield before
        now = self.state()
        if command == "rebuild_index":
            yield now
            return
        left = dict(before)
        for key in IndexRemoval.objects.values_list("article_key", flat=True):
            left.pop(key, None)
        yield dict(left)
        stale = sorted(Article.objects.needing_index().values_list("pk", flat=True))
        size = PIECE if len(stale) >= indexing.MANY_WAITING else indexing.BATCH
        for batch in range(0, len(stale), indexing.BATCH):
            of_batch = stale[batch : batch + indexing.BATCH]
            for start in range(0, len(of_batch), size):
                left.update({key: now[key] for key in of_batch[start : start + size]})
                yield dict(left)


def held(backend: ArchiveBackend, version: int) -> State:
    """What a process finds that opens the index now; searches agree with the columns."""
    forget(backend.folder)
    snapshot = backend.snapshot()
    keys = snapshot.numbers[schema.KEY][snapshot.live].tolist()
    days = snapshot.numbers[schema.PUBLISHED][snapshot.live].tolist()
    assert len(keys) == len(set(keys)), "an article is there twice"
    versions = {date_code(day_of(each), "day"): each for each in range(version + 1)}
    state = {key: versions[day] for key, day in zip(keys, days, strict=True)}
    found = engine().find(Question(Word(word_of(version)))).total
    assert found == Counter(state.values())[version], "columns and postings disagree"
    return state


def started(command: str) -> int:
    """A process that runs the command; its number."""
    connections.close_all()
    child = os.fork()
    if not child:
        os.setpgid(0, 0)
        code = 1
        try:
            call_command(command, stdout=sys.stderr)
            code = 0
        finally:
            os._exit(code)
    return child


def ended(child: int, seconds: float) -> bool:
    """Whether the process came to its end in time; else it is killed."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert status == 0, f"the command failed: {status}"
            return True
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL), f"the command failed: {status}"
    return status == 0


KINDS = {
    "rebuild": ("rebuild_index", FEW, False), "rebuild together": ("rebuild_index", FEW, True),
    "update few": ("update_index", FEW, False), "update many": ("update_index", 0, False),
    "update many together": ("update_index", 0, True),
}  # fmt: skip
OFTEN = (4, 1, 8, 5, 1)


def run(times: int, size: int, seed: int) -> dict[str, Any]:
    chance, seen = random.Random(seed), Counter[str]()
    building.SEGMENT_ARTICLES, indexing.MANY_WAITING = PIECE, size // 4
    archive, backend = Archive(size, chance), engine()
    assert isinstance(backend, ArchiveBackend)
    longest = dict.fromkeys(KINDS, 2.0)  # seconds that each kind took when it was not killed
    while seen["killed"] < times:
        (kind,) = chance.choices(list(KINDS), OFTEN)
        command, count, together = KINDS[kind]
        building.WORTH_IT = size // 5 if together else 10 * size
        before = held(backend, archive.version)
        archive.change(count or chance.randrange(size // 3, size - FEW))
        states = list(archive.commits(command, before))
        begun = time.monotonic()
        done = ended(started(command), chance.random() * longest[kind] * 1.1)
        if done:
            longest[kind] = time.monotonic() - begun
        else:
            longest[kind] = max(longest[kind], (time.monotonic() - begun) * 1.2)
        now = held(backend, archive.version)
        assert now in states, "the index holds what no commit left"
        seen["done before" if done else "killed"] += 1
        seen[f"{kind}, {told(states.index(now), states, now)}"] += 1
        catch_up(archive, backend)
        print(json.dumps(seen, ensure_ascii=False), file=sys.stderr, flush=True)
    return {"times": times, "articles": size, **seen, "segments": len(backend.snapshot().readers)}


def told(place: int, states: list[State], now: State) -> str:
    if now == states[-1]:
        return "new state"
    return "old state" if place == 0 else "between two commits"


def catch_up(archive: Archive, backend: ArchiveBackend) -> None:
    """What is left wants no more than update_index."""
    found = check_index()
    assert not found.problem, found.problem
    assert not found.damage, found.damage
    assert not (found.missing or found.gone or found.different or found.twice), found
    building.WORTH_IT = 10 * archive.size
    assert ended(started("update_index"), 600), "update_index takes longer than ten minutes"
    assert held(backend, archive.version) == archive.state()
    assert check_index().advice == ""


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:4])), ensure_ascii=False))
