"""How long the engine and the results page take, in wall and processor milliseconds, on the index of DATA_DIR.

    python -m tests.bench.latency [--profile engine|page] [--class NAME] [--rounds N]

Processor time is that of this thread: on a machine with other work it is what compares.
"""

import argparse
import cProfile
import pstats
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import replace

import django

django.setup()

# ruff: noqa: E402 - Django must be set up before models are imported
from django.conf import settings
from django.test import Client

from articles.search.engines.connection import engine
from articles.search.engines.contract import Question
from articles.search.engines.whoosh.backend import ArchiveBackend
from articles.search.interpreting import interpret, question
from articles.search.request import FacetName, SearchRequest, Sort
from tests.bench.queries import query_classes

Times = list[tuple[float, float]]  # wall and processor milliseconds


def classes(backend: ArchiveBackend) -> dict[str, list[SearchRequest]]:
    """Requests by class: those of `queries`, and what more than words they may ask for."""
    found = query_classes(backend.snapshot())
    common, middle = found["common word"], found["middling word"]
    pairs = list(zip(common, common[1:], strict=False))
    fewer = list(zip(middle, middle[1:], strict=False))
    more = {
        "all of four": [" ".join((*pair, *two)) for pair, two in zip(pairs, fewer, strict=False)],
        "near": [" قرب/5 ".join(pair) for pair in pairs],
        "wildcard": [f"{word[:2]}*{word[-1]}" for word in middle],
        "no hits": [f"{word} ظظظقثثث" for word in middle],
    }  # fmt: skip
    requests = {kind: [SearchRequest(text) for text in texts] for kind, texts in {**found, **more}.items()}
    requests["sorted by date"] = [SearchRequest(text, sort=Sort.NEWEST) for text in common]
    requests["filtered"] = [SearchRequest(text).with_filter(FacetName.YEAR, "2015") for text in common]
    return requests


def timed(work: Callable[[], object]) -> tuple[float, float]:
    wall, processor = time.perf_counter(), time.thread_time()
    work()
    return (time.perf_counter() - wall) * 1000, (time.thread_time() - processor) * 1000


def cells(times: Times) -> str:
    """Median and 95th percentile of both clocks."""
    return " | ".join(
        f"{statistics.median(each):.2f} / {each[int(0.95 * (len(each) - 1))]:.2f}"
        for each in (sorted(clock) for clock in zip(*times, strict=True))
    )


def engine_work(backend: ArchiveBackend, requests: Iterable[SearchRequest]) -> list[Callable[[], object]]:
    """As the other engines are asked: the ten best and the exact total."""

    def asking(asked: Question) -> Callable[[], object]:
        return lambda: backend.find(asked)

    plain = [question(interpret(request), facets=(), timeline=False) for request in requests]
    return [asking(replace(each, count=10)) for each in plain]


def page_work(client: Client, requests: Iterable[SearchRequest]) -> list[Callable[[], object]]:
    def asking(url: str) -> Callable[[], object]:
        return lambda: client.get(url)

    return [asking(f"/search/?{request.query_string()}") for request in requests]


def measured(work: list[Callable[[], object]], rounds: int) -> tuple[Times, Times]:
    first = [timed(each) for each in work]
    return first, [timed(each) for _round in range(rounds) for each in work]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profile", choices=["engine", "page"])
    parser.add_argument("--class", dest="kind")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--queries", type=int, default=100, help="of each class")
    parser.add_argument("--sort", default="tottime")
    options = parser.parse_args()
    backend = engine()
    assert isinstance(backend, ArchiveBackend)
    client = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0])
    client.get("/search/")
    asked = classes(backend)
    chosen = {kind: asked[kind][: options.queries] for kind in asked if options.kind in {None, kind}}
    if options.profile:
        profile(backend, client, chosen, options)
        return
    print(f"{backend.document_count():,} articles; milliseconds, median / 95th percentile\n")
    print("| query | engine warm | processor | page first | processor | page warm | processor |")
    print("|---|---|---|---|---|---|---|")
    for kind, requests in chosen.items():
        page_first, page_warm = measured(page_work(client, requests), options.rounds)
        _engine_first, engine_warm = measured(engine_work(backend, requests), options.rounds)
        print(f"| {kind} | {cells(engine_warm)} | {cells(page_first)} | {cells(page_warm)} |", flush=True)


def profile(
    backend: ArchiveBackend,
    client: Client,
    chosen: dict[str, list[SearchRequest]],
    options: argparse.Namespace,
) -> None:
    """Where the processor time of warm answers goes."""
    profiler = cProfile.Profile(time.thread_time)
    for requests in chosen.values():
        work = engine_work(backend, requests) if options.profile == "engine" else page_work(client, requests)
        measured(work, 1)
        profiler.enable()
        measured(work, options.rounds - 1)
        profiler.disable()
    pstats.Stats(profiler).sort_stats(options.sort).print_stats(45)


if __name__ == "__main__":
    main()
