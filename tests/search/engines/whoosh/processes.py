"""What tests run in processes of their own: python -m tests.search.engines.whoosh.processes NAME [FOLDER].

`killing` and `forking` work on an index without a database, the others on the archive in DATA_DIR.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from multiprocessing import active_children
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
from django.core.management import call_command

django.setup()

from articles.models.article import Article  # noqa: E402
from articles.search import indexing  # noqa: E402
from articles.search.engines.connection import engine  # noqa: E402
from articles.search.engines.contract import EngineProblem  # noqa: E402
from articles.search.engines.whoosh import building  # noqa: E402
from articles.search.engines.whoosh.backend import ArchiveBackend  # noqa: E402
from articles.search.engines.whoosh.columnar.policy import FEW  # noqa: E402
from articles.search.engines.whoosh.snapshot import forget  # noqa: E402
from articles.search.syntax import Everything, Word  # noqa: E402
from tests.factories import make_article  # noqa: E402
from tests.search.engines.shelf import Shelf, article  # noqa: E402

ARTICLES = 40
ROUNDS = 30
STEP = 3  # a writer is killed before every third of its operations on files: all of them take half a minute
WRITES = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.symlink", "os.truncate")


def new_archive() -> None:
    call_command("migrate", verbosity=0)
    for number in range(ARTICLES):
        make_article(f"نفط {number}")


def writing() -> None:
    """Rebuild and update over and over; every state holds all the articles, and each of them the word."""
    new_archive()
    indexing.rebuild()
    print("ready", flush=True)
    for number in range(ROUNDS):
        Article.objects.filter(pk__lte=1 + number % ARTICLES).change(title=f"نفط {number}")
        report = indexing.rebuild() if number % 3 == 0 else indexing.index_stale()
        assert not report.problem, report


def indexing_in_batches() -> None:
    """Index a few articles at a time, and tell of each commit."""
    new_archive()
    indexing.rebuild()
    Article.objects.all().change()
    indexing.BATCH = 5
    indexing.index_stale(progress=lambda _count: print("committed", flush=True))


def building_together() -> None:
    """Build the index with two processes, however few the articles."""
    new_archive()
    workers = set[int]()
    _rebuild_together(lambda _count: workers.update(child.pid for child in active_children() if child.pid))
    print(len(workers), "processes")


def building_killed() -> None:
    """Build the index, then once more with two processes that are killed at their work."""
    new_archive()
    indexing.rebuild()
    try:
        _rebuild_together(lambda _count: [child.kill() for child in active_children()])
    except EngineProblem as problem:
        print(problem)


def _rebuild_together(progress: Callable[[int], Any]) -> None:
    building.WORTH_IT, indexing.BATCH = 10, 2
    backend = engine()
    assert isinstance(backend, ArchiveBackend)
    backend.processes = 2
    indexing.rebuild(progress=progress)


def killing(base: Path) -> None:
    """Kill a writer before one after another of its operations on files: the state is the old or the new one."""
    for key in range(1, FEW + 1):  # so many segments that the next commit merges them
        Shelf(base).put(article(key, title="قمح"))
    for write in (replace_articles, empty):
        for operation in count(1, STEP):
            with TemporaryDirectory(dir=base.parent) as folder:
                shelf = Shelf(Path(folder) / "index")
                shutil.copytree(base, shelf.folder.path, symlinks=True)
                finished = run_until_killed(partial(write, shelf), shelf.folder.path, operation)
                check(shelf, write)
            if finished:
                print(f"{write.__name__}: killed {operation // STEP} times", flush=True)
                break


def replace_articles(shelf: Shelf) -> None:
    shelf.put(*(article(key, title="نفط") for key in range(5, 13)))


def empty(shelf: Shelf) -> None:
    shelf.backend.delete_index()


def check(shelf: Shelf, write: Callable[[Shelf], None]) -> None:
    """The index opens, is whole, and takes the same change again."""
    old = (set(range(1, FEW + 1)), set())
    new = {replace_articles: (set(range(1, 13)), set(range(5, 13))), empty: (set(), set())}[write]
    assert state(shelf) in (old, new), state(shelf)
    write(shelf)
    assert state(shelf) == new, state(shelf)
    held = {leaf.segment().segment_id() for leaf, _offset in shelf.snapshot.readers}
    assert {path.name.split(".")[0] for path in shelf.generation.glob("MAIN_*.*")} == held, "leftovers"
    forget(shelf.folder)


def state(shelf: Shelf) -> tuple[set[int], set[int]]:
    return shelf.keys(Everything()), shelf.keys(Word("نفط"))


def run_until_killed(write: Callable[[], None], folder: Path, operation: int) -> bool:
    """Whether `write`, in a process of its own, came to its end before the operation it was to be killed at."""

    def killed() -> None:
        kill_at(folder, operation)
        write()

    _pid, status = os.waitpid(forked(killed), 0)
    assert status in (0, signal.SIGKILL), status
    return status == 0


def kill_at(folder: Path, operation: int) -> None:
    done = 0

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal done
        if event in WRITES and str(arguments[0]).startswith(str(folder)):
            done += 1
            if done == operation:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)


def forking(folder: Path) -> None:
    """Search in a process and in its children at once: none may move the others' place in a file."""
    shelf = Shelf(folder)
    shelf.put(*(article(key, body=f"رئيس {key % 5}") for key in range(1, 300)))
    wanted = {str(number): shelf.keys(Word(str(number))) for number in range(5)}
    forget(shelf.folder)
    shelf.keys(Word("رئيس"))  # the parent has the files open

    def search() -> None:
        for _time in range(30):
            for number, keys in wanted.items():
                assert Shelf(folder).keys(Word(number)) == keys
                shelf.snapshot.postings.held.clear()

    children = [forked(search) for _child in range(3)]
    search()
    for child in children:
        assert os.waitpid(child, 0)[1] == 0


def forked(work: Callable[[], None]) -> int:
    """A child that does some work and ends, with status 0 when nothing went wrong."""
    child = os.fork()
    if child:
        return child
    try:
        work()
        os._exit(0)
    finally:
        os._exit(1)


if __name__ == "__main__":
    run: dict[str, Callable[..., None]] = {
        "writing": writing,
        "indexing": indexing_in_batches,
        "building": building_together,
        "building_killed": building_killed,
        "killing": killing,
        "forking": forking,
    }
    run[sys.argv[1]](*map(Path, sys.argv[2:]))
