"""Read random and hostile queries, the same for the same seed: none may raise, and each reads again as it was read.

python -m tests.bench.hostile --count 100000
python -m tests.bench.hostile --count 2000 --engine        # asks them of the archive in DATA_DIR
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import django

from articles.search.parser import parse
from tests.search.naughty import NAUGHTY, SPELLINGS, hostile, paired, truncated

TODAY = date(2026, 3, 15)
SLOWEST = 10  # listed at the end
TOO_LONG = {"parser": 0.05, "engine": 1.0}  # seconds


@dataclass(slots=True)
class Record:
    """What became of the queries: how long each took by `clock`, and what went wrong."""

    clock: Callable[[], float]
    times: list[tuple[float, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def try_one(self, text: str, ask: Callable[[str], None]) -> None:
        begun = self.clock()
        try:
            ask(text)
        except Exception as problem:  # noqa: BLE001 - any exception at all is a finding
            self.wrong.append(f"{type(problem).__name__}: {problem} in {text[:200]!r}")
        self.times.append((self.clock() - begun, text))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=100_000, help="queries in all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", action="store_true", help="search for them, instead of only reading them")
    return parser.parse_args()


def queries(count: int, seed: int) -> Iterator[str]:
    """Every naughty string, truncated example and pair of spellings, as far as they go, then hostile ones."""
    number = 0
    for texts in (NAUGHTY, truncated(), paired(SPELLINGS)):
        for text in texts:
            if number * 2 >= count:
                break
            number += 1
            yield text
    yield from hostile(count - number, seed)


def read(text: str) -> None:
    """Read a query and its reading; the two must agree, and the second be told nothing."""
    query = parse(text, TODAY)
    again = parse(query.canonical, TODAY)
    if (again.tree, again.canonical, again.messages) != (query.tree, query.canonical, ()):
        raise AssertionError(f"read as {query.canonical!r}, and that as {again.canonical!r}")


def engine() -> Callable[[str], None]:
    """What searches the archive in DATA_DIR for a query; Django wakes only for this."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    from articles.search.request import SearchRequest  # noqa: PLC0415
    from articles.search.searching import search  # noqa: PLC0415

    def ask(text: str) -> None:
        typed = text.encode("utf-8", "replace").decode()  # no address brings half a character
        page = search(SearchRequest(text=typed))
        if page.problem is not None and page.problem.code.startswith("index_"):
            raise SystemExit(page.problem.text)
        if page.problem is not None and page.problem.code != "too_costly":
            raise AssertionError(page.problem.text)

    return ask


def report(record: Record, limit: float) -> str:
    """Figures in Markdown, the slowest queries, and everything that went wrong."""
    slowest = sorted(record.times, reverse=True)
    times = [seconds for seconds, _text in slowest]
    count = max(len(times), 1)
    over = sum(seconds > limit for seconds in times)
    lines = [
        f"{len(times):,} queries, {len(record.wrong)} wrong, {over} over {limit * 1000:.0f} ms",
        f"mean {1000 * sum(times) / count:.2f} ms, p99 {1000 * times[len(times) // 100]:.1f} ms, "
        f"slowest {1000 * times[0]:.1f} ms",
        *(
            f"- {1000 * seconds:8.1f} ms  {len(text):6} characters  {text[:60]!r}"
            for seconds, text in slowest[:SLOWEST]
        ),
        *(f"! {wrong}" for wrong in record.wrong[:50]),
    ]
    return "\n".join(lines)


def main() -> int:
    options = arguments()
    ask = engine() if options.engine else read
    # Reading is only computing: other programs on the machine shall not count. A search is what a reader waits for.
    record = Record(time.perf_counter if options.engine else time.thread_time)
    for text in queries(options.count, options.seed):
        record.try_one(text, ask)
    print(report(record, TOO_LONG["engine" if options.engine else "parser"]))
    return bool(record.wrong)


if __name__ == "__main__":
    raise SystemExit(main())
