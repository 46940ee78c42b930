"""Readers beside a writer for some minutes: every answer is compared with what the state that it came from holds.

The writer adds, changes and deletes articles, a few or a fifth at a time, and builds the index anew once. After each
commit it notes the state's identity and what it must answer. Readers note the identity before and after each search; an
answer between two equal ones came from that state. Titles are MARK and the word of a group, so that each state has
answers of its own. Both write their notes to files at once: kept in memory, they would be measured with it.
"""

import json
import random
import subprocess
import sys
import tempfile
import time
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

import django

django.setup()

# ruff: noqa: E402 - Django must be set up before models are imported
from django.db.models import F

from articles.models.article import Article
from articles.search import indexing
from articles.search.engines.connection import engine
from articles.search.engines.contract import Found, Question
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.request import FacetName
from articles.search.syntax import And, Everything, Level, Node, Phrase, Word
from tests.bench.loading import row
from tests.bench.resampling import Sample

ROOT = Path(__file__).resolve().parents[2]
MARK = "علامه"
GROUPS = tuple(str(700_000_000 + number) for number in range(10))  # numbers that stand in no article
SEED = 4
LEAST = 20  # searches of each reader, however short the time
SETTLED = 0.3  # of the time, after which memory should not grow
STEADY = 0.1, 10.0  # share and megabytes by which it may
FEW, MANY_EVERY = 3, 20  # articles a commit, and every how many commits it is a fifth of them
LOOKS = 60  # at the memory

Held = dict[int, tuple[str, str]]  # group and source of each article
Answers = dict[str, list[Any]]
State = tuple[str, int]  # a generation and the number of a commit in it


def title(group: str) -> str:
    return f"{MARK} {group}"


def questions() -> dict[str, Question]:
    """What readers ask, by name; of groups all keys are asked for."""
    asked = {"everything": Question(Everything(), count=5, facets=(FacetName.SOURCE,))}
    asked["mark"] = Question(Word(MARK), count=5, facets=())
    for group in GROUPS:
        trees: dict[str, Node] = {
            "word": Word(group),
            "and": And((Word(MARK), Word(group))),
            "phrase": Phrase((MARK, group), Level.STEM),
        }
        for kind, tree in trees.items():
            asked[f"{kind} {group}"] = Question(tree, count=100_000, facets=())
    return asked


def answer(name: str, found: Found) -> list[Any]:
    """What of an answer is compared: the total, and all keys or the counts of sources."""
    if name == "everything":
        counts = found.facets[FacetName.SOURCE].values
        return [found.total, sum(counts[value] * len(value) for value in counts)]
    return [found.total, 0 if name == "mark" else sum(found.keys)]


def expected(held: Held) -> Answers:
    """The answers of a state that holds these articles."""
    keys = {group: [key for key, (its, _source) in held.items() if its == group] for group in GROUPS}
    answers: Answers = {
        "everything": [len(held), sum(len(source) for _group, source in held.values())],
        "mark": [len(held), 0],
    }
    for name in questions():
        if name not in answers:
            found = keys[name.split()[1]]
            answers[name] = [len(found), sum(found)]
    return answers


def state() -> State:
    backend = engine()
    assert isinstance(backend, ArchiveBackend)
    generation, number, _moment = backend.snapshot().identity
    return generation, number


def noted(file: TextIO, *what: Any) -> None:
    """Add a line to what a process noted."""
    file.write(json.dumps(what) + "\n")


def notes(path: Path) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


class States:
    """What each committed state must answer."""

    def __init__(self, answers: dict[State, Answers]) -> None:
        self.answers, self.order = answers, sorted(answers)

    def wanted(self, seen: State) -> Answers:
        """The answers of a state. One that was not noted is that before a merge, in the next commit."""
        place = bisect_left(self.order, seen)
        later = self.order[place] if place < len(self.order) else ("", 0)
        return self.answers[later] if later[0] == seen[0] else {}


# The writer


