"""Larger collections made from a smaller one, as a stream: 31,000 real articles become 100,000 or a million.

    python -m tests.bench.resampling --corpus DIR --size 100000 --database      into the archive of DATA_DIR
    python -m tests.bench.resampling --archive DATA --size 300000 --jsonl FILE  from an archive that is there already

The first articles are those of the small collection. Each further one has the title, the outlet, the writer and the
first paragraphs of one article, and runs of paragraphs of others up to its length; its date is moved back by whole
years. The same seed gives the same articles, and a smaller size gives the beginning of a larger one.

Words grow as in real text. With V distinct words among T tokens in the small collection and Heaps' exponent b
(V grows as T to the power b, measured over its second half), a share b * V / T of the tokens of new articles is
replaced. The k-th replaced token is a word never seen with probability (T_k / T) ** (b - 1), where T_k counts the
tokens up to it, and repeats an earlier replaced token otherwise, more willingly one that was repeated before: the
two-parameter Poisson-Dirichlet process, continued from where the small collection ends. Which word it is follows
from the seed and k alone, so that nothing is kept for a word. Unseen words are rare words with other clitics and
endings, or with two letters changed, as names and slips of the pen differ.
"""

import argparse
import json
import math
import mmap
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from articles.arabic.sentences import split_sentences
from articles.arabic.tokenization import words
from tests.bench.collection import generated

ROOT = Path(__file__).resolve().parents[2]
SEED = 4
PIECE_WORDS = 25  # a paragraph at least so long is cut at the end of a sentence
RUN = 3  # pieces in a row from one article, on average
YEARS = 10
GENERATED = 5_000  # articles of the small collection where none is given
ARABIC_WORD = re.compile("[ء-غف-ي]{3,}")
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
BEFORE = ("و", "ال", "ب", "ل", "وال", "بال", "لل", "ف", "فال", "ول", "وب", "")
AFTER = ("", "ها", "هم", "ه", "نا", "كم", "ات", "ين", "ون", "ية", "ي", "هما")
LONGEST = 14  # letters of an unseen word
MASK = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Sample:
    """An article of the small collection, or one made of them; `published` is an ISO date or empty."""

    title: str
    body: str
    source: str
    author: str
    published: str


def mixed(number: int) -> int:
    """A number of 64 bits that follows from another and looks random (SplitMix64)."""
    number = (number + 0x9E3779B97F4A7C15) & MASK
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    number = ((number ^ (number >> 27)) * 0x94D049BB133111EB) & MASK
    return number ^ (number >> 31)


@dataclass(frozen=True, slots=True)
class Growth:
    """How words grow in the small collection: its tokens, its distinct words and Heaps' exponent at its end."""

    tokens: int
    words: int
    exponent: float

    @property
    def share(self) -> float:
        """Of the tokens beyond the small collection, those that are words it does not hold."""
        return self.exponent * self.words / self.tokens

    def unseen(self, number: int) -> float:
        """The probability that replaced token `number` is the first of its word."""
        return float((1 + number / (self.share * self.tokens)) ** (self.exponent - 1))


class Unseen:
    """The replaced tokens: token k is the same word whenever it is asked for."""

    def __init__(self, rare: list[str], growth: Growth, seed: int = SEED) -> None:
        self.rare, self.growth, self.seed = rare, growth, mixed(seed)

    def token(self, number: int) -> str:
        """The word that replaced token `number` is: one of its own, or that of an earlier one."""
        drawn = self._drawn(number)
        while not self._is_first(number):
            drawn = mixed(drawn)
            earlier = drawn % number
            # A word that stands for the first time counts for 1 - b occurrences, as in the process named above.
            drawn = mixed(drawn)
            if self._is_first(earlier) and drawn < self.growth.exponent * MASK:
                continue
            number = earlier
        return self._word(self._drawn(number))

    def _drawn(self, number: int) -> int:
        return mixed(self.seed ^ number)

    def _is_first(self, number: int) -> bool:
        return number == 0 or mixed(self._drawn(number)) < self.growth.unseen(number) * MASK

    def _word(self, drawn: int) -> str:
        base = self.rare[drawn % len(self.rare)]
        chance = mixed(mixed(drawn))
        if chance % 2:
            before, after = BEFORE[(chance >> 8) % len(BEFORE)], AFTER[(chance >> 16) % len(AFTER)]
            return (before + base.removeprefix("ال") + after)[:LONGEST]
        place, other = (chance >> 8) % len(base), (chance >> 16) % (len(base) + 1)
        changed = base[:place] + LETTERS[(chance >> 24) % len(LETTERS)] + base[place + 1 :]
        return changed[:other] + LETTERS[(chance >> 32) % len(LETTERS)] + changed[other:]


