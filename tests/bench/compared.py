"""The comparison of engines as Markdown, and how cost grows with the number of articles."""

from collections.abc import Iterator
from typing import Any

from tests.bench.comparing import ENGINES, OURS

NOTHING = "-"
Told = dict[str, Any]


def markdown_of_engines(told: Told) -> list[str]:
    """Indexing, then latency by class of query: warm, the first time after opening, and the whole page."""
    measured = {name: each for name, each in told.items() if "skipped" not in each}
    classes = list(next(iter(measured.values()))["answers"]) if measured else []
    paged = {name: {**each, "answers": each["pages"]} for name, each in measured.items() if each["pages"]}
    return [
        "Engines side by side: the same articles, top 20 with the exact total, no highlighting. Ours builds all its "
        "levels from the database; stock Haystack is given the articles as printed, the others one level of stems, "
        "already analysed.",
        "",
        "| engine | version | articles a second | a processor second | bytes an article | opened in, ms "
        "| peak memory of indexing, MB | of a reader, and without mapped files |",
        "|---|---|---|---|---|---|---|---|",
        *(_indexing(name, each) for name, each in measured.items()),
        "",
        *(
            f"{name}: an index of an earlier run, measured {each['measured']}."
            for name, each in measured.items()
            if "reused" in each
        ),
        "",
        *_table("Warm, milliseconds, median / 95th percentile", measured, classes, "warm"),
        *_table("Warm, processor time of the asking process", measured, classes, "processor"),
        *_table(
            "The first time, in a process that has just opened the index", measured, classes, "first"
        ),
        *_table(
            "The whole results page, warm: ours through Django (20 hits, passages marked, facets, timeline, total), "
            "stock Haystack's through SearchQuerySet, without a template",
            paged, classes, "warm",
        ),
        *_table("The whole page, the first time", paged, classes, "first"),
        *_table("The whole page, warm, processor time", paged, classes, "processor"),
        *_agreement(measured, classes),
        *(f"{name}: skipped, {each['skipped']}." for name, each in told.items() if "skipped" in each),
        "",
    ]  # fmt: skip


def _indexing(name: str, told: Told) -> str:
    count = told["articles"]
    cells = [
        f"{count / told['seconds']:,.0f}",
        f"{count / told['processor seconds']:,.0f}",
        f"{told['bytes'] / count:,.0f}",
        f"{told['open ms']['median']:,.0f} / {told['open ms']['p95']:,.0f}",
        f"{told['megabytes']:,.0f}",
        f"{told['reader megabytes']:,.0f}, {told['reader alone']:,.0f}",
    ]
    return f"| {name} | {told['version']} | " + " | ".join(cells) + " |"


def _table(title: str, measured: Told, classes: list[str], when: str) -> Iterator[str]:
    yield from (f"{title}:", "", f"| query | {' | '.join(measured)} |", "|---" * (len(measured) + 1) + "|")
    for kind in classes:
        cells = (_cell(told["answers"][kind], when) for told in measured.values())
        yield f"| {kind} | {' | '.join(cells)} |"
    yield ""


def _cell(answers: Told | None, when: str) -> str:
    if answers is None:
        return NOTHING
    return f"{answers[when]['median']:.2f} / {answers[when]['p95']:.2f}"


def _agreement(measured: Told, classes: list[str]) -> Iterator[str]:
    """How many totals of each engine equal plain Whoosh's."""
    oracle = measured.get(ENGINES["plain_whoosh"])
    if oracle is None:
        return
    yield "Totals that equal plain Whoosh's:"
    yield ""
    for name, told in measured.items():
        if told is oracle or name == ENGINES["stock_haystack"]:
            continue
        pairs = [
            (kind, mine == other)
            for kind in classes
            if told["answers"][kind] and oracle["answers"][kind]
            for mine, other in zip(
                told["answers"][kind]["totals"], oracle["answers"][kind]["totals"], strict=True
            )
        ]
        different = sorted({kind for kind, same in pairs if not same})
        told_of = f"; not in {', '.join(different)}" * bool(different)
        yield f"- {name}: {sum(same for _kind, same in pairs)} of {len(pairs)}{told_of}"
    yield ""


def growth(sizes: list[Told]) -> list[str]:
    """How our cost grows with the number of articles: indexing, opening, warm medians by class, and the page."""
    ours = [
        (size["articles"], told)
        for size in sizes
        if "skipped" not in (told := size["engines"][ENGINES[OURS]])
    ]
    if len(ours) < 2:
        return []
    rows: list[tuple[str, list[str]]] = [
        ("articles a second", [f"{count / told['seconds']:,.0f}" for count, told in ours]),
        (
            "articles a processor second",
            [f"{count / told['processor seconds']:,.0f}" for count, told in ours],
        ),
        ("bytes an article", [f"{told['bytes'] / count:,.0f}" for count, told in ours]),
        ("peak memory of indexing, MB (PSS)", [f"{told['megabytes']:,.0f}" for _count, told in ours]),
        ("memory of a reader, MB (PSS)", [f"{told['reader megabytes']:,.0f}" for _count, told in ours]),
        ("without mapped files, MB", [f"{told['reader alone']:,.0f}" for _count, told in ours]),
        ("opened in, ms", [f"{told['open ms']['median']:,.0f}" for _count, told in ours]),
    ]
    for part, named in (("answers", "{}, ms"), ("pages", "page: {}, ms")):
        rows += [
            (named.format(kind), [_cell(told[part][kind], "warm") for _count, told in ours])
            for kind in ours[0][1][part]
        ]
    heads = [f"{count:,} articles" + ", reused" * ("reused" in told) for count, told in ours]
    return [
        "## How cost grows",
        "",
        f"| | {' | '.join(heads)} |",
        "|---" * (len(ours) + 1) + "|",
        *(f"| {label} | {' | '.join(cells)} |" for label, cells in rows),
        "",
    ]