@dataclass(slots=True)
class Writer:
    """What it wrote: the articles as they are now, and what each committed state must answer."""

    chance: random.Random
    held: Held
    sources: list[Any]
    numbers: int  # of all articles there ever were
    notes: TextIO  # each committed state and what it must answer
    done: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0

    def note(self) -> None:
        noted(self.notes, state(), expected(self.held))

    def write(self, kind: str, count: int) -> None:
        """Add, change or delete so many articles, in one commit."""
        getattr(self, kind)(count)
        begun = time.perf_counter()
        report = indexing.index_stale()
        self.longest = max(self.longest, time.perf_counter() - begun)
        assert not report.problem, report.problem
        self.done[kind] += 1
        self.note()

    def changes(self, count: int) -> None:
        group = self.chance.choice(GROUPS)
        for keys in self._chosen(count):
            Article.objects.filter(pk__in=keys).change(title=title(group))
            self.held |= {key: (group, self.held[key][1]) for key in keys}

    def adds(self, count: int) -> None:
        group, source = self.chance.choice(GROUPS), self.chance.choice(self.sources)
        samples = [Sample(title(group), "متن الخبر الجديد", source.name, "", "2015-07-21")] * count
        rows = [row(self.numbers + number, sample, source) for number, sample in enumerate(samples)]
        self.numbers += count
        self.held |= {article.pk: (group, source.slug) for article in Article.objects.bulk_create(rows)}

    def deletions(self, count: int) -> None:
        for keys in self._chosen(count):
            Article.objects.filter(pk__in=keys).delete()
            for key in keys:
                del self.held[key]

    def _chosen(self, count: int) -> list[list[int]]:
        keys = self.chance.sample(sorted(self.held), count)
        return [keys[start : start + 500] for start in range(0, count, 500)]

    def rebuild(self) -> None:
        assert not indexing.rebuild().problem
        self.done["rebuilds"] += 1
        self.note()