class Small:
    """The small collection: its texts in a mapped file piece by piece, the rest in memory."""

    def __init__(self, samples: Iterable[Sample], folder: Path) -> None:
        self.about: list[Sample] = []  # without their bodies
        self.firsts, self.ends, self.counts = array("Q", [0]), array("Q", [0]), array("I")
        seen: Counter[str] = Counter()
        grown: list[tuple[int, int]] = []
        tokens = 0
        with (folder / "pieces").open("w+b") as file:
            for sample in samples:
                tokens += self._take(sample, file, seen)
                grown.append((tokens, len(seen)))
            file.flush()
            self.texts = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.growth = Growth(tokens, len(seen), exponent(grown))
        self.rare = sorted(word for word, count in seen.items() if count <= 5 and is_plain(word)) or ["كلمة"]

    def _take(self, sample: Sample, file: Any, seen: Counter[str]) -> int:
        tokens = words(sample.title)
        seen.update(tokens)
        count = len(tokens)
        for piece in pieces(sample.body):
            found = words(piece)
            seen.update(found)
            count += len(found)
            file.write(piece.encode("utf-8", "surrogatepass"))
            self.counts.append(len(found))
            self.ends.append(file.tell())
        self.firsts.append(len(self.counts))
        self.about.append(Sample(sample.title, "", sample.source, sample.author, sample.published))
        return count

    def pieces_of(self, number: int) -> range:
        return range(self.firsts[number], self.firsts[number + 1])

    def piece(self, number: int) -> str:
        return self.texts[self.ends[number] : self.ends[number + 1]].decode("utf-8", "surrogatepass")

    def article(self, number: int) -> Sample:
        about = self.about[number]
        body = "\n".join(map(self.piece, self.pieces_of(number)))
        return Sample(about.title, body, about.source, about.author, about.published)


