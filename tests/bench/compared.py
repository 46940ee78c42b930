"""The comparison of engines as Markdown, and how cost grows with the number of articles."""

from collections.abc import Iterator
from typing import Any

OURS = "this archive"
NOTHING = "-"


def markdown(told: dict[str, Any]) -> list[str]:
    """Indexing, then latency by class of query: warm, and the first time after opening."""
    measured = {name: each for name, each in told.items() if "skipped" not in each}
    classes = list(next(iter(measured.values()))["answers"]) if measured else []
    return [
        "Engines side by side: the same articles, top 10 with exact total. Ours builds all its levels from the "
        "database; the others are given one level of stems, already analysed.",
        "",
        "| engine | version | articles a second | bytes an article | opened in, ms | peak memory, MB |",
        "|---|---|---|---|---|---|",
        *(_indexing(name, each) for name, each in measured.items()),
        "",
        *_table("Warm, milliseconds, median / 95th percentile", measured, classes, "warm"),
        *_table("The first time after opening", measured, classes, "first"),
        *_agreement(measured, classes),
        *(f"{name}: skipped, {each['skipped']}." for name, each in told.items() if "skipped" in each),
        "",
    ]


def _indexing(name: str, told: dict[str, Any]) -> str:
    numbers = (told[column] for column in ("articles a second", "bytes an article", "open ms", "megabytes"))
    return f"| {name} | {told['version']} | " + " | ".join(f"{number:,.0f}" for number in numbers) + " |"


def _table(title: str, measured: dict[str, Any], classes: list[str], when: str) -> Iterator[str]:
    yield from (f"{title}:", "", f"| query | {' | '.join(measured)} |", "|---" * (len(measured) + 1) + "|")
    for kind in classes:
        cells = (_cell(told["answers"][kind], when) for told in measured.values())
        yield f"| {kind} | {' | '.join(cells)} |"
    yield ""


def _cell(answers: dict[str, Any] | None, when: str) -> str:
    if answers is None:
        return NOTHING
    return f"{answers[when]['median']:.2f} / {answers[when]['p95']:.2f}"


def _agreement(measured: dict[str, Any], classes: list[str]) -> Iterator[str]:
    """How many totals of each engine equal plain Whoosh's."""
    oracle = measured.get("plain Whoosh")
    if oracle is None:
        return
    yield "Totals that equal plain Whoosh's:"
    for name, told in measured.items():
        pairs = [
            (kind, mine == other)
            for kind in classes
            if told["answers"][kind] and oracle["answers"][kind]
            for mine, other in zip(
                told["answers"][kind]["totals"], oracle["answers"][kind]["totals"], strict=True
            )
        ]
        others = sorted({kind for kind, same in pairs if not same})
        yield (
            f"- {name}: {sum(same for _kind, same in pairs)} of {len(pairs)}"
            + f"; not in {', '.join(others)}" * bool(others)
        )
    yield ""


def growth(sizes: list[dict[str, Any]]) -> list[str]:
    """How our cost grows with the number of articles: warm medians by class, and indexing."""
    ours = [
        (size["articles"], size["engines"][OURS])
        for size in sizes
        if "skipped" not in size.get("engines", {}).get(OURS, {"skipped": ""})
    ]
    if len(ours) < 2:
        return []
    lines = [
        "## How cost grows",
        "",
        f"| | {' | '.join(f'{count:,} articles' for count, _told in ours)} |",
        "|---" * (len(ours) + 1) + "|",
    ]
    for label, column in (
        ("articles a second", "articles a second"),
        ("bytes an article", "bytes an article"),
        ("opened in, ms", "open ms"),
    ):
        lines.append(f"| {label} | {' | '.join(f'{told[column]:,.0f}' for _count, told in ours)} |")
    for kind in ours[0][1]["answers"]:
        lines.append(
            f"| {kind}, ms | {' | '.join(_cell(told['answers'][kind], 'warm') for _count, told in ours)} |"
        )
    return [*lines, ""]