def write_until(until: float, writer: Writer, memory: "Memory") -> None:
    """Change, add and delete in turn, many now and then; build the index anew once, half-way."""
    half = (time.time() + until) / 2
    commits = 0
    while time.time() < until:
        commits += 1
        kind = ("changes", "adds", "deletions")[commits % 3]
        many = commits % MANY_EVERY == 0
        writer.write(kind, min(len(writer.held) // 5, indexing.BATCH) if many else FEW)
        if not writer.done["rebuilds"] and time.time() > half:
            writer.rebuild()
        memory.look()


# The readers


class Memory:
    """The memory of this process that is not a mapped file, looked at from time to time until the end."""

    def __init__(self, until: float) -> None:
        self.begun, self.every = time.time(), (until - time.time()) / LOOKS
        self.seen: list[float] = []

    def look(self) -> None:
        if time.time() >= self.begun + len(self.seen) * self.every:
            status = Path("/proc/self/status").read_text()
            self.seen.append(round(int(status.split("RssAnon:")[1].split()[0]) / 1024, 1))


def reader(until: float, seed: int, answers: TextIO) -> dict[str, Any]:
    """Search until the time is up: errors, memory, milliseconds; answers are noted with the state they came from."""
    chance, memory = random.Random(seed), Memory(until)
    asked = questions()
    errors: Counter[str] = Counter()
    taken = array("d")
    between = 0
    while time.time() < until or len(taken) < LEAST:
        name = chance.choice(list(asked))
        try:
            before = state()
            begun = time.perf_counter()
            found = engine().find(asked[name])
            taken.append((time.perf_counter() - begun) * 1000)
            after = state()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is counted
            errors[repr(error)] += 1
            continue
        between += before != after
        if before == after:
            noted(answers, before, name, answer(name, found))
        memory.look()
    ordered = sorted(taken)
    return {
        "errors": list(errors.items()),
        "between": between,
        "megabytes": memory.seen,
        "milliseconds": [ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95, 0.999, 1)],
    }


def started(seed: int, answers: Path) -> "subprocess.Popen[str]":
    """A reader that has opened the index and waits to be told until when it shall search."""
    command = [sys.executable, "-m", "tests.bench.together", str(seed), str(answers)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.readline()
    return process


# Both


def first_held() -> Held:
    """The articles at the beginning, each put into a group by its key."""
    held: Held = {}
    for group_number, group in enumerate(GROUPS):
        articles = Article.objects.annotate(remainder=F("pk") % 10).filter(remainder=group_number)
        articles.change(title=title(group))
    for key, named, slug in Article.objects.values_list("pk", "title", "source__slug"):
        held[key] = (named.split()[1], slug or "")
    return held


def together(minutes: float, readers: int) -> dict[str, Any]:
    """On the archive of DATA_DIR: searches, errors, answers that their state does not give, memory over time."""
    with tempfile.TemporaryDirectory(prefix="archive-together-") as name:
        written, read = Path(name) / "states", [Path(name) / f"answers-{number}" for number in range(readers)]
        with written.open("w", encoding="utf-8") as file:
            writer = first_writer(file)
            running = [started(SEED + number, answers) for number, answers in enumerate(read)]
            until = time.time() + minutes * 60
            for process in running:
                assert process.stdin is not None
                process.stdin.write(f"{until}\n")
                process.stdin.flush()
            write_until(until, writer, memory := Memory(until))
        told = [json.loads(process.communicate()[0].splitlines()[-1]) for process in running]
        return {
            "minutes": minutes,
            "commits": dict(writer.done),
            "longest commit, seconds": writer.longest,
            **compared(read, written, sum(each["between"] for each in told)),
            "errors": [error for each in told for error in each["errors"]],
            "milliseconds: median, p95, p99.9, most": [each["milliseconds"] for each in told],
            **curves([each["megabytes"] for each in told], memory.seen),
        }


def first_writer(file: TextIO) -> Writer:
    """One that has put all articles into groups and built the index of them."""
    held = first_held()
    assert not indexing.rebuild().problem
    sources = [
        article.source for article in Article.objects.exclude(source=None).select_related("source")[:20]
    ]
    writer = Writer(random.Random(SEED), held, sources, len(held), file)
    writer.note()
    return writer


def compared(read: list[Path], written: Path, between: int) -> dict[str, Any]:
    """All answers beside those of the states they came from; those between two states came from neither for certain."""
    states = States({(state[0], state[1]): answers for state, answers in notes(written)})
    wrong = right = 0
    examples: list[Any] = []
    seen: set[State] = set()
    for (generation, number), name, found in (line for path in read for line in notes(path)):
        seen.add((generation, number))
        right_one = states.wanted((generation, number)).get(name)
        if found == right_one:
            right += 1
        else:
            wrong += 1
            examples.append([generation, number, name, found, right_one])
    return {
        "searches": right + wrong + between,
        "compared": right + wrong,
        "states committed": len(states.order),
        "states seen": len(seen),
        "wrong counts": wrong,
        "examples": examples[:5],
    }


def curves(readers: list[list[float]], writer: list[float]) -> dict[str, Any]:
    """Memory of each process at five moments, how much it grew after it had settled, and whether that is steady."""
    every = {**{f"reader {number}": seen for number, seen in enumerate(readers, 1)}, "writer": writer}
    grown = {
        name: max(seen[-3:]) - max(seen[: max(1, int(SETTLED * len(seen)))])
        for name, seen in every.items()
        if seen
    }
    share, least = STEADY
    return {
        "megabytes over time": {name: seen[:: max(1, len(seen) // 10)] for name, seen in every.items()},
        "growth, megabytes": max(grown.values()),
        "steady": all(more <= max(least, share * max(every[name])) for name, more in grown.items()),
    }


if __name__ == "__main__":
    print("ready", state(), flush=True)
    with Path(sys.argv[2]).open("w", encoding="utf-8") as file:
        told = reader(float(sys.stdin.readline()), int(sys.argv[1]), file)
    print(json.dumps(told))
