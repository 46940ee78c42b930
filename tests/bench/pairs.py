"""How many pairs of words each level brings together or keeps apart, by kind; and how fast words are read.

`python -m tests.bench.pairs --pairs FILE` prints it, and so does `python -m tests.bench --pairs FILE`; FILE has
columns query, document, match (yes or no), kind and note behind a header, and is not part of the project.
"""

import argparse
import csv
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from articles.arabic.analysis import LEVELS, LIGHT10, STEM, SURFACE, Analyzer, terms
from articles.arabic.bounded_cache import BoundedCache
from articles.arabic.grams import gram_codes
from articles.arabic.tokenization import words
from articles.search.name_book import NameBook, NameGroup, with_clitics
from articles.search.shipped_names import read_shipped
from tests.bench.collection import generated

Matcher = Callable[[str, str], bool]

WORDS_TO_READ = 300_000


class Pair(NamedTuple):
    """A word or two as asked for, a word or two as printed, and whether the one should find the other."""

    query: str
    document: str
    matches: bool
    kind: str


def read_pairs(path: Path) -> list[Pair]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Pair(row["query"], row["document"], row["match"] == "yes", row["kind"]) for row in rows]


def by_level(level: Analyzer) -> Matcher:
    """Whether all terms of the query stand side by side in the document, at this level."""

    def matches(query: str, document: str) -> bool:
        asked, there = terms(query, level), terms(document, level)
        return any(there[place : place + len(asked)] == asked for place in range(len(there)))

    return matches


def by_default(names: NameBook) -> Matcher:
    """The level that a search starts at: the stem, and what else the archive knows the query as."""
    by_stem, by_surface = by_level(STEM), by_level(SURFACE)

    def matches(query: str, document: str) -> bool:
        asked = words(query)
        known = names.known(asked) if asked else None
        others = known.names if known and known.length == len(asked) else ()
        return by_stem(query, document) or any(
            any(by_surface(form, document) for form in written_forms(other.text))
            if other.is_name
            else by_stem(other.text, document)
            for other in others
        )

    return matches


def written_forms(name: str) -> list[str]:
    first, *rest = words(name)
    return [" ".join((form, *rest)) for form in with_clitics(SURFACE(first))]


def shipped_book() -> NameBook:
    groups = read_shipped()
    return NameBook(
        NameGroup(group.terms, group.terms[: group.sources], are_names=group.kind == "name")
        for group in groups
    )


def report(pairs: Sequence[Pair], matchers: dict[str, Matcher]) -> Iterator[str]:
    """A table in Markdown: of each kind, how many pairs each matcher decides rightly."""
    yield "| kind | pairs | " + " | ".join(matchers) + " |"
    yield "|---" * (len(matchers) + 2) + "|"
    right = {name: rightly_decided(pairs, matcher) for name, matcher in matchers.items()}
    sizes = Counter(group for pair in pairs for group in groups_of(pair))
    for group, size in sorted(sizes.items(), key=lambda item: (item[0][0] != "*", item[0])):
        shares = " | ".join(f"{counts[group] / size:.3f}" for counts in right.values())
        yield f"| {group} | {size} | {shares} |"


def groups_of(pair: Pair) -> tuple[str, str]:
    verdict = "found of «yes»" if pair.matches else "kept apart of «no»"
    return f"**{verdict}**", f"{pair.kind} ({'yes' if pair.matches else 'no'})"


def rightly_decided(pairs: Sequence[Pair], matcher: Matcher) -> Counter[str]:
    return Counter(
        group
        for pair in pairs
        if matcher(pair.query, pair.document) is pair.matches
        for group in groups_of(pair)
    )


def speed() -> Iterator[str]:
    """Words a second of one core for the terms of every level and the grams together, first anew and then known."""
    read = [word for article in generated(1_000) for word in words(article["body"])][:WORDS_TO_READ]
    distinct = sorted(set(read))
    begun = time.process_time()
    for word in distinct:
        STEM.apply_rules(word)
    yield f"stem of words never seen: {len(distinct) / (time.process_time() - begun):,.0f} words/s"
    grams = BoundedCache(gram_codes, limit=200_000)
    tables = [*(level.cache for level in LEVELS), grams]
    for name in ("not yet known", "known"):
        begun = time.process_time()
        for table in tables:
            for word in read:
                table[word]
        yield f"all levels and grams, words {name}: {len(read) / (time.process_time() - begun):,.0f} words/s"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pairs", description=__doc__)
    parser.add_argument("--pairs", type=Path, help="pairs of words with a verdict, tab-separated")
    options = parser.parse_args()
    if options.pairs:
        print_pairs(options.pairs)
    print("\n".join(speed()))


def print_pairs(path: Path) -> None:
    matchers = {level.name: by_level(level) for level in (SURFACE, LIGHT10, STEM)}
    matchers["default"] = by_default(shipped_book())
    print("\n".join(report(read_pairs(path), matchers)))


if __name__ == "__main__":
    main()