def exponent(grown: list[tuple[int, int]]) -> float:
    """Heaps' exponent over the second half of a collection, from its tokens and distinct words article by article."""
    total, distinct = grown[-1]
    half, by_then = grown[bisect_right(grown, (total // 2, 0)) - 1]
    if not 0 < half < total:
        return 0.6
    return min(0.9, max(0.3, math.log(distinct / by_then) / math.log(total / half)))


def is_plain(word: str) -> bool:
    return 4 <= len(word) <= LONGEST - 4 and ARABIC_WORD.fullmatch(word) is not None


def pieces(body: str) -> Iterator[str]:
    """The paragraphs of a body, long ones cut at ends of sentences."""
    for line in body.splitlines():
        held = ""
        for sentence in split_sentences(line):
            held += sentence
            if held.count(" ") >= PIECE_WORDS:
                yield held.strip()
                held = ""
        if held.strip():
            yield held.strip()


class Resampling:
    """A stream of articles made from a small collection."""

    def __init__(self, small: Small, seed: int = SEED) -> None:
        self.small, self.unseen = small, Unseen(small.rare, small.growth, seed)
        self.chance = random.Random(seed)
        self.replaced = 0
        self.gap = self._next_gap()

    def articles(self, size: int) -> Iterator[Sample]:
        count = len(self.small.about)
        for number in range(min(size, count)):
            yield self.small.article(number)
        for _number in range(count, size):
            yield self._made()

    def _made(self) -> Sample:
        model = self.chance.randrange(len(self.small.about))
        about = self.small.about[model]
        chosen = list(self._chosen(model, len(self.small.pieces_of(model))))
        body = "\n".join(self._varied(self.small.piece(piece), self.small.counts[piece]) for piece in chosen)
        title, author = (self._varied(text, len(text.split())) for text in (about.title, about.author))
        return Sample(title, body, about.source, author, self._moved(about.published))

    def _chosen(self, model: int, length: int) -> Iterator[int]:
        """The numbers of `length` pieces: the first ones of the model, then runs out of other articles."""
        start = 0
        while length > 0:
            held = self.small.pieces_of(model)
            run = min(length, 1 + int(self.chance.expovariate(1 / RUN)))
            taken = held[start : start + run]
            yield from taken
            length -= max(1, len(taken))
            model = self.chance.randrange(len(self.small.about))
            start = self.chance.randrange(max(1, len(self.small.pieces_of(model))))

    def _varied(self, text: str, count: int) -> str:
        """The text of `count` tokens with those replaced whose turn it is."""
        places = 0
        while self.gap < count:
            places += 1
            count -= self.gap + 1
            self.gap = self._next_gap()
        self.gap -= count
        return self._replaced(text, places) if places else text

    def _replaced(self, text: str, places: int) -> str:
        found = [match.span() for match in ARABIC_WORD.finditer(text)]
        for start, end in sorted(self.chance.sample(found, min(places, len(found))), reverse=True):
            text = text[:start] + self.unseen.token(self.replaced) + text[end:]
            self.replaced += 1
        return text

    def _next_gap(self) -> int:
        """How many tokens stay before the next that is replaced."""
        share = self.small.growth.share
        return int(math.log(1 - self.chance.random()) / math.log(1 - share)) if 0 < share < 1 else 1 << 62

    def _moved(self, published: str) -> str:
        back = self.chance.randrange(YEARS)
        if not published or published.endswith("02-29"):
            return published
        return f"{int(published[:4]) - back:04d}{published[4:]}"


def of_archive(data: Path) -> Iterator[Sample]:
    """The articles of an archive's database."""
    with closing(sqlite3.connect(data / "archive.sqlite3")) as connection:
        yield from (
            Sample(*map(str, row))
            for row in connection.execute(
                """SELECT article.title, body, coalesce(source.name, ''), author, coalesce(published_on, '')
                FROM articles_article article LEFT JOIN articles_source source ON source.id = source_id
                ORDER BY article.id"""
            )
        )


def of_corpus(corpus: Path, mappings: list[str], folder: Path) -> Iterator[Sample]:
    """The articles of a folder that import_articles reads."""
    data = folder / "small"
    environment = {**os.environ, "DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    mapped = [part for mapping in mappings for part in ("--map", mapping)]
    importing = ["import_articles", str(corpus), "--no-index", *mapped]
    for command in (["migrate", "--verbosity", "0", "--skip-checks"], importing):
        ended = subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
        )
        if ended.returncode not in (0, 2):  # 2: some items were rejected
            raise SystemExit(f"{command[0]} ended with {ended.returncode}")
    return of_archive(data)


def of_nothing() -> Iterator[Sample]:
    """The generated collection."""
    for article in generated(GENERATED):
        yield Sample(**{name: article[name] for name in ("title", "body", "source", "author", "published")})


def small_collection(options: argparse.Namespace, folder: Path) -> Small:
    """The collection that the options name: --archive, --corpus with --map, or the generated one."""
    if options.archive:
        return Small(of_archive(options.archive), folder)
    return Small(of_corpus(options.corpus, options.map, folder) if options.corpus else of_nothing(), folder)


def measured(articles: Iterable[Sample], sizes: list[int]) -> Iterator[tuple[int, int, int]]:
    """Articles, tokens and distinct words at each size."""
    seen: set[str] = set()
    tokens = 0
    for number, article in enumerate(articles, start=1):
        found = words(article.title) + words(article.body)
        tokens += len(found)
        seen.update(found)
        if number in sizes:
            yield number, tokens, len(seen)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--corpus", type=Path, help="a folder that import_articles reads; else one is generated"
    )
    parser.add_argument("--map", action="append", default=[], help="passed on to import_articles")
    parser.add_argument(
        "--archive", type=Path, help="the data folder of an archive in SQLite, instead of --corpus"
    )
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SEED)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_arguments(parser)
    parser.add_argument("--jsonl", type=Path, help="write the articles to this file")
    parser.add_argument("--database", action="store_true", help="load them into the archive of DATA_DIR")
    parser.add_argument("--growth", action="store_true", help="count words at doubling sizes")
    options = parser.parse_args()
    if options.database:
        settings = {"DJANGO_SETTINGS_MODULE": "newsroom.settings", **os.environ}
        command = [sys.executable, "-m", "tests.bench.loading", *sys.argv[1:]]
        raise SystemExit(subprocess.run(command, cwd=ROOT, env=settings).returncode)
    with tempfile.TemporaryDirectory(prefix="archive-resampling-") as folder:
        small = small_collection(options, Path(folder))
        print(f"{len(small.about):,} articles, {small.growth}", file=sys.stderr)
        articles = Resampling(small, options.seed).articles(options.size)
        if options.jsonl:
            with options.jsonl.open("w", encoding="utf-8") as file:
                for number, article in enumerate(articles):
                    address = {"id": f"resampled-{number}", "url": f"https://example.org/{number}"}
                    file.write(json.dumps({**address, **asdict(article)}, ensure_ascii=False) + "\n")
        if options.growth:
            report_growth(articles, len(small.about), options.size)


def report_growth(articles: Iterable[Sample], first: int, size: int) -> None:
    sizes, step = [], first
    while step < size:
        sizes.append(step)
        step *= 2
    before: tuple[int, int] | None = None
    for number, tokens, distinct in measured(articles, [*sizes, size]):
        slope = math.log(distinct / before[1]) / math.log(tokens / before[0]) if before else math.nan
        print(f"{number:,} articles, {tokens:,} tokens, {distinct:,} words, exponent {slope:.3f}")
        before = tokens, distinct


if __name__ == "__main__":
    main()
