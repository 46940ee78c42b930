"""Kill a writer at random moments, over and over: python -m tests.bench.killing [TIMES] [SEED].

`--commands TIMES` kills the real commands instead, on an archive of some thousands: see `killed_commands`.

Each round forks a writer that adds, replaces and deletes articles, merges, or empties the index; kills it (SIGKILL)
after a random time; and looks at what it left, as another process would: every file has its checksum, what is found is
exactly the state before the change or the one after it, and the next change succeeds. Prints what it saw.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from articles.search.engines.whoosh.columnar.verifying import check_index  # noqa: E402
from articles.search.engines.whoosh.snapshot import forget  # noqa: E402
from articles.search.syntax import Everything, Word  # noqa: E402
from tests.search.engines.shelf import Shelf, article  # noqa: E402

ARTICLES = 400
CHANGED = 40
COMMAND_ARTICLES = 2000
LONGEST = 0.6  # seconds until a writer is killed, at most; many changes take less


def word_of(version: int) -> str:
    """A word without digits, which would be a word of their own."""
    return "version" + "".join("abcdefghij"[int(digit)] for digit in str(version))


class Archive:
    """What the index should hold: the version of each article, told by a word of its title."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.shelf = Shelf(folder)
        self.chance = chance
        self.versions = dict.fromkeys(range(1, ARTICLES + 1), 0)
        self.version = 0
        self.write(dict(self.versions))

    def write(self, versions: dict[int, int]) -> None:
        self.shelf.put(
            *(article(key, word_of(version), "قال رئيس الوزراء. " * 20) for key, version in versions.items())
        )

    def change(self) -> tuple[Callable[[], None], list[dict[int, int]]]:
        """A change to make, and the states it goes through, the last of them when it is done."""
        self.version += 1
        match self.chance.choice(["few", "many", "one", "remove", "rebuild"]):
            case "rebuild":
                return self.shelf.backend.delete_index, [{}]
            case "remove":
                key = self.chance.choice([*self.versions] or [1])
                left = {own: version for own, version in self.versions.items() if own != key}
                return lambda: self.shelf.take(key), [left]
            case size:
                count = {"one": 1, "few": CHANGED, "many": ARTICLES}[size]
                chosen = dict.fromkeys(self.chance.sample(range(1, ARTICLES + 1), count), self.version)
                return lambda: self.write(chosen), [self.versions | chosen]

    def state(self) -> dict[int, int]:
        """The version of each article, as a process finds it that opens the index now."""
        forget(self.shelf.folder)
        found: dict[int, int] = {}
        every = self.shelf.keys(Everything())
        for version in range(self.version + 1):
            for key in self.shelf.keys(Word(word_of(version))):
                assert key not in found, f"article {key} is there twice"
                found[key] = version
        assert found.keys() == every, "an article is found by none of its words"
        return found


def killed_after(change: Callable[[], None], seconds: float) -> bool:
    """Whether the process that made the change was killed before it was done."""
    child = os.fork()
    if not child:
        try:
            change()
            os._exit(0)
        finally:
            os._exit(1)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL), f"the writer failed: {status}"
    return status != 0


def main(times: int, seed: int) -> None:
    chance, seen = random.Random(seed), Counter[str]()
    with TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / "index", chance)
        while seen["killed"] < times:
            change, states = archive.change()
            was_killed = killed_after(change, chance.random() ** 2 * LONGEST)
            assert check_index(archive.shelf.generation) == []
            found = archive.state()
            assert found in (archive.versions, *states), "neither the old state nor the new one"
            seen["killed" if was_killed else "done before"] += 1
            seen["new state" if found in states else "old state"] += 1
            archive.versions = found
            if len(found) < ARTICLES // 2:  # after a rebuild: the writer catches up
                archive.version += 1
                archive.write(dict.fromkeys(range(1, ARTICLES + 1), archive.version))
                archive.versions = dict.fromkeys(range(1, ARTICLES + 1), archive.version)
        segments = len(archive.shelf.snapshot.readers)
    print(f"killed {times} times: {dict(seen)}; {segments} segments at the end; every state whole")


def kill_commands(times: int, seed: int, size: int, kept: Path | None) -> int:
    """In a process of its own, with a data folder of its own; its exit status. What it saw is kept in a file."""
    with TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "tests.bench.killed_commands",
            *map(str, (times, size, seed)),
        ]
        ended = subprocess.run(command, env={**os.environ, "DATA_DIR": folder}, stdout=subprocess.PIPE)
    sys.stdout.buffer.write(ended.stdout)
    if kept and not ended.returncode:
        kept.write_bytes(ended.stdout)
    return ended.returncode


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.killing", description=__doc__)
    parser.add_argument("times", type=int, nargs="?", default=200)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--commands", type=int, metavar="TIMES", help="kill the commands so many times")
    parser.add_argument("--articles", type=int, default=COMMAND_ARTICLES, help="of the archive of --commands")
    parser.add_argument(
        "--json", type=Path, help="a file for what --commands saw; make bench takes it as KILLING"
    )
    options = parser.parse_args()
    if options.commands:
        sys.exit(kill_commands(options.commands, options.seed, options.articles, options.json))
    main(options.times, options.seed)
